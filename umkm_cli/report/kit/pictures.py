"""The pictures of a report, small enough to travel in it, and the motif laid over the query.

A drawing of fine lines makes large files. So a picture is given a number of bytes, and is first compressed harder and
then made smaller until it keeps to it.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.explain import Layer
from umkm_cli.matching.geometry import Array

Rgba = npt.NDArray[np.uint8]

_QUALITIES = (84, 76, 68, 60)
_SHRINK = 0.8
_SMALLEST = 320
_OVERLAP = 0.006
"""Further places where the motif agrees are laid on with so much of the long side around them."""


@dataclass(frozen=True)
class Encoded:
    """A picture as text: `base64` of a file of the type `mime`."""

    mime: str
    base64: str

    @property
    def uri(self) -> str:
        return f"data:{self.mime};base64,{self.base64}"


def photograph(rgb: Rgb, longest: int, most_bytes: int) -> Encoded:
    """uint8 (h, w, 3) as a JPEG with no side above `longest` pixels, smaller still where `most_bytes` need it."""
    return _fitting(Image.fromarray(rgb), "JPEG", longest, most_bytes)


def transparency(rgba: Rgba, most_bytes: int) -> Encoded:
    """uint8 (h, w, 4) as a WebP that keeps what is transparent."""
    return _fitting(Image.fromarray(rgba), "WEBP", max(rgba.shape[:2]), most_bytes)


def _fitting(image: Image.Image, kind: str, longest: int, most_bytes: int) -> Encoded:
    while True:
        small = image.copy()
        small.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for quality in _QUALITIES:
            file = io.BytesIO()
            small.save(file, kind, quality=quality)
            if file.tell() <= most_bytes:
                break
        if file.tell() <= most_bytes or longest <= _SMALLEST:
            return Encoded(f"image/{kind.lower()}", base64.b64encode(file.getvalue()).decode())
        longest = max(_SMALLEST, round(min(longest, max(image.size)) * _SHRINK))


def laid_over(motif: Rgb, size: tuple[int, int], layers: Sequence[Layer], longest: int) -> Rgba:
    """The motif as it lies in the query, whose width and height in pixels are `size`: uint8 (h, w, 4), scaled down.

    The first layer brings the whole motif, also where it does not agree; every further one the parts that agree.
    """
    scale = min(1.0, longest / max(size))
    width, height = (max(1, round(side * scale)) for side in size)
    canvas = np.zeros((height, width, 4), np.uint8)
    for number, layer in enumerate(layers):
        matrix = np.diag([scale, scale, 1.0]) @ layer.matrix
        warped, there = _warped(motif, matrix, (width, height))
        if number:
            there &= _around(layer, scale, (width, height))
        shown = there > 0
        canvas[shown, :3] = warped[shown]
        canvas[shown, 3] = 255
    return canvas


def _warped(motif: Rgb, matrix: Array, size: tuple[int, int]) -> tuple[Rgb, npt.NDArray[np.uint8]]:
    """The motif through a homography, and where it is: uint8 (h, w), 0 or 255."""
    shrink = min(1.0, 1.5 * _local_scale(matrix, motif.shape[1] / 2, motif.shape[0] / 2))
    if shrink < 1.0:  # else fine lines would break up into dots
        width, height = (max(2, round(side * shrink)) for side in (motif.shape[1], motif.shape[0]))
        matrix = matrix @ np.diag([motif.shape[1] / width, motif.shape[0] / height, 1.0])
        motif = np.asarray(cv2.resize(motif, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    warped = cv2.warpPerspective(motif, matrix, size, flags=cv2.INTER_CUBIC)
    whole = np.full(motif.shape[:2], 255, np.uint8)
    there = cv2.warpPerspective(whole, matrix, size, flags=cv2.INTER_NEAREST)
    there[_behind(matrix, motif.shape[1] / 2, motif.shape[0] / 2, size)] = 0
    return np.asarray(warped, np.uint8), np.asarray(there, np.uint8)


def _local_scale(matrix: Array, x: float, y: float) -> float:
    lifted = matrix @ (x, y, 1.0)
    place = lifted[:2] / lifted[2]
    jacobian = (matrix[:2, :2] - np.outer(place, matrix[2, :2])) / lifted[2]
    return float(np.sqrt(abs(np.linalg.det(jacobian))))


def _behind(matrix: Array, x: float, y: float, size: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Where a homography would show what lies beyond its horizon: bool (h, w)."""
    back = np.linalg.inv(matrix)
    depth_of_middle = float(matrix[2] @ (x, y, 1.0))
    columns, rows = np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5
    depth = back[2, 0] * columns[None, :] + back[2, 1] * rows[:, None] + back[2, 2]
    return np.asarray(depth * depth_of_middle <= 0.0)


def _around(layer: Layer, scale: float, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    mask = np.zeros((size[1], size[0]), np.uint8)
    for part in layer.parts:
        cv2.fillPoly(mask, [np.round(np.asarray(part.query) * scale).astype(np.int32)], 255)
    reach = max(1, round(_OVERLAP * max(size)))
    return np.asarray(cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), np.uint8)
