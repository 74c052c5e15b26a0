"""A status as it is typed: its key (`held`), or what people call it in either language (`menunggu penelaahan`)."""

from collections.abc import Sequence

from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import catalogue, t
from umkm_cli.settings import LANGUAGES

ALL = "all"


def read_status(text: str, noun: str, known: Sequence[str]) -> str:
    """One of the keys in `known`, whose names stand in the catalogues as `NOUN.status.KEY`.

    Raises `UmkmError` `unknown_status`.
    """
    word = _simple(text)
    for key in known:
        if word in {_simple(key), *(_simple(catalogue(language).gettext(_name(noun, key))) for language in LANGUAGES)}:
            return key
    named = ", ".join(f"{t(_name(noun, key))} ({key})" for key in known)
    raise UmkmError("unknown_status", exit_code=USAGE, value=text, known=named)


def _name(noun: str, key: str) -> str:
    return "status.all" if key == ALL else f"{noun}.status.{key}"


def _simple(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
