"""Checking pictures: each is screened, answered and, unless told otherwise, recorded.

Several are screened by threads, a bounded number ahead of what is recorded: a decoded photograph takes tens of
megabytes. An answer waits for no other one: whatever is there is recorded and told, so that Ctrl+C loses none.
"""

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

from umkm_cli.db.interrupts import postponed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.cases.case import CaseKind, open_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.images import mend_original, remember
from umkm_cli.registry.records.licence_scope import read_use
from umkm_cli.registry.records.motif_fields import read_technique
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.screening.judging.agreements import agreement_with
from umkm_cli.screening.judging.documents import outcome_document
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import Outcome, unreadable
from umkm_cli.screening.judging.pictures import Prepared, Upload, name_of, prepare_picture, read_given
from umkm_cli.screening.judging.screener import ENGINE, TOP, Screener
from umkm_cli.screening.judging.views import keep_fingerprint, keep_seen

WORKERS = os.cpu_count() or 1
AHEAD = 1
"""Pictures that wait for a thread, so that none is idle while answers are recorded."""
PIXELS_KEPT = 3
"""Of so many pictures that match something the pixels are kept, to be drawn beside it."""
LISTEN_S = 0.5
"""Windows lets Ctrl+C through only between two waits."""


@dataclass(frozen=True)
class Seen:
    """What an answer says of its picture: the file's SHA-256, and its size upright, in pixels."""

    sha256: str
    width: int
    height: int

    @classmethod
    def of(cls, prepared: Prepared) -> "Seen":
        picture = prepared.picture
        return cls(picture.sha256, picture.width, picture.height)


@dataclass(frozen=True)
class Checked:
    """One picture's result; `error` says why it could not be read, `case` is the case it opened.

    Of many pictures most are let go once they are answered: `prepared` is None then, and `seen` is what is left.
    """

    image: str
    outcome: Outcome
    prepared: Prepared | None = None
    error: UmkmError | None = None
    case: str | None = None
    seen: Seen | None = None

    @property
    def readable(self) -> bool:
        return self.error is None

    @property
    def found(self) -> bool:
        """Whether there was a file, readable as a picture or not; a mistyped path is no check."""
        return self.error is None or not self.error.code.startswith("file_")

    def document(self) -> dict[str, Any]:
        seen = Seen.of(self.prepared) if self.prepared else self.seen
        document = {
            "image": self.image,
            "sha256": seen.sha256 if seen else None,
            "width": seen.width if seen else None,
            "height": seen.height if seen else None,
            **outcome_document(self.outcome),
        }
        return document | ({"case": self.case} if self.case else {})


def sender_of(
    office: Office, vendor: str | None, technique: str | None, object_: str | None = None, territory: str | None = None
) -> Sender:
    """Who hands the picture in, by code, `ref` or NIB, and what for; objects and places stand between commas.

    Raises `UmkmError` `vendor_not_found`, `unknown_technique`; and `InvalidFieldsError`.
    """
    use = read_use(read_technique(technique), object_, territory)
    if vendor is None:
        return Sender(None, use)
    with office.reading() as reader:
        return Sender(find_vendor(reader, vendor)["id"], use)


@dataclass(frozen=True)
class Report:
    """`registered` counts the records of each kind that the pictures were compared with, `sender` is who sent them."""

    registered: Mapping[Design, int]
    sender: str | None
    results: tuple[Checked, ...]

    @property
    def engine(self) -> dict[str, Any]:
        return {**ENGINE, **{f"registry_{kind}s": count for kind, count in self.registered.items()}}

    def document(self) -> dict[str, Any]:
        return {
            "schema": "umkm.check/1",
            "engine": self.engine,
            "results": [result.document() for result in self.results],
        }


class Checks:
    """Pictures against the motifs, and the designs of the kinds `also`, each answered and recorded by itself."""

    def __init__(
        self,
        office: Office,
        sender: Sender,
        *also: Design,
        top: int = TOP,
        record: bool = True,
        open_cases: bool = False,
    ) -> None:
        self._office = office
        self._sender = sender
        self._top = top
        self._records = record
        self._open_cases = open_cases
        self._screener = Screener(office.settings, *also)
        with office.reading() as reader:
            self._screener.refresh(reader)
            name = reader.value("SELECT name FROM vendor WHERE id = :id", id=sender.vendor_id)
        counts = {kind: designs.records for kind, designs in self._screener.designs.items()}
        self.about = Report(counts, name, ())
        """What the answers are given about, without any."""
        self._answers: dict[int, Checked] = {}
        self._pixels_kept = 0

    @property
    def report(self) -> Report:
        """What is answered so far, in the order in which the pictures were given."""
        return replace(self.about, results=tuple(self._answers[position] for position in sorted(self._answers)))

    def run(
        self, images: Sequence[str | Upload], told: Callable[[int, Checked], None] = lambda _position, _checked: None
    ) -> None:
        """`told` hears of each answer, with the picture's place in `images`, as soon as it is there and recorded.

        Ctrl+C ends it with what is answered by then.
        """
        if len(images) == 1:
            self._keep({0: self._one(images[0])}, told, lambda checked: checked)
            return
        waiting, running = deque(enumerate(images)), dict[Future[Checked], int]()
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="check")
        try:
            while waiting or running:
                while waiting and len(running) < WORKERS + AHEAD:
                    position, image = waiting.popleft()
                    running[pool.submit(self._one, image)] = position
                wait(running, timeout=LISTEN_S, return_when=FIRST_COMPLETED)
                self._keep_ready(running, told)
        except KeyboardInterrupt:
            self._keep_ready(running, told)
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _keep_ready(self, running: dict[Future[Checked], int], told: Callable[[int, Checked], None]) -> None:
        with postponed():
            ready = [future for future in running if future.done()]
            if ready:
                self._keep({running.pop(future): future.result() for future in ready}, told, self._light)

    def _keep(
        self,
        answers: dict[int, Checked],
        told: Callable[[int, Checked], None],
        kept: Callable[[Checked], Checked],
    ) -> None:
        """Those that are there at the same time are recorded in one transaction; what is recorded is told, too."""
        with postponed():
            if self._records:
                with self._office.work() as work:
                    for position, checked in answers.items():
                        if checked.found:
                            answers[position] = _record(work, checked, self._sender, self._open_cases)
            for position, checked in answers.items():
                self._answers[position] = kept(checked)
                told(position, self._answers[position])

    def _one(self, image: str | Upload) -> Checked:
        name = name_of(image)
        try:
            prepared = prepare_picture(read_given(image), name)
        except UmkmError as error:
            return Checked(name, unreadable(error.code), error=error)
        return Checked(name, self._screener.screen(prepared, self._sender, top=self._top), prepared)

    def _light(self, checked: Checked) -> Checked:
        """Without its pixels, unless it is one of the first that somebody may want to see beside a motif."""
        if checked.prepared is None:
            return checked
        if checked.outcome.decisive is not None and self._pixels_kept < PIXELS_KEPT:
            self._pixels_kept += 1
            return checked
        return replace(checked, prepared=None, seen=Seen.of(checked.prepared))


def check_pictures(
    office: Office,
    images: Sequence[str | Upload],
    sender: Sender,
    *also: Design,
    top: int = TOP,
    record: bool = True,
    open_cases: bool = False,
) -> Report:
    """Screen `images`, paths or uploads, in order, against the motifs and the designs of the kinds `also`."""
    checks = Checks(office, sender, *also, top=top, record=record, open_cases=open_cases)
    checks.run(images)
    return checks.report


def _record(work: Work, checked: Checked, sender: Sender, open_cases: bool) -> Checked:
    from umkm_cli.db.tables import Check

    prepared = checked.prepared
    if prepared is not None:
        remember(work.session, prepared.image_row(stored=False))
        mend_original(work, prepared.sha256, prepared.data)
        if work.settings.keep_checks_days > 0 or (open_cases and checked.outcome.alert):
            keep_fingerprint(work, prepared)
    check = Check(
        actor=work.settings.actor,
        vendor_id=sender.vendor_id,
        sha256=prepared.sha256 if prepared else None,
        verdict=checked.outcome.verdict.value,
        alert=checked.outcome.alert,
        extractor=ENGINE["extractor"],
        matcher=ENGINE["matcher"],
        thresholds=ENGINE["thresholds"],
        document=checked.document(),
    )
    work.created("check", check, action="check")
    if not (open_cases and checked.outcome.alert and prepared):
        return checked
    agreements = [agreement_with(judged, prepared) for judged in checked.outcome.alerting]
    strongest = checked.outcome.alerting[0].standing
    about = {strongest.kind.column: strongest.record_id}
    case = open_case(work, CaseKind.ALERT, agreements, check_id=check.id, subject=checked.image, **about)
    keep_seen(work, case.id, prepared)
    return replace(checked, case=case.code)
