"""The steps of a case: from open to under review to decided, and back where it is reopened.

Each is one transaction's work, an entry in the case's history, and in the audit. What is said and handed in can be
added at any time; who is meant, by when, and what was found only changes while a case is undecided.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Row
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.cases.case import PURPOSES, CaseOutcome, CaseStatus, default_due
from umkm_cli.registry.cases.events import CaseStep, record_step
from umkm_cli.registry.pictures.attachments import GivenFile, attach
from umkm_cli.registry.values.reasons import read_reason
from umkm_cli.registry.values.typed import ValueProblem, read_date, read_name, read_text, shown

if TYPE_CHECKING:
    from umkm_cli.db.tables import Case
    from umkm_cli.registry.office.work import Work

OBJECTION = "objection"
"""Why a file of the other side is attached; `seen` is what the case was opened with."""


def review_case(work: "Work", code: str) -> None:
    """Whoever acts takes the case under review, over from a colleague too.

    Raises `UmkmError`: `case_not_found`, `case_decided`, `case_in_review`.
    """
    case = _undecided(work, code)
    if case.status == CaseStatus.REVIEW and _reviewer(work, case) == work.settings.actor:
        raise UmkmError("case_in_review", code=code, actor=work.settings.actor)
    work.changed("case", case, {"status": CaseStatus.REVIEW.value}, "review")
    record_step(work, case, CaseStep.REVIEW)


def note_on_case(work: "Work", code: str, text: str) -> None:
    """Raises `UmkmError` `case_not_found`; `InvalidFieldsError`."""
    record_step(work, _case(work, code), CaseStep.NOTE, read_said(text))


def name_respondent(work: "Work", code: str, *, name: str | None, vendor: Row | None) -> None:
    """Who is said to have used the design: a vendor, a name, or, without either, nobody who is known.

    Raises `UmkmError`: `case_not_found`, `case_decided`, `respondent_is_owner`; and `InvalidFieldsError`.
    """
    case = _undecided(work, code)
    if vendor is not None and vendor["id"] == _owner_id(work, case):
        raise UmkmError("respondent_is_owner", vendor=vendor["name"], code=code)
    named = _read("respondent", name) if name is not None else vendor["name"] if vendor else None
    values = {"respondent": named, "respondent_vendor_id": vendor["id"] if vendor else None}
    if work.changed("case", case, values, "respondent"):
        record_step(work, case, CaseStep.RESPONDENT, named, vendor=vendor["code"] if vendor else None)


def attach_to_case(work: "Work", code: str, files: Sequence[GivenFile], purpose: str, note: str | None) -> None:
    """Raises `UmkmError`: `case_not_found`, `unknown_purpose`, `home_not_writable`; and `InvalidFieldsError`."""
    if purpose not in PURPOSES:
        raise UmkmError("unknown_purpose", exit_code=USAGE, value=shown(purpose), known=", ".join(PURPOSES))
    _attach(work, _case(work, code), files, purpose, read_said(note) if note is not None else None)


def object_to_case(work: "Work", code: str, text: str, files: Sequence[GivenFile]) -> None:
    """What the other side says against it. Raises `UmkmError` `case_not_found`; `InvalidFieldsError`."""
    case = _case(work, code)
    record_step(work, case, CaseStep.OBJECTION, read_said(text))
    _attach(work, case, files, OBJECTION, None)


def answer_objection(work: "Work", code: str, text: str) -> None:
    """What the office answers to it.

    Raises `UmkmError`: `case_not_found`, `no_objection` where every one is answered; and `InvalidFieldsError`.
    """
    case = _case(work, code)
    said = [event.kind for event in _events(work, case)]
    if said.count(CaseStep.OBJECTION) <= said.count(CaseStep.ANSWER):
        raise UmkmError("no_objection", code=code)
    record_step(work, case, CaseStep.ANSWER, read_said(text))


def set_due(work: "Work", code: str, day: str, today: date) -> None:
    """Raises `UmkmError`: `case_not_found`, `case_decided`, `due_is_past`; and `InvalidFieldsError`."""
    case = _undecided(work, code)
    try:
        due = read_date(day)
    except ValueProblem as error:
        raise InvalidFieldsError([Problem("case.due", shown(day), error.rule, params=dict(error.params))]) from error
    if due < today.isoformat():
        raise UmkmError("due_is_past", due=due)
    if work.changed("case", case, {"due": due}, "due"):
        record_step(work, case, CaseStep.DUE, due=due)


def decide_case(work: "Work", code: str, outcome: CaseOutcome, reason: str, *, keep_held: bool) -> Row:
    """Record a decision and, unless `keep_held`, release the motif that waited for it.

    Raises `UmkmError`: `case_not_found`, `case_decided`, `reason_missing`.
    """
    from umkm_cli.db.tables import Decision, Motif

    reason = read_reason(reason)
    case = _undecided(work, code)
    actor = work.settings.actor
    decision = Decision(case_id=case.id, outcome=outcome.value, reason=reason, actor=actor)
    work.changed("case", case, {"status": CaseStatus.DECIDED.value}, "decide")
    work.created("decision", decision, action="decide")
    motif = work.session.get(Motif, case.motif_id) if case.motif_id else None
    released = None
    if motif is not None and motif.status == "held" and not keep_held and not _others_open(work, motif.id, case.id):
        work.changed("motif", motif, {"status": "registered"}, "release")
        released = motif.code
    record_step(work, case, CaseStep.DECISION, reason, outcome=outcome.value, released=released)
    return {"code": case.code, "motif": motif.code if motif else None, "motif_status": motif.status if motif else None}


def reopen_case(work: "Work", code: str, reason: str) -> None:
    """The decision excuses nothing any more, and a motif that it released waits again.

    Raises `UmkmError`: `case_not_found`, `case_not_decided`, `reason_missing`.
    """
    from umkm_cli.db.tables import Motif

    reason = read_reason(reason)
    case = _case(work, code)
    if case.status != CaseStatus.DECIDED:
        raise UmkmError("case_not_decided", code=code)
    decided = [event for event in _events(work, case) if event.kind == CaseStep.DECISION]
    work.changed("case", case, {"status": CaseStatus.OPEN.value, "due": default_due(work.settings)}, "reopen")
    motif = work.session.get(Motif, case.motif_id) if case.motif_id else None
    held = None
    if motif is not None and motif.status == "registered" and decided and decided[-1].document.get("released"):
        work.changed("motif", motif, {"status": "held"}, "hold")
        held = motif.code
    record_step(work, case, CaseStep.REOPENING, reason, held=held)


def read_said(text: str) -> str:
    """What somebody said, in one line. Raises `InvalidFieldsError`."""
    return _read("text", text)


def _read(field: str, text: str) -> str:
    try:
        said = read_name(text) if field == "respondent" else read_text(text)
    except ValueProblem as error:
        raise InvalidFieldsError([Problem(f"case.{field}", "", error.rule, params=dict(error.params))]) from error
    if not said:
        raise InvalidFieldsError([Problem(f"case.{field}", "", "required")])
    return said


def _attach(work: "Work", case: "Case", files: Sequence[GivenFile], purpose: str, note: str | None) -> None:
    for file in files:
        row, new = attach(work, "case", case.id, purpose, file, note=note)
        if not new:
            continue
        shown_as: dict[str, Any] = {"purpose": purpose, "filename": row.filename, "sha256": row.sha256}
        record_step(work, case, CaseStep.ATTACHMENT, note, **shown_as)


def _case(work: "Work", code: str) -> "Case":
    from sqlmodel import select

    from umkm_cli.db.tables import Case

    case = work.session.exec(select(Case).where(Case.code == code)).one_or_none()
    if case is None:
        raise UmkmError("case_not_found", key=code)
    return case


def _undecided(work: "Work", code: str) -> "Case":
    case = _case(work, code)
    if case.status == CaseStatus.DECIDED:
        raise UmkmError("case_decided", code=code)
    return case


def _events(work: "Work", case: "Case") -> list[Any]:
    from sqlmodel import select

    from umkm_cli.db.tables import CaseEvent

    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.at, CaseEvent.id)
    return list(work.session.exec(query))


def _reviewer(work: "Work", case: "Case") -> str | None:
    reviews = [event.actor for event in _events(work, case) if event.kind == CaseStep.REVIEW]
    return reviews[-1] if reviews else None


def _owner_id(work: "Work", case: "Case") -> str | None:
    """Whose design a complaint is about; in an alert either side may be the respondent."""
    from umkm_cli.db.tables import Motif

    motif = work.session.get(Motif, case.motif_id) if case.kind == "complaint" and case.motif_id else None
    return motif.vendor_id if motif else None


def _others_open(work: "Work", motif_id: str, case_id: str) -> bool:
    from sqlmodel import col, select

    from umkm_cli.db.tables import Case

    query = select(Case.id).where(
        col(Case.motif_id) == motif_id, col(Case.id) != case_id, col(Case.status) != CaseStatus.DECIDED.value
    )
    return work.session.exec(query).first() is not None
