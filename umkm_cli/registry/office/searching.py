"""Search that forgives spelling."""

from umkm_cli.db.reading import Row
from umkm_cli.registry.values.folding import fold

LEAST = 75.0
"""rapidfuzz's WRatio below which names are not alike; `sekar` and `skar` reach 89, unrelated names 45 to 65."""


def rank(rows: list[Row], column: str, wanted: str) -> list[Row]:
    """The rows whose folded `column` is like `wanted`, likest first; a name that contains it always is."""
    from rapidfuzz import fuzz

    key = fold(wanted) or wanted.casefold()
    scored = [(101.0 if key in row[column] else fuzz.WRatio(key, row[column]), row) for row in rows]
    kept = [(score, row) for score, row in scored if score >= LEAST]
    return [row for _, row in sorted(kept, key=lambda item: (-item[0], item[1]["code"]))]
