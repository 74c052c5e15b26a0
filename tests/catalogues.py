"""The written catalogues, and the words that none of them may hold."""

from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from umkm_cli.i18n import DOMAIN, LOCALES

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
