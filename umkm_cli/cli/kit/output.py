"""Everything that reaches a screen, a pipe or a script goes through here.

With `--json`, stdout holds exactly one document; people read stdout otherwise, and notes and errors on stderr.
"""

import io
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from umkm_cli.cli.kit.lines import fitted, room_of
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.values.typed import INVISIBLE
from umkm_cli.wording import error_document as error_document
from umkm_cli.wording import field_name as field_name
from umkm_cli.wording import problem_document as problem_document
from umkm_cli.wording import problem_sentence as problem_sentence
from umkm_cli.wording import refusal_document

if TYPE_CHECKING:
    from pathlib import Path

    from umkm_cli.problems import Problem

_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069{INVISIBLE}]")
Json = Annotated[bool, typer.Option("--json", help=t("help.option.json"))]


class Output:
    """Where one command answers: one document for scripts (`--json`), or sentences and tables for people."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def answer(self, document: Mapping[str, object], shown: "str | Callable[[], None]") -> None:
        """The command's result: `document` as it is for scripts; to people the sentence, or what `shown` prints."""
        if self.as_json:
            self._document(document)
        elif isinstance(shown, str):
            say(shown)
        else:
            shown()

    def say(self, text: str) -> None:
        """To people only, besides the answer."""
        if not self.as_json:
            say(text)

    def changed(self, document: Mapping[str, object], warnings: "Sequence[Problem]", said: str) -> None:
        """A record that somebody changed, as its document or as the sentence `said`, and what to look at in it."""
        self.warn(warnings)
        self.answer({**document, "problems": [problem_document(problem) for problem in warnings]}, said)

    def warn(self, warnings: "Sequence[Problem]") -> None:
        for problem in warnings:
            note(t("warning", text=problem_sentence(problem)))

    def writes(self, path: "Path | None") -> None:
        """A file will be written; where it is `-`, all that is said besides goes to standard error.

        Raises `UmkmError` `dash_and_json`: of both there can be but one on standard output.
        """
        if path is None or str(path) != "-":
            return
        if self.as_json:
            raise UmkmError("dash_and_json", exit_code=USAGE)
        _file_on_stdout.append(True)

    def failed(self, error: UmkmError) -> None:
        """The request ended in a sentence: to people on standard error, and for scripts as the one document."""
        document = error_document(error)
        note(document["message"] + (f"\n{document['hint']}" if document["hint"] else ""))
        self._document(document)

    def refused(self, problems: "Sequence[Problem]") -> None:
        """Why a record was refused, every field of it."""
        for problem in problems:
            if problem.is_error:
                note(problem_sentence(problem))
        document = refusal_document(problems)
        note(document["hint"])
        self._document(document)

    def _document(self, document: Mapping[str, object]) -> None:
        if self.as_json:
            text = json.dumps(document, ensure_ascii=False, indent=2)
            sys.stdout.write(_STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n")


def force_utf8() -> None:
    """Names and titles do not fit cp1252; a console or a file gets UTF-8 whatever the system's default says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_json(arguments: Sequence[str]) -> bool:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before


def for_people() -> TextIO:
    """Where people read: standard output, but standard error where the output is a file that somebody asked for."""
    return sys.stderr if _file_on_stdout else sys.stdout


def speak_again() -> None:
    """A command begins: standard output is for people."""
    _file_on_stdout.clear()


_file_on_stdout: list[bool] = []


def say(text: str) -> None:
    """A sentence, or several lines, broken between words where the screen is narrower."""
    stream = for_people()
    stream.write(fitted(inert(text), room_of(stream)) + "\n")


def hand_out(text: str) -> None:
    """Data for a file or another program: line by line as it is."""
    sys.stdout.write(inert(text) + "\n")


def note(text: str) -> None:
    """Messages repeat what was typed; what would steer a terminal is shown as a sign instead."""
    sys.stderr.write(fitted(inert(text), room_of(sys.stderr)) + "\n")


def inert(text: str) -> str:
    """Without what would steer a terminal."""
    return _STEERING.sub("\ufffd", text)


def rupiah(amount: int | None) -> str | None:
    return None if amount is None else "Rp " + f"{amount:,}".replace(",", ".")


def at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
