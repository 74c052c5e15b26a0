"""Cases: what waits for a person, and what persons decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from umkm_cli import clock
from umkm_cli.db.reading import Reader, Row, listed, narrowed
from umkm_cli.registry.cases.events import CaseStep, record_step, steps_of
from umkm_cli.registry.cases.sides import Sides, designs_of, sides_by_match
from umkm_cli.registry.office.finding import find_by_code
from umkm_cli.registry.pictures.attachments import attachments_of
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.db.tables import Case
    from umkm_cli.documents.cases import CaseBrief, CaseDecision, CaseDocument, CaseMatch, KeptMatch
    from umkm_cli.documents.checks import MatchDocument
    from umkm_cli.registry.office.work import Work

SOON_DAYS = 7
"""A case's day is near when it is at most so many days ahead."""


PURPOSES = ("receipt", "goods", "witness", "other")
"""What a file is handed in for in a case."""


class CaseKind(StrEnum):
    ALERT = "alert"
    COMPLAINT = "complaint"
    LOOKBACK = "lookback"


class CaseStatus(StrEnum):
    OPEN = "open"
    REVIEW = "review"
    DECIDED = "decided"


class CaseOutcome(StrEnum):
    """What a person found: a strong or no strong likeness. Never more than that (see the README)."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True)
class Agreement:
    """What a case is about: a registered design, the picture it resembles by SHA-256, and the match as a document."""

    kind: Design
    record_id: str
    sha256: str
    match: "MatchDocument"


def open_case(work: "Work", kind: CaseKind, agreements: Sequence[Agreement], **fields: Any) -> "Case":
    """The new case, due as the settings say. `fields` are columns of the case table."""
    from umkm_cli.db.tables import Case, CaseMatch
    from umkm_cli.registry.office.codes import CodeKind

    case = Case(code=work.code(CodeKind.CASE), kind=kind.value, **{"due": default_due(work.settings)} | fields)
    work.created("case", case)
    record_step(work, case, CaseStep.OPENING)
    for agreement in agreements:
        about = {agreement.kind.column: agreement.record_id}
        match = CaseMatch(case_id=case.id, sha256=agreement.sha256, match=dict(agreement.match), **about)
        work.created("case_match", match)
    return case


def default_due(settings: Settings) -> str | None:
    """The ISO day by which a case that is opened today is due."""
    return (clock.today() + timedelta(days=settings.case_days)).isoformat() if settings.case_days else None


def find_case(reader: Reader, key: str) -> Row:
    """Raises `UmkmError` `case_not_found`, `code_mistyped`."""
    return find_by_code(reader, "case", key)


def list_cases(reader: Reader, *, decided: bool = False) -> list[Row]:
    """Those that wait for a decision, oldest first; with `decided` those that were decided, too, after them."""
    where, wanted = narrowed(unless=('"case".status <> :unless', None if decided else CaseStatus.DECIDED.value))
    return reader.rows(
        f"{_CASES} {where} "
        'ORDER BY CASE "case".status WHEN \'decided\' THEN 1 ELSE 0 END, "case".created_at, "case".code',
        **wanted,
    )


def due_cases(reader: Reader, today: date) -> list[Row]:
    """Code and day of the undecided cases whose day is near or past, the most pressing first."""
    return reader.rows(
        "SELECT code, due FROM \"case\" WHERE status <> 'decided' AND due <= :until ORDER BY due, code",
        until=(today + timedelta(days=SOON_DAYS)).isoformat(),
    )


def days_left(due: str | None, today: date) -> int | None:
    """Days until a case is due, negative where its day is past."""
    return None if due is None else (date.fromisoformat(due) - today).days


def listed_cases(reader: Reader, *, decided: bool = False) -> "list[CaseBrief]":
    """The documents of `list_cases`, as lists show them."""
    rows = list_cases(reader, decided=decided)
    sides = sides_by_match(reader, rows)
    return [_brief(row, sides.get(row["id"], {}).values()) for row in rows]


def _brief(row: Row, sides: Iterable[Sides]) -> "CaseBrief":
    """`sides` are the designs that look alike where both sides of the case are on record, see `case_sides`."""
    document = {
        **{name: row[name] for name in _SHOWN},
        "motif": {"code": row["motif_code"], "title": row["motif_title"]} if row["motif_code"] else None,
        "product": {"code": row["product_code"], "name": row["product_name"]} if row["product_code"] else None,
        "vendor": {"code": row["vendor_code"], "name": row["vendor_name"]} if row["vendor_code"] else None,
        "respondent_vendor": {"code": row["respondent_code"], "name": row["respondent_name"]}
        if row["respondent_code"]
        else None,
        "sides": designs_of(sides),
    }
    return cast("CaseBrief", document)


def case_document(reader: Reader, row: Row) -> "CaseDocument":
    """`umkm.case/1`: the case, what agrees with what, the evidence attached, what happened, the decisions.

    `reviewer` is who took it under review, as long as it is.
    """
    full = reader.one(f'{_CASES} WHERE "case".id = :case', case=row["id"]) or row
    sides = sides_by_match(reader, [row]).get(row["id"], {})
    matches = reader.rows("SELECT id, match FROM case_match WHERE case_id = :case ORDER BY id", case=row["id"])
    kept: list[tuple[str, KeptMatch]] = [(match["id"], listed(match["match"])) for match in matches]
    events = steps_of(reader, row["id"])
    reviewers = [event["actor"] for event in events if event["kind"] == CaseStep.REVIEW.value]
    decisions = reader.rows(
        "SELECT outcome, reason, actor, at FROM decision WHERE case_id = :case ORDER BY at", case=row["id"]
    )
    return {
        "schema": "umkm.case/1",
        **_brief(full, sides.values()),
        "reviewer": reviewers[-1] if reviewers and full["status"] == CaseStatus.REVIEW else None,
        "matches": [_match(match, sides.get(id_)) for id_, match in kept if match and not match.get("counterpart")],
        "attachments": attachments_of(reader, "case", row["id"]),
        "events": events,
        "decisions": cast("list[CaseDecision]", decisions),
    }


def _match(kept: "KeptMatch", sides: Sides | None) -> "CaseMatch":
    """`picture_of` is the code of the design that the picture is a view of, None where it is only a picture."""
    return {**kept, "picture_of": sides.picture["code"] if sides else None}


_SHOWN = (
    *("code", "kind", "status", "created_at", "subject", "complainant", "seller", "seen_at", "seen_where"),
    *("price", "note", "respondent", "due"),
)
_CASES = """
    SELECT "case".*, motif.code AS motif_code, motif.title AS motif_title, motif.status AS motif_status,
           product.code AS product_code, product.name AS product_name,
           vendor.code AS vendor_code, vendor.name AS vendor_name,
           respondent.code AS respondent_code, respondent.name AS respondent_name
    FROM "case"
    LEFT JOIN motif ON motif.id = "case".motif_id
    LEFT JOIN product ON product.id = "case".product_id
    LEFT JOIN vendor ON vendor.id = coalesce(motif.vendor_id, product.vendor_id)
    LEFT JOIN vendor AS respondent ON respondent.id = "case".respondent_vendor_id
"""


def designs_in_question(reader: Reader) -> frozenset[str]:
    """The motifs, by identifier, that cases without a decision are about: of each case all sides."""
    rows = reader.rows(
        'SELECT motif_id FROM "case" WHERE status <> :decided AND motif_id IS NOT NULL UNION '
        'SELECT case_match.motif_id FROM case_match JOIN "case" ON "case".id = case_match.case_id '
        'WHERE "case".status <> :decided AND case_match.motif_id IS NOT NULL',
        decided="decided",
    )
    return frozenset(row["motif_id"] for row in rows)
