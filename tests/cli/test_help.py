"""Every command's help: in both languages as it was reviewed, with an example, and as the README says it."""

import re

import pytest

from tests.reference import LANGUAGES, README, SNAPSHOTS, WIDTH, in_language, with_reference

AGAIN = "python tests/reference.py --write"
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|Input|default|required|COMMAND|ARGS)\b|<(str|int|bool)>")


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, in_language(request.param, "snapshot")


def test_help_is_as_it_was_reviewed(said: tuple[str, str]) -> None:
    language, text = said
    assert text == (SNAPSHOTS / f"help-{language}.txt").read_text("utf-8"), AGAIN


def test_every_help_has_an_example_and_fits(said: tuple[str, str]) -> None:
    language, text = said
    example = {"id": " Contoh: umkm", "en": " Example: umkm"}[language]
    helps = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    assert len(helps) > 40
    assert not [one.partition("\n")[0] for one in helps if example not in one]
    assert not [line for line in text.splitlines() if len(line) > WIDTH]


def test_nothing_of_the_indonesian_help_is_english(said: tuple[str, str]) -> None:
    language, text = said
    assert bool(ENGLISH.search(text)) == (language == "en")


def test_the_readme_tells_what_the_program_tells() -> None:
    readme = README.read_text("utf-8")
    assert readme == with_reference(readme), AGAIN
