"""Checking pictures: each is screened, answered and, unless told otherwise, recorded.

Several are screened by threads, a bounded number ahead of what is recorded: a decoded photograph takes tens of
megabytes. An answer waits for no other one: whatever is there is recorded and told, so that Ctrl+C loses none.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from umkm_cli.cores import cores
from umkm_cli.db.interrupts import postponed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.licence_scope import read_use
from umkm_cli.registry.records.motif_fields import read_technique
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.screening.asking.recording import note_check, record_check
from umkm_cli.screening.judging.documents import outcome_document
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import Outcome, unreadable
from umkm_cli.screening.judging.pictures import Prepared, Upload, name_of, prepare_picture, read_given
from umkm_cli.screening.judging.screener import ENGINE, TOP, Screener

if TYPE_CHECKING:
    from umkm_cli.documents.checks import CheckDocument, CheckEngineDocument, CheckResultDocument

WORKERS = cores()
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

    def document(self) -> "CheckResultDocument":
        seen = Seen.of(self.prepared) if self.prepared else self.seen
        document: CheckResultDocument = {
            "image": self.image,
            "sha256": seen.sha256 if seen else None,
            "width": seen.width if seen else None,
            "height": seen.height if seen else None,
            **outcome_document(self.outcome),
            "case": self.case or "",
        }
        if not self.case:
            del document["case"]
        return document


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
    def engine(self) -> "CheckEngineDocument":
        motifs, products = self.registered[Design.MOTIF], self.registered.get(Design.PRODUCT)
        engine: CheckEngineDocument = {**ENGINE, "registry_motifs": motifs, "registry_products": products or 0}
        if products is None:
            del engine["registry_products"]
        return engine

    def document(self) -> "CheckDocument":
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
                self._record({position: checked for position, checked in answers.items() if checked.found}, answers)
            for position, checked in answers.items():
                self._answers[position] = kept(checked)
                told(position, self._answers[position])

    def _record(self, found: Mapping[int, Checked], answers: dict[int, Checked]) -> None:
        """In one transaction; `answers` learn which cases were opened."""
        database = self._office.settings.sqlite_file
        if database is not None and not self._open_cases:
            with self._office.notes(database) as notes:
                for checked in found.values():
                    note_check(notes, checked.prepared, checked.outcome, checked.document(), self._sender)
            return
        with self._office.work() as work:
            for position, checked in found.items():
                seen = (checked.prepared, checked.outcome, checked.document(), self._sender)
                case = record_check(work, *seen, case_subject=checked.image if self._open_cases else None)
                answers[position] = replace(checked, case=case)

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
