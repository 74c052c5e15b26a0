"""What the declaration of a field says, and reading what was typed for a record's fields.

Each noun has one ordered declaration, a mapping of names to `Field` (`VENDOR_FIELDS` is the first of them). Options and
prompts of commands, columns of sheets and exports, documents and masks follow from it; the sentence of an option is
`help.<noun>.<name>` in the catalogues, what people call the field `field.<name>`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from umkm_cli import clock
from umkm_cli.db.reading import listed
from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values import typed
from umkm_cli.registry.values.personal import Privacy, is_masked, mask
from umkm_cli.registry.values.typed import ValueProblem, clean, shown

Warnings = list[tuple[str, dict[str, Any]]]
"""Rules that a value breaks without being refused, each with its parameters."""
ValueReader = Callable[[str, Warnings], Any]
"""Turns clean, non-empty text into the value; it may add warnings. Raises `ValueProblem`."""

_NIK_LIKE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")


class Kind(StrEnum):
    """What a value is to a sheet, to an export and to whoever reads it."""

    TEXT = "text"
    PROSE = "prose"
    """Sentences; a day may be all that stands there."""
    DAY = "day"
    NUMBER = "number"
    """Digits that name something, kept as text."""
    AMOUNT = "amount"
    """Whole rupiah."""
    QUANTITY = "quantity"
    PERCENT = "percent"
    FLAG = "flag"
    LIST = "list"

    @property
    def may_be_day(self) -> bool:
        """Whether a cell that a spreadsheet program made a day of may have been meant as one."""
        return self in (Kind.DAY, Kind.PROSE)

    @property
    def is_long(self) -> bool:
        """Whether its own rule tells numbers that a spreadsheet program shortened or rounded."""
        return self in (Kind.NUMBER, Kind.AMOUNT)


@dataclass(frozen=True)
class Field:
    """One field of a record. `headings` are what columns of sheets are called that hold it, besides its own name.

    `column` is its column in the table where that is not its name. `sealed`: stored encrypted, with a keyed digest.
    `asked`: at a terminal `register` asks for it. `words` are offered where it is typed; `option` is its option where
    that is not `--name`, two of them (`--yes/--no`) take no value. `cell` writes a value so that it reads again,
    `told` as people are shown it; without them its kind says how. `on_the_web`: an address, with digits of its own.
    """

    read: ValueReader
    headings: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    privacy: Privacy = Privacy.PUBLIC
    column: str = ""
    sealed: bool = False
    asked: bool = False
    on_the_web: bool = False
    words: tuple[str, ...] = ()
    option: str = ""
    cell: Callable[[Any], str] | None = None
    told: Callable[[Any], str | None] | None = None

    @property
    def is_private(self) -> bool:
        return self.privacy.is_private

    @property
    def is_switch(self) -> bool:
        """Whether its option says yes or no by itself."""
        return "/" in self.option


Fields = Mapping[str, Field]
"""A noun's declaration: its fields by name, in the order in which people meet them."""


def plain(reader: Callable[[str], Any]) -> ValueReader:
    """Of a reader that never warns."""
    return lambda text, _: reader(text)


def text_up_to(limit: int = typed.MAX_CHARS) -> ValueReader:
    return lambda text, _: typed.read_text(text, limit)


def past_date(text: str, _: Warnings) -> str:
    """ISO day. Rule `date_in_future`."""
    day = typed.read_date(text)
    if day > clock.today().isoformat():
        raise ValueProblem("date_in_future")
    return day


def of_kind(fields: Fields, kind: Kind) -> tuple[str, ...]:
    """The names of the fields of a kind."""
    return tuple(name for name, field in fields.items() if field.kind is kind)


def column_names(fields: Fields) -> tuple[str, ...]:
    """What documents and exports call the fields."""
    return tuple(field.column or name for name, field in fields.items())


def field_of(fields: Fields, column: str) -> str:
    """The name of the field that a column of the noun's table holds; any other column keeps its own name."""
    return next((name for name, field in fields.items() if field.column == column), column)


def row_values(fields: Fields, row: Mapping[str, Any], *, reveal: bool) -> dict[str, Any]:
    """The fields as documents hold them, by column, from a row: lists and flags as such, masked unless `reveal`.

    What the table does not hold in clear is None.
    """
    values = {}
    for column, field in zip(column_names(fields), fields.values(), strict=True):
        value = row.get(column)
        if field.kind is Kind.LIST:
            value = listed(value)
        elif field.kind is Kind.FLAG and value is not None:
            value = bool(value)
        private = field.is_private and value is not None and not reveal
        values[column] = mask(field.privacy, str(value)) if private else value
    return values


def masked(fields: Fields, name: str, text: str) -> str:
    """What of `text` may be shown where it stands, or should stand, in the field `name`."""
    return mask(fields[name].privacy, text) if name in fields else text


def read_fields(fields: Fields, raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Read each given field; an empty text is None, the wish to have nothing there."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in raw.items():
        field = fields.get(name)
        if field is None:
            continue
        if not clean(text):
            read[name] = None
            continue
        if field.is_private and is_masked(text):
            problems.append(Problem(name, text, "masked_value", Level.WARNING))
            continue
        warnings: Warnings = []
        value = shown(mask(field.privacy, clean(text)))
        try:
            read[name] = field.read(text, warnings)
            problems += _nik_in_text(name, field, text)
        except ValueProblem as error:
            problems.append(Problem(name, value, error.rule, params=dict(error.params)))
        problems += [Problem(name, value, rule, Level.WARNING, params) for rule, params in warnings]
    return read, problems


def _nik_in_text(name: str, field: Field, text: str) -> list[Problem]:
    """A warning for a NIK that stands where everybody sees it. An address on the web may have as many digits."""
    found = _NIK_LIKE.search(text)
    if found is None or field.is_private or field.on_the_web:
        return []
    return [Problem(name, mask(Privacy.NUMBER, re.sub(r"\D", "", found[0])), "nik_in_text", Level.WARNING)]
