"""Registering motifs: stored, screened against everybody else's, and held where it looks like one of them.

Nothing is refused for its looks and nothing is lost: a look-alike of another vendor's motif is stored with status
`held`, stays searchable, and opens a case about both. Within one transaction the write lock is held, so two processes
cannot register two look-alikes past each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from umkm_cli.db.tables import Fingerprint, Motif, Vendor, View
from umkm_cli.registry.cases import Agreement, CaseKind, open_case
from umkm_cli.registry.images import keep_file, remember
from umkm_cli.registry.motifs import find_same_motif
from umkm_cli.registry.office import Office, Work
from umkm_cli.registry.problems import InvalidFieldsError, Problem
from umkm_cli.registry.saving import Saved, Status
from umkm_cli.screening.documents import match_document
from umkm_cli.screening.excuses import Sender
from umkm_cli.screening.judge import JudgedMatch, Outcome
from umkm_cli.screening.pictures import Prepared
from umkm_cli.screening.registered import Standing
from umkm_cli.screening.screener import Screener

HELD = "held"
REGISTERED = "registered"


@dataclass(frozen=True)
class MotifDraft:
    """A motif as it was handed in: whose it is, what it says (columns of the motif table), and its references."""

    vendor_id: str
    values: dict[str, Any]
    source: str = ""
    ref: str | None = None


@dataclass(frozen=True)
class SavedMotif(Saved):
    """`outcomes` are the screenings of the pictures that were new, `case` the case that holds the motif."""

    outcomes: tuple[tuple[Prepared, Outcome], ...] = ()
    case: str | None = None
    held: bool = field(default=False, kw_only=True)


class Registrar:
    """Registers motifs one by one, each seen by those that follow; `refresh` first in each transaction."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._screener = Screener(office.settings)

    def refresh(self) -> None:
        with self._office.reading() as reader:
            self._screener.refresh(reader)

    def register(self, work: Work, draft: MotifDraft, pictures: Sequence[Prepared]) -> SavedMotif:
        """Create the motif, or bring the one with this (source, ref) up to date: new pictures become views of it.

        Raises `InvalidFieldsError` where a new motif has no picture or no title.
        """
        motif = find_same_motif(work.session, draft.vendor_id, draft.values, draft.source, draft.ref, pictures)
        if motif is None:
            return self._create(work, draft, pictures)
        if motif.vendor_id != draft.vendor_id:
            taken = Problem("ref", draft.ref or "", "belongs_to_other_vendor", params={"code": motif.code})
            return SavedMotif(Status.CONFLICT, motif.code, [taken])
        changed = work.changed("motif", motif, {k: v for k, v in draft.values.items() if v is not None})
        return self._add_views(work, motif, pictures, Status.UPDATED if changed else Status.UNCHANGED)

    def _create(self, work: Work, draft: MotifDraft, pictures: Sequence[Prepared]) -> SavedMotif:
        from umkm_cli.registry.codes import Kind

        if not pictures:
            raise InvalidFieldsError([Problem("image", "", "required")])
        motif = Motif(
            code=work.code(Kind.MOTIF),
            vendor_id=draft.vendor_id,
            source=draft.source,
            ref=draft.ref,
            **{name: value for name, value in draft.values.items() if value is not None},
        )
        work.created("motif", motif)
        return self._add_views(work, motif, pictures, Status.CREATED)

    def _add_views(self, work: Work, motif: Motif, pictures: Sequence[Prepared], status: Status) -> SavedMotif:
        from sqlmodel import select

        known = {view.sha256 for view in work.session.exec(select(View).where(View.motif_id == motif.id))}
        new = [picture for picture in {p.sha256: p for p in pictures}.values() if picture.sha256 not in known]
        if not new:
            return SavedMotif(status, motif.code, [], held=motif.status == HELD)
        sender = Sender(motif.vendor_id, motif.technique)
        outcomes = [(picture, self._screener.screen(picture, sender, joining=motif.id)) for picture in new]
        vendor = work.session.get(Vendor, motif.vendor_id)
        assert vendor is not None, "a motif's vendor is kept by a foreign key"
        views = [self._keep(work, motif, picture, len(known) + k) for k, picture in enumerate(new)]
        case = self._hold(work, motif, outcomes, views)
        for view, picture in zip(views, new, strict=True):
            self._screener.registered.add(_standing(view, picture, motif, vendor), picture.fingerprint)
        status = Status.UPDATED if status is Status.UNCHANGED else status
        return SavedMotif(status, motif.code, [], tuple(outcomes), case, held=motif.status == HELD)

    def _keep(self, work: Work, motif: Motif, picture: Prepared, position: int) -> View:
        keep_picture(work, picture)
        view = View(sha256=picture.sha256, motif_id=motif.id, position=position, filename=picture.filename)
        work.created("view", view)
        return view

    def _hold(
        self, work: Work, motif: Motif, outcomes: Sequence[tuple[Prepared, Outcome]], views: Sequence[View]
    ) -> str | None:
        alerting = [
            (picture, judged)
            for picture, outcome in outcomes
            for judged in outcome.alerting
            if judged.standing.vendor_id != motif.vendor_id
        ]
        if not alerting:
            return None
        work.changed("motif", motif, {"status": HELD}, "hold")
        agreements = [agreement for picture, judged in alerting for agreement in _both_ways(motif, picture, judged)]
        return open_case(work, CaseKind.ALERT, agreements, motif_id=motif.id, subject=views[0].filename).code


def keep_picture(work: Work, picture: Prepared) -> None:
    """File, row and fingerprint of a picture that is registered; each only where it is new."""
    keep_file(work.settings, picture.sha256, picture.extension, picture.data)
    remember(work.session, picture.image_row(stored=True))
    row = picture.fingerprint_row()
    if work.session.get(Fingerprint, (row.sha256, row.extractor)) is None:
        work.session.add(row)
        work.session.flush()


def _both_ways(motif: Motif, picture: Prepared, judged: JudgedMatch) -> tuple[Agreement, Agreement]:
    """A decision about two designs holds whichever of them is the one that is asked about later."""
    document = match_document(judged)
    swapped = document | {"query_area": document["motif_area"], "motif_area": document["query_area"]}
    shown = {"code": motif.code, "title": motif.title, "ref": motif.ref, "counterpart": True}
    return (
        Agreement(judged.standing.motif_id, picture.sha256, document),
        Agreement(motif.id, judged.standing.sha256, swapped | shown),
    )


def _standing(view: View, picture: Prepared, motif: Motif, vendor: Vendor) -> Standing:
    return Standing(
        view_id=view.id,
        sha256=view.sha256,
        position=view.position,
        format=picture.picture.format,
        phash=picture.hashes.phash,
        dhash=picture.hashes.dhash,
        motif_id=motif.id,
        code=motif.code,
        ref=motif.ref,
        title=motif.title,
        status=motif.status,
        vendor_id=vendor.id,
        vendor_code=vendor.code,
        vendor_name=vendor.name,
    )
