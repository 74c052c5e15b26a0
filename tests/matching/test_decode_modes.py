"""Every way in which a file can store its pixels gives the colours that were drawn."""

import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.matching.files import BLACK, RED, WHITE, chunk, colour, encoded, png, tiff
from umkm_cli.matching.decoding.decode import decode


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
