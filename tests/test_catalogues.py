"""Both catalogues say everything, say it alike, and never accuse."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from umkm_cli.i18n import DOMAIN, LOCALES
from umkm_cli.settings import LANGUAGES

PACKAGE = LOCALES.parent
FORBIDDEN = ("bajakan", "pembajakan", "pelaku", "jiplakan", "palsu", "tiruan", "aman", "lolos", "asli")
FORBIDDEN_ENGLISH = ("pirate", "piracy", "counterfeit", "fake", "culprit", "thief", "stolen", "plagiar", "guilty")


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue(language) if m.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_messages_and_all_are_filled() -> None:
    indonesian, english = messages("id"), messages("en")
    assert indonesian.keys() == english.keys()
    assert not [key for key in indonesian if not indonesian[key].strip() or not english[key].strip()]


def test_own_messages_take_the_same_values_in_both_languages() -> None:
    indonesian, english = messages("id"), messages("en")
    own = [key for key in indonesian if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)*", key)]
    assert len(own) > 300
    different = [key for key in own if placeholders(indonesian[key]) != placeholders(english[key])]
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_accuses_or_promises(language: str) -> None:
    words = FORBIDDEN + (FORBIDDEN_ENGLISH if language == "en" else ())
    pattern = re.compile(r"\b(" + "|".join(words) + (r")" if language == "en" else r")\b"), re.IGNORECASE)
    assert not [(key, text) for key, text in messages(language).items() if pattern.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        compiled = {str(m.id): str(m.string) for m in read_mo(file) if m.id}
    assert compiled == messages(language)


def asked_for(path: Path) -> set[str]:
    """Keys that a module names literally: in `t`, and as the code of an error or the rule of a problem."""
    keys: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        place, prefix = {
            "t": (0, ""),
            "UmkmError": (0, "error."),
            "ValueProblem": (0, "rule."),
            "Problem": (2, "rule."),
        }.get(node.func.id, (99, ""))
        if len(node.args) > place:
            named = node.args[place]
            literals = [n.value for n in (named, *ast.iter_child_nodes(named)) if isinstance(n, ast.Constant)]
            if isinstance(named, ast.Constant | ast.IfExp):
                keys |= {prefix + value for value in literals if isinstance(value, str) and value}
    return keys


def test_every_message_that_the_code_names_exists() -> None:
    known = messages("id").keys()
    missing = {
        (path.name, key) for path in PACKAGE.rglob("*.py") for key in asked_for(path) if key not in known and "." in key
    }
    assert not missing
