"""Of two rows of one sheet that say different things of one record, the first stands, and the second says so.

Otherwise the order of the rows would decide what the registry holds, and importing the sheet again would change it back
and forth. What earlier rows left open, later ones fill.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from umkm_cli.problems import Level, Problem
from umkm_cli.registry.values.fields import Fields, field_of, masked
from umkm_cli.registry.values.region_codes import KECAMATAN
from umkm_cli.registry.values.typed import shown

GivenBy = Callable[[str], Mapping[str, int]]
"""Of the record with this code: the row of the sheet that first gave each field."""
DERIVED = "_key"
"""How the names of columns end that follow from another: `name_key` from `name`."""


def by_hand(_code: str) -> Mapping[str, int]:
    """Where there is no sheet, no earlier row speaks."""
    return {}


class EarlierRows:
    """What the rows of one sheet that went in have said so far, whether it was news or not."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._fields: dict[frozenset[str], frozenset[str]] = {}

    def keep(self, code: str, row: int, values: Mapping[str, Any]) -> None:
        """That row `row` spoke of the record `code` and gave `values`, whatever became of each of them."""
        given = frozenset(name for name, value in values.items() if is_given(value) and not name.endswith(DERIVED))
        self._rows[code].append((row, self._fields.setdefault(given, given)))  # most rows fill the same columns

    def of(self, code: str) -> Mapping[str, int]:
        first: dict[str, int] = {}
        for row, fields in self._rows.get(code, ()):
            for name in fields:
                first.setdefault(name, row)
        return first


def is_given(value: Any) -> bool:
    """Whether a value says something; an empty cell does not, and erases nothing."""
    return value is not None and value != []


def first_stands(
    fields: Fields,
    code: str,
    values: Mapping[str, Any],
    differing: Iterable[str],
    given: Mapping[str, int],
    stored: Callable[[str], Any],
) -> tuple[dict[str, Any], list[Problem]]:
    """Those of `values` that no earlier row contradicts, and a warning for each of the others.

    `fields` is the noun's declaration, `differing` are the names whose value is not the record's, `given` the rows that
    gave each field before, and `stored` what the record holds.
    """
    contradicted = [name for name in differing if name in given]
    problems = [
        Problem(
            field_of(fields, name),
            _shown(fields, name, values[name]),
            "row_differs",
            Level.WARNING,
            {"row": given[name], "old": _shown(fields, name, stored(name)), "code": code},
        )
        for name in contradicted
    ]
    dropped = {*contradicted, *(f"{name}{DERIVED}" for name in contradicted)}
    return {name: value for name, value in values.items() if name not in dropped}, problems


def replaced(fields: Fields, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A warning for each value of `before` that said something and that `after` has another for."""
    return tuple(
        Problem(
            name,
            _shown(fields, name, after[name]),
            "value_replaced",
            Level.WARNING,
            {"old": _shown(fields, name, value)},
        )
        for name, value in before.items()
        if is_given(value) and not name.endswith(DERIVED)
    )


def _shown(fields: Fields, name: str, value: Any) -> str:
    """As a person knows it from the sheet; masked where it is personal."""
    if not is_given(value):
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return shown("; ".join(_item(item) for item in value))
    text = KECAMATAN.get(value, value) if name == "kecamatan" else value
    return shown(masked(fields, field_of(fields, name), str(text)))


def _item(item: Any) -> str:
    return str(item.get("name") or item.get("code") or "–") if isinstance(item, Mapping) else str(item)
