"""HTML and SVG put together from parts, where every text is escaped unless it is markup already."""

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"br", "img", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Piece = str | Markup | None


def element(name: str, *children: Piece, **attributes: object) -> Markup:
    """`<name …>children</name>`; children that are no `Markup` are escaped, None among them left out.

    Attributes: `class_` is `class`, `aria_label` is `aria-label`; True stands alone, None and False leave it out.
    """
    told = ((key, value) for key, value in attributes.items() if value is not None and value is not False)
    given = "".join(_attribute(key, value) for key, value in told)
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(children)}</{name}>")


def joined(children: Iterable[Piece]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(markup(child) for child in children if child is not None))


def markup(text: str) -> Markup:
    """Text as it stands in a document."""
    return text if isinstance(text, Markup) else Markup(escape(text))


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(_plain(value))}"'


def _plain(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
