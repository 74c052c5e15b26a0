"""What persons decided, as screening asks for it: about a design, a picture, and the region where they agree."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from umkm_cli.db.reading import Reader, listed

if TYPE_CHECKING:
    from umkm_cli.documents.cases import CounterpartMatch
    from umkm_cli.documents.checks import MatchDocument, ViewNamed


@dataclass(frozen=True)
class PastDecision:
    """A standing decision on how a registered design agrees with the picture `sha256`.

    `view_sha256` is the view of the design that the areas and `motif_region` (pixels of that view) speak of. `parties`
    are vendors whom the decision is about, besides the design's owner; empty where the other side is not known.
    """

    outcome: str
    at: str
    sha256: str
    view_sha256: str
    query_area: float
    motif_area: float
    motif_region: tuple[tuple[float, float], ...]
    parties: frozenset[str]


def standing_decisions(reader: Reader) -> dict[str, list[PastDecision]]:
    """By registered design (motif or product), newest first. Of a case's decisions the last one stands."""
    parties = _parties(reader)
    standing: dict[str, list[PastDecision]] = {}
    for row in reader.rows(
        'SELECT "case".id AS case_id, coalesce(case_match.motif_id, case_match.product_id) AS record_id, '
        "case_match.sha256 AS sha256, case_match.match AS match, decision.outcome AS outcome, decision.at AS at "
        'FROM case_match JOIN "case" ON "case".id = case_match.case_id JOIN decision ON decision.case_id = "case".id '
        "WHERE \"case\".status = 'decided' AND decision.at = "
        '(SELECT max(later.at) FROM decision AS later WHERE later.case_id = "case".id) '
        "ORDER BY decision.at DESC, case_match.id"
    ):
        match, case_id = listed(row["match"]), row["case_id"]
        decision = PastDecision(
            outcome=row["outcome"],
            at=row["at"],
            sha256=row["sha256"],
            view_sha256=match["view"]["sha256"],
            query_area=match["query_area"],
            motif_area=match["motif_area"],
            motif_region=tuple((x, y) for x, y in match["motif_region"]),
            parties=parties.get((case_id, row["sha256"]), frozenset()) | parties[case_id, ""],
        )
        standing.setdefault(row["record_id"], []).append(decision)
    return standing


def _parties(reader: Reader) -> dict[tuple[str, str], frozenset[str]]:
    """Vendors by decided case and picture: who owns the design in that case which the picture is a view of.

    Under an empty picture stand those whom the whole case is about: who sent the picture in, and the respondent.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for kind in ("motif", "product"):
        for row in reader.rows(
            "SELECT DISTINCT case_match.case_id AS case_id, view.sha256 AS sha256, record.vendor_id AS vendor_id "
            'FROM case_match JOIN "case" ON "case".id = case_match.case_id AND "case".status = \'decided\' '
            f"JOIN {kind} AS record ON record.id = case_match.{kind}_id JOIN view ON view.{kind}_id = record.id"
        ):
            found.setdefault((row["case_id"], row["sha256"]), set()).add(row["vendor_id"])
    for row in reader.rows(
        'SELECT "case".id AS case_id, "check".vendor_id AS sender_id, "case".respondent_vendor_id AS respondent_id '
        'FROM "case" LEFT JOIN "check" ON "check".id = "case".check_id WHERE "case".status = \'decided\''
    ):
        found[row["case_id"], ""] = {row["sender_id"], row["respondent_id"]} - {None}
    return {key: frozenset(vendors) for key, vendors in found.items()}


def counterpart(
    match: "MatchDocument", *, code: str, title: str, ref: str | None, view: "ViewNamed"
) -> "CounterpartMatch":
    """The same agreement as the other side sees it; named is the design that the picture is a view of."""
    return {
        **match,
        "query_area": match["motif_area"],
        "motif_area": match["query_area"],
        "query_region": match["motif_region"],
        "motif_region": match["query_region"],
        "code": code,
        "title": title,
        "ref": ref,
        "view": view,
        "counterpart": True,
    }
