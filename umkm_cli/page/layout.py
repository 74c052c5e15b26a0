"""The page itself, its texts filled in from the catalogues."""

import re
from functools import partial
from html import escape
from importlib.resources import files

from umkm_cli.i18n import language, t
from umkm_cli.page.sitting import techniques
from umkm_cli.registry.pictures.files import MAX_FILE_BYTES

_TEXT = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")


def page_html() -> str:
    """`page.html` with each `{{ key }}` replaced by the catalogue's text for it, escaped."""
    template = files("umkm_cli.page").joinpath("static", "page.html").read_text("utf-8")
    options = "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in techniques())
    filled = template.replace("<!-- techniques -->", options).replace("<!-- language -->", language())
    filled = filled.replace("<!-- limit -->", str(MAX_FILE_BYTES))
    return _TEXT.sub(partial(_text, megabytes=MAX_FILE_BYTES // 2**20), filled)


def _text(found: re.Match[str], **params: int) -> str:
    return escape(t(found[1], **params))
