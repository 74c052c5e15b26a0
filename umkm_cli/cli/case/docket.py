"""Working through the cases that wait, with one key for each step. At a terminal only."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer

from umkm_cli.cli.case import showing as show_cases
from umkm_cli.cli.kit.output import Output, at_terminal, note, say
from umkm_cli.desk import cases
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.problems import InvalidFieldsError
from umkm_cli.registry.cases.case import CaseOutcome
from umkm_cli.settings import Settings

OUTCOMES = {"1": CaseOutcome.STRONG, "2": CaseOutcome.WEAK}
NEXT, PREVIOUS, QUIT = ("n", " ", "\r", "\n", "\x1b[C"), ("p", "\x1b[D"), ("q", "\x1b", "")
"""Beside the letters: space, Enter and the arrows; Escape, and the end of what is typed."""


def may_ask() -> bool:
    return at_terminal() and sys.stdout.isatty()


@dataclass
class Answers:
    """How a person is asked: `key` waits for one key, `line` for a sentence, empty where none is wanted."""

    key: Callable[[], str] = typer.getchar
    line: Callable[[str], str] = lambda text: typer.prompt(text, default="", show_default=False, err=True)


class Docket:
    """The undecided cases as they were at the start, each shown as it is now. `report` opens the evidence of one."""

    def __init__(self, settings: Settings, answers: Answers, report: Callable[[str], Any]) -> None:
        self._settings = settings
        self._answers = answers
        self._codes = [case["code"] for case in cases.list_(settings)]
        self._at = 0
        self._steps: dict[str, Callable[[str], Any]] = {
            "r": self._review,
            "d": self._decide,
            "m": self._note,
            "o": report,
        }

    def work(self) -> None:
        """Until the last case is passed or the person has enough. Raises `KeyboardInterrupt`."""
        if not self._codes:
            say(t("case.none"))
            return
        while 0 <= self._at < len(self._codes):
            code = self._codes[self._at]
            say("")
            say(t("case.desk.place", n=self._at + 1, total=len(self._codes)))
            show_cases.shown(cases.show(self._settings, code), hint=False)
            if not self._stay(code):
                return
        say(t("case.desk.end"))

    def _stay(self, code: str) -> bool:
        """Take keys for one case until another one is to be shown; False where the person is done."""
        while True:
            note(self._keys())
            key = self._key()
            if key in QUIT:
                return False
            if key in NEXT or key in PREVIOUS:
                self._at = self._at + 1 if key in NEXT else max(0, self._at - 1)
                return True
            step = self._steps.get(key)
            if step is None:
                note(t("case.desk.unknown_key"))
                continue
            try:
                step(code)
            except UmkmError as error:
                Output(as_json=False).failed(error)
            except InvalidFieldsError as error:
                Output(as_json=False).refused(error.problems)
            else:
                return True

    def _key(self) -> str:
        try:
            typed = self._answers.key()
        except EOFError:
            return ""
        return {"\xe0M": "\x1b[C", "\x00M": "\x1b[C", "\xe0K": "\x1b[D", "\x00K": "\x1b[D"}.get(typed, typed.lower())

    def _keys(self) -> str:
        names = ("n", "p", "r", "d", "m", "o", "q")
        return "  ".join(f"[{name}] {t(f'case.key.{name}')}" for name in names)

    def _review(self, code: str) -> None:
        cases.review(self._settings, code)
        say(t("case.reviewed", code=code, actor=self._settings.actor))

    def _note(self, code: str) -> None:
        text = self._answers.line(t("field.case.note"))
        if not text.strip():
            note(t("case.desk.nothing"))
            return
        cases.note(self._settings, code, text)
        say(t("case.noted", code=code))

    def _decide(self, code: str) -> None:
        note("  ".join(f"[{key}] {t(f'outcome.{outcome.value}')}" for key, outcome in OUTCOMES.items()))
        outcome = OUTCOMES.get(self._key())
        reason = self._answers.line(t("field.reason")) if outcome else ""
        if outcome is None or not reason.strip():
            note(t("case.desk.nothing"))
            return
        cases.decide(self._settings, code, outcome, reason)
        say(t("case.decided", code=code, outcome=t(f"outcome.{outcome.value}")))
