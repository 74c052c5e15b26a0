"""Picture files made byte by byte, and what decoding makes of them."""

import io
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from umkm_cli.matching.decoding.decode import MAX_PIXELS, Picture, UnreadableImage, decode

Pixels = NDArray[np.uint8]


RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    if format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *between: bytes) -> bytes:
    """A PNG by the book (W3C PNG, 5); `rows` begin with their filter byte each."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(between) + body + chunk(b"IEND", b"")


def tiff(width: int, height: int, pixels: bytes, *, order: str = "<", **tags: int) -> bytes:
    """A one-strip grey TIFF by the book (TIFF 6.0, 2); tags with one short or long each."""
    known = {"bits": 258, "compression": 259, "photometric": 262, "samples": 277, "sample_format": 339}
    known |= {"strip_rows": 278, "tile_width": 322, "tile_length": 323, "tile_offsets": 324, "tile_bytes": 325}
    entries = {256: width, 257: height, 259: 1, 262: 1, 277: 1, 278: height, 279: len(pixels)}
    entries |= {known[name]: value for name, value in tags.items()}
    at = 8
    entries[273] = at + 2 + 12 * (len(entries) + 1) + 4
    directory = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in sorted(entries.items()))
    start = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, at)
    return start + struct.pack(f"{order}H", len(entries)) + directory + b"\0" * 4 + pixels


def pattern(width: int = 32, height: int = 24) -> Pixels:
    """Smooth enough for lossy formats; no symmetry."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x * 7 % 256, y * 10 % 256, (x + y) * 4 % 256]).astype(np.uint8)


def quarters() -> Pixels:
    """64 x 48: red, green above blue, white."""
    pixels = np.full((48, 64, 3), 255, np.uint8)
    pixels[:24, :32], pixels[:24, 32:], pixels[24:, :32] = RED, GREEN, BLUE
    return pixels


def colour(picture: Picture, x: int = 0, y: int = 0) -> tuple[int, ...]:
    return tuple(int(value) for value in picture.rgb[y, x])


def outcome(data: bytes, max_pixels: int = MAX_PIXELS) -> Picture | str:
    """The picture, or the reason why there is none."""
    try:
        return decode(data, max_pixels=max_pixels)
    except UnreadableImage as error:
        return error.reason


def reason(data: bytes, max_pixels: int = MAX_PIXELS) -> str:
    found = outcome(data, max_pixels)
    assert isinstance(found, str), found
    return found


def matrix_profile(gamma: float, red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...]) -> bytes:
    """An ICC v2 display profile (ICC.1:2001-04); primaries as XYZ relative to D50."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65_536))

    def xyz(values: tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(fixed(value) for value in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    text = b"wide gamut test\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78 + b"\0\0",
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": xyz(red),
        b"gXYZ": xyz(green),
        b"bXYZ": xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += name + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    size = 128 + len(table) + len(body)
    head = struct.pack(">I", size) + b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ " + struct.pack(">6H", 2024, 1, 1, 0, 0, 0)
    head += b"acsp" + b"\0" * 28 + fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return head.ljust(128, b"\0") + table + body


# Adobe RGB (1998), 4.3.4: primaries adapted to D50; gamma 563/256.
ADOBE_RGB = matrix_profile(
    563 / 256, (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
)
