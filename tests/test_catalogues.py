"""Both catalogues say everything, say it alike, and never accuse."""

import re
import string

import pytest
from babel.messages.mofile import read_mo

from tests.catalogues import FORBIDDEN, FORBIDDEN_ENGLISH, catalogue, counted, forms_of, key_of, messages
from umkm_cli.i18n import DOMAIN, LOCALES, tn, use_language
from umkm_cli.settings import LANGUAGES


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
