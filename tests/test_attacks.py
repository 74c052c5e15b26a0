"""The attacks of the benchmarks are what they say: repeatable, whole pictures, with a homography that is true."""

import random
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.bench.attacking.basics import Attacked, Rgb, grey_of
from tests.bench.attacks import ATTACKS

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "motifs"
ALIKE = 0.3
PASTES = {"collage", "patch"}
NOT_ALIKE = {"patch", "night_market", "wrinkle", "sketch", "palette"}
"""Beyond a pasted part the homography leaves the drawing; the others move lines, or swap light and dark."""


def picture(name: str) -> Rgb:
    return np.asarray(Image.open(SAMPLES / name).convert("RGB").resize((320, 300)), np.uint8)


def attacked(name: str, rgb: Rgb) -> Attacked:
    other = (picture("mega-mendung.jpg"),) if name in PASTES else ()
    return ATTACKS[name][1](rgb.copy(), random.Random(name), *other)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_a_repeatable_picture_with_a_true_homography(name: str) -> None:
    rgb = picture("parang-muara.jpg")

    after, matrix = attacked(name, rgb)

    assert after.dtype == np.uint8
    assert after.ndim == 3
    assert after.shape[2] == 3
    assert not np.array_equal(after, rgb)
    assert np.array_equal(after, attacked(name, rgb)[0])
    if matrix is not None and name not in NOT_ALIKE:
        assert abs(likeness(rgb, after, matrix)) > ALIKE


def likeness(rgb: Rgb, after: Rgb, matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Correlation of the motif with the picture seen back through the homography, where the picture reaches."""
    size = (rgb.shape[1], rgb.shape[0])
    back = cv2.warpPerspective(grey_of(after), matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    seen = np.full(after.shape[:2], 255, np.uint8)
    inside = cv2.warpPerspective(seen, matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP) > 0
    return float(np.corrcoef(grey_of(rgb)[inside], np.asarray(back)[inside])[0, 1])
