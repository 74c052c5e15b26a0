"""From the bytes of a picture file to sRGB pixels, upright, eight bits a channel, on white.

The type is read off the content, never off a name. Every size is checked in the header before a pixel is decoded. Each
format's reader is called by its class rather than through `PIL.Image.open`: that function applies a process-wide pixel
limit below what today's phones produce, and changing that limit would change it for every thread.
"""

import hashlib
import importlib
import io
import itertools
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

MAX_PIXELS = 200_000_000
"""Phones take up to 199.8 million pixels (16,320 x 12,240); larger headers are taken for decompression bombs. Pillow
itself refuses TIFF and WebP above 178,956,970."""

Format = Literal["PNG", "JPEG", "WEBP", "TIFF", "BMP", "HEIC", "HEIF", "AVIF"]
Reason = Literal["empty", "not_an_image", "unsupported", "truncated", "too_large"]

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

_JPEG_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
_MAX_SCANS = 100

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each value of the EXIF tag Orientation (CIPA DC-008, table 6)."""

_ORIENTATION = 0x0112
_WIDTH, _LENGTH, _BITS_PER_SAMPLE, _PHOTOMETRIC, _STRIP_OFFSETS, _STRIP_ROWS = 256, 257, 258, 262, 273, 278
_TILE_WIDTH, _TILE_LENGTH, _TILE_OFFSETS, _SAMPLE_FORMAT = 322, 323, 324, 339


class UnreadableImage(Exception):  # noqa: N818
    """The bytes give no picture.

    `reason` is a stable key: `empty`; `not_an_image`; `unsupported`, another type or a rare kind of a known one;
    `truncated`, cut off or damaged; `too_large`, more pixels than allowed or than memory holds.
    """

    def __init__(self, reason: Reason, detail: object = "") -> None:
        super().__init__(f"{reason}: {detail}" if f"{detail}" else reason)
        self.reason: str = reason


@dataclass(frozen=True)
class Picture:
    """`rgb` is uint8 (height, width, 3), sRGB, read-only; `format` the real type; `sha256` that of the file's bytes."""

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


def _format_of(data: bytes) -> Format:
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


def _format_of_brands(data: bytes) -> Format:
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


def _pixels(kind: Format, data: bytes, max_pixels: int) -> NDArray[np.uint8]:
    if kind == "WEBP":  # its reader allocates the canvas when it is made
        _check_webp(data, max_pixels)
    elif kind in ("HEIC", "HEIF", "AVIF"):  # theirs have limits of their own, and call what exceeds them broken
        _check_extents(data, max_pixels)
    with _reader(kind)(io.BytesIO(data)) as image:
        _check_size(*image.size, max_pixels)
        if kind == "TIFF":
            _check_tiff(image, max_pixels)
        elif kind == "JPEG" and image.info.get("progressive"):
            _check_scans(data)
        image.load()
        _check_size(*image.size, max_pixels)
        # TIFF is turned by Pillow, HEIC by its library: only its container's rotation counts (ISO/IEC 23008-12, A).
        turn = None if kind in ("TIFF", "HEIC", "HEIF") else _UPRIGHT.get(_orientation(image))
        flat = _on_white(image, data)
    rgb = np.asarray(flat if turn is None else flat.transpose(turn))
    rgb.flags.writeable = False
    return rgb


def _reader(kind: Format) -> type[ImageFile.ImageFile]:
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


def _check_tiff(image: Any, max_pixels: int) -> None:
    """A tile may be larger than its picture, and strips that the directory does not list would be left black."""
    tags = image.tag_v2
    width, height = tags[_WIDTH], tags[_LENGTH]
    if _TILE_OFFSETS in tags:
        across, down, listed = tags[_TILE_WIDTH], tags[_TILE_LENGTH], len(tags[_TILE_OFFSETS])
        _check_size(across, down, max_pixels)
    else:
        across, down, listed = width, tags.get(_STRIP_ROWS, height), len(tags[_STRIP_OFFSETS])
    if listed < -(-width // across) * -(-height // down):
        raise UnreadableImage("truncated", "strips or tiles are missing")


def _check_scans(data: bytes) -> None:
    """Each scan of a progressive JPEG, of 26 bytes or so, costs a pass over the whole picture. Encoders write ten."""
    at, scans = 2, 0
    while marker := _JPEG_MARKER.search(data, at):
        if marker[0] == b"\xff\xd9":
            return
        if marker[0] == b"\xff\xda":
            scans += 1
            if scans > _MAX_SCANS:
                raise UnreadableImage("too_large", f"more than {_MAX_SCANS} scans")
        at = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2], "big")


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


def _on_white(image: Image.Image, data: bytes) -> Image.Image:
    """RGB of a loaded image of any mode: deep grey scaled, profile applied, transparency on white."""
    alpha: Image.Image | None = None
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        colour, alpha = _scaled_grey(image)
    else:
        if image.has_transparency_data:
            _scale_colour_key(image, data)
            alpha = image.convert("RGBA").getchannel("A")
            if image.format == "BMP" and alpha.getextrema() == (0, 0):
                alpha = None  # programs that write 32 bits and mean 24
        if image.mode in ("La", "RGBa"):
            image = image.convert(image.mode.upper())
        grey = image.mode in ("1", "L", "LA")
        colour = image if image.mode in ("L", "RGB", "CMYK") else image.convert("L" if grey else "RGB")
    rgb = _to_srgb(colour, image.info.get("icc_profile"))
    if alpha is None:
        return rgb
    white = Image.new("RGB", rgb.size, "white")
    white.paste(rgb, mask=alpha)
    return white


def _scaled_grey(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """8-bit grey, and the mask of a PNG's transparent grey, of 12-, 16- and 32-bit integers and of floats.

    Integers are scaled from the whole range of their type, negative ones are black. Floats have no fixed white: it is
    the least of 1, 255 and 65,535 that no value exceeds, else the largest value.
    """
    tags = getattr(image, "tag_v2", {})
    values: NDArray[Any] = np.asarray(image)
    mask = None
    if image.mode == "F":
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        top = float(values.max())
        white: float = next((scale for scale in (1, 255, 65_535) if top <= scale), top)
    else:
        bits, signed = tags.get(_BITS_PER_SAMPLE, (16,))[0], tags.get(_SAMPLE_FORMAT, (1,))[0] == 2
        if image.mode == "I" and not signed:
            values = values.view(np.uint32)
        white = 2 ** (bits - signed) - 1
        key = image.info.get("transparency")
        if isinstance(key, int):
            mask = Image.fromarray(np.where(values == key, 0, 255).astype(np.uint8))
    grey = np.rint(np.clip(values, 0, None) * (255 / white)).clip(0, 255).astype(np.uint8)
    return Image.fromarray(255 - grey if tags.get(_PHOTOMETRIC, 1) == 0 else grey), mask


def _scale_colour_key(image: Image.Image, data: bytes) -> None:
    """Pillow scales a PNG's samples to 8 bits, but not the transparent colour (tRNS), which is given in file depth."""
    key = image.info.get("transparency")
    if image.format != "PNG" or image.mode == "P" or key is None:
        return
    depth = data[24]
    if isinstance(key, tuple):
        image.info["transparency"] = tuple(sample >> 8 for sample in key) if depth == 16 else key
    elif isinstance(key, int) and depth < 8:
        image.info["transparency"] = key * 255 // (2**depth - 1)


def _to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """RGB of an L, RGB or CMYK image by its profile; a profile that is broken or for other channels is ignored."""
    if icc:
        from PIL import ImageCms

        space = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}[image.mode]
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            if profile.profile.xcolor_space.strip() == space:
                transform = ImageCms.buildTransform(
                    profile,
                    ImageCms.createProfile("sRGB"),
                    image.mode,
                    "RGB",
                    ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                if image.mode != "RGB" or not _changes_nothing(transform):
                    return transform.apply(image)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    return image.convert("RGB")


def _changes_nothing(transform: Any) -> bool:
    """Most profiles are sRGB: 4,096 colours tell, and spare a pass over millions of pixels."""
    samples = bytes(itertools.chain.from_iterable(itertools.product(range(0, 256, 17), repeat=3)))
    before = Image.frombytes("RGB", (4096, 1), samples)
    change = np.asarray(transform.apply(before)).astype(int) - np.asarray(before)
    return bool(np.abs(change).max() <= 1)


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
