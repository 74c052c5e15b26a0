"""How much of each picture agrees, and where: areas and outlines from keypoints that agree.

Without pixels the agreeing region is known only where keypoints are: every agreeing keypoint speaks for its
neighbourhood, as far as the keypoints of the picture are apart.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.geometry import Array, project

Mask = npt.NDArray[np.uint8]
Polygon = tuple[tuple[float, float], ...]

GRID = 128
"""Masks cover the long side of a picture with this many cells."""


@dataclass(frozen=True, eq=False)
class Regions:
    """Masks on grids of GRID cells along each long side, 1 where the pictures agree."""

    query: Mask
    motif: Mask

    @property
    def query_area(self) -> float:
        return float(self.query.mean()) if self.query.size else 0.0

    @property
    def motif_area(self) -> float:
        return float(self.motif.mean()) if self.motif.size else 0.0


def grid_of(frame: tuple[float, float]) -> tuple[int, int]:
    """Rows and columns of the mask of a picture of this width and height."""
    unit = GRID / max(frame)
    return max(1, round(frame[1] * unit)), max(1, round(frame[0] * unit))


def supported(points: Array, everything: Array, frame: tuple[float, float]) -> Mask:
    """Cells near agreeing `points`; near means as far as the picture's keypoints `everything` are apart."""
    rows, columns = grid_of(frame)
    mask = np.zeros((rows, columns), np.uint8)
    if not len(points):
        return mask
    unit = GRID / max(frame)
    spacing = np.sqrt(frame[0] * frame[1] / max(len(everything), 1)) * unit
    radius = int(np.clip(round(2.2 * spacing), 4, GRID // 5))
    for x, y in points:
        cv2.circle(mask, (int(x * unit), int(y * unit)), radius, 1, -1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    padded = cv2.copyMakeBorder(mask, radius, radius, radius, radius, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)
    return np.asarray(closed[radius : radius + rows, radius : radius + columns], np.uint8)


def carried(mask: Mask, matrix: Array, source: tuple[float, float], target: tuple[float, float]) -> Mask:
    """A mask of the `source` picture through the homography source -> target."""
    rows, columns = grid_of(target)
    to_unit = np.diag([max(source) / GRID, max(source) / GRID, 1.0])
    to_grid = np.diag([GRID / max(target), GRID / max(target), 1.0])
    moved = cv2.warpPerspective(mask, to_grid @ matrix @ to_unit, (columns, rows), flags=cv2.INTER_NEAREST)
    return np.asarray(moved, np.uint8)


def outline(mask: Mask, frame_px: tuple[int, int]) -> Polygon:
    """The outline of the largest connected part, in pixels of a picture `frame_px` (width, height) large."""
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return ()
    largest = max(found, key=lambda contour: (cv2.contourArea(contour), len(contour)))
    ring = cv2.approxPolyDP(largest, 1.0, True).reshape(-1, 2).astype(np.float64)
    rows, columns = mask.shape
    # Contours run through cell centres; a region that touches the border reaches it.
    scaled = (ring + 0.5) * (frame_px[0] / columns, frame_px[1] / rows)
    scaled[ring[:, 0] == 0, 0], scaled[ring[:, 1] == 0, 1] = 0.0, 0.0
    scaled[ring[:, 0] == columns - 1, 0], scaled[ring[:, 1] == rows - 1, 1] = frame_px
    return tuple((float(x), float(y)) for x, y in scaled)


def share_within(region: Polygon, other: Polygon) -> float:
    """The fraction of a region that lies in another one of the same picture; 0 where either is none."""
    if len(region) < 3 or len(other) < 3:
        return 0.0
    unit = (GRID - 1) / max(float(np.max([*region, *other])), 1.0)
    inside, there = (np.zeros((GRID, GRID), np.uint8) for _ in range(2))
    for mask, polygon in ((inside, region), (there, other)):
        cv2.fillPoly(mask, [np.round(np.array(polygon) * unit).astype(np.int32)], 1)
    return np.count_nonzero(inside & there) / max(int(np.count_nonzero(inside)), 1)


def whole(frame: tuple[float, float]) -> Mask:
    return np.ones(grid_of(frame), np.uint8)


def pixel_matrix(matrix: Array, motif_unit: float, query_unit: float) -> Array:
    """A homography in working units as one in picture pixels."""
    scaled = np.diag([query_unit, query_unit, 1.0]) @ matrix @ np.diag([1 / motif_unit, 1 / motif_unit, 1.0])
    return np.asarray(scaled / scaled[2, 2])


def rotation_and_scale(matrix: Array, centre: Array, mirrored: bool) -> tuple[float, float]:
    """Degrees, counter-clockwise as seen, and linear scale of a homography around a point."""
    step = 1.0
    around = project(matrix, np.array([centre, centre + np.array([step, 0.0]), centre + np.array([0.0, step])]))
    right, down = around[1] - around[0], around[2] - around[0]
    if mirrored:
        right = -right
    turn = float(np.rad2deg(np.arctan2(-(right[1] - down[0]), right[0] + down[1])))
    return turn, float(np.sqrt(abs(right[0] * down[1] - right[1] * down[0])))
