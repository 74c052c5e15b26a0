"""The pictures of one page, each in it once: figures show them by reference, and a signature names them by `parts`."""

from dataclasses import dataclass, field

from umkm_cli.report.evidence.shown import ShownPair
from umkm_cli.report.kit.pictures import Encoded, laid_over, photograph, transparency
from umkm_cli.screening.evidence.origins import Shown


@dataclass(frozen=True)
class Room:
    """How large a picture may be: pixels of the long side, and bytes of its file."""

    longest_pixels: int
    most_bytes: int


@dataclass(frozen=True)
class KeptPicture:
    """A picture as it stands in the page, by the name that figures refer to; its size in its own pixels."""

    name: str
    uri: str
    width: int
    height: int


PICTURE = Room(1600, 560_000)
MOTIF, OVERLAY = Room(1280, 400_000), Room(1280, 400_000)
FURTHER = Room(800, 80_000)
"""Of all pairs but the first, so that a page of five stays one that can be sent."""


@dataclass
class Album:
    """`parts` holds each picture's Base64 by its name in the page: `picture`, `motif-1`, `overlay-1`, …

    `kept` are those that figures refer to; overlays stand in their figures themselves.
    """

    parts: dict[str, str] = field(default_factory=dict)
    kept: list[KeptPicture] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, shown: Shown, room: Room) -> str | None:
        """The name by which the picture is in the page: another one where it is there already; None without pixels."""
        if shown.rgb is None:
            return None
        if shown.sha256 not in self._names:
            encoded = photograph(shown.rgb, room.longest_pixels, room.most_bytes)
            self._names[shown.sha256] = self._named(encoded) or name
            if self._names[shown.sha256] == name:
                self.kept.append(KeptPicture(name, encoded.uri, shown.width, shown.height))
                self.parts[name] = encoded.base64
        return self._names[shown.sha256]

    def add_overlay(self, name: str, pair: ShownPair, room: Room) -> KeptPicture | None:
        """The pair's motif as it lies in its query, in the query's pixels.

        None where there is nothing to lay over, or the page has the same picture already.
        """
        if pair.motif.rgb is None or pair.query.rgb is None or not pair.layers:
            return None
        size = (pair.query.width, pair.query.height)
        encoded = transparency(laid_over(pair.motif.rgb, size, pair.layers, room.longest_pixels), room.most_bytes)
        if self._named(encoded) is not None:
            return None
        self.parts[name] = encoded.base64
        return KeptPicture(name, encoded.uri, *size)

    def _named(self, encoded: Encoded) -> str | None:
        """Files that differ, in what a camera wrote say, may show the same: a seal names each picture once."""
        return next((name for name, text in self.parts.items() if text == encoded.base64), None)
