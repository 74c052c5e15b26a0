"""Registering designs: stored, screened against everybody else's, and put before a person where they look like one.

Nothing is refused for its looks and nothing is lost. Within one transaction the write lock is held, so two processes
cannot register two look-alikes past each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from sqlmodel import col, select

from umkm_cli.db.tables import Motif, Product, Vendor, View
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.cases.case import CaseKind, open_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.earlier_rows import GivenBy, by_hand, first_stands, is_given
from umkm_cli.registry.records.licence_scope import Use, read_use
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.motifs import find_same_motif
from umkm_cli.registry.records.people import keep_details
from umkm_cli.registry.records.publication import with_publication
from umkm_cli.registry.values.fields import Fields
from umkm_cli.screening.judging.agreements import both_ways
from umkm_cli.screening.judging.excuses import Sender
from umkm_cli.screening.judging.judge import JudgedMatch, Outcome
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import Standing
from umkm_cli.screening.judging.screener import Screener
from umkm_cli.screening.judging.views import add_views

HELD = "held"
R = TypeVar("R", Motif, Product)


@dataclass(frozen=True)
class Draft:
    """A design as it was handed in: whose it is, what it says (columns of its table), and its references.

    `motif_ids` are the motifs that its maker says a product shows, `restored` the code that it gets back, and `meant`
    the code of the record that, of several which may be it, is the one.
    """

    vendor_id: str
    values: dict[str, Any]
    source: str = ""
    ref: str | None = None
    motif_ids: Sequence[str] = ()
    restored: str | None = None
    meant: str | None = None


@dataclass(frozen=True)
class SavedDesign(Saved):
    """`outcomes` are the screenings of the pictures that were new, `case` the case that they opened."""

    outcomes: tuple[tuple[Prepared, Outcome], ...] = ()
    case: str | None = None


@dataclass(frozen=True)
class Screened:
    """A new view of a record, its picture, and what screening said of it."""

    view: View
    picture: Prepared
    outcome: Outcome
    standing: Standing


class Registrar(ABC, Generic[R]):
    """Registers designs one by one, each seen by those that follow; `refresh` first in each transaction."""

    kind: ClassVar[Design]
    table: type[R]
    fields: ClassVar[Fields]

    def __init__(self, office: Office, *also: Design) -> None:
        self._office = office
        self._screener = Screener(office.settings, *also)

    @property
    def searched(self) -> tuple[Design, ...]:
        return tuple(self._screener.designs)

    def refresh(self) -> None:
        with self._office.reading() as reader:
            self._screener.refresh(reader)

    def register(
        self, work: Work, draft: Draft, pictures: Sequence[Prepared], earlier: GivenBy = by_hand
    ) -> SavedDesign:
        """Create the record, or bring the one that is meant up to date: new pictures become views of it.

        What `earlier` rows of a sheet said of it stands. Raises `InvalidFieldsError` where a new record lacks what it
        needs.
        """
        record = self._with_code(work, draft.restored) or self._same(work, draft, pictures)
        if record is None:
            record = self._new(work, draft, pictures)
            work.created(self.kind.value, record)
            self._said(work, record, draft.motif_ids)
            return self.extend(work, record, pictures, Status.CREATED)
        if (problem := self._clash(record, draft)) is not None:
            return SavedDesign(Status.CONFLICT, record.code, [problem])
        return self.change(work, record, draft.values, draft.motif_ids, pictures, earlier)

    def _with_code(self, work: Work, code: str | None) -> R | None:
        if code is None:
            return None
        return work.session.exec(select(self.table).where(col(self.table.code) == code)).one_or_none()

    def named(self, work: Work, record_id: str) -> R:
        """The record of this identifier."""
        record = work.session.get(self.table, record_id)
        assert record is not None, "records are never deleted"
        return record

    def change(
        self,
        work: Work,
        record: R,
        values: dict[str, Any],
        motif_ids: Sequence[str] = (),
        pictures: Sequence[Prepared] = (),
        earlier: GivenBy = by_hand,
    ) -> SavedDesign:
        """What is not given is not erased, and what `earlier` rows of a sheet said of it stands."""
        given = self._completed(record, {name: value for name, value in values.items() if is_given(value)})
        differing = [name for name, value in given.items() if getattr(record, name) != value]
        stored = partial(getattr, record)
        warnings: list[Problem]
        kept, warnings = first_stands(self.fields, record.code, given, differing, earlier(record.code), stored)
        changed = work.changed(self.kind.value, record, kept)
        said = self._said(work, record, motif_ids)
        saved: SavedDesign = self.extend(
            work, record, pictures, Status.UPDATED if changed or said else Status.UNCHANGED
        )
        return replace(saved, problems=[*warnings, *saved.problems])

    def extend(self, work: Work, record: R, pictures: Sequence[Prepared], status: Status) -> SavedDesign:
        """Keep and screen those of `pictures` that the record does not have yet."""
        vendor = work.session.get(Vendor, record.vendor_id)
        assert vendor is not None, "kept by a foreign key"
        sender = Sender(record.vendor_id, self._use(record))
        screened = []
        for view, picture in add_views(work, pictures, self.kind.column, record.id):
            outcome = self._screener.screen(picture, sender, joining=record.id)
            screened.append(Screened(view, picture, outcome, self._standing(view, picture, record, vendor)))
        problems, case = self._judge(work, record, screened) if screened else ([], None)
        for item in screened:
            self._screener.designs[self.kind].add(item.standing, item.picture.fingerprint)
        status = Status.UPDATED if screened and status is Status.UNCHANGED else status
        outcomes = tuple((item.picture, item.outcome) for item in screened)
        return SavedDesign(status, record.code, problems, outcomes, case, held=record.status == HELD)

    @abstractmethod
    def _same(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> R | None:
        """The record that the draft speaks of."""

    @abstractmethod
    def _new(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> R:
        """A record that nobody has seen; raises `InvalidFieldsError` where it lacks what it needs."""

    @abstractmethod
    def _judge(self, work: Work, record: R, screened: Sequence[Screened]) -> tuple[list[Problem], str | None]:
        """What follows from screening: warnings, and the code of a case."""

    def _completed(self, record: R, values: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The values with what is known of those whom they only name."""
        return values

    def _said(self, work: Work, record: R, motif_ids: Sequence[str]) -> bool:  # noqa: ARG002
        """Whether it is news that the record shows these motifs."""
        return False

    def _use(self, record: R) -> Use:
        """What the record says of what it is used for, for licences to cover."""
        return read_use(record.technique)

    def _clash(self, record: R, draft: Draft) -> Problem | None:
        """Why the draft cannot be about the record."""
        if record.vendor_id != draft.vendor_id:
            return Problem("ref", draft.ref or "", "belongs_to_other_vendor", params={"code": record.code})
        return None

    def _standing(self, view: View, picture: Prepared, record: R, vendor: Vendor) -> Standing:
        return Standing(
            kind=self.kind,
            view_id=view.id,
            sha256=view.sha256,
            position=view.position,
            format=picture.picture.format,
            phash=picture.hashes.phash,
            dhash=picture.hashes.dhash,
            record_id=record.id,
            code=record.code,
            ref=record.ref,
            title=getattr(record, self.kind.name_column),
            status=record.status,
            vendor_id=vendor.id,
            vendor_code=vendor.code,
            vendor_name=vendor.name,
        )


class MotifRegistrar(Registrar[Motif]):
    """A look-alike of another vendor's motif is stored as `held`, stays searchable, and opens a case about both."""

    kind = Design.MOTIF
    table = Motif
    fields = MOTIF_FIELDS

    def _same(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> Motif | None:
        return find_same_motif(
            work.session, draft.vendor_id, draft.values, draft.source, draft.ref, pictures, draft.meant
        )

    def _new(self, work: Work, draft: Draft, pictures: Sequence[Prepared]) -> Motif:
        if not pictures:
            raise InvalidFieldsError([Problem("image", "", "required")])
        columns = with_publication(columns_of(draft))
        return Motif(code=work.code(self.kind.code_kind, draft.restored), **columns)

    def _completed(self, record: Motif, values: dict[str, Any]) -> dict[str, Any]:
        return with_publication(keep_details(values, record), record)

    def _judge(self, work: Work, record: Motif, screened: Sequence[Screened]) -> tuple[list[Problem], str | None]:
        alerts = alerts_of(record, screened)
        if not alerts:
            return [], None
        work.changed("motif", record, {"status": HELD}, "hold")
        return [], open_case_about(work, record, screened[0].view, alerts)


def columns_of(draft: Draft) -> dict[str, Any]:
    given = {name: value for name, value in draft.values.items() if value is not None}
    return {"vendor_id": draft.vendor_id, "source": draft.source, "ref": draft.ref, **given}


def alerts_of(record: Motif | Product, screened: Sequence[Screened]) -> list[tuple[Screened, JudgedMatch]]:
    """What asks for a person's look, and is another vendor's."""
    return [
        (item, judged)
        for item in screened
        for judged in item.outcome.alerting
        if judged.standing.vendor_id != record.vendor_id
    ]


def open_case_about(
    work: Work, record: Motif | Product, view: View, alerts: Sequence[tuple[Screened, JudgedMatch]]
) -> str:
    """The code of a case about the record and all that it looks like."""
    agreements = [agreement for item, judged in alerts for agreement in both_ways(judged, item.picture, item.standing)]
    about = {alerts[0][0].standing.kind.column: record.id}
    return open_case(work, CaseKind.ALERT, agreements, subject=view.filename, **about).code
