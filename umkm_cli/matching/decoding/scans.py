"""What a JPEG can hold, looked up before it is decoded (ITU-T T.81, annexes B, F and G)."""

import re
from collections.abc import Iterator
from typing import Any

from umkm_cli.matching.decoding.room import MAX_WORKING_BYTES
from umkm_cli.matching.decoding.unreadable import UnreadableImage

_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
_MAX_SCANS = 100
_MAX_SCANNED_PIXELS = 2_000_000_000
"""Pixels times scans, where there are several: ten scans of the largest picture."""
_BLOCKS_A_BYTE = 8
_ARITHMETIC = frozenset(range(0xC9, 0xCC))


def check_jpeg(image: Any, data: bytes) -> int:
    """How many bytes a decoder keeps besides the pixels: the coefficients, where they come in several scans.

    Raises `UnreadableImage`: `truncated` where the file is too short for its size, since each block of 64 pixels takes
    a bit at least; `too_large` where scans or coefficients are too many. A scan may take 26 bytes, and costs a pass
    over the whole picture; encoders write ten.
    """
    pixels = image.width * image.height
    markers = list(_markers(data))
    if not any(marker in _ARITHMETIC for marker, _ in markers) and pixels > 64 * _BLOCKS_A_BYTE * len(data):
        raise UnreadableImage("truncated", f"{len(data)} bytes for {pixels} pixels")
    scans = [channels for marker, channels in markers if marker == 0xDA]
    if len(scans) > _MAX_SCANS or (len(scans) > 1 and len(scans) * pixels > _MAX_SCANNED_PIXELS):
        raise UnreadableImage("too_large", f"{len(scans)} scans")
    if not image.info.get("progressive") and scans[:1] == [len(image.layer)]:
        return 0
    largest = max((across * down for _, across, down, _ in image.layer), default=1)
    samples = sum(pixels * across * down / largest for _, across, down, _ in image.layer)
    if 2 * samples > MAX_WORKING_BYTES:
        raise UnreadableImage("too_large", f"{pixels} pixels in several scans")
    return int(2 * samples)


def _markers(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker up to the picture's end, and for one that begins a scan how many channels it has."""
    at = 2
    while marker := _MARKER.search(data, at):
        start = marker.end()
        if marker[0][1] == 0xD9:
            return
        yield marker[0][1], int.from_bytes(data[start + 2 : start + 3], "little")
        at = start + int.from_bytes(data[start : start + 2], "big")
