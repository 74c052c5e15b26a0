"""What a motif's repeat says about the place where another picture agrees with it.

Two questions. How much of the repeat's unit agrees, wherever on the cloth its parts lie: a fifth of a cloth of forty
units holds the whole drawing. And does the place come back under the repeat as the rest of the cloth does: a shop's
label does not, nor does an island in a repeating ground.
"""

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.autocorrelation import Array, drawings
from umkm_cli.matching.features import Floats, Rgb, shrunk
from umkm_cli.matching.repeat import SIDE, Repeat

_FINENESS = 24
"""A unit is looked at in this many parts each way."""
_WINDOW_PX = 7.0
_FAINT = 0.02


def unit_share(agreeing: npt.NDArray[np.uint8], repeat: Repeat, frame_px: tuple[int, int]) -> float | None:
    """The share 0..1 of the unit that agrees somewhere, of what the picture shows of it; None without two vectors.

    `agreeing` is a mask (rows, columns) over the motif's picture, `frame_px` that picture's width and height.
    """
    if len(repeat.vectors) != 2:
        return None
    part = _part_of_unit(agreeing.shape, np.array(repeat.vectors), frame_px)
    return len(np.unique(part[agreeing > 0])) / len(np.unique(part))


def repeats_fit(rgb: Rgb, repeat: Repeat, places: Array) -> float:
    """How much better the drawing comes back at these places (n, 2; picture pixels) than on the cloth at large, -2..2.

    Medians of the correlation with the picture shifted by each vector, forward or back, whichever fits better there.
    """
    small = shrunk(rgb, SIDE)
    scale = np.array([small.shape[1] / rgb.shape[1], small.shape[0] / rgb.shape[0]])
    fields = drawings(small)
    steps = [sign * np.array(vector) * scale for vector in repeat.vectors for sign in (1.0, -1.0)]
    fit = np.max([np.mean([_local_fit(field, step) for field in fields], axis=0) for step in steps], axis=0)
    at = np.clip((places * scale).astype(np.intp), 0, np.array(fit.shape[::-1]) - 1)
    return float(np.median(fit[at[:, 1], at[:, 0]]) - np.median(fit))


def _part_of_unit(shape: tuple[int, ...], vectors: Array, frame_px: tuple[int, int]) -> npt.NDArray[np.intp]:
    """Which of the unit's parts each cell of a mask lies on."""
    rows, columns = shape
    y, x = np.mgrid[0:rows, 0:columns]
    places = np.stack([(x + 0.5) * frame_px[0] / columns, (y + 0.5) * frame_px[1] / rows], axis=-1)
    cells = np.array([frame_px[0] / columns, frame_px[1] / rows]).max()
    fine = np.clip(np.linalg.norm(vectors, axis=1) / (1.5 * cells), 1, _FINENESS).astype(np.intp)
    share = (places @ np.linalg.inv(vectors)) % 1.0
    part = np.minimum((share * fine).astype(np.intp), fine - 1)
    return np.asarray(part[..., 0] * fine[1] + part[..., 1])


def _local_fit(field: Floats, step: Array) -> Floats:
    """Windowed correlation (h, w) of a field with itself shifted; 0 where the shift leaves the picture."""
    height, width = field.shape
    move = np.array([[1.0, 0.0, step[0]], [0.0, 1.0, step[1]]], np.float32)
    moved = cv2.warpAffine(field, move, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    power = (_window(field * field) + _FAINT) * (_window(moved * moved) + _FAINT)
    return np.asarray(_window(field * moved) / np.sqrt(power), np.float32)


def _window(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _WINDOW_PX), np.float32)
