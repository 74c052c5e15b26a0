"""What the Tab key offers: codes with their titles, and the words that an option knows.

A shell starts the program for every Tab, so nothing here may be slow, speak of an error, or make or change a registry.
What it prints is evaluated by some shells (zsh's `eval`, typer's markup), so titles lose all signs but harmless ones.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from umkm_cli.settings import read_settings

VARIABLE = "_UMKM_COMPLETE"
"""Set by the shells' scripts; see `umkm --show-completion`."""
OFFERED = 50
_HARMLESS = re.compile(r"[^\w .,&+/-]+")
_WORD = re.compile(r"[\w./-]+")

Completer = Callable[[str], list[tuple[str, str]]]


def completing() -> bool:
    return VARIABLE in os.environ


def complete(answer: Callable[[], Any]) -> int:
    """Let typer answer the shell; whatever goes wrong, the shell hears nothing."""
    try:
        answer()
    except SystemExit as done:  # fish asks by the exit code whether there is anything to offer
        return int(done.code) if isinstance(done.code, int) else 0
    except BaseException:
        return 1
    return 0


def codes_of(table: str, *, unasked: bool = True) -> Completer:
    """Codes and references that start with what is typed, with the titles of their records.

    Where a path would do as well, `unasked=False` offers nothing until something is typed.
    """

    def offer(incomplete: str) -> list[tuple[str, str]]:
        return _codes(table, incomplete) if incomplete or unasked else []

    return offer


def one_of(words: Iterable[str]) -> Callable[[str], list[str]]:
    known = tuple(words)
    return lambda incomplete: [word for word in known if word.startswith(incomplete.lower())]


def _codes(table: str, incomplete: str) -> list[tuple[str, str]]:
    from umkm_cli.desk.completing import known_codes

    try:
        rows = known_codes(read_settings(), table, incomplete, most=OFFERED)
    except Exception:
        return []
    return [(_typed_for(row, incomplete), _HARMLESS.sub(" ", row["name"] or "").strip()) for row in rows]


def _typed_for(row: dict[str, Any], incomplete: str) -> str:
    """The `ref` where that is what is being typed, else the code."""
    ref = row["ref"] or ""
    by_ref = ref.startswith(incomplete) and not row["code"].lower().startswith(incomplete.lower())
    return ref if by_ref and _WORD.fullmatch(ref) else row["code"]
