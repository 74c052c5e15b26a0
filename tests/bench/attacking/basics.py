"""Types and small steps that the attacks share. Pixel centres lie at whole coordinates."""

import io
import random
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Rgb: TypeAlias = npt.NDArray[np.uint8]
Matrix: TypeAlias = npt.NDArray[np.float64]
Moved: TypeAlias = tuple[Rgb, Matrix]
"""The picture afterwards and the 3 x 3 homography from motif to picture pixels."""
Attacked: TypeAlias = tuple[Rgb, Matrix | None]
"""The same; None where no single homography is true."""
Numbers: TypeAlias = npt.NDArray[np.float32]
Colour: TypeAlias = tuple[int, int, int]


def unmoved() -> Matrix:
    return np.eye(3)


def moved(right: float, down: float) -> Matrix:
    return np.array([[1, 0, right], [0, 1, down], [0, 0, 1]], np.float64)


def scaled(before: Rgb, after: Rgb) -> Matrix:
    """The homography of a resize from one picture's size to the other's."""
    x, y = after.shape[1] / before.shape[1], after.shape[0] / before.shape[0]
    return np.array([[x, 0, x / 2 - 0.5], [0, y, y / 2 - 0.5], [0, 0, 1]], np.float64)


def resized(rgb: Rgb, width: float, height: float) -> Rgb:
    """By area averaging when it shrinks, cubic when it grows; at least one pixel."""
    size = (max(1, round(width)), max(1, round(height)))
    shrinks = size[0] * size[1] <= rgb.shape[0] * rgb.shape[1]
    return pixels(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC))


def fitted(rgb: Rgb, longest: float) -> Rgb:
    factor = longest / max(rgb.shape[:2])
    return resized(rgb, rgb.shape[1] * factor, rgb.shape[0] * factor)


def cut(rgb: Rgb, area: float, rng: random.Random) -> Moved:
    """A rectangle with the picture's proportions somewhere in it, holding `area` (0..1) of it."""
    height, width = rgb.shape[:2]
    side = area**0.5
    h, w = max(1, round(height * side)), max(1, round(width * side))
    top, left = rng.randint(0, height - h), rng.randint(0, width - w)
    return np.ascontiguousarray(rgb[top : top + h, left : left + w]), moved(-left, -top)


def warped(rgb: Rgb, matrix: Matrix, width: int, height: int, around: Colour | None = None) -> Rgb:
    """Seen through a homography; beyond the cloth lies `around`, or the cloth goes on in mirror image."""
    mode = cv2.BORDER_REFLECT if around is None else cv2.BORDER_CONSTANT
    fill = around or (0, 0, 0)
    return pixels(
        cv2.warpPerspective(rgb, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=mode, borderValue=fill)
    )


def pixels(values: npt.NDArray[Any]) -> Rgb:
    """Any array of numbers as 8 bits, cut off at both ends."""
    if values.dtype == np.uint8:
        return values
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def generator(rng: random.Random) -> np.random.Generator:
    """For whole arrays of chance, from the same seed."""
    return np.random.default_rng(rng.getrandbits(32))


def grainy(values: npt.NDArray[Any], deviation: float, rng: random.Random) -> Rgb:
    return pixels(values + generator(rng).normal(0, deviation, values.shape))


def waves(rng: random.Random, height: int, width: int, size: float) -> Numbers:
    """Smooth chance between -1 and 1 whose hills are about `size` pixels wide."""
    rows, columns = int(height / size) + 4, int(width / size) + 4
    coarse = generator(rng).normal(0, 1, (rows, columns)).astype(np.float32)
    smooth = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray(smooth / (np.abs(smooth).max() + 1e-6), np.float32)


def through_jpeg(rgb: Rgb, quality: int) -> Rgb:
    data = io.BytesIO()
    Image.fromarray(rgb).save(data, "JPEG", quality=quality)
    return np.asarray(Image.open(data).convert("RGB"), np.uint8)


def grey_of(rgb: Rgb) -> Rgb:
    """One channel, as bright as the eye sees it."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def random_colour(rng: random.Random) -> Colour:
    return rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)
