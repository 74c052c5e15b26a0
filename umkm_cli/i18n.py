"""Texts for people, in Indonesian (default) and English.

The catalogues are GNU gettext; a message is asked for by key (`verdict.copy`), and each language, English included, has
a catalogue of its own. The same domain also answers typer's own messages, which are asked for by their English text.
"""

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Any

from umkm_cli.settings import LANGUAGES, current_language

DOMAIN = "umkm"
LOCALES = Path(__file__).parent / "locales"

_chosen: list[str] = []


def use_language(language: str) -> None:
    """Choose the language of this process, of typer's messages too."""
    _chosen[:] = [language if language in LANGUAGES else LANGUAGES[0]]
    os.environ["LANGUAGE"] = _chosen[0]  # what the gettext module, and so typer, asks first
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)


def language() -> str:
    return _chosen[0] if _chosen else current_language()


@cache
def catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(LOCALES), [name])


def t(key: str, /, **params: Any) -> str:
    """The message `key` in the chosen language, its placeholders filled."""
    return catalogue(language()).gettext(key).format(**params) if params else catalogue(language()).gettext(key)


def tn(key: str, n: int, /, **params: Any) -> str:
    """The message `key` in the form for a count of `n`, which is also its placeholder `{n}` unless a parameter is."""
    return catalogue(language()).ngettext(key, key, n).format(**{"n": n, **params})


def known(key: str) -> bool:
    return catalogue(language()).gettext(key) != key
