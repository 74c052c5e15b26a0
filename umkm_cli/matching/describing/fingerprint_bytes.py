"""How a stored fingerprint begins and ends, and whether it is whole; told without the libraries that compare it.

A head (label, width, height, contrast, how many keypoints in either channel), the keypoints, and a CRC-32 of all that.
"""

import math
import struct
import zlib
from dataclasses import dataclass

HEAD = struct.Struct("<4sIIfHH")
MAGIC = b"UMF1"
ROW_BYTES = 4 + 1 + 1 + 3 + 128 * 2 // 8
"""Of one keypoint: place, size, angle, colour, and 128 levels of two bits."""
_CHECKSUM = struct.Struct("<I")
_MOST_CONTRAST = 255.0


@dataclass(frozen=True)
class Opened:
    """`counts` are the keypoints of each channel, `body` head and keypoints, without the checksum."""

    width: int
    height: int
    contrast: float
    counts: tuple[int, ...]
    body: bytes


def sealed(width: int, height: int, contrast: float, counts: tuple[int, ...], keypoints: bytes) -> bytes:
    """The bytes to store."""
    body = HEAD.pack(MAGIC, width, height, contrast, *counts) + keypoints
    return body + _CHECKSUM.pack(zlib.crc32(body))


def opened(blob: bytes) -> Opened:
    """Raises `ValueError` where the bytes are damaged or of another kind."""
    if len(blob) < HEAD.size + _CHECKSUM.size or blob[:4] != MAGIC:
        raise ValueError("not a fingerprint of this kind")
    body, (checksum,) = blob[: -_CHECKSUM.size], _CHECKSUM.unpack(blob[-_CHECKSUM.size :])
    if zlib.crc32(body) != checksum:
        raise ValueError("damaged fingerprint: checksum")
    _, width, height, contrast, *counts = HEAD.unpack_from(body)
    if len(body) != HEAD.size + sum(counts) * ROW_BYTES or not width or not height:
        raise ValueError("damaged fingerprint: length")
    if not (math.isfinite(contrast) and 0 <= contrast <= _MOST_CONTRAST):
        raise ValueError("damaged fingerprint: contrast")
    return Opened(width, height, contrast, tuple(counts), body)


def is_whole(data: object) -> bool:
    """Whether what a database holds in a fingerprint's place can be read: it may be anything where that is damaged."""
    if not isinstance(data, bytes | bytearray | memoryview):
        return False
    try:
        opened(bytes(data))
    except ValueError:
        return False
    return True
