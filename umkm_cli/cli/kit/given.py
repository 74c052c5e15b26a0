"""A record's fields among the options of a command."""

from collections.abc import Iterable, Mapping
from typing import Any


def given_fields(fields: Iterable[str], given: Mapping[str, Any], *, keep_empty: bool = False) -> dict[str, str]:
    """Those of `fields` that a command was given, as text; `keep_empty` keeps "" as the wish to clear a field."""
    raw = {name: given[name] for name in fields if given.get(name) is not None}
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in raw.items()
        if keep_empty or value != ""
    }
