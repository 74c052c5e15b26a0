"""Colours come as sRGB, whatever space a file's are in."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.matching.files import ADOBE_RGB, WHITE, colour, encoded, pattern
from umkm_cli.matching.decoding.decode import decode

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
