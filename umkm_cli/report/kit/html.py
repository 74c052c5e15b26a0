"""Pages that are one file: style, script and pictures travel inside, and nothing else may be loaded or run.

The content security policy names style and script by their digests, so that neither an attribute nor markup from a name
or a title can run or bring a style of its own, and no address can be asked for anything.
"""

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.report.kit.templates import rendered

SUFFIXES = (".html", ".htm")
PACKAGE = "umkm_cli.report"


def whole_page(name: str, title: str, *, scripted: bool, **values: object) -> str:
    """A whole page in the user's language, of the template `name`, the style `name.css` and, if any, `name.js`.

    Style attributes do not work in it, by intention; the attributes of SVG do.
    """
    from markupsafe import Markup

    style, script = _static(f"{name}.css"), _static(f"{name}.js") if scripted else ""
    own = {"title": title, "policy": _policy(style, script), "style": Markup(style), "script": Markup(script)}
    return rendered(PACKAGE, name, **own, **values)


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


def _static(name: str) -> str:
    return files(PACKAGE).joinpath("static", name).read_text("utf-8")
