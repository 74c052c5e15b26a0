"""Cases as scripts read them: what waits for a person, what happened, and what persons decided."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from umkm_cli.documents.checks import MatchDocument
from umkm_cli.documents.common import AttachmentDocument
from umkm_cli.documents.designs import DesignKind, OwnerDocument
from umkm_cli.documents.licences import NamedCode, TitledCode

CaseKindName = Literal["alert", "complaint", "lookback"]
CaseStatusName = Literal["open", "review", "decided"]
CaseOutcomeName = Literal["strong", "weak"]
CaseStepName = Literal[
    "opening", "review", "note", "respondent", "attachment", "objection", "answer", "due", "decision", "reopening"
]


class CaseSide(TypedDict):
    """One of the designs on record that look alike."""

    kind: DesignKind
    code: str
    title: str
    vendor: OwnerDocument


class CaseBrief(TypedDict):
    """A case, as one of many.

    `motif` or `product` is the design that it is about and `vendor` whose that is; `sides` are the designs that look
    alike, where each of them is on record. `price` is in rupiah, `due` the day by which it is to be decided.
    """

    code: str
    kind: CaseKindName
    status: CaseStatusName
    created_at: str
    subject: str | None
    complainant: str | None
    seller: str | None
    seen_at: str | None
    seen_where: str | None
    price: int | None
    note: str | None
    respondent: str | None
    due: str | None
    motif: TitledCode | None
    product: NamedCode | None
    vendor: OwnerDocument | None
    respondent_vendor: OwnerDocument | None
    sides: list[CaseSide]


class EarlierCheck(TypedDict):
    """The check, before the design was on record, in which the picture was handed in, and by whom."""

    at: str
    image: str
    vendor: OwnerDocument | None


class LaterMatch(MatchDocument):
    """An agreement with a picture that was checked earlier."""

    check: EarlierCheck


class CounterpartMatch(MatchDocument):
    """An agreement that tells another from its other side."""

    counterpart: Literal[True]


class KeptMatch(MatchDocument):
    """Any of these as a case keeps it."""

    check: NotRequired[EarlierCheck]
    counterpart: NotRequired[Literal[True]]


class CaseMatch(KeptMatch):
    """An agreement that a case is about; `picture_of` is the design that the picture is a view of, by its code."""

    picture_of: str | None


class StepDetails(TypedDict, total=False):
    """What a step is about, beside what was said; `released` and `held` are motifs, by code."""

    vendor: str
    purpose: str
    filename: str
    sha256: str
    due: str
    outcome: CaseOutcomeName
    released: str
    held: str


class CaseEvent(TypedDict):
    """A step of a case: who did what when, in whose words."""

    at: str
    actor: str
    kind: CaseStepName
    text: str | None
    document: StepDetails


class CaseDecision(TypedDict):
    """What a person found: a strong or no strong likeness."""

    outcome: CaseOutcomeName
    reason: str
    actor: str
    at: str


class CaseRecord(CaseBrief):
    """One case without its matches. `reviewer` is who took it under review, as long as it is."""

    schema: Literal["umkm.case/1"]
    reviewer: str | None
    attachments: list[AttachmentDocument]
    events: list[CaseEvent]
    decisions: list[CaseDecision]


class CaseDocument(CaseRecord):
    """One case."""

    matches: list[CaseMatch]


class PartiesDecision(TypedDict):
    """A decision without who made it."""

    outcome: CaseOutcomeName
    reason: str
    at: str


class PartiesCase(TypedDict):
    """What the parties are told of a case."""

    schema: Literal["umkm.case/1"]
    code: str
    kind: CaseKindName
    status: CaseStatusName
    created_at: str
    due: str | None
    decisions: list[PartiesDecision]


class CasesDocument(TypedDict):
    """The cases that wait, oldest first, and after them those that were decided where they were asked for, too."""

    schema: Literal["umkm.cases/1"]
    cases: list[CaseBrief]
