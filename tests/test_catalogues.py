"""Both catalogues say everything, say it alike, and never accuse."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from umkm_cli.i18n import DOMAIN, LOCALES, tn, use_language
from umkm_cli.settings import LANGUAGES

PACKAGE = LOCALES.parent
FORBIDDEN = ("bajakan", "pembajakan", "pelaku", "jiplakan", "palsu", "tiruan", "aman", "lolos", "asli")
FORBIDDEN_ENGLISH = ("pirate", "piracy", "counterfeit", "fake", "culprit", "thief", "stolen", "plagiar", "guilty")


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def key_of(message: Message) -> str:
    """Both forms of an id are the key, where a message has forms for different counts."""
    forms = {message.id} if isinstance(message.id, str) else set(message.id)
    assert len(forms) == 1, message.id
    return str(forms.pop())


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def messages(language: str) -> dict[str, tuple[str, ...]]:
    """Every message with its text, or with its texts for different counts."""
    return {key_of(message): forms_of(message) for message in catalogue(language) if message.id}


def counted(language: str) -> set[str]:
    """The keys of messages that have forms for different counts."""
    return {key_of(message) for message in catalogue(language) if message.id and message.pluralizable}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_messages_and_all_are_filled() -> None:
    indonesian, english = messages("id"), messages("en")
    assert indonesian.keys() == english.keys()
    assert not [key for key in indonesian if not all(map(str.strip, (*indonesian[key], *english[key])))]


def test_what_is_counted_has_every_form_of_its_language() -> None:
    assert counted("id") == counted("en")
    assert len(counted("id")) > 30
    for language, forms in (("id", 1), ("en", 2)):
        assert catalogue(language).num_plurals == forms
        told = messages(language)
        assert not {key: told[key] for key in counted(language) if len(told[key]) != forms}


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [("id", 1, "1 motif"), ("id", 2, "2 motif"), ("en", 0, "0 motifs"), ("en", 1, "1 motif"), ("en", 2, "2 motifs")],
)
def test_one_is_not_many(language: str, n: int, said: str) -> None:
    use_language(language)
    assert tn("count.motif", n) == said
    use_language("id")


def test_own_messages_take_the_same_values_in_both_languages() -> None:
    indonesian, english = messages("id"), messages("en")
    own = [key for key in indonesian if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)*", key)]
    assert len(own) > 300
    texts = {key: [*indonesian[key], *english[key]] for key in own}
    some = counted("en")
    spoken = {key: {"n"} if key in some else set() for key in own}  # "the one picture" needs no digit
    different = [key for key in own if len({frozenset(placeholders(text) - spoken[key]) for text in texts[key]}) > 1]
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_accuses_or_promises(language: str) -> None:
    words = FORBIDDEN + (FORBIDDEN_ENGLISH if language == "en" else ())
    pattern = re.compile(r"\b(" + "|".join(words) + (r")" if language == "en" else r")\b"), re.IGNORECASE)
    texts = [(key, text) for key, forms in messages(language).items() for text in forms]
    assert not [(key, text) for key, text in texts if pattern.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        compiled = {key_of(message): forms_of(message) for message in read_mo(file) if message.id}
    assert compiled == messages(language)


def asked_for(path: Path, *, counting: bool | None = None) -> set[str]:
    """Keys that a module names literally: in `t` and `tn`, and as the code of an error or the rule of a problem.

    With `counting` only those in `tn`, or only the others.
    """
    keys: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if counting is not None and counting != (node.func.id == "tn"):
            continue
        place, prefix = {
            "t": (0, ""),
            "tn": (0, ""),
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


def test_what_is_counted_is_asked_for_with_its_count() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert asked_for(path, counting=True) <= counted("id"), path
        assert not asked_for(path, counting=False) & counted("id"), path
