"""Tables and records on a screen, whatever its width."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from umkm_cli.cli.kit.lines import broken
from umkm_cli.cli.kit.output import for_people, inert, say

if TYPE_CHECKING:
    from rich.console import Console

_CODES = re.compile(r"–|[A-Z](?:-[A-Z0-9]+){3}(?: \?)?(?:\n[A-Z](?:-[A-Z0-9]+){3}(?: \?)?)*")
"""Codes one below the other; a question mark behind one that is in doubt."""
GAP = 2
TALL = 3


def console() -> "Console":
    """For tables and layout; never interprets markup in what makers wrote."""
    from rich.console import Console

    return Console(file=for_people(), markup=False, highlight=False, emoji=False, soft_wrap=False)


def table(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    """A plain table, with None as a dash; where its words do not fit side by side, one record below the other.

    Neither form breaks a word, unless that word alone is wider than the screen.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    names = list(columns)
    cells = [["–" if cell in (None, "") else inert(str(cell)) for cell in row] for row in rows]
    drawn_on = console()
    widths = column_widths([names, *cells], drawn_on.width)
    if widths is None:
        for row in cells:
            say("")
            pairs(zip(names, row, strict=True))
        return
    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, width in zip(names, widths, strict=True):
        drawn.add_column(name, width=width, overflow="fold")
    for row in cells:
        drawn.add_row(*map(Text, row))
    say("")
    drawn_on.print(drawn)
    say("")


def column_widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Characters for each column, at least its longest word; None where `rows`, header first, had better be stacked.

    Columns stand `GAP` apart. Stacked is better where words would break or a cell would take more than `TALL` lines.
    """
    from rich.cells import cell_len

    columns = [list(column) for column in zip(*rows, strict=True)]
    widest = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns]
    widths = [max(cell_len(word) for cell in column for word in _unbroken(cell)) for column in columns]
    spare = room - sum(widths) - GAP * (len(columns) - 1)
    if spare < 0:
        return None
    while spare > 0 and widths != widest:
        lines, _, position = max(
            (wide / width, wide, at) for at, (wide, width) in enumerate(zip(widest, widths, strict=True))
        )
        if lines <= 1:
            break
        widths[position] += 1
        spare -= 1
    tall = any(wide > width * TALL for wide, width in zip(widest, widths, strict=True))
    return None if tall else widths


def _unbroken(cell: str) -> list[str]:
    """The parts of a cell that stay in one piece: words, and codes with their question mark."""
    return cell.split("\n") if _CODES.fullmatch(cell) else cell.split() or [""]


def pairs(items: Iterable[tuple[str, Any]]) -> None:
    """A record: one line for each field that says something; below its name where a word would break beside it."""
    from rich.cells import cell_len, chop_cells
    from rich.text import Text

    told = [(inert(name), inert(str(value))) for name, value in items if value not in (None, "", [], {})]
    drawn_on = console()
    beside = max((cell_len(name) for name, _ in told), default=0) + GAP
    for name, value in told:
        longest = max(map(cell_len, value.split()), default=0)
        below = beside + longest > drawn_on.width
        indent = GAP if below else beside
        room = max(1, drawn_on.width - indent)
        parts = [part for line in value.split("\n") for part in broken(line, room)]
        lines = [piece for part in parts for piece in chop_cells(part, room) or [""]]  # a digest may be wider than all
        first = "" if below else " " * (beside - cell_len(name)) + lines.pop(0)
        text = Text.assemble((name, "bold"), "\n".join([first, *(" " * indent + line for line in lines)]))
        drawn_on.print(text, no_wrap=True, overflow="ignore", crop=False)
