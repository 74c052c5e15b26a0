"""Lines that fit the screen: they break between words, so that no code, command or path comes apart."""

import os
from typing import TextIO

HANGING = "- "
"""What follows an item's first line stands below its text."""


def room_of(stream: TextIO) -> int | None:
    """How many characters wide the screen is; None for a file or a pipe, where lines stay as long as they are."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    except (OSError, ValueError):
        return None


def fitted(text: str, room: int | None) -> str:
    """`text` with its lines broken to `room`, further ones as far in as the first. A longer word stays in one piece."""
    if room is None or len(text) * 2 <= room:  # no sign is wider than two
        return text
    return "\n".join(part for line in text.split("\n") for part in broken(line, room))


def broken(line: str, room: int) -> list[str]:
    """One line as those that it takes."""
    from rich.cells import cell_len

    if cell_len(line) <= room:
        return [line]
    first, *words = line.lstrip(" ").split(" ")
    inset = " " * (len(line) - len(line.lstrip(" ")))
    indent = inset + " " * (len(HANGING) if f"{first} " == HANGING else 0)
    parts, current = [], inset + first
    for word in words:
        longer = f"{current} {word}"
        if cell_len(longer) > room and current.strip(" -"):
            parts.append(current.rstrip())
            current = indent + word
        else:
            current = longer
    return [*parts, current.rstrip()]
