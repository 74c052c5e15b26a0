"""The identities that spare a second extraction, and transformations recovered from correspondences."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umkm_cli.matching.describing.features import INVERTED, MIRRORED, to_levels
from umkm_cli.matching.geometry import Correspondences, agree, fit_homography, plausible, project
from umkm_cli.matching.thresholds import DEFAULT


def _described(picture: npt.NDArray[np.uint8], angle: float) -> npt.NDArray[np.float64]:
    """RootSIFT of the patch in the middle, length 1."""
    sift = cv2.SIFT_create()  # type: ignore[attr-defined]
    _, descriptors = sift.compute(picture, [cv2.KeyPoint(48.0, 48.0, 12.0, angle, 1.0, 0)])
    return np.asarray(np.sqrt(np.asarray(descriptors[0], np.float64) / descriptors[0].sum()), np.float64)


@pytest.mark.parametrize("angle", [0.0, 30.0, 200.0])
def test_permutations_stand_for_negative_and_mirror_image(angle: float) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (97, 97)).astype(np.float64)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), 5.0), np.float64)
    picture = np.rint((soft - soft.min()) * 255.0 / np.ptp(soft)).astype(np.uint8)
    plain = _described(picture, angle)
    negative = _described(255 - picture, (angle + 180.0) % 360.0)
    mirrored = _described(np.ascontiguousarray(picture[:, ::-1]), (180.0 - angle) % 360.0)
    for other, order in ((negative, INVERTED), (mirrored, MIRRORED)):
        assert plain[order] @ other > 0.999
        assert plain @ other < 0.95


def test_levels_keep_descriptors_apart() -> None:
    descriptors = np.random.default_rng(2).gamma(0.4, 20.0, (40, 128)).astype(np.float32)
    levels = to_levels(descriptors).astype(float)
    levels /= np.linalg.norm(levels, axis=1, keepdims=True)
    noisy = to_levels(descriptors + np.random.default_rng(3).gamma(1.0, 1.0, (40, 128)).astype(np.float32)).astype(
        float
    )
    noisy /= np.linalg.norm(noisy, axis=1, keepdims=True)
    assert ((levels @ noisy.T).argmax(axis=1) == np.arange(40)).all()


def test_permutations_undo_themselves() -> None:
    for order in (INVERTED, MIRRORED):
        assert (order[order] == np.arange(128)).all()


def _pairs(matrix: np.ndarray, count: int, wrong: int, mirror_width: float | None = None) -> Correspondences:
    rng = np.random.default_rng(count)
    motif = rng.uniform(20, 480, (count, 2))
    seen = project(matrix, motif)
    angle = rng.uniform(0, 360, count)
    step = np.stack([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))], axis=1)
    ahead = project(matrix, motif + step) - seen
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if mirror_width is not None:
        angle = 180.0 - angle
    turn = np.rad2deg(np.arctan2(ahead[:, 1], ahead[:, 0])) - angle
    seen[:wrong] = rng.uniform(20, 480, (wrong, 2))
    turn[:wrong] = rng.uniform(-180, 180, wrong)
    order = rng.permutation(count)
    return Correspondences(
        query=seen[order],
        motif=motif[order],
        turn=((turn + 180.0) % 360.0 - 180.0)[order],
        log_scale=np.full(count, np.log2(scale)),
        quality=np.full(count, 900.0),
        rows=np.stack([np.arange(count)] * 2, axis=1),
        source=np.zeros(count, np.intp),
        distinct=np.ones(count, bool),
    )


@settings(max_examples=25, deadline=None)
@given(st.floats(-180, 180), st.floats(0.4, 2.0), st.floats(-100, 100), st.floats(-100, 100), st.booleans())
def test_the_transformation_is_recovered_among_wrong_pairs(
    turn_deg: float, scale: float, dx: float, dy: float, mirrored: bool
) -> None:
    a, b = scale * np.cos(np.deg2rad(turn_deg)), scale * np.sin(np.deg2rad(turn_deg))
    matrix = np.array([[a, -b, dx], [b, a, dy], [0, 0, 1.0]])
    if mirrored:
        matrix = matrix @ np.array([[-1.0, 0, 500.0], [0, 1, 0], [0, 0, 1]])
    found = agree(_pairs(matrix, 80, 50, 500.0 if mirrored else None), mirrored, 500.0, DEFAULT)
    assert found is not None
    assert found.cells >= 25
    corners = np.array([[0, 0], [480, 0], [480, 480], [0, 480.0]])
    np.testing.assert_allclose(project(found.matrix, corners), project(matrix, corners), atol=6.0)


def test_chance_agrees_in_few_places() -> None:
    matrix = np.eye(3)
    found = agree(_pairs(matrix, 300, 300), False, 500.0, DEFAULT)
    assert found is None or found.cells < 8


def test_a_homography_is_fitted_exactly() -> None:
    matrix = np.array([[1.1, 0.2, 5.0], [-0.1, 0.9, 12.0], [2e-4, -1e-4, 1.0]])
    points = np.random.default_rng(1).uniform(0, 500, (20, 2))
    fitted = fit_homography(points, project(matrix, points))
    assert fitted is not None
    np.testing.assert_allclose(fitted, matrix, rtol=1e-6, atol=1e-9)


def test_folded_and_squashed_maps_are_not_plausible() -> None:
    points = np.random.default_rng(1).uniform(0, 500, (20, 2))
    assert plausible(np.eye(3), points, DEFAULT)
    assert not plausible(np.diag([-1.0, 1.0, 1.0]), points, DEFAULT)
    assert not plausible(np.diag([5.0, 1.0, 1.0]), points, DEFAULT)
    assert not plausible(np.array([[1, 0, 0], [0, 1, 0], [-0.004, 0, 1.0]]), points, DEFAULT)
