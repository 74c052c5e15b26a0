"""Both sides of what a case is about, where both are on record: two designs that look alike, with equal rights.

Such a case has no accuser and no accused, and not a picture against a design either. People read "Motif A" and
"Motif B"; the letters follow the order here, which says nothing about who was first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umkm_cli.db.reading import Reader, Row, listed

if TYPE_CHECKING:
    from umkm_cli.documents.cases import CaseSide, KeptMatch


@dataclass(frozen=True)
class Sides:
    """A match, and the design that its picture is a view of."""

    picture: "CaseSide"
    match: "KeptMatch"


_VIEWED = """
    SELECT case_match.id AS id, case_match.case_id AS case_id, case_match.match AS match,
           CASE WHEN view.motif_id IS NULL THEN 'product' ELSE 'motif' END AS kind,
           coalesce(motif.code, product.code) AS code, coalesce(motif.title, product.name) AS title,
           vendor.code AS vendor_code, vendor.name AS vendor_name
    FROM case_match JOIN "case" ON "case".id = case_match.case_id
    JOIN view ON view.sha256 = case_match.sha256
    LEFT JOIN motif ON motif.id = view.motif_id
    LEFT JOIN product ON product.id = view.product_id
    JOIN vendor ON vendor.id = coalesce(motif.vendor_id, product.vendor_id)
"""
_OWN_FIRST = """
    ORDER BY CASE WHEN view.motif_id = "case".motif_id OR view.product_id = "case".product_id THEN 0 ELSE 1 END, 5
"""


def strength(match: "KeptMatch") -> tuple[bool, float]:
    """Sorts matches into the order in which people look at them."""
    return not match.get("alert", True), -match["score"]


def sides_by_match(reader: Reader, rows: Sequence[Row]) -> dict[str, dict[str, Sides]]:
    """By case, then by match: what the picture of a match is a view of, where that is another design than the match's.

    `rows` are rows of cases; of several designs that show the picture, the one that the case is about counts.
    """
    if not rows:
        return {}
    # one query for a list of any length; a single case asks for its own
    where, named = ('WHERE "case".id = :case', {"case": rows[0]["id"]}) if len(rows) == 1 else ("", {})
    found: dict[str, dict[str, Sides]] = {}
    for row in reader.rows(f"{_VIEWED} {where} {_OWN_FIRST}", **named):
        match = listed(row["match"])
        if match and not match.get("counterpart") and match["code"] != row["code"]:
            found.setdefault(row["case_id"], {}).setdefault(row["id"], Sides(_picture_side(row), match))
    return found


def designs_of(every: Iterable[Sides]) -> "list[CaseSide]":
    """The designs on both sides of a case, each once, in the order of their letters."""
    designs: dict[str, CaseSide] = {}
    for sides in sorted(every, key=lambda sides: strength(sides.match)):
        for design in (sides.picture, _match_side(sides.match)):
            designs.setdefault(design["code"], design)
    return list(designs.values())


def letter(number: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    above, rest = divmod(number, 26)
    return (letter(above - 1) if above else "") + chr(ord("A") + rest)


def _picture_side(row: Row) -> "CaseSide":
    return {
        "kind": row["kind"],
        "code": row["code"],
        "title": row["title"],
        "vendor": {"code": row["vendor_code"], "name": row["vendor_name"]},
    }


def _match_side(match: "KeptMatch") -> "CaseSide":
    return {
        "kind": match.get("kind", "motif"),
        "code": match["code"],
        "title": match["title"],
        "vendor": match["vendor"],
    }
