"""From the bytes of a picture file to sRGB pixels, upright, eight bits a channel, on white.

The type is read off the content, never off a name. Every size is checked in the header before a pixel is decoded. Each
format's reader is called by its class rather than through `PIL.Image.open`: that function applies a process-wide pixel
limit below what today's phones produce, and changing that limit would change it for every thread.
"""

import hashlib
import importlib
import io
import os
import re
import struct
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from umkm_cli.matching.decoding.flattening import on_white
from umkm_cli.matching.decoding.room import MAX_WORKING_BYTES, working_memory
from umkm_cli.matching.decoding.scans import check_jpeg
from umkm_cli.matching.decoding.unreadable import UnreadableImage as UnreadableImage

MAX_PIXELS = 200_000_000
"""Phones take up to 199.8 million pixels (16,320 x 12,240); larger headers are taken for decompression bombs. Pillow
itself refuses TIFF and WebP above 178,956,970."""

PictureFormat = Literal["PNG", "JPEG", "WEBP", "TIFF", "BMP", "HEIC", "HEIF", "AVIF"]

_READERS = {
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "JPEG": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "WEBP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "TIFF": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "HEIC": ("pillow_heif", "HeifImageFile"),
    "HEIF": ("pillow_heif", "HeifImageFile"),
    "AVIF": ("PIL.AvifImagePlugin", "AvifImageFile"),
}

_BMP_HEADER_BYTES = {12, 16, 40, 52, 56, 64, 108, 124}
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"mif1", b"mif2", b"msf1", b"miaf"}
# Named so that people are told to send another type, not that this is no picture: GIF, PDF, PostScript, Photoshop,
# icons, JPEG 2000 and XL, DDS, QOI, PNM, XPM, XBM. SVG is looked for in `_format_of`.
_OTHER_TYPES = re.compile(
    rb"GIF8|%PDF|%!PS|\xc5\xd0\xd3\xc6|8BPS|\x00\x00\x01\x00|\x00{3}\x0c(?:jP  |JXL )|\xff\x4f\xff\x51|\xff\x0a"
    rb"|DDS |qoif|P[1-7][ \t\r\n#]|/\* XPM|#define \w+_width"
)
_REFUSED_KIND = re.compile(
    r"unsupported|not (?:yet )?supported|not implemented|cannot handle|unknown pixel mode|data too large",
    re.IGNORECASE,
)

_UPRIGHT: dict[Any, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    2: lambda rgb: rgb[:, ::-1],
    3: lambda rgb: rgb[::-1, ::-1],
    4: lambda rgb: rgb[::-1],
    5: lambda rgb: rgb.transpose(1, 0, 2),
    6: lambda rgb: np.rot90(rgb, -1),
    7: lambda rgb: rgb.transpose(1, 0, 2)[::-1, ::-1],
    8: lambda rgb: np.rot90(rgb),
}
"""What undoes each value of the EXIF tag Orientation (CIPA DC-008, table 6)."""

_ORIENTATION = 0x0112
_WIDTH, _LENGTH, _BITS_PER_SAMPLE, _STRIP_OFFSETS, _STRIP_ROWS = 256, 257, 258, 273, 278
_TILE_WIDTH, _TILE_LENGTH, _TILE_OFFSETS = 322, 323, 324

_LOADED_BYTES = {"WEBP": 14, "HEIC": 8, "HEIF": 8, "AVIF": 9}
"""For a pixel, by the readers that keep more than the picture; measured."""


@dataclass(frozen=True)
class Picture:
    """`rgb` is uint8 (height, width, 3), sRGB, read-only; `format` the real type; `sha256` that of the file's bytes.

    A picture that would take more memory than `room` gives it, of 76 million pixels and more where it has colours, is
    smaller here than in its file: by 2, 4 or 8 in each direction.
    """

    rgb: NDArray[np.uint8] = field(repr=False, compare=False)
    width: int
    height: int
    format: str
    sha256: str


def decode(data: bytes, *, max_pixels: int = MAX_PIXELS) -> Picture:
    """The first frame of the picture in `data`. Safe in threads. Raises `UnreadableImage`, nothing else."""
    kind = _format_of(data)
    with _no_warnings(), _no_libtiff_messages() if kind == "TIFF" else nullcontext():
        try:
            rgb = _pixels(kind, data, max_pixels)
        except UnreadableImage:
            raise
        except (MemoryError, Image.DecompressionBombError) as error:
            raise UnreadableImage("too_large", error) from error
        except Exception as error:  # decoders of hostile bytes raise whatever they like
            raise UnreadableImage("unsupported" if _REFUSED_KIND.search(str(error)) else "truncated", error) from error
    height, width = rgb.shape[:2]
    return Picture(rgb, width, height, kind, hashlib.sha256(data).hexdigest())


def _format_of(data: bytes) -> PictureFormat:
    if not data:
        raise UnreadableImage("empty")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith(_TIFF_STARTS):
        return "TIFF"
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADER_BYTES:
        return "BMP"
    if data[4:8] == b"ftyp":
        return _format_of_brands(data)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    svg = head.startswith(b"<") and b"<svg" in head
    raise UnreadableImage("unsupported" if svg or _OTHER_TYPES.match(data) else "not_an_image")


def _format_of_brands(data: bytes) -> PictureFormat:
    """HEIC and AVIF share a container; the major brand decides, else the compatible ones (ISO/IEC 23008-12, 10)."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 512)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))]
    for brand in brands:
        if brand in _HEIC_BRANDS:
            return "HEIC"
        if brand in _AVIF_BRANDS:
            return "AVIF"
    if _HEIF_BRANDS.intersection(brands):
        return "HEIF"
    raise UnreadableImage("unsupported", brands[0])


def _pixels(kind: PictureFormat, data: bytes, max_pixels: int) -> NDArray[np.uint8]:
    if kind == "WEBP":  # its reader allocates the canvas when it is made
        _check_webp(data, max_pixels)
    elif kind in ("HEIC", "HEIF", "AVIF"):  # theirs have limits of their own, and call what exceeds them broken
        _check_extents(data, max_pixels)
    with _reader(kind)(io.BytesIO(data)) as image:
        _check_size(*image.size, max_pixels)
        buffered_bytes = _check_tiff(image, max_pixels) if kind == "TIFF" else 0
        if kind == "JPEG":
            buffered_bytes = check_jpeg(image, data)
        step, needed = _step(kind, image, buffered_bytes)
        with working_memory(needed):
            if kind == "JPEG" and step > 1:
                image.draft(None, (image.width // step, image.height // step))
                step = 1
            image.load()
            _check_size(*image.size, max_pixels)
            # TIFF is turned by Pillow, HEIC by its library: only its container's rotation counts (ISO/IEC 23008-12, A).
            turn = None if kind in ("TIFF", "HEIC", "HEIF") else _UPRIGHT.get(_orientation(image))
            rgb = on_white(image, data, step)
    if turn is not None:
        rgb = np.ascontiguousarray(turn(rgb))
    rgb.flags.writeable = False
    return rgb


def _step(kind: PictureFormat, image: Image.Image, buffered_bytes: int) -> tuple[int, int]:
    """How many pixels become one, in each direction, so that the picture fits into the memory for it; and the bytes
    that it takes then. Raises `UnreadableImage` where it does not fit however small.

    A JPEG is made smaller while it is decoded, in steps of two; other pictures are decoded whole first.
    """
    pixels = image.width * image.height
    loaded = pixels * _LOADED_BYTES.get(kind, 1 if image.mode in ("1", "L", "P") else 4)
    for step in (1, 2, 4, 8):
        smaller = pixels / step**2
        needed = int((loaded / step**2 if kind == "JPEG" else loaded) + 3 * smaller) + buffered_bytes
        if needed <= MAX_WORKING_BYTES:
            return step, needed
    raise UnreadableImage("too_large", f"{image.width} x {image.height} pixels take too much memory")


def _reader(kind: PictureFormat) -> type[ImageFile.ImageFile]:
    """Imported when needed: the readers of HEIC and TIFF cost what a check of a PNG should not pay."""
    module, name = _READERS[kind]
    reader: type[ImageFile.ImageFile] = getattr(importlib.import_module(module), name)
    return reader


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise UnreadableImage("too_large", f"{width} x {height} pixels")


def _check_webp(data: bytes, max_pixels: int) -> None:
    """Length and canvas by the header (RFC 9649, 2.3 to 2.7)."""
    if len(data) < 30 or int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise UnreadableImage("truncated", "shorter than its RIFF header says")
    chunk = data[12:16]
    if chunk == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    _check_size(width, height, max_pixels)


def _check_tiff(image: Any, max_pixels: int) -> int:
    """A tile may be larger than its picture, and strips that the directory does not list would be left black.

    Returns how many bytes a strip or tile takes while it is unpacked.
    """
    tags = image.tag_v2
    width, height = tags[_WIDTH], tags[_LENGTH]
    if _TILE_OFFSETS in tags:
        across, down, listed = tags[_TILE_WIDTH], tags[_TILE_LENGTH], len(tags[_TILE_OFFSETS])
        _check_size(across, down, max_pixels)
    else:
        across, down, listed = width, min(tags.get(_STRIP_ROWS, height), height), len(tags[_STRIP_OFFSETS])
    if listed < -(-width // across) * -(-height // down):
        raise UnreadableImage("truncated", "strips or tiles are missing")
    bits: int = sum(tags.get(_BITS_PER_SAMPLE, (1,)))
    return int(across * down * bits // 8)


def _check_extents(data: bytes, max_pixels: int) -> None:
    """The size of every item of a HEIC or AVIF (`ispe`, ISO/IEC 23008-12, 6.5.3)."""
    for extents in re.finditer(rb"\x00\x00\x00\x14ispe\x00{4}(.{8})", data, re.DOTALL):
        width, height = struct.unpack(">II", extents[1])
        _check_size(width, height, max_pixels)


def _orientation(image: Image.Image) -> Any:
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # unreadable metadata does not make the picture unreadable
        return None


class _Shared:
    """A process-wide state that the first of overlapping threads enters and the last one leaves: `catch_warnings` and a
    moved file descriptor, each entered by its own thread, would be restored in the wrong order."""

    def __init__(self, state: Callable[[], AbstractContextManager[None]]) -> None:
        self._state, self._lock, self._stack, self._users = state, threading.Lock(), ExitStack(), 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._lock:
            if self._users == 0:
                self._stack.enter_context(self._state())
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._stack.close()


@contextmanager
def _warnings_ignored() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _stderr_dropped() -> Iterator[None]:
    """libtiff writes its complaints to file descriptor 2, and Pillow gives no way to ask it not to."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a standard error
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


_no_warnings = _Shared(_warnings_ignored)
_no_libtiff_messages = _Shared(_stderr_dropped)
