"""Perceptual hashes by `imagehash`: the exact-duplicate answer, and values that other tools understand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

HASHES_VERSION = "imagehash-4.3/phash64,dhash64,colorhash3@1024"
"""Names the algorithms and their parameters, not the patch release. `@1024`: see `hashes`."""

_COLOUR_SIDE = 1024
_STRIP_PIXELS = 1 << 22


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
    import imagehash  # phash needs scipy.fftpack: 0.2 s that nothing else should pay

    grey, small = _grey_and_small(rgb)
    return PerceptualHashes(
        phash=str(imagehash.phash(grey)),
        dhash=str(imagehash.dhash(grey)),
        colorhash=str(imagehash.colorhash(small)),
        version=HASHES_VERSION,
    )


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
