"""Lab of single places must be what OpenCV's is: fingerprints keep it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from umkm_cli.matching.describing.colour import lab


def of_opencv(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(rgb[None], cv2.COLOR_RGB2LAB)[0], np.uint8)


def test_lab_is_opencvs() -> None:
    some = np.random.default_rng(3).integers(0, 256, (400_000, 3)).astype(np.uint8)
    assert np.array_equal(lab(some), of_opencv(some))


def test_of_greys_and_of_the_ends_of_every_channel() -> None:
    ends = np.stack(np.meshgrid(*[[0, 1, 2, 10, 11, 254, 255]] * 3), axis=-1).reshape(-1, 3).astype(np.uint8)
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    for places in (ends, greys):
        assert np.array_equal(lab(places), of_opencv(places))


def test_of_no_place() -> None:
    assert lab(np.zeros((0, 3), np.uint8)).shape == (0, 3)
