"""What happens in a case, one entry for each step: who did what, when, in whose words. Entries are never changed."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from umkm_cli.db.reading import Reader, listed

if TYPE_CHECKING:
    from umkm_cli.db.tables import Case
    from umkm_cli.documents.cases import CaseEvent
    from umkm_cli.registry.office.work import Work


class CaseStep(StrEnum):
    OPENING = "opening"
    REVIEW = "review"
    NOTE = "note"
    RESPONDENT = "respondent"
    ATTACHMENT = "attachment"
    OBJECTION = "objection"
    ANSWER = "answer"
    DUE = "due"
    DECISION = "decision"
    REOPENING = "reopening"


def record_step(work: "Work", case: "Case", step: CaseStep, text: str | None = None, **document: Any) -> None:
    """`document` holds what the step is about, beside what was said; what is None in it is left out."""
    from umkm_cli.db.tables import CaseEvent

    said = {name: value for name, value in document.items() if value is not None}
    event = CaseEvent(case_id=case.id, actor=work.settings.actor, kind=step.value, text=text, document=said)
    work.created("case_event", event)


def steps_of(reader: Reader, case_id: str) -> "list[CaseEvent]":
    """A case's history as scripts read it, oldest first."""
    rows = reader.rows(
        "SELECT at, actor, kind, text, document FROM case_event WHERE case_id = :case ORDER BY at, id", case=case_id
    )
    return cast("list[CaseEvent]", [row | {"document": listed(row["document"])} for row in rows])
