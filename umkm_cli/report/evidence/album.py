"""The pictures of one page, each in it once: figures show them by reference, and a signature names them by `parts`."""

from dataclasses import dataclass, field

from umkm_cli.report.evidence.shown import ShownPair
from umkm_cli.report.kit.markup import Markup, element
from umkm_cli.report.kit.pictures import Encoded, laid_over, photograph, transparency
from umkm_cli.screening.evidence.origins import Shown


@dataclass(frozen=True)
class Room:
    """How large a picture may be: pixels of the long side, and bytes of its file."""

    longest_pixels: int
    most_bytes: int


PICTURE = Room(1600, 560_000)
MOTIF, OVERLAY = Room(1280, 400_000), Room(1280, 400_000)
FURTHER = Room(800, 80_000)
"""Of all pairs but the first, so that a page of five stays one that can be sent."""


@dataclass
class Album:
    """`parts` holds each picture's Base64 by its name in the page: `picture`, `motif-1`, `overlay-1`, …"""

    parts: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _kept: list[Markup] = field(default_factory=list)

    def add(self, name: str, shown: Shown, room: Room) -> str | None:
        """The name by which the picture is in the page: another one where it is there already; None without pixels."""
        if shown.rgb is None:
            return None
        if shown.sha256 not in self._names:
            encoded = photograph(shown.rgb, room.longest_pixels, room.most_bytes)
            self._names[shown.sha256] = self._named(encoded) or name
            if self._names[shown.sha256] == name:
                self._kept.append(_image(encoded, (shown.width, shown.height), id=name))
                self.parts[name] = encoded.base64
        return self._names[shown.sha256]

    def add_overlay(self, name: str, pair: ShownPair, room: Room) -> Markup | None:
        """The pair's motif as it lies in its query, as an SVG image; None where it cannot be shown or already is."""
        if pair.motif.rgb is None or pair.query.rgb is None or not pair.layers:
            return None
        size = (pair.query.width, pair.query.height)
        encoded = transparency(laid_over(pair.motif.rgb, size, pair.layers, room.longest_pixels), room.most_bytes)
        if self._named(encoded) is not None:
            return None
        self.parts[name] = encoded.base64
        return _image(encoded, size, id=name, class_="laid", opacity="0.5")

    def _named(self, encoded: Encoded) -> str | None:
        """Files that differ, in what a camera wrote say, may show the same: a seal names each picture once."""
        return next((name for name, text in self.parts.items() if text == encoded.base64), None)

    def kept(self) -> Markup:
        """The pictures themselves, to stand once in the page."""
        definitions = element("defs", *self._kept)
        return element("svg", definitions, class_="kept", width="1", height="1", aria_hidden="true", focusable="false")


def reference(name: str) -> Markup:
    """A picture of the album where a figure shows it, in an SVG in that picture's pixels."""
    return element("use", href=f"#{name}")


def _image(encoded: Encoded, size: tuple[int, int], **attributes: object) -> Markup:
    width, height = size
    return element("image", href=encoded.uri, width=width, height=height, preserveAspectRatio="none", **attributes)
