"""What in a row says which record it speaks of: `source` and `ref`, or the code that this registry gave it."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import REFUSED, UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.codes import CodeKind, looks_like_code, own_number, read_code
from umkm_cli.registry.office.finding import find_by_code
from umkm_cli.registry.values.typed import ValueProblem, clean, read_text

MAX_REF_CHARS = 100


@dataclass(frozen=True)
class RowReference:
    """`known` is the record, where the row names one by its code; `restored` the code that it gets back otherwise."""

    source: str
    ref: str | None
    known: Row | None = None
    restored: str | None = None


@dataclass(frozen=True)
class Unused:
    """This office's codes that no record of the registry had when an import began: those above `last`."""

    kind: CodeKind
    office: str
    last: int

    def has(self, code: str) -> bool:
        own = own_number(code, self.kind, self.office)
        return own is not None and own > self.last


def unused_codes(reader: Reader, kind: CodeKind, office: str, source: str) -> Unused | None:
    """None where the list is another office's: what looks like a code is that office's reference."""
    if source:
        return None
    last = reader.value("SELECT last FROM counter WHERE kind = :kind", kind=kind.value)
    return Unused(kind, office, int(last or 0))


def read_reference(
    reader: Reader, table: str, values: Mapping[str, str], source: str, unused: Unused | None = None
) -> RowReference:
    """A row's own `source` counts before the import's.

    A column "kode" holds this registry's code where the sheet was exported here, and the sender's reference otherwise.
    A code among `unused` was exported from this office's registry before it was lost or begun anew: it is given back.

    Raises `InvalidFieldsError`, and `UmkmError`: `<table>_not_found`, `code_mistyped`.
    """
    source = clean(values.get("source", source))
    ref, code = clean(values.get("ref", "")), clean(values.get("code", ""))
    for field, text in (("ref", ref), ("source", source), ("code", code)):
        _refuse_control_characters(field, text)
        if len(text) > MAX_REF_CHARS:
            raise InvalidFieldsError([Problem(field, text[:40] + "…", "ref_too_long", params={"limit": MAX_REF_CHARS})])
    if not looks_like_code(code):
        return RowReference(source, ref or code or None)
    if unused is not None and unused.has(code) and not _is_known(reader, table, code):
        return RowReference(source, ref or None, restored=read_code(code, unused.kind))
    known = _find(reader, table, code, foreign=bool(source))
    if known is None:
        return RowReference(source, ref or code)
    if known["ref"] is None:
        return RowReference(source, ref or None, known)
    if ref and (source, ref) != (known["source"], known["ref"]):
        raise InvalidFieldsError([Problem("ref", ref, "ref_of_other_code", params={"code": known["code"]})])
    return RowReference(known["source"], known["ref"], known)


def _is_known(reader: Reader, table: str, code: str) -> bool:
    with contextlib.suppress(UmkmError):
        return bool(find_by_code(reader, table, code))
    return False


def _refuse_control_characters(field: str, text: str) -> None:
    try:
        read_text(text)
    except ValueProblem as error:
        raise InvalidFieldsError([Problem(field, "", error.rule, params=dict(error.params))]) from error


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


def _find(reader: Reader, table: str, code: str, *, foreign: bool) -> Row | None:
    """None for a code that may be another office's."""
    try:
        return find_by_code(reader, table, code)
    except UmkmError:
        if foreign:
            return None
        raise
