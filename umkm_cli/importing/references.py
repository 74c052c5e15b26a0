"""What in a row says which record it speaks of: `source` and `ref`, or the code that this registry gave it."""

import contextlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from umkm_cli.db.reading import Reader
from umkm_cli.errors import REFUSED, UmkmError
from umkm_cli.registry.codes import looks_like_code
from umkm_cli.registry.finding import find_by_code
from umkm_cli.registry.problems import InvalidFieldsError, Problem

MAX_REF_CHARS = 100


@dataclass(frozen=True)
class Reference:
    source: str
    ref: str | None


def read_reference(reader: Reader, table: str, values: Mapping[str, str], source: str) -> Reference:
    """A row's own `source` counts before the import's. A column "kode" holds the sender's reference, or, in a sheet
    that was exported here, the record's code, which leads to its reference.

    Raises `InvalidFieldsError`, and `UmkmError`: `<table>_not_found`, `code_mistyped`.
    """
    source = _clean(values.get("source", source))
    ref, code = _clean(values.get("ref", "")), _clean(values.get("code", ""))
    for field, text in (("ref", ref), ("source", source)):
        if len(text) > MAX_REF_CHARS:
            raise InvalidFieldsError([Problem(field, text[:40] + "…", "ref_too_long", params={"limit": MAX_REF_CHARS})])
    if ref or not code:
        return Reference(source, ref or None)
    if not looks_like_code(code):
        return Reference(source, code)
    known = find_by_code(reader, table, code)
    return Reference(known["source"], known["ref"])


@contextlib.contextmanager
def collecting(problems: list[Problem], field: str, value: str) -> Iterator[None]:
    """Turns what refuses one field into a problem of its row, so that a row shows all that is wrong with it at once."""
    try:
        yield
    except InvalidFieldsError as refused:
        problems += refused.problems
    except UmkmError as error:
        if error.exit_code != REFUSED:
            raise
        problems.append(Problem(field, value, error.code, params=error.params))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
