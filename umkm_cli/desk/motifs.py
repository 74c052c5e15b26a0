"""Motifs: registering, finding, changing and withdrawing them, and the people and papers about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from umkm_cli.documents.motifs import ListedMotif, MotifBrief, MotifDocument
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.problems import Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.pictures.stocktaking import with_states
from umkm_cli.registry.records import motifs as records
from umkm_cli.registry.records.motif_fields import read_motif_or_refuse
from umkm_cli.registry.records.motif_files import AttachedFile, FileKind, attach_to_motif
from umkm_cli.registry.records.people import PersonChange, Role, read_person, set_person
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.settings import Settings

_DECISIONS = frozenset({"published", "publication_undecided"})


@dataclass(frozen=True)
class Changed:
    """A motif as it stands now, the names of what changed, and what to look at in it."""

    motif: MotifDocument
    fields: Sequence[str] = ()
    problems: Sequence[Problem] = ()

    @property
    def decided(self) -> bool:
        """Whether it was said anew whether the motif is published."""
        return not _DECISIONS.isdisjoint(self.fields)


def list_(
    settings: Settings,
    *,
    vendor: str | None = None,
    status: str | None = None,
    search: str | None = None,
    undecided: bool = False,
) -> list[MotifBrief]:
    """Those that fit, as `list_motifs` finds them. Raises `UmkmError` `vendor_not_found`."""
    with Office(settings).reading() as reader:
        vendor_id = find_vendor(reader, vendor)["id"] if vendor else None
        found = records.list_motifs(reader, vendor_id=vendor_id, status=status, search=search, undecided=undecided)
        return [records.brief_document(row) for row in found]


def show(settings: Settings, code: str, *, reveal: bool = False) -> MotifDocument:
    """By code or `ref`; with the state of its files, and how its drawings repeat.

    That personal data were asked for is recorded before they are shown.
    """
    from umkm_cli.screening.asking.repeats import with_repeats

    office = Office(settings)
    with office.reading() as reader:
        row = records.find_motif(reader, code)
        document = with_states(settings, reader, dict(records.motif_document(reader, row, reveal=reveal)))
    if reveal:
        with office.work() as work:
            records.record_motif_reveal(work, [row["id"]])
    return cast("MotifDocument", with_repeats(settings, document))


def edit(settings: Settings, codes: Sequence[str], given: Mapping[str, str], *, undecided: bool) -> list[Changed]:
    """One motif, several, or all that wait for the office to say whether they are published (`undecided`).

    All changes or none. Raises `UmkmError`: `nothing_to_change`, `motif_not_found`, …; `InvalidFieldsError`.
    """
    _refuse(codes, given, undecided)
    office = Office(settings)
    with office.reading() as reader:
        found = (
            records.list_motifs(reader, undecided=True)
            if undecided
            else [records.find_motif(reader, code) for code in codes]
        )
    rows = list({row["id"]: row for row in found}.values())
    read = [read_motif_or_refuse(given, partial=True, known=row) for row in rows]
    with office.work() as work:
        changed = [records.edit_motif(work, row["id"], values) for row, (values, _) in zip(rows, read, strict=True)]
    return [
        Changed(_motif(office, row["code"]), fields, problems)
        for row, fields, (_, problems) in zip(rows, changed, read, strict=True)
    ]


def withdraw(settings: Settings, code: str, reason: str) -> MotifDocument:
    """Raises `UmkmError` `motif_not_found`, `motif_withdrawn`, `reason_missing`."""
    office = Office(settings)
    with office.reading() as reader:
        motif = records.find_motif(reader, code)
    with office.work() as work:
        records.withdraw_motif(work, motif["id"], reason)
    return _motif(office, motif["code"])


@dataclass(frozen=True)
class PersonSet:
    """A motif with one of its people changed; `name` as it was read."""

    motif: MotifDocument
    name: str
    change: PersonChange
    problems: Sequence[Problem]


def person(settings: Settings, code: str, role: Role, given: Mapping[str, str], *, remove: bool = False) -> PersonSet:
    """`given` is what was typed: `person_name`, and `address`, `citizenship`, `basis` where they were.

    Raises `UmkmError` `remove_with_details`, `person_not_found`, `motif_not_found`; `InvalidFieldsError`.
    """
    if remove and given.keys() != {"person_name"}:
        raise UmkmError("remove_with_details", exit_code=USAGE)
    read, warnings = read_person(role, given)
    office = Office(settings)
    with office.reading() as reader:
        motif = records.find_motif(reader, code)
    with office.work() as work:
        change = set_person(work, motif["id"], role, read, remove=remove)
    return PersonSet(_motif(office, motif["code"]), read["person_name"], change, warnings)


@dataclass(frozen=True)
class Attached:
    """A motif, and the files that were attached in the order in which they were named."""

    motif: MotifDocument
    files: Sequence[AttachedFile]


def attach(settings: Settings, code: str, files: Sequence[Path], kind: FileKind, remark: str | None) -> Attached:
    """Raises as `attach_to_motif` does."""
    office = Office(settings)
    done = attach_to_motif(office, code, files, kind, remark)
    return Attached(_motif(office, done.code), done.files)


def whole(settings: Settings, *, reveal: bool = False) -> list[ListedMotif]:
    """All motifs, withdrawn ones too, as an export gives them."""
    office = Office(settings)
    listed: list[ListedMotif] = []
    with office.reading() as reader:
        rows = records.list_motifs(reader, status="all")
        for row in rows:
            names = [str(view["filename"]) for view in views_of(reader, Design.MOTIF, row["id"])]
            listed.append({**records.brief_document(row, reveal=reveal), "image": names})
    if reveal:
        with office.work() as work:
            records.record_motif_reveal(work, [row["id"] for row in rows])
    return listed


def _refuse(codes: Sequence[str], given: Mapping[str, str], undecided: bool) -> None:
    if undecided and codes:
        raise UmkmError("undecided_and_codes", exit_code=USAGE)
    if undecided and given.keys() != {"published"}:
        raise UmkmError("undecided_needs_decision", exit_code=USAGE)
    if not given:
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    if not undecided and not codes:
        raise UmkmError("motif_code_missing", exit_code=USAGE)


def _motif(office: Office, code: str) -> MotifDocument:
    with office.reading() as reader:
        return records.motif_document(reader, records.find_motif(reader, code))
