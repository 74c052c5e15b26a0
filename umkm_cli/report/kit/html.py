"""Pages that are one file: style, script and pictures travel inside, and nothing else may be loaded or run.

The content security policy names style and script by their digests, so that neither an attribute nor markup from a name
or a title can run or bring a style of its own, and no address can be asked for anything.
"""

import base64
import hashlib
from pathlib import Path

from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.i18n import language
from umkm_cli.report.kit.markup import Markup, element

SUFFIXES = (".html", ".htm")


def document(title: str, style: str, script: str, body: Markup) -> str:
    """A whole page in the user's language. `style` and `script` are this program's own; `script` may be empty.

    Style attributes do not work in it, by intention; the attributes of SVG do.
    """
    head = [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="referrer", content="no-referrer"),
        element("title", title),
        element("style", Markup(style)),
    ]
    scripts = [element("script", Markup(script))] if script else []
    page = element("html", element("head", *head), element("body", body, *scripts), lang=language())
    return f"<!doctype html>\n{page}\n"


def write(path: Path, text: str, *, private: bool = False) -> None:
    """The page as a file, whole or not at all; one that is there is replaced.

    Raises `UmkmError`: as `refuse` does, and `file_not_writable`.
    """
    refuse(path)
    write_whole(path, text.encode(), private=private)


def refuse(path: Path, *also: str) -> None:
    """Say early what is wrong with a page's name; `also` are other endings that would do.

    Raises `UmkmError`: `file_is_folder`, `folder_not_found`, and for another ending `page_format`, with `also`
    `report_format`.
    """
    refuse_name(path, *SUFFIXES, *also, code="report_format" if also else "page_format")


def _policy(style: str, script: str) -> str:
    scripts = f"'{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
