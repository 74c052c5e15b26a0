"""Checking pictures: each is screened, answered and, unless told otherwise, recorded."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from umkm_cli.errors import UmkmError
from umkm_cli.registry.cases import CaseKind, open_case
from umkm_cli.registry.designs import Design
from umkm_cli.registry.images import remember
from umkm_cli.registry.licence_scope import read_use
from umkm_cli.registry.motifs import read_technique
from umkm_cli.registry.office import Office, Work
from umkm_cli.registry.vendors import find_vendor
from umkm_cli.screening.agreements import agreement_with
from umkm_cli.screening.documents import outcome_document
from umkm_cli.screening.excuses import Sender
from umkm_cli.screening.judge import Outcome, unreadable
from umkm_cli.screening.pictures import Prepared, Upload, name_of, prepare_picture, read_given
from umkm_cli.screening.screener import ENGINE, TOP, Screener
from umkm_cli.screening.views import keep_seen

BATCH = 50


@dataclass(frozen=True)
class Checked:
    """One picture's result; `error` says why it could not be read, `case` is the case it opened."""

    image: str
    outcome: Outcome
    prepared: Prepared | None = None
    error: UmkmError | None = None
    case: str | None = None

    @property
    def found(self) -> bool:
        """Whether there was a file, readable as a picture or not; a mistyped path is no check."""
        return self.error is None or not self.error.code.startswith("file_")

    def document(self) -> dict[str, Any]:
        picture = self.prepared.picture if self.prepared else None
        document = {
            "image": self.image,
            "sha256": picture.sha256 if picture else None,
            "width": picture.width if picture else None,
            "height": picture.height if picture else None,
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


def check_pictures(
    office: Office,
    images: Sequence[str | Upload],
    sender: Sender,
    *also: Design,
    top: int = TOP,
    record: bool = True,
    open_cases: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Screen `images`, paths or uploads, in order, against the motifs and the designs of the kinds `also`.

    `progress` is told how many are done (and recorded).
    """
    screener = Screener(office.settings, *also)
    with office.reading() as reader:
        screener.refresh(reader)
        name = reader.value("SELECT name FROM vendor WHERE id = :id", id=sender.vendor_id)

    def one(image: str | Upload) -> Checked:
        name = name_of(image)
        try:
            prepared = prepare_picture(read_given(image), name)
        except UmkmError as error:
            return Checked(name, unreadable(error.code), error=error)
        return Checked(name, screener.screen(prepared, sender, top=top), prepared)

    results: list[Checked] = []
    for batch in _batches(images, one):
        if record:
            with office.work() as work:
                batch = [_record(work, checked, sender, open_cases) if checked.found else checked for checked in batch]
        results += batch
        progress(len(results))
    counts = {kind: designs.records for kind, designs in screener.designs.items()}
    return Report(counts, name, tuple(results))


def _batches(images: Sequence[str | Upload], one: Callable[[str | Upload], Checked]) -> Iterator[list[Checked]]:
    if len(images) == 1:
        yield [one(images[0])]
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(images), BATCH):
            yield list(pool.map(one, images[start : start + BATCH]))


def _record(work: Work, checked: Checked, sender: Sender, open_cases: bool) -> Checked:
    from umkm_cli.db.tables import Check, Fingerprint

    prepared = checked.prepared
    if prepared is not None:
        remember(work.session, prepared.image_row(stored=False))
        row = prepared.fingerprint_row()
        kept = work.settings.keep_checks_days > 0 or (open_cases and checked.outcome.alert)
        if kept and work.session.get(Fingerprint, (row.sha256, row.extractor)) is None:
            work.session.add(row)
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
    return Checked(checked.image, checked.outcome, prepared, case=case.code)
