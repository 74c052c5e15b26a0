"""Perceptual hashes as `imagehash` has them: the exact-duplicate answer, and values that other tools understand.

They are computed here, because that library imports SciPy for 64 numbers: 0.3 s of a check. Tests hold them against it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HASHES_VERSION = "imagehash-4.3/phash64,dhash64,colorhash3@1024"
"""Names the algorithms and their parameters, not the patch release. `@1024`: see `hashes`."""

_COLOUR_SIDE = 1024
_STRIP_PIXELS = 1 << 22
_PHASH_SIDE = 32
_COSINES = np.cos(np.pi / (2 * _PHASH_SIDE) * np.outer(np.arange(8), 2 * np.arange(_PHASH_SIDE) + 1))
_ROUNDING = 1e-6
_DARK = 32
_GREY_KIND, _FAINT_KIND, _BRIGHT_KIND, _BETWEEN_KIND, _DARK_KIND = range(5)
_KINDS = np.repeat(np.array([_GREY_KIND, _FAINT_KIND, _BETWEEN_KIND, _BRIGHT_KIND], np.uint8), [85, 85, 1, 85])
"""By saturation. imagehash counts 170 as coloured, but neither as faint nor as bright."""
_HUES = np.minimum(np.arange(256) * 6 // 255, 5).astype(np.uint8)
_EIGHTHS = ("000", "001", "010", "011", "110", "111", "110", "111")
"""Not the binary numbers: imagehash's second bit is set from two eighths on."""


@dataclass(frozen=True)
class PerceptualHashes:
    """Hexadecimal: `phash` and `dhash` of 16 digits (64 bits), `colorhash` of 11 (14 fractions of 3 bits)."""

    phash: str
    dhash: str
    colorhash: str
    version: str


def hashes(rgb: NDArray[np.uint8]) -> PerceptualHashes:
    """Hashes of a uint8 (height, width, 3) sRGB picture.

    pHash and dHash are imagehash's of the whole picture. The colour hash, a census of pixels that takes 0.6 s for 12
    million, is imagehash's of the picture averaged over whole blocks until no side exceeds 1,024.
    """
    grey, small = _grey_and_small(rgb)
    return PerceptualHashes(_phash(grey), _dhash(grey), _colorhash(small), HASHES_VERSION)


def _phash(grey: Image.Image) -> str:
    """Which of the lowest 8 x 8 frequencies of the cosine transform of 32 x 32 pixels lie above their median."""
    pixels = np.asarray(grey.resize((_PHASH_SIDE, _PHASH_SIDE), Image.Resampling.LANCZOS), np.float64)
    lowest = 4.0 * (_COSINES @ pixels @ _COSINES.T)
    above = lowest - np.sort(lowest, axis=None)[31:33].mean()  # the median; numpy's own loads masked arrays
    if np.abs(above).min() < _ROUNDING:  # a flat or regular picture: which bit is set depends on how SciPy rounds
        import imagehash

        return str(imagehash.phash(grey))
    return _hexadecimal(above > 0)


def _dhash(grey: Image.Image) -> str:
    """Where 8 x 9 pixels grow lighter to the right."""
    pixels = np.asarray(grey.resize((9, 8), Image.Resampling.LANCZOS))
    return _hexadecimal(pixels[:, 1:] > pixels[:, :-1])


def _colorhash(picture: Image.Image) -> str:
    """Shares of dark, of grey, and of six hues, each among the faint and the bright colours, in eighths."""
    hue, saturation, _ = map(np.asarray, picture.convert("HSV").split())
    kind = np.where(np.asarray(picture.convert("L")) < _DARK, np.uint8(_DARK_KIND), _KINDS[saturation])
    counts = np.bincount((kind * np.uint8(6) + _HUES[hue]).ravel(), minlength=30).reshape(5, 6)
    dark, unsaturated = int(counts[_DARK_KIND].sum()), int(counts[_GREY_KIND].sum())
    total = int(counts.sum())
    coloured = max(1, total - dark - unsaturated)
    shares = [
        dark / total,
        unsaturated / total,
        *(int(n) / coloured for n in counts[_FAINT_KIND : _BRIGHT_KIND + 1].flat),
    ]
    bits = "".join(_EIGHTHS[min(7, int(share * 8))] for share in shares)
    return f"{int(bits, 2):0{-(-len(bits) // 4)}x}"


def _hexadecimal(bits: NDArray[np.bool_]) -> str:
    return np.packbits(bits).tobytes().hex()


def _grey_and_small(rgb: NDArray[np.uint8]) -> tuple[Image.Image, Image.Image]:
    """The whole picture in grey, and averaged over blocks; some rows at a time, because Pillow's copies of a large
    picture take more memory than the picture.
    """
    height, width = rgb.shape[:2]
    block = -(-max(height, width) // _COLOUR_SIDE)
    rows = max(1, _STRIP_PIXELS // (width * block)) * block
    grey = Image.new("L", (width, height))
    small = Image.new("RGB", (-(-width // block), -(-height // block)))
    for top in range(0, height, rows):
        strip = Image.fromarray(rgb[top : top + rows])
        grey.paste(strip.convert("L"), (0, top))
        small.paste(strip.reduce(block), (0, top // block))
    return grey, small


def distance_bits(a_hex: str, b_hex: str) -> int:
    """How many bits differ between two hashes of the same kind. Raises `ValueError` where the lengths differ."""
    if len(a_hex) != len(b_hex):
        raise ValueError(f"hashes of different lengths: {a_hex!r}, {b_hex!r}")
    return (int(a_hex, 16) ^ int(b_hex, 16)).bit_count()
