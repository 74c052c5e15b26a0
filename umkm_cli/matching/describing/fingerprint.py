"""What is stored of a picture so that it can be found again: local features, their colours, and its size.

The bytes are a plain little-endian layout: a magic label, sizes, then per channel the positions, scales, angles,
colours and the descriptor levels packed to two bits, and a checksum (`fingerprint_bytes`). No pickle, no library's own
format. Whenever the same picture would give other bytes, `generations.EXTRACTOR` changes.
"""

import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.colour import lab
from umkm_cli.matching.describing.features import (
    LEVELS,
    WORKING_PX,
    Detected,
    Features,
    Floats,
    Rgb,
    flattened,
    grey,
    line_drawing,
    shrunk,
)
from umkm_cli.matching.describing.fingerprint_bytes import HEAD, ROW_BYTES, is_whole, opened, sealed
from umkm_cli.matching.thresholds import Thresholds

GREY, LINES = 0, 1
KEEP = (248, 180)
"""Keypoints stored per channel: 17.2 KiB, so that three rows share a leaf page of the database."""
KEEP_DENSE = (1_000, 1_000)

_BITS = 2
_SCALE_STEPS = 16
"""Steps per octave of a keypoint's size."""


@dataclass(frozen=True, eq=False)
class Keypoints:
    """One channel's keypoints as stored.

    `place` uint16 (n, 2), x and y as fractions of the long side / 65535; `size` uint8 (n,), log2 of the diameter in
    working pixels in sixteenths; `angle` uint8 (n,), full turn = 256; `colour` uint8 (n, 3), Lab of the patch;
    `levels` uint8 (n, 128), see `features`.
    """

    place: npt.NDArray[np.uint16]
    size: npt.NDArray[np.uint8]
    angle: npt.NDArray[np.uint8]
    colour: npt.NDArray[np.uint8]
    levels: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.place)

    @property
    def xy(self) -> Floats:
        """Positions in working units (long side = 512), float32 (n, 2)."""
        return self.place.astype(np.float32) * np.float32(WORKING_PX / 65535.0)

    @property
    def log_size(self) -> Floats:
        """log2 of the diameter in working units, float32 (n,)."""
        return self.size.astype(np.float32) / np.float32(_SCALE_STEPS)

    @property
    def degrees(self) -> Floats:
        return self.angle.astype(np.float32) * np.float32(360.0 / 256.0)

    def _arrays(self) -> tuple[npt.NDArray[np.generic], ...]:
        return self.place, self.size, self.angle, self.colour, self.levels


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """`width` and `height` in pixels of the upright picture; `channels` are the grey and the line-drawing keypoints.

    `contrast` is the standard deviation of the grey picture, 0..255.
    """

    width: int
    height: int
    contrast: float
    channels: tuple[Keypoints, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return zlib.crc32(self.to_bytes())

    @property
    def unit_px(self) -> float:
        """Picture pixels per working unit."""
        return max(self.width, self.height) / WORKING_PX

    @property
    def frame(self) -> tuple[float, float]:
        """Width and height in working units."""
        return self.width / self.unit_px, self.height / self.unit_px

    def weakness(self, thresholds: Thresholds) -> str | None:
        """Why nothing can be said about the picture, if so: `too_small` or `too_plain`."""
        short, long = sorted((self.width, self.height))
        if short < thresholds.judged_px // 2 or long < thresholds.judged_px:
            return "too_small"
        if sum(len(channel) for channel in self.channels) < thresholds.judged_keypoints:
            return "too_plain"
        return None

    def to_bytes(self) -> bytes:
        parts: list[bytes] = []
        for channel in self.channels:
            parts += [channel.place.astype("<u2").tobytes(), channel.size.tobytes(), channel.angle.tobytes()]
            parts += [channel.colour.tobytes(), _packed(channel.levels)]
        counts = tuple(len(channel) for channel in self.channels)
        return sealed(self.width, self.height, self.contrast, counts, b"".join(parts))

    @classmethod
    def from_bytes(cls, blob: bytes) -> "Fingerprint":
        """Raises `ValueError` where the bytes are damaged or of another kind."""
        found = opened(blob)
        at, channels = HEAD.size, []
        for count in found.counts:
            channels.append(_read(found.body, at, count))
            at += count * ROW_BYTES
        return cls(found.width, found.height, found.contrast, tuple(channels))

    @classmethod
    def stored(cls, data: object) -> "Fingerprint | None":
        """What a database holds in a fingerprint's place; None where that is damaged, whatever it is."""
        return cls.from_bytes(bytes(data)) if is_whole(data) else None  # type: ignore[call-overload]


def fingerprint(rgb: Rgb) -> Fingerprint:
    """Of an upright uint8 (h, w, 3) sRGB picture of any size."""
    return Closeup(rgb).stored


class Closeup:
    """A picture at working size: its pixels, the fingerprint that is stored of it, and for a close look many keypoints;
    each once somebody asks for it.

    Told the pair, on 250 copies that are hard to see: 1,000 + 1,000 keypoints at 512 px show 95 % of them above the
    strongest unrelated pair, 1,200 + 1,200 at 640 px 93 %, for half as much work again; stored ones on both sides 82 %.
    """

    def __init__(
        self,
        pixels: Rgb | Callable[[], Rgb],
        known: Fingerprint | None = None,
        keep: Callable[[Fingerprint], None] = lambda _: None,
    ) -> None:
        """`pixels` are those of the whole picture, or give them when they are needed, once.

        `known` is its dense fingerprint where somebody has kept it; else `keep` hears of it once it is made.
        """
        self._pixels = pixels if callable(pixels) else None
        self._shrunk = None if callable(pixels) else _at_working_size(pixels)
        self._lock = threading.Lock()
        self._known = known
        self._keep = keep

    @property
    def rgb(self) -> Rgb:
        """uint8 (h, w, 3), its long side at working size."""
        return self._small()[0]

    def _small(self) -> tuple[Rgb, tuple[int, int]]:
        """The picture at working size, and the width and height that it has."""
        with self._lock:
            if self._shrunk is None:
                assert self._pixels is not None
                self._shrunk = _at_working_size(self._pixels())
                self._pixels = None  # a photograph is not held on to
            return self._shrunk

    @cached_property
    def stored(self) -> Fingerprint:
        return self._of(line_drawing(self.rgb), KEEP)

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Dense: 82 KB as bytes, 270 KiB in memory."""
        if self._known is not None:
            return self._known
        found = self._of(line_drawing(flattened(self.rgb)), KEEP_DENSE)
        self._keep(found)
        self.__dict__.pop("_shades", None)  # whoever wants few keypoints has them by now
        return found

    def _of(self, lines: npt.NDArray[np.uint8], keep: tuple[int, int]) -> Fingerprint:
        scale = WORKING_PX / max(self.rgb.shape[:2])
        found = self._shades.features(keep[GREY]), Detected(lines, 3 * keep[LINES]).features(keep[LINES])
        channels = tuple(_stored(features, scale, self._soft) for features in found)
        return Fingerprint(*self._small()[1], float(np.float32(self._grey.std())), channels)

    @cached_property
    def _grey(self) -> npt.NDArray[np.uint8]:
        return grey(self.rgb)

    @cached_property
    def _shades(self) -> Detected:
        """The same for few and for many."""
        return Detected(self._grey, 3 * KEEP_DENSE[GREY])

    @cached_property
    def _soft(self) -> Rgb:
        """What colours are taken from."""
        return np.asarray(cv2.GaussianBlur(self.rgb, (0, 0), 3.0), np.uint8)


def _at_working_size(whole: Rgb) -> tuple[Rgb, tuple[int, int]]:
    return shrunk(whole, WORKING_PX), (whole.shape[1], whole.shape[0])


def _stored(features: Features, scale: float, soft: Rgb) -> Keypoints:
    column = np.clip(np.rint(features.xy[:, 0]).astype(np.intp), 0, soft.shape[1] - 1)
    row = np.clip(np.rint(features.xy[:, 1]).astype(np.intp), 0, soft.shape[0] - 1)
    place = np.clip(np.rint(features.xy * (scale * 65535.0 / WORKING_PX)), 0, 65535).astype(np.uint16)
    size = np.clip(np.rint(np.log2(np.maximum(features.size * scale, 1.0)) * _SCALE_STEPS), 0, 255).astype(np.uint8)
    angle = (np.rint(features.angle * (256.0 / 360.0)).astype(np.int64) % 256).astype(np.uint8)
    return Keypoints(place, size, angle, lab(soft[row, column]), features.levels)


def _packed(levels: npt.NDArray[np.uint8]) -> bytes:
    """Four levels a byte, the first in the lowest bits."""
    four = levels.reshape(len(levels), 32, 4)
    return (four[..., 0] | four[..., 1] << 2 | four[..., 2] << 4 | four[..., 3] << 6).astype(np.uint8).tobytes()


_FOUR_LEVELS = (np.arange(256, dtype=np.uint8)[:, None] >> np.array([0, 2, 4, 6], np.uint8)) & 3


def _unpacked(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(_FOUR_LEVELS[data].reshape(len(data), 128), np.uint8)


def _read(body: bytes, at: int, count: int) -> Keypoints:
    def take(dtype: str, width: int) -> npt.NDArray[np.generic]:
        nonlocal at
        array = np.frombuffer(body, dtype, count * width, at)
        at += array.nbytes
        return array.reshape(count, width) if width > 1 else array

    place = take("<u2", 2).astype(np.uint16)
    size, angle = take("u1", 1).astype(np.uint8), take("u1", 1).astype(np.uint8)
    colour, packed = take("u1", 3).astype(np.uint8), take("u1", 128 * _BITS // 8).astype(np.uint8)
    return Keypoints(place, size, angle, colour, _unpacked(packed))


assert LEVELS == 2**_BITS
