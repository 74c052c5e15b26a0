"""Pictures come upright, whatever the camera held."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.matching.files import WHITE, colour, encoded, pattern, quarters
from umkm_cli.matching.decoding.decode import decode

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
