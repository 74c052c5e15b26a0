"""Local features: SIFT on the grey picture and on a line drawing of it.

Two channels see different things. Grey keypoints (Lowe 2004) are the more repeatable ones under blur, scale and light.
The line drawing, gradient magnitude divided by its local mean, does not care which side of a line is lighter or what
colour it has, so it sees re-dyed and traced copies.

Descriptors are RootSIFT (Arandjelović and Zisserman 2012) in a few integer levels. Integers make every dot product
exact in float32, whatever the order of summation: the answer is the same on every machine and in any batch. Levels are
elementwise, so the two permutations below hold for them exactly.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Rgb = npt.NDArray[np.uint8]
Levels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

WORKING_PX = 512
LEVELS = 4
_LEVEL_STEP = 0.09
"""RootSIFT components average 0.09 and rarely exceed 0.35."""
_CONTRAST = 0.015
_CELL_PX = 64
_FINEST = 255
"""OpenCV's number of the octave at twice the size of the picture: -1, in a byte."""

_INDEX = np.arange(128).reshape(4, 4, 8)
INVERTED = np.ascontiguousarray(_INDEX[::-1, ::-1, :]).ravel()
"""`levels[:, INVERTED]` describes the patch with light and dark exchanged: its main orientation turns by 180°."""
MIRRORED = np.ascontiguousarray(_INDEX[::-1, :, (-np.arange(8)) % 8]).ravel()
"""`levels[:, MIRRORED]` describes the mirror image of the same patch."""


@dataclass(frozen=True)
class Features:
    """Keypoints in working pixels, the most telling first.

    `xy` float32 (n, 2); `size` float32 (n,), SIFT's diameter; `angle` float32 (n,), degrees clockwise from +x;
    `levels` uint8 (n, 128), 0 to LEVELS - 1.
    """

    xy: Floats
    size: Floats
    angle: Floats
    levels: Levels

    def __len__(self) -> int:
        return len(self.xy)


def shrunk(rgb: Rgb, long_side: int) -> Rgb:
    """The picture at `long_side` px; enlarged at most four times, no side under 8 px."""
    height, width = rgb.shape[:2]
    scale = min(4.0, long_side / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    if size == (width, height):
        return rgb
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, size, interpolation=method), np.uint8)


def grey(rgb: Rgb) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def line_drawing(rgb: Rgb) -> npt.NDArray[np.uint8]:
    """Where the picture has edges, whatever their colours: uint8 (h, w).

    Gradient magnitude, maximum over the colour channels of the slightly blurred picture, over its local mean.
    """
    soft = cv2.GaussianBlur(rgb, (0, 0), 1.2).astype(np.float32)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    strength = np.sqrt((dx * dx + dy * dy).max(axis=2))
    local = cv2.GaussianBlur(strength, (0, 0), 16)
    return np.asarray(np.clip(strength / (local + 6.0) * 80.0, 0, 255), np.uint8)


def flattened(rgb: Rgb) -> Rgb:
    """Without the texture of the weave and the crackle of the wax, edges kept (bilateral filter)."""
    return np.asarray(cv2.bilateralFilter(rgb, 9, 50, 7), np.uint8)


class Detected:
    """The keypoints of a uint8 (h, w) picture, the `most` strongest; those that somebody wants are described then.

    Finding keypoints and describing the chosen ones costs less than describing all, and one picture may be asked for
    few and for many.
    """

    def __init__(self, picture: npt.NDArray[np.uint8], most: int) -> None:
        self._picture = picture
        self._sift = cv2.SIFT_create(nfeatures=most, contrastThreshold=_CONTRAST)  # type: ignore[attr-defined]
        self._points = self._sift.detect(picture, None)
        columns = [(k.pt[0], k.pt[1], k.size, k.angle, k.response) for k in self._points]
        self._rows = np.array(columns, np.float32).reshape(-1, 5)

    def features(self, keep: int) -> Features:
        """At most `keep`, of the three times as many strongest, spread over the picture.

        The strongest of every 64-px cell come first, then the second of every cell, and so on, so that one busy corner
        does not take all. Nothing random: ties go by position.
        """
        if not len(self._rows):
            return _none()
        among = _strongest(self._rows[:, 4], 3 * keep)
        order = among[_spread(self._rows[among], self._picture.shape[1], keep)]
        rows = self._rows[order]
        return Features(rows[:, :2].copy(), rows[:, 2].copy(), rows[:, 3].copy(), to_levels(self._described(order)))

    def _described(self, chosen: npt.NDArray[np.intp]) -> Floats:
        """Descriptors (n, 128) of keypoints by their places.

        OpenCV builds the scales that the keypoints it is given need: without one of the finest, from another start than
        when it looked for them. Then all are described as they were found.
        """
        points = [self._points[place] for place in chosen]
        if any(point.octave & 255 == _FINEST for point in points):
            described = self._sift.compute(self._picture, points)[1]
        else:
            described = self._sift.detectAndCompute(self._picture, None)[1][chosen]
        return np.asarray(described, np.float32)


def _strongest(response: Floats, count: int) -> npt.NDArray[np.intp]:
    """Places of the `count` greatest, and of those that equal the least of them, as OpenCV keeps them."""
    if len(response) <= count:
        return np.arange(len(response))
    least = np.partition(response, len(response) - count)[len(response) - count]
    return np.flatnonzero(response >= least)


def to_levels(descriptors: Floats) -> Levels:
    """RootSIFT of SIFT descriptors (n, 128) as integer levels."""
    total = np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6)
    return np.asarray(np.clip(np.rint(np.sqrt(descriptors / total) / _LEVEL_STEP), 0, LEVELS - 1), np.uint8)


def _spread(rows: Floats, width: int, keep: int) -> npt.NDArray[np.intp]:
    x, y, response = rows[:, 0], rows[:, 1], rows[:, 4]
    cell = (y // _CELL_PX).astype(np.int64) * (width // _CELL_PX + 1) + (x // _CELL_PX).astype(np.int64)
    by_cell = np.lexsort((rows[:, 3], y, x, -response, cell))
    sorted_cell = cell[by_cell]
    first = np.r_[True, sorted_cell[1:] != sorted_cell[:-1]]
    starts = np.flatnonzero(first)
    turn = np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
    order = by_cell[np.lexsort((rows[by_cell, 3], y[by_cell], x[by_cell], -response[by_cell], turn))]
    return order[:keep]


def _none() -> Features:
    empty = np.zeros(0, np.float32)
    return Features(np.zeros((0, 2), np.float32), empty, empty, np.zeros((0, 128), np.uint8))
