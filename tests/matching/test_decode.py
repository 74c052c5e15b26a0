"""Files are made here; they must decode to the colours that were drawn, or to what the format's standard computes."""

import hashlib
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.matching.files import (
    BLACK,
    BLUE,
    GREEN,
    RED,
    WHITE,
    colour,
    encoded,
    pattern,
    quarters,
)
from umkm_cli.matching.decoding.decode import decode
from umkm_cli.matching.decoding.formats import extension


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
