"""Do the drawings agree between the keypoints, too? A second look at the pixels of two aligned pictures.

Both pictures are laid over each other, and at every place the directions of their lines are compared: the structure
tensor of all colour channels, as a double-angle vector (Granlund 1978; Bigün and Granlund 1987), does not care which
side of a line is lighter or what colour it has, so re-dyed, inverted and traced copies agree as well as plain ones.
Two makers' kawungs may share a lattice of keypoints; between them the drawing differs.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.features import Floats, Rgb
from umkm_cli.matching.geometry import Array, project

LOOK_PX = 512
"""Pictures are brought to this long side before they are laid over each other."""
OUTSIDE = -1.0
SIDE = 224
"""The common part of the two pictures is compared at about SIDE x SIDE pixels."""
_WINDOW = 9.0
"""Standard deviation, in those pixels, of the window over which directions are correlated."""
_REACH = 3
"""Cloth that does not lie flat may be off by up to this many of those pixels."""
_STEP = 3


@dataclass(frozen=True, eq=False)
class Frame:
    """A grid of `size` (columns, rows) pixels over what a motif and a query have in common.

    `to_motif` maps its pixels to the motif's.
    """

    to_motif: Array
    size: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The lines of a picture in a frame: `field` float32 (rows, columns, 2), `valid` where the picture reaches."""

    field: Floats
    valid: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Overlay:
    """`likeness` of the two pictures in a frame, and `to_motif` from its pixels to the motif's."""

    likeness: Floats
    to_motif: Array


def overlay(query: Rgb, motif: Rgb, matrix: Array) -> Overlay | None:
    """Lay `query` over `motif` by the homography motif -> query, in these arrays' pixels. None: they do not meet."""
    frame = framed(query, motif, matrix)
    if frame is None:
        return None
    a, b = drawn(query, matrix, frame), drawn(motif, np.eye(3), frame)
    if (a.valid & b.valid).sum() < 200:
        return None
    return Overlay(likeness(a, b), frame.to_motif)


def framed(query: Rgb, motif: Rgb, matrix: Array) -> Frame | None:
    """The frame of what lies in both pictures by the homography motif -> query. None: they do not meet."""
    height, width = motif.shape[:2]
    box = _common(matrix, (width, height), (query.shape[1], query.shape[0]))
    if box is None:
        return None
    left, top, right, bottom = box
    zoom = SIDE / float(np.sqrt((right - left) * (bottom - top)))
    zoom = min(zoom, 2.0)
    size = max(16, round((right - left) * zoom)), max(16, round((bottom - top) * zoom))
    return Frame(np.array([[1 / zoom, 0, left], [0, 1 / zoom, top], [0, 0, 1.0]]), size)


def drawn(rgb: Rgb, matrix: Array, frame: Frame) -> Drawing:
    """A picture in a frame, by the homography from the motif's pixels to the picture's."""
    seen, valid = _seen(rgb, matrix @ frame.to_motif, frame.size)
    return Drawing(_field(seen), valid)


def likeness(a: Drawing, b: Drawing) -> Floats:
    """How well lines agree around each place of a frame: float32 (rows, columns), -1..1.

    `OUTSIDE` where one of the pictures does not reach.
    """
    valid = a.valid & b.valid
    found = cv2.resize(_likeness(a.field, b.field, valid), valid.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(valid, found, np.float32(OUTSIDE))


def _common(matrix: Array, motif: tuple[int, int], query: tuple[int, int]) -> tuple[float, float, float, float] | None:
    """Bounding box, in the motif, of what lies in both pictures."""
    rows, columns = np.mgrid[0:33, 0:33] / 32.0
    places = np.stack([columns.ravel() * (motif[0] - 1), rows.ravel() * (motif[1] - 1)], axis=1)
    depth = places @ matrix[2, :2] + matrix[2, 2]
    seen = project(matrix, places)
    inside = (depth > 0) & (seen >= 0).all(axis=1) & (seen[:, 0] <= query[0]) & (seen[:, 1] <= query[1])
    if inside.sum() < 4:
        return None
    low, high = places[inside].min(axis=0), places[inside].max(axis=0)
    margin = np.array([motif[0] / 64.0, motif[1] / 64.0])
    low, high = np.maximum(low - margin, 0), np.minimum(high + margin, np.array(motif) - 1.0)
    if (high - low).min() < 8:
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _seen(rgb: Rgb, matrix: Array, size: tuple[int, int]) -> tuple[Rgb, npt.NDArray[np.bool_]]:
    """`rgb` sampled through `matrix` (overlay -> rgb pixels), shrunk first where it would be sampled too thinly."""
    centre = np.array([[size[0] / 2, size[1] / 2]])
    around = project(matrix, np.vstack([centre, centre + np.array([[1.0, 0.0]]), centre + np.array([[0.0, 1.0]])]))
    pace = float(np.sqrt(abs(np.linalg.det(np.stack([around[1] - around[0], around[2] - around[0]])))))
    if pace > 1.4:
        width, height = max(8, round(rgb.shape[1] / pace * 1.2)), max(8, round(rgb.shape[0] / pace * 1.2))
        matrix = np.diag([width / rgb.shape[1], height / rgb.shape[0], 1.0]) @ matrix
        rgb = np.asarray(cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpPerspective(rgb, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    whole = np.full(rgb.shape[:2], 255, np.uint8)
    valid = cv2.warpPerspective(whole, matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return np.asarray(seen, np.uint8), np.asarray(valid > 0)


def _field(rgb: Rgb) -> Floats:
    """Line directions as double-angle vectors float32 (h, w, 2), by strength relative to the neighbourhood."""
    soft = cv2.GaussianBlur(rgb, (0, 0), 1.0).astype(np.float32)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    xx, yy, xy = (dx * dx).sum(axis=2), (dy * dy).sum(axis=2), (dx * dy).sum(axis=2)
    strength = np.sqrt(xx + yy)
    around = cv2.GaussianBlur(strength, (0, 0), 12.0) + 8.0
    scale = 1.0 / (np.sqrt(np.sqrt((xx - yy) ** 2 + 4 * xy * xy)) * around + 1e-3)
    return np.asarray(cv2.GaussianBlur(np.dstack([(xx - yy) * scale, 2 * xy * scale]), (0, 0), 1.2), np.float32)


def _likeness(a: Floats, b: Floats, valid: npt.NDArray[np.bool_]) -> Floats:
    """Windowed correlation of two fields, the best over small shifts."""
    a, b = a * valid[..., None], b * valid[..., None]
    power = (_window((a * a).sum(axis=2)) + 1e-4) * (_window((b * b).sum(axis=2)) + 1e-4)
    norm = 1.0 / np.sqrt(power)
    best = np.full(norm.shape, -1.0, np.float32)
    for dy in range(-_REACH, _REACH + 1, _STEP):
        for dx in range(-_REACH, _REACH + 1, _STEP):
            moved = np.roll(b, (dy, dx), (0, 1))
            best = np.maximum(best, _window((a * moved).sum(axis=2)) * norm)
    return best


def _window(values: npt.NDArray[np.float32]) -> Floats:
    """Gaussian mean, computed on a quarter of the pixels."""
    small = cv2.resize(values, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), _WINDOW / 4.0), np.float32)
