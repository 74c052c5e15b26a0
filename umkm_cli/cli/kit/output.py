"""Everything that reaches a screen, a pipe or a script goes through here.

With `--json`, stdout holds exactly one document; people read stdout otherwise, and notes and errors on stderr.
"""

import contextlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from umkm_cli.cli.kit.lines import broken, fitted, room_of
from umkm_cli.errors import INTERRUPTED, USAGE, UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.values.typed import INVISIBLE
from umkm_cli.wording import error_document as error_document
from umkm_cli.wording import field_name as field_name
from umkm_cli.wording import problem_sentence as problem_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from umkm_cli.problems import Problem

_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069{INVISIBLE}]")
_CODES = re.compile(r"–|[A-Z](?:-[A-Z0-9]+){3}(?: \?)?(?:\n[A-Z](?:-[A-Z0-9]+){3}(?: \?)?)*")
"""Codes one below the other; a question mark behind one that is in doubt."""
GAP = 2
TALL = 3
Json = Annotated[bool, typer.Option("--json", help=t("help.option.json"))]


def force_utf8() -> None:
    """Names and titles do not fit cp1252; a console or a file gets UTF-8 whatever the system's default says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_json(arguments: Sequence[str]) -> bool:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before


def print_json(document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.write(_STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n")


def for_people() -> TextIO:
    """Where people read: standard output, but standard error where the output is a file that somebody asked for."""
    return sys.stderr if _file_on_stdout else sys.stdout


def mind_standard_output(path: "Path | None", as_json: bool) -> None:
    """Where the file to write is `-`, all that is said besides goes to standard error, until `speak_again`.

    Raises `UmkmError` `dash_and_json`: of both there can be but one on standard output.
    """
    if path is None or str(path) != "-":
        return
    if as_json:
        raise UmkmError("dash_and_json", exit_code=USAGE)
    _file_on_stdout.append(True)


def speak_again() -> None:
    """A command begins: standard output is for people."""
    _file_on_stdout.clear()


_file_on_stdout: list[bool] = []


def say(text: str) -> None:
    """A sentence, or several lines, broken between words where the screen is narrower."""
    stream = for_people()
    stream.write(fitted(_inert(text), room_of(stream)) + "\n")


def hand_out(text: str) -> None:
    """Data for a file or another program: line by line as it is."""
    sys.stdout.write(_inert(text) + "\n")


def note(text: str) -> None:
    """Messages repeat what was typed; what would steer a terminal is shown as a sign instead."""
    sys.stderr.write(fitted(_inert(text), room_of(sys.stderr)) + "\n")


def _inert(text: str) -> str:
    return _STEERING.sub("\ufffd", text)


def print_error(error: UmkmError, as_json: bool) -> None:
    document = error_document(error)
    note(document["message"] + (f"\n{document['hint']}" if document["hint"] else ""))
    if as_json:
        print_json(document)


def print_problems(problems: "Sequence[Problem]", as_json: bool) -> None:
    """Why a record was refused, every field of it."""
    errors = [problem for problem in problems if problem.is_error]
    for problem in errors:
        note(problem_sentence(problem))
    note(t("hint.invalid_fields"))
    if as_json:
        sentences = " ".join(problem_sentence(problem) for problem in errors)
        document = {"schema": "umkm.error/1", "error": "invalid_fields", "message": sentences}
        listed = [problem_document(problem) for problem in problems]
        print_json(document | {"hint": t("hint.invalid_fields"), "problems": listed})


def answer_changed(document: dict[str, Any], warnings: "Sequence[Problem]", said: str, as_json: bool) -> None:
    """A record that somebody changed, as its document or as the sentence `said`, and what to look at in it."""
    for problem in warnings:
        note(t("warning", text=problem_sentence(problem)))
    if as_json:
        print_json(document | {"problems": [problem_document(problem) for problem in warnings]})
    else:
        say(said)


def problem_document(problem: "Problem") -> dict[str, str]:
    return {
        "field": problem.field,
        "value": problem.value,
        "rule": problem.rule,
        "level": problem.level.value,
        "message": problem_sentence(problem),
    }


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
    cells = [["–" if cell in (None, "") else _inert(str(cell)) for cell in row] for row in rows]
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

    told = [(_inert(name), _inert(str(value))) for name, value in items if value not in (None, "", [], {})]
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


def rupiah(amount: int | None) -> str | None:
    return None if amount is None else "Rp " + f"{amount:,}".replace(",", ".")


def at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


class Progress:
    """How far a long command is, on stderr: a bar at a terminal, a line now and then in a log, nothing for one item.

    `step` is how many items there are from one line in a log to the next.
    """

    def __init__(self, total: int | None, label: str, step: int = 100) -> None:
        self._total = total
        self._label = label
        self._step = step
        self._bar: Any = None
        self._shown = 0

    def __enter__(self) -> "Progress":
        if self._total != 1 and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(file=sys.stderr), transient=True)
            self._task = self._bar.add_task(self._label, total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """While something else is written, the bar is not there: it would stand in between, or take it to stderr."""
        if self._bar is not None:
            self._bar.stop()
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.start()

    def __call__(self, done: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=done)
        elif self._total != 1 and done - self._shown >= self._step:
            self._shown = done
            note(f"{self._label}: {done}" + (f"/{self._total}" if self._total else ""))


@contextlib.contextmanager
def stored_progress(total: int | None, label: str, stopped: Callable[[int], str]) -> Iterator[Callable[[int], None]]:
    """Progress of a command that stores as it goes; where it is interrupted, `stopped` says how much is stored."""
    stored = 0

    def count(done: int) -> None:
        nonlocal stored
        stored = done
        progress(done)

    try:
        with Progress(total, label) as progress:
            yield count
    except KeyboardInterrupt as error:  # typer would end the program without a word
        note(stopped(stored))
        raise UmkmError("interrupted", exit_code=INTERRUPTED) from error
