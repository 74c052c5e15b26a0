"""Files are made here; they must decode to the colours that were drawn, or to what the format's standard computes."""

import hashlib
import io
import random
import struct
import subprocess
import sys
import threading
import tracemalloc
import warnings
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFile

from umkm_cli.matching.decoding import decode as module
from umkm_cli.matching.decoding.decode import MAX_PIXELS, Picture, UnreadableImage, decode
from umkm_cli.matching.decoding.formats import extension

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


class TestFormats:
    @pytest.mark.parametrize(
        ("format", "options"),
        [
            ("PNG", {}),
            ("BMP", {}),
            ("WEBP", {"lossless": True}),
            ("TIFF", {}),
            ("TIFF", {"compression": "tiff_lzw"}),
            ("TIFF", {"compression": "tiff_adobe_deflate"}),
            ("TIFF", {"compression": "packbits"}),
            ("TIFF", {"big_tiff": True}),
        ],
    )
    def test_lossless_formats_give_the_pixels_drawn(self, format: str, options: dict[str, Any]) -> None:
        data = encoded(Image.fromarray(pattern()), format, **options)
        picture = decode(data)
        np.testing.assert_array_equal(picture.rgb, pattern())
        assert (picture.width, picture.height, picture.format) == (32, 24, format)
        assert picture.sha256 == hashlib.sha256(data).hexdigest()

    @pytest.mark.parametrize(
        ("format", "options", "expected"),
        [
            ("JPEG", {"quality": 95}, "JPEG"),
            ("JPEG", {"quality": 95, "progressive": True}, "JPEG"),
            ("WEBP", {"quality": 95}, "WEBP"),
            ("HEIF", {"quality": 95}, "HEIC"),
            ("AVIF", {"quality": 95}, "AVIF"),
            ("TIFF", {"compression": "jpeg", "quality": 95}, "TIFF"),
        ],
    )
    def test_lossy_formats_give_nearly_the_colours_drawn(
        self, format: str, options: dict[str, Any], expected: str
    ) -> None:
        picture = decode(encoded(Image.fromarray(quarters()), format, **options))
        assert picture.format == expected
        for x, y in [(8, 8), (56, 8), (8, 40), (56, 40)]:
            np.testing.assert_allclose(picture.rgb[y, x].astype(int), quarters()[y, x], atol=6)

    def test_the_array_is_uint8_and_read_only(self) -> None:
        rgb = decode(encoded(Image.fromarray(pattern()), "PNG")).rgb
        assert rgb.dtype == np.uint8
        assert rgb.flags.c_contiguous
        with pytest.raises(ValueError, match="read-only"):
            rgb[0, 0] = 0

    def test_two_pictures_can_be_compared(self) -> None:
        data = encoded(Image.fromarray(pattern()), "PNG")
        assert decode(data) == decode(data)
        assert "array" not in repr(decode(data))

    @pytest.mark.parametrize("size", [(1, 1), (20_000, 1), (1, 20_000)])
    def test_any_proportion(self, size: tuple[int, int]) -> None:
        picture = decode(encoded(Image.new("RGB", size, RED), "PNG"))
        assert (picture.width, picture.height) == size
        assert colour(picture) == RED

    def test_bytes_after_the_picture_do_no_harm(self) -> None:
        """A ZIP or PDF appended to a picture, as phones append a film."""
        for format in ("PNG", "JPEG", "BMP"):
            data = encoded(Image.fromarray(quarters()), format)
            tail = b"PK\x03\x04%PDF-1.7\n<svg/>" + data
            np.testing.assert_array_equal(decode(data + tail).rgb, decode(data).rgb)

    def test_the_main_picture_of_a_jpeg_with_several(self) -> None:
        other = Image.new("RGB", (10, 10), BLACK)
        data = encoded(Image.new("RGB", (64, 48), WHITE), "MPO", save_all=True, append_images=[other])
        picture = decode(data)
        assert (picture.format, picture.width, colour(picture)) == ("JPEG", 64, WHITE)

    def test_the_first_frame(self) -> None:
        frames = [Image.new("RGB", (16, 16), shade) for shade in (RED, GREEN, BLUE)]
        for format, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {}), ("AVIF", {"quality": 100})):
            data = encoded(frames[0], format, save_all=True, append_images=frames[1:], **options)
            np.testing.assert_allclose(decode(data).rgb[8, 8].astype(int), RED, atol=4)

    def test_extension(self) -> None:
        known = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp", "TIFF": ".tif", "BMP": ".bmp"}
        for format, suffix in (known | {"HEIC": ".heic", "HEIF": ".heif", "AVIF": ".avif"}).items():
            assert extension(format) == suffix

    def test_a_png_does_not_pay_for_heic_or_profiles(self) -> None:
        code = (
            "import sys\nfrom umkm_cli.matching.decoding.decode import decode\ndecode(sys.stdin.buffer.read())\n"
            "print([m for m in ('pillow_heif', 'imagehash', 'scipy', 'PIL.ImageCms') if m in sys.modules])"
        )
        data = encoded(Image.fromarray(pattern()), "PNG")
        done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
        assert done.stdout.strip() == b"[]"


class TestModes:
    def test_one_bit(self) -> None:
        image = Image.new("1", (16, 16), 0)
        image.putpixel((3, 0), 1)
        for data in (
            encoded(image, "PNG"),
            encoded(image, "BMP"),
            encoded(image, "TIFF"),
            encoded(image, "TIFF", compression="group4"),
        ):
            picture = decode(data)
            assert [colour(picture, x) for x in (2, 3, 4)] == [BLACK, WHITE, BLACK]

    def test_palette(self) -> None:
        image = Image.new("P", (2, 1))
        image.putpalette([10, 20, 30, 200, 100, 50])
        image.putpixel((1, 0), 1)
        for format in ("PNG", "BMP", "TIFF"):
            picture = decode(encoded(image, format))
            assert [colour(picture, x) for x in (0, 1)] == [(10, 20, 30), (200, 100, 50)]

    def test_palette_with_transparency_lies_on_white(self) -> None:
        palette = chunk(b"PLTE", bytes([255, 0, 0, 0, 0, 255, 0, 0, 0]))
        data = png(3, 1, 8, 3, b"\0\0\1\2", palette, chunk(b"tRNS", bytes([255, 0, 51])))
        picture = decode(data)
        assert [colour(picture, x) for x in range(3)] == [RED, WHITE, (204, 204, 204)]

    @pytest.mark.parametrize(
        ("mode", "value", "expected"),
        [
            ("RGBA", (0, 0, 0, 51), (204, 204, 204)),  # 255 * (1 - 51/255)
            ("RGBA", (255, 0, 0, 51), (255, 204, 204)),
            ("RGBA", (9, 9, 9, 0), WHITE),
            ("LA", (0, 102), (153, 153, 153)),
        ],
    )
    def test_alpha_lies_on_white(self, mode: str, value: tuple[int, ...], expected: tuple[int, ...]) -> None:
        image = Image.new(mode, (4, 4), value)
        assert colour(decode(encoded(image, "PNG"))) == expected
        assert colour(decode(encoded(image, "TIFF"))) == expected

    def test_palette_and_alpha(self) -> None:
        image = Image.new("RGBA", (4, 4), (0, 0, 0, 51)).convert("PA")
        assert colour(decode(encoded(image, "TIFF"))) == (204, 204, 204)

    @pytest.mark.parametrize(
        ("format", "options"), [("WEBP", {"lossless": True, "exact": True}), ("AVIF", {}), ("HEIF", {})]
    )
    def test_alpha_of_the_newer_formats(self, format: str, options: dict[str, Any]) -> None:
        picture = decode(encoded(Image.new("RGBA", (64, 64), (0, 0, 0, 51)), format, **options))
        np.testing.assert_allclose(picture.rgb[32, 32].astype(int), 204, atol=3)

    def test_a_bitmap_whose_alpha_is_nowhere_set_is_opaque(self) -> None:
        """Windows programs write a V4 header with an alpha mask and leave the alpha bytes zero."""
        masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
        header = struct.pack("<IiiHHIIiiII", 108, 2, 1, 1, 32, 3, 8, 0, 0, 0, 0) + masks
        start = b"BM" + struct.pack("<IHHI", 130, 0, 0, 122) + header.ljust(108, b"\0")
        assert colour(decode(start + bytes([30, 20, 10, 0, 3, 2, 1, 0]))) == (10, 20, 30)
        picture = decode(start + bytes([30, 20, 10, 0, 0, 0, 0, 51]))
        assert [colour(picture, x) for x in (0, 1)] == [WHITE, (204, 204, 204)]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (png(2, 1, 8, 2, b"\0\x80\x40\x10\1\2\3", chunk(b"tRNS", b"\0\1\0\2\0\3")), [(128, 64, 16), WHITE]),
            (png(2, 1, 8, 0, b"\0\x80\x07", chunk(b"tRNS", b"\0\7")), [(128,) * 3, WHITE]),
            (png(4, 1, 2, 0, b"\0\x1b", chunk(b"tRNS", b"\0\1")), [BLACK, WHITE, (170,) * 3, WHITE]),
            (png(2, 1, 1, 0, b"\0\x40", chunk(b"tRNS", b"\0\0")), [WHITE, WHITE]),
            (png(2, 1, 16, 0, b"\0\x80\x00\x01\x00", chunk(b"tRNS", b"\1\0")), [(128,) * 3, WHITE]),
            (
                png(2, 1, 16, 2, b"\0\x80\x12\x40\0\x10\0" + b"\1\0" * 3, chunk(b"tRNS", b"\1\0" * 3)),
                [(128, 64, 16), WHITE],
            ),
        ],
    )
    def test_a_transparent_colour_of_any_depth(self, data: bytes, expected: list[tuple[int, ...]]) -> None:
        picture = decode(data)
        assert [colour(picture, x) for x in range(picture.width)] == expected

    def test_sixteen_bits_are_scaled(self) -> None:
        """A value v of 65,535 is v / 257 of 255."""
        values = [0, 257, 0x8080, 65_278, 65_535]
        expected = [0, 1, 128, 254, 255]
        grey = png(5, 1, 16, 0, b"\0" + struct.pack(">5H", *values))
        rgb = png(5, 1, 16, 2, b"\0" + b"".join(struct.pack(">3H", v, v, 0) for v in values))
        assert decode(grey).rgb[0, :, 0].tolist() == expected
        assert decode(rgb).rgb[0].tolist() == [[v, v, 0] for v in expected]
        for order in "<>":
            pixels = struct.pack(f"{order}5H", *values)
            assert decode(tiff(5, 1, pixels, order=order, bits=16)).rgb[0, :, 1].tolist() == expected
        deflated = zlib.compress(struct.pack("<5H", *values))
        assert decode(tiff(5, 1, deflated, bits=16, compression=8)).rgb[0, :, 1].tolist() == expected

    def test_white_is_zero(self) -> None:
        data = tiff(3, 1, struct.pack("<3H", 0, 0x8080, 65_535), bits=16, photometric=0)
        assert decode(data).rgb[0, :, 0].tolist() == [255, 127, 0]
        assert decode(tiff(2, 1, b"\0\xff", bits=8, photometric=0)).rgb[0, :, 0].tolist() == [255, 0]

    def test_twelve_and_thirty_two_bits(self) -> None:
        assert decode(tiff(2, 1, b"\xff\xf0\x00", bits=12)).rgb[0, :, 0].tolist() == [255, 0]
        unsigned = struct.pack("<3I", 0, 2**31, 2**32 - 1)
        assert decode(tiff(3, 1, unsigned, bits=32)).rgb[0, :, 0].tolist() == [0, 128, 255]
        signed = struct.pack("<3i", -5, 2**30, 2**31 - 1)
        assert decode(tiff(3, 1, signed, bits=32, sample_format=2)).rgb[0, :, 0].tolist() == [0, 128, 255]

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ([0.0, 0.2, 1.0], [0, 51, 255]),
            ([0.0, 51.0, 255.0], [0, 51, 255]),
            ([0.0, 257.0 * 51, 65_535.0], [0, 51, 255]),
            ([-3.0, 2e6, 1e7], [0, 51, 255]),
            ([float("nan"), float("inf"), 1.0], [0, 0, 255]),
        ],
    )
    def test_floats(self, values: list[float], expected: list[int]) -> None:
        data = tiff(3, 1, struct.pack("<3f", *values), bits=32, sample_format=3)
        assert decode(data).rgb[0, :, 2].tolist() == expected

    def test_cmyk(self) -> None:
        """Without a profile R = (255 - C)(255 - K) / 255. Pillow writes JPEG inverted with Adobe's marker."""
        image = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
        for data in (encoded(image, "TIFF"), encoded(image, "JPEG", quality=100)):
            np.testing.assert_allclose(decode(data).rgb[8, 8].astype(int), RED, atol=2)
        assert b"Adobe" in encoded(image, "JPEG")
        dark = Image.new("CMYK", (16, 16), (0, 0, 0, 204))
        np.testing.assert_allclose(decode(encoded(dark, "JPEG", quality=100)).rgb[8, 8].astype(int), 51, atol=2)

    def test_lab_and_ycbcr(self) -> None:
        """CIE L* = 50 without chroma is sRGB 119."""
        lab = Image.new("LAB", (4, 4), (128, 128, 128))
        np.testing.assert_allclose(decode(encoded(lab, "TIFF")).rgb[0, 0].astype(int), 119, atol=2)
        ycbcr = Image.new("YCbCr", (4, 4), (76, 85, 255))
        np.testing.assert_allclose(decode(encoded(ycbcr, "TIFF")).rgb[0, 0].astype(int), RED, atol=3)

    def test_grey(self) -> None:
        for format in ("PNG", "JPEG", "BMP", "TIFF", "HEIF"):
            picture = decode(encoded(Image.new("L", (64, 64), 90), format))
            np.testing.assert_allclose(picture.rgb[32, 32].astype(int), 90, atol=2)


# Where the pixel stored at row r, column c of an h x w image belongs in the upright one: CIPA DC-008, Orientation.
UPRIGHT: dict[int, Callable[[int, int, int, int], tuple[int, int]]] = {
    1: lambda r, c, _h, _w: (r, c),
    2: lambda r, c, _h, w: (r, w - 1 - c),
    3: lambda r, c, h, w: (h - 1 - r, w - 1 - c),
    4: lambda r, c, h, _w: (h - 1 - r, c),
    5: lambda r, c, _h, _w: (c, r),
    6: lambda r, c, h, _w: (c, h - 1 - r),
    7: lambda r, c, h, w: (w - 1 - c, h - 1 - r),
    8: lambda r, c, _h, w: (w - 1 - c, r),
}


class TestOrientation:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize(
        ("format", "options"),
        [
            ("PNG", {}),
            ("WEBP", {"lossless": True}),
            ("TIFF", {}),
            ("TIFF", {"compression": "tiff_lzw"}),
            ("JPEG", {"quality": 100, "subsampling": 0}),
            ("HEIF", {"quality": 100}),
            ("AVIF", {"quality": 100}),
        ],
    )
    def test_the_picture_stands_upright(self, format: str, options: dict[str, Any], orientation: int) -> None:
        stored = quarters()
        height, width = stored.shape[:2]
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture = decode(encoded(Image.fromarray(stored), format, exif=exif.tobytes(), **options))
        assert (picture.width, picture.height) == ((width, height) if orientation < 5 else (height, width))
        assert picture.rgb.shape == (picture.height, picture.width, 3)
        for r, c in [(5, 5), (5, 58), (42, 5), (42, 58)]:
            there = UPRIGHT[orientation](r, c, height, width)
            np.testing.assert_allclose(picture.rgb[there].astype(int), stored[r, c], atol=6)

    @pytest.mark.parametrize("value", [0, 9, 65_535])
    def test_a_value_outside_the_standard_turns_nothing(self, value: int) -> None:
        exif = Image.Exif()
        exif[0x0112] = value
        np.testing.assert_array_equal(decode(encoded(Image.fromarray(pattern()), "PNG", exif=exif)).rgb, pattern())

    def test_broken_metadata_does_not_spoil_the_picture(self) -> None:
        for broken in (
            b"Exif\0\0",
            b"Exif\0\0II*\0\xff\xff\xff\xff",
            b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xee" * 40,
        ):
            assert colour(decode(encoded(Image.new("RGB", (8, 8), WHITE), "JPEG", exif=broken))) == WHITE


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
XYZ_D50_TO_SRGB = np.array(  # inverse of the sRGB matrix adapted to D50 (Bradford), IEC 61966-2-1 with ICC's adaptation
    [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]]
)


def adobe_to_srgb(rgb: tuple[int, int, int]) -> list[float]:
    linear = (np.array(rgb) / 255) ** (563 / 256)
    xyz = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]]) @ linear
    light = np.clip(XYZ_D50_TO_SRGB @ xyz, 0, 1)
    return [float(v) for v in 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)]


class TestProfiles:
    @pytest.mark.parametrize("rgb", [(200, 100, 50), (100, 150, 90), (60, 60, 180), (128, 128, 128), (0, 255, 0)])
    @pytest.mark.parametrize("format", ["PNG", "TIFF", "JPEG", "HEIF", "AVIF"])
    def test_wide_gamut_becomes_srgb_by_the_formulas(self, format: str, rgb: tuple[int, int, int]) -> None:
        data = encoded(Image.new("RGB", (64, 64), rgb), format, icc_profile=ADOBE_RGB)
        lossy = 1 if format in ("PNG", "TIFF") else 8
        np.testing.assert_allclose(decode(data).rgb[32, 32].astype(float), adobe_to_srgb(rgb), atol=1 + lossy)

    def test_saturated_colours_get_more_saturated(self) -> None:
        red, _, blue = colour(decode(encoded(Image.new("RGB", (4, 4), (200, 100, 50)), "PNG", icc_profile=ADOBE_RGB)))
        assert red > 210
        assert blue < 45

    def test_srgb_changes_nothing(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        data = encoded(Image.fromarray(pattern()), "PNG", icc_profile=profile)
        np.testing.assert_array_equal(decode(data).rgb, pattern())

    def test_transparency_is_kept_from_the_profile(self) -> None:
        image = Image.new("RGBA", (4, 4), (200, 100, 50, 0))
        image.putpixel((0, 0), (200, 100, 50, 255))
        picture = decode(encoded(image, "PNG", icc_profile=ADOBE_RGB))
        assert colour(picture, 1) == WHITE
        np.testing.assert_allclose(picture.rgb[0, 0].astype(float), adobe_to_srgb((200, 100, 50)), atol=2)

    def test_palette_with_profile(self) -> None:
        image = Image.new("P", (4, 4))
        image.putpalette([200, 100, 50])
        picture = decode(encoded(image, "PNG", icc_profile=ADOBE_RGB))
        np.testing.assert_allclose(picture.rgb[0, 0].astype(float), adobe_to_srgb((200, 100, 50)), atol=2)

    @pytest.mark.parametrize(
        "profile",
        [
            b"nonsense",
            ADOBE_RGB[:200],
            b"\0" * 3000,
            ADOBE_RGB[:16] + b"CMYK" + ADOBE_RGB[20:],
            ADOBE_RGB[:128] + b"\xff" * 400,
        ],
    )
    def test_a_broken_profile_or_one_for_other_channels_is_ignored(self, profile: bytes) -> None:
        np.testing.assert_array_equal(
            decode(encoded(Image.fromarray(pattern()), "PNG", icc_profile=profile)).rgb, pattern()
        )
        grey = encoded(Image.new("L", (4, 4), 77), "PNG", icc_profile=profile)
        assert colour(decode(grey)) == (77, 77, 77)


def every_kind() -> dict[str, bytes]:
    noise = np.random.default_rng(1).integers(0, 256, (8, 10, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((67, 45), Image.Resampling.BICUBIC)
    kinds = {
        "png": encoded(image, "PNG"),
        "png palette": encoded(image.quantize(16), "PNG"),
        "jpeg": encoded(image, "JPEG"),
        "jpeg progressive": encoded(image, "JPEG", progressive=True),
        "jpeg cmyk": encoded(image.convert("CMYK"), "JPEG"),
        "webp": encoded(image, "WEBP"),
        "webp lossless": encoded(image, "WEBP", lossless=True),
        "webp profile": encoded(image, "WEBP", icc_profile=ADOBE_RGB),
        "tiff": encoded(image, "TIFF"),
        "bmp": encoded(image, "BMP"),
        "heic": encoded(image, "HEIF"),
        "avif": encoded(image, "AVIF"),
    }
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"):
        kinds[f"tiff {compression}"] = encoded(image, "TIFF", compression=compression)
    for compression in ("group3", "group4", "tiff_ccitt"):
        kinds[f"tiff {compression}"] = encoded(image.convert("1"), "TIFF", compression=compression)
    return kinds


KINDS = every_kind()


class TestDamage:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_file_cut_off_anywhere_is_refused_unless_every_pixel_is_there(
        self, kind: str, capfd: pytest.CaptureFixture[str]
    ) -> None:
        data = KINDS[kind]
        whole = decode(data).rgb
        near_ends = [*range(140), *range(len(data) - 140, len(data))]
        for length in sorted({*near_ends, *range(0, len(data), max(1, len(data) // 150))}):
            found = outcome(data[:length])
            if isinstance(found, Picture):
                np.testing.assert_array_equal(found.rgb, whole)
                assert length > len(data) - 30, length
            elif 40 < length < len(data) - 40:
                assert found == "truncated", length
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("kind", KINDS)
    def test_changed_bytes_raise_nothing_else(self, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
        dice = random.Random(f"batik {kind}")
        for _ in range(120):
            data = bytearray(KINDS[kind])
            for _ in range(dice.choice([1, 1, 2, 8])):
                span = min(200, len(data)) if dice.random() < 0.5 else len(data)
                data[dice.randrange(span)] = dice.randrange(256)
            found = outcome(bytes(data), max_pixels=10_000_000)
            if isinstance(found, Picture):
                assert found.rgb.shape == (found.height, found.width, 3)
            else:
                assert found in {"not_an_image", "unsupported", "truncated", "too_large"}
        assert capfd.readouterr() == ("", "")

    def test_the_half_of_a_photograph(self) -> None:
        for kind, data in KINDS.items():
            assert reason(data[: len(data) // 2]) == "truncated", kind

    def test_missing_strips_are_not_left_black(self) -> None:
        assert reason(tiff(4, 4, b"\xff" * 8, bits=8)) == "truncated"
        assert reason(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=1)) == "truncated"
        assert reason(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=3)) == "truncated"
        assert colour(decode(tiff(4, 4, b"\xff" * 16, bits=8, strip_rows=2**32 - 1)), 3, 3) == WHITE

    def test_warnings_are_kept_inside_and_others_still_heard(self) -> None:
        apng = png(1, 1, 8, 0, b"\0\x55", chunk(b"acTL", b"\0" * 8))
        decode(apng)  # Pillow warns of it, and warnings are errors here
        with pytest.warns(UserWarning, match="heard"):
            warnings.warn("heard", UserWarning, stacklevel=1)

    def test_threads_leave_the_warnings_and_standard_error_as_they_were(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        before = list(warnings.filters)
        files = [KINDS["tiff tiff_lzw"], KINDS["tiff tiff_lzw"][:-700], KINDS["jpeg"], b"nothing"] * 12

        threads = [threading.Thread(target=outcome, args=(data,)) for data in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert warnings.filters == before
        print("still here", file=sys.stderr, flush=True)
        assert capfd.readouterr().err == "still here\n"


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "empty"),
            (b"\0", "not_an_image"),
            (b"hello", "not_an_image"),
            (b"BMW is a car, and this is a letter about it.", "not_an_image"),
            (b"nama;kecamatan\nBatik Sekar;Tegalsari\n" * 50, "not_an_image"),
            (b"\0" * 5000, "not_an_image"),
            (b"<html><body>403</body></html>", "not_an_image"),
            (b"PK\x03\x04" + b"\0" * 100, "not_an_image"),
            (b"MZ" + b"\0" * 100, "not_an_image"),
            (b"GIF89a" + b"\0" * 40, "unsupported"),
            (b'<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported"),
            (b"\xef\xbb\xbf  <svg/>", "unsupported"),
            (b"%PDF-1.7\n", "unsupported"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unsupported"),
            (b"#define a_width 8\n#define a_height 8\nstatic char a_bits[] = {0};", "unsupported"),
            (b"P6\n1 1\n255\n\0\0\0", "unsupported"),
            (b"8BPS\0\1" + b"\0" * 40, "unsupported"),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp41", "unsupported"),
            (b"\0\0\0\x0cjP  \r\n\x87\n", "unsupported"),
        ],
    )
    def test_what_is_no_picture_for_us(self, data: bytes, expected: str) -> None:
        assert reason(data) == expected

    def test_a_real_gif_and_pdf(self) -> None:
        image = Image.new("RGB", (8, 8), RED)
        for format in ("GIF", "PDF", "EPS", "PPM", "ICO", "JPEG2000", "TGA", "PCX"):
            assert reason(encoded(image, format)) in {"unsupported", "not_an_image"}, format

    def test_a_picture_inside_another_file_is_not_looked_for(self) -> None:
        jpeg = encoded(Image.new("RGB", (8, 8), RED), "JPEG")
        assert reason(b"%PDF-1.4\n" + jpeg) == "unsupported"
        assert reason(b"GIF89a" + jpeg) == "unsupported"
        assert reason(b"\n" + jpeg) == "not_an_image"

    def test_a_rare_kind_of_a_known_type(self) -> None:
        assert reason(tiff(1, 1, b"\0" * 8, bits=64)) == "unsupported"

    def test_svg_search_takes_no_time(self) -> None:
        assert reason(b"<!---->" * 100_000) == "not_an_image"


class TestBombs:
    def test_a_huge_header_allocates_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        side = struct.pack("<I", 49_999)[:3]
        files = {
            "png": png(50_000, 50_000, 8, 2, b"\0" * 100),
            "png one bit": png(50_000, 50_000, 1, 0, b"\0" * 100),
            "tiff": tiff(50_000, 50_000, b"\0" * 100, bits=8),
            "tiff deflate": tiff(50_000, 50_000, zlib.compress(b"\0" * 100), bits=8, compression=8),
            "bmp": b"BM"
            + struct.pack("<IHHI", 200, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0)
            + b"\0" * 150,
            "webp": b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<II", 10, 0) + side * 2 + b"\0" * 18,
        }
        jpeg = bytearray(KINDS["jpeg"])
        at = jpeg.index(b"\xff\xc0") + 5
        jpeg[at : at + 4] = struct.pack(">HH", 50_000, 50_000)
        files["jpeg"] = bytes(jpeg)
        for kind in ("heic", "avif"):
            box = bytearray(KINDS[kind])
            at = box.index(b"ispe") + 8
            box[at : at + 8] = struct.pack(">II", 50_000, 50_000)
            files[kind] = bytes(box)
        decode(KINDS["heic"])
        decode(KINDS["avif"])  # imports are not what is measured
        monkeypatch.setattr(ImageFile.ImageFile, "load_prepare", lambda _: pytest.fail("pixels were allocated"))
        for kind, data in files.items():
            tracemalloc.start()
            try:
                found = reason(data)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            assert found == "too_large", kind
            assert peak < 5_000_000, kind

    def test_the_limit_is_exact(self) -> None:
        data = encoded(Image.new("L", (100, 50)), "PNG")
        assert decode(data, max_pixels=5000).width == 100
        assert reason(data, max_pixels=4999) == "too_large"
        for kind, other in KINDS.items():
            assert reason(other, max_pixels=67 * 45 - 1) == "too_large", kind

    def test_phones_of_two_hundred_megapixels_are_allowed(self) -> None:
        assert 16_320 * 12_240 < MAX_PIXELS < 50_000 * 50_000

    def test_a_picture_above_pillows_own_warning(self) -> None:
        picture = decode(encoded(Image.new("1", (10_000, 9_000), 1), "PNG"))
        assert (picture.width, picture.height, colour(picture)) == (10_000, 9_000, WHITE)

    def test_a_tile_larger_than_its_picture(self) -> None:
        data = tiff(8, 8, b"\0" * 64, bits=8, tile_width=50_000, tile_length=50_000, tile_offsets=8, tile_bytes=64)
        assert reason(data) == "too_large"

    def test_text_that_unpacks_to_gigabytes(self) -> None:
        text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 100_000_000, 1))
        assert reason(png(1, 1, 8, 0, b"\0\0", text)) == "unsupported"

    def test_a_profile_that_unpacks_to_gigabytes(self) -> None:
        profile = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 50_000_000, 1))
        assert reason(png(1, 1, 8, 0, b"\0\0", profile)) == "unsupported"

    def test_a_jpeg_of_endless_scans(self) -> None:
        data = KINDS["jpeg progressive"]
        at = data.rindex(b"\xff\xda")
        assert reason(data[:at] + data[at:-2] * 5000 + b"\xff\xd9") == "too_large"

    def test_memory_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhausted(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(module, "on_white", exhausted)
        assert reason(KINDS["png"]) == "too_large"
