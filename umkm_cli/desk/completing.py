"""Codes that begin as somebody types: for the Tab key, so nothing may be slow, and no registry made or changed."""

import re

from umkm_cli.db.reading import Row, glance
from umkm_cli.settings import Settings

_NAMES = {"vendor": "name", "product": "name", "motif": "title", "case": "subject", "licence": "number"}
_WITH_REF = ("vendor", "product", "motif")


def known_codes(settings: Settings, table: str, incomplete: str, *, most: int) -> list[Row]:
    """`code`, `name` and `ref` of records whose code or reference begins so; none where there is no registry."""
    name, ref = _NAMES[table], "ref" if table in _WITH_REF else "NULL"
    typed = re.sub(r"([!%_])", r"!\1", incomplete.lower())
    sql = (
        f"SELECT code, {name} AS name, {ref} AS ref FROM \"{table}\" WHERE lower(code) LIKE :start ESCAPE '!' "
        f"OR {ref} LIKE :start ESCAPE '!' ORDER BY code LIMIT :most"
    )
    with glance(settings) as reader:
        return reader.rows(sql, start=f"{typed}%", most=most) if reader else []
