"""A picture's file without what a camera or a program wrote about it: place, time, device, thumbnails, trailers.

Files of JPEG, PNG and WebP keep their compressed pixels byte for byte: of their parts only those stay that the pixels
need (a list of what may stay is safe against what nobody thought of; one of what must go is not). All that is put back
is how the picture is turned. What has other forms is decoded and written anew. Sources: ITU-T T.81 B.1.1.3 (JPEG
segments), PNG third edition 11.3 (chunks), RFC 9649 2.7 (WebP), CIPA DC-008 (EXIF).
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from umkm_cli.matching.decoding.decode import decode

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"}
)
_WEBP_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_JPEG_APPS_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_APPS_AND_COMMENT = (*range(0xE0, 0xF0), 0xFE)
_SOS, _EOI = 0xDA, 0xD9
_AFTER_SCAN = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
"""Within a scan, 0xFF is followed by zero, by a restart marker (D0 to D7), or by fill bytes."""

_ORIENTATION = 0x0112
_LOSSY_QUALITY = 95


def without_metadata(data: bytes) -> tuple[bytes, str]:
    """The same picture, and the extension of its form, which is another one for HEIC, AVIF, TIFF and BMP.

    Raises `UnreadableImage` where `data` is no picture, or one that cannot be read.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return _bare_jpeg(data), ".jpg"
        if data.startswith(_PNG):
            return _bare_png(data), ".png"
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _bare_webp(data), ".webp"
    except (ValueError, IndexError, struct.error):  # not as the standard has it: what decodes is written anew
        pass
    return _written_anew(data)


def _written_anew(data: bytes) -> tuple[bytes, str]:
    """Upright sRGB; lossy only where the source is."""
    picture = decode(data)
    image, file = Image.fromarray(picture.rgb), io.BytesIO()
    if picture.format in ("TIFF", "BMP", "PNG"):
        image.save(file, "PNG")
        return file.getvalue(), ".png"
    image.save(file, "JPEG", quality=_LOSSY_QUALITY, subsampling=0)
    return file.getvalue(), ".jpg"


def _bare_jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    turn = _turn(data, "PIL.JpegImagePlugin", "JpegImageFile")
    for marker, segment in _jpeg_segments(data):
        if turn and marker != 0xE0:  # JFIF has to come first
            exif = b"Exif\0\0" + turn
            kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
            turn = b""
        if marker not in _APPS_AND_COMMENT or segment[4:].startswith(_JPEG_APPS_KEPT.get(marker, b"\xff")):
            kept.append(segment)
    return b"".join(kept)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment, a scan with its data, up to the end of the image. Raises `ValueError`."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == _EOI:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SOS:
            following = _AFTER_SCAN.search(data, end)
            end = following.start() if following else len(data)
        yield marker, data[at:end]
        at = end


def _bare_png(data: bytes) -> bytes:
    kept, turn = [_PNG], _turn(data, "PIL.PngImagePlugin", "PngImageFile")
    at = len(_PNG)
    while at < len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name == b"IDAT" and turn:
            kept.append(struct.pack(">I", len(turn)) + b"eXIf" + turn + struct.pack(">I", zlib.crc32(b"eXIf" + turn)))
            turn = b""
        end = at + 12 + length
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)


def _bare_webp(data: bytes) -> bytes:
    turn = _turn(data, "PIL.WebPImagePlugin", "WebPImageFile")
    kept, at, end_of_file = [b"WEBP"], 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(len(data), end_of_file):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if name == b"VP8X":
            flags = chunk[8] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if turn else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        at = end
    if turn:
        kept.append(b"EXIF" + struct.pack("<I", len(turn)) + turn + b"\0" * (len(turn) % 2))
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _turn(data: bytes, module: str, reader: str) -> bytes:
    """An EXIF block that says nothing but how the picture is turned; empty where it stands upright."""
    import importlib

    try:
        with getattr(importlib.import_module(module), reader)(io.BytesIO(data)) as image:
            value = image.getexif().get(_ORIENTATION)
    except Exception:  # as in decoding: unreadable metadata turns nothing
        return b""
    if value not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = value
    return exif.tobytes().removeprefix(b"Exif\0\0")
