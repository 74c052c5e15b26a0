"""Keypoints are found once and described when asked for: the same as finding and describing them together."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.drawings import drawing
from umkm_cli.matching.describing.features import Detected, grey, shrunk, to_levels
from umkm_cli.matching.describing.fingerprint import Closeup, fingerprint

CONTRAST = 0.015
MANY = 3_000


def at_once(picture: NDArray[np.uint8], strongest: int) -> dict[tuple[float, ...], bytes]:
    """OpenCV's own answer: descriptor levels by place, size and angle."""
    sift = cv2.SIFT_create(nfeatures=strongest, contrastThreshold=CONTRAST)  # type: ignore[attr-defined]
    points, described = sift.detectAndCompute(picture, None)
    levels = list(to_levels(described)) if len(points) else list[NDArray[np.uint8]]()
    places = np.array([(*point.pt, point.size, point.angle) for point in points], np.float32).tolist()
    return {tuple(place): bytes(found) for place, found in zip(places, levels, strict=True)}


@pytest.mark.parametrize("blur_px", [0, 7], ids=["sharp", "without the finest scale"])
@pytest.mark.parametrize("keep", [40, 248, 1_000])
def test_they_are_opencvs_strongest(blur_px: int, keep: int) -> None:
    picture = grey(shrunk(drawing(11, 700, 500), 512))
    if blur_px:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur_px), np.uint8)
    expected = at_once(picture, 3 * keep)
    found = Detected(picture, MANY).features(keep)
    assert 0 < len(found) <= keep
    places = np.column_stack([found.xy, found.size, found.angle]).tolist()
    for place, levels in zip(places, found.levels, strict=True):
        assert expected[tuple(place)] == bytes(levels)


def test_few_and_many_of_one_picture_are_those_of_each_alone() -> None:
    rgb = drawing(12, 700, 500)
    both = Closeup(rgb)
    assert both.stored == fingerprint(rgb)
    assert both.fingerprint == Closeup(rgb).fingerprint
    assert both.stored == fingerprint(rgb)


def test_a_blank_picture_has_none() -> None:
    assert len(Detected(np.full((64, 64), 90, np.uint8), MANY).features(248)) == 0
