"""Every command's help: in both languages as it was reviewed, with an example, and as its reference says it."""

import re
from dataclasses import dataclass

import pytest

from tests.reference import LANGUAGES, README, SNAPSHOTS, WIDTH, in_language, with_reference

AGAIN = "python tests/reference.py --write"
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|Input|default|required|COMMAND|ARGS)\b|<(str|int|bool)>")


@dataclass(frozen=True)
class Said:
    """The help of all commands in a language."""

    language: str
    text: str


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request: pytest.FixtureRequest) -> Said:
    return Said(request.param, in_language(request.param, "snapshot"))


def test_help_is_as_it_was_reviewed(said: Said) -> None:
    assert said.text == (SNAPSHOTS / f"help-{said.language}.txt").read_text("utf-8"), AGAIN


def test_every_help_has_an_example_and_fits(said: Said) -> None:
    example = {"id": " Contoh: umkm", "en": " Example: umkm"}[said.language]
    helps = re.split(r"^\$ ", said.text, flags=re.MULTILINE)[1:]
    assert len(helps) > 40
    assert not [one.partition("\n")[0] for one in helps if example not in one]
    assert not [line for line in said.text.splitlines() if len(line) > WIDTH]


def test_nothing_of_the_indonesian_help_is_english(said: Said) -> None:
    assert bool(ENGLISH.search(said.text)) == (said.language == "en")


def test_the_reference_tells_what_the_program_tells() -> None:
    readme = README.read_text("utf-8")
    assert readme == with_reference(readme), AGAIN
