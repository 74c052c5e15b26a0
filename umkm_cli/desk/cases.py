"""Cases: what waits for a person, complaints, and what persons decided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from umkm_cli import clock
from umkm_cli.documents.cases import CaseBrief, CaseDocument
from umkm_cli.registry.cases import steps
from umkm_cli.registry.cases.case import CaseOutcome, case_document, find_case, listed_cases
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.attachments import read_evidence
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.settings import Settings


def list_(settings: Settings, *, decided: bool = False) -> list[CaseBrief]:
    """Those that wait, oldest first; with `decided` those that were decided after them."""
    with Office(settings).reading() as reader:
        return listed_cases(reader, decided=decided)


def show(settings: Settings, code: str) -> CaseDocument:
    """Raises `UmkmError`: `case_not_found`, `code_mistyped`; so does whatever else is about a case that is there."""
    return _document(Office(settings), code)


def open_(
    settings: Settings,
    complainant: str,
    motif: str | None,
    pictures: Sequence[Path],
    told: Mapping[str, str | None],
) -> CaseDocument:
    """A complaint, its pictures screened; `told` are `subject`, `seller`, `seen_at`, `seen_where`, `price` and `note`.

    Raises as `open_complaint` does.
    """
    from umkm_cli.screening.asking.complaints import open_complaint

    office = Office(settings)
    return _document(office, open_complaint(office, complainant, motif, pictures, **told))


def review(settings: Settings, code: str) -> CaseDocument:
    """Whoever acts takes the case under review. Raises `UmkmError`: `case_decided`, `case_in_review`."""
    return _step(Office(settings), code, steps.review_case)


def note(settings: Settings, code: str, text: str) -> CaseDocument:
    """Raises `InvalidFieldsError`."""
    return _step(Office(settings), code, lambda work, case: steps.note_on_case(work, case, text))


def respondent(settings: Settings, code: str, *, name: str | None = None, vendor: str | None = None) -> CaseDocument:
    """A name, a business (code, `ref` or NIB) or, without either, nobody who is known.

    Raises `UmkmError`: `vendor_not_found`, `case_decided`, `respondent_is_owner`; and `InvalidFieldsError`.
    """
    office = Office(settings)
    with office.reading() as reader:
        found = find_vendor(reader, vendor) if vendor is not None else None
    return _step(office, code, lambda work, case: steps.name_respondent(work, case, name=name, vendor=found))


def attach(settings: Settings, code: str, files: Sequence[Path], purpose: str, remark: str | None) -> CaseDocument:
    """Raises `UmkmError`: `file_…`, `unknown_purpose`, `home_not_writable`; and `InvalidFieldsError`."""
    given = read_evidence(files)
    return _step(
        Office(settings),
        code,
        lambda work, case: steps.attach_to_case(work, case, given, purpose.strip().lower(), remark),
    )


def object_(settings: Settings, code: str, text: str, files: Sequence[Path]) -> CaseDocument:
    """What the other side says against it. Raises `UmkmError` `file_…`; `InvalidFieldsError`."""
    given = read_evidence(files)
    return _step(Office(settings), code, lambda work, case: steps.object_to_case(work, case, text, given))


def answer(settings: Settings, code: str, text: str) -> CaseDocument:
    """What the office answers to an objection. Raises `UmkmError` `no_objection`; `InvalidFieldsError`."""
    return _step(Office(settings), code, lambda work, case: steps.answer_objection(work, case, text))


def due(settings: Settings, code: str, day: str) -> CaseDocument:
    """Raises `UmkmError`: `case_decided`, `due_is_past`; and `InvalidFieldsError`."""
    return _step(Office(settings), code, lambda work, case: steps.set_due(work, case, day, clock.today()))


def reopen(settings: Settings, code: str, reason: str) -> CaseDocument:
    """Raises `UmkmError`: `case_not_decided`, `reason_missing`."""
    return _step(Office(settings), code, lambda work, case: steps.reopen_case(work, case, reason))


@dataclass(frozen=True)
class Decided:
    """A case as it stands now, and the motif that it is about, if any, with its status now."""

    case: CaseDocument
    motif: str | None
    motif_status: str | None


def decide(settings: Settings, code: str, outcome: CaseOutcome, reason: str, *, keep_held: bool = False) -> Decided:
    """A motif that waited for the decision is released, unless `keep_held`.

    Raises `UmkmError`: `case_decided`, `reason_missing`.
    """
    office = Office(settings)
    with office.reading() as reader:
        found = find_case(reader, code)["code"]
    with office.work() as work:
        done = steps.decide_case(work, found, outcome, reason, keep_held=keep_held)
    return Decided(_document(office, found), done["motif"], done["motif_status"])


def _step(office: Office, code: str, step: Callable[[Work, str], None]) -> CaseDocument:
    """Do one step of the case that is meant, whose code the step is told."""
    with office.reading() as reader:
        found = find_case(reader, code)["code"]
    with office.work() as work:
        step(work, found)
    return _document(office, found)


def _document(office: Office, code: str) -> CaseDocument:
    with office.reading() as reader:
        return case_document(reader, find_case(reader, code))
