"""Cases: what waits for a person, and what persons decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.errors import UmkmError
from umkm_cli.registry.designs import Design
from umkm_cli.registry.finding import find_by_code
from umkm_cli.registry.reasons import read_reason

if TYPE_CHECKING:
    from umkm_cli.db.tables import Case
    from umkm_cli.registry.office import Work

GROWTH = 1.25
"""How much larger an agreeing region may be than the one that was decided on before a person must look again."""


class CaseKind(StrEnum):
    ALERT = "alert"
    COMPLAINT = "complaint"
    LOOKBACK = "lookback"


class CaseStatus(StrEnum):
    OPEN = "open"
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
    match: dict[str, Any]


@dataclass(frozen=True)
class PastDecision:
    outcome: str
    at: str
    query_area: float
    motif_area: float


def open_case(work: "Work", kind: CaseKind, agreements: Sequence[Agreement], **fields: Any) -> "Case":
    """The new case. `fields` are columns of the case table."""
    from umkm_cli.db.tables import Case, CaseMatch
    from umkm_cli.registry.codes import Kind

    case = Case(code=work.code(Kind.CASE), kind=kind.value, **fields)
    work.created("case", case)
    for agreement in agreements:
        about = {agreement.kind.column: agreement.record_id}
        work.session.add(CaseMatch(case_id=case.id, sha256=agreement.sha256, match=agreement.match, **about))
    work.session.flush()
    return case


def decide_case(work: "Work", code: str, outcome: CaseOutcome, reason: str, *, keep_held: bool) -> Row:
    """Record a decision and, unless `keep_held`, release the motif that waited for it.

    Raises `UmkmError`: `case_not_found`, `case_decided`, `reason_missing`.
    """
    from sqlmodel import select

    from umkm_cli.db.tables import Case, Decision, Motif

    reason = read_reason(reason)
    case = work.session.exec(select(Case).where(Case.code == code)).one_or_none()
    if case is None:
        raise UmkmError("case_not_found", key=code)
    if case.status != CaseStatus.OPEN:
        raise UmkmError("case_decided", code=code)
    decision = Decision(case_id=case.id, outcome=outcome.value, reason=reason, actor=work.settings.actor)
    work.session.add(decision)
    work.changed("case", case, {"status": CaseStatus.DECIDED.value}, "decide")
    work.record("decide", "decision", decision.id, {"outcome": (None, decision.outcome), "reason": (None, reason)})
    motif = work.session.get(Motif, case.motif_id) if case.motif_id else None
    if motif is not None and motif.status == "held" and not keep_held and not _others_open(work, motif.id, case.id):
        work.changed("motif", motif, {"status": "registered"}, "release")
    return {"code": case.code, "motif": motif.code if motif else None, "motif_status": motif.status if motif else None}


def standing_decisions(reader: Reader) -> dict[tuple[str, str], list[PastDecision]]:
    """By registered design (motif or product) and picture (SHA-256), newest first."""
    standing: dict[tuple[str, str], list[PastDecision]] = {}
    for row in reader.rows(
        "SELECT coalesce(case_match.motif_id, case_match.product_id) AS record_id, case_match.sha256 AS sha256, "
        "case_match.match AS match, decision.outcome AS outcome, decision.at AS at FROM case_match "
        'JOIN "case" ON "case".id = case_match.case_id JOIN decision ON decision.case_id = "case".id '
        "WHERE \"case\".status = 'decided' ORDER BY decision.at DESC"
    ):
        match = listed(row["match"])
        decision = PastDecision(row["outcome"], row["at"], match["query_area"], match["motif_area"])
        standing.setdefault((row["record_id"], row["sha256"]), []).append(decision)
    return standing


def find_case(reader: Reader, key: str) -> Row:
    """Raises `UmkmError` `case_not_found`, `code_mistyped`."""
    return find_by_code(reader, "case", key)


def list_cases(reader: Reader, *, status: str | None) -> list[Row]:
    """Open ones first, oldest first within."""
    return reader.rows(
        f'{_CASES} WHERE :status IS NULL OR "case".status = :status '
        'ORDER BY "case".status DESC, "case".created_at, "case".code',
        status=status,
    )


def case_brief(row: Row) -> dict[str, Any]:
    """A case as lists show it; `row` comes from `list_cases`."""
    return {
        **{name: row[name] for name in _SHOWN},
        "motif": {"code": row["motif_code"], "title": row["motif_title"]} if row["motif_code"] else None,
        "product": {"code": row["product_code"], "name": row["product_name"]} if row["product_code"] else None,
        "vendor": {"code": row["vendor_code"], "name": row["vendor_name"]} if row["vendor_code"] else None,
    }


def case_document(reader: Reader, row: Row) -> dict[str, Any]:
    """`umkm.case/1`: the case, what agrees with what, the evidence attached, the decisions."""
    full = reader.one(f'{_CASES} WHERE "case".id = :case', case=row["id"]) or row
    matches = reader.rows("SELECT match FROM case_match WHERE case_id = :case ORDER BY id", case=row["id"])
    documents = [listed(match["match"]) for match in matches]
    return {
        "schema": "umkm.case/1",
        **case_brief(full),
        "matches": [document for document in documents if document and not document.get("counterpart")],
        "attachments": reader.rows(
            "SELECT filename, sha256, purpose FROM attachment WHERE entity = 'case' AND entity_id = :case ORDER BY id",
            case=row["id"],
        ),
        "decisions": reader.rows(
            "SELECT outcome, reason, actor, at FROM decision WHERE case_id = :case ORDER BY at", case=row["id"]
        ),
    }


_SHOWN = (
    *("code", "kind", "status", "created_at", "subject", "complainant", "seller", "seen_at", "seen_where"),
    *("price", "note"),
)
_CASES = """
    SELECT "case".*, motif.code AS motif_code, motif.title AS motif_title, motif.status AS motif_status,
           product.code AS product_code, product.name AS product_name,
           vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM "case"
    LEFT JOIN motif ON motif.id = "case".motif_id
    LEFT JOIN product ON product.id = "case".product_id
    LEFT JOIN vendor ON vendor.id = coalesce(motif.vendor_id, product.vendor_id)
"""


def _others_open(work: "Work", motif_id: str, case_id: str) -> bool:
    from sqlmodel import col, select

    from umkm_cli.db.tables import Case

    query = select(Case.id).where(
        col(Case.motif_id) == motif_id, col(Case.id) != case_id, col(Case.status) == CaseStatus.OPEN.value
    )
    return work.session.exec(query).first() is not None
