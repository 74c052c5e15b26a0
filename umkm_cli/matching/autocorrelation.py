"""How well does a drawing fit onto itself when it is shifted?

Two pictures of the drawing are asked, the grey one with its light evened out and the sign-blind line drawing: grey sees
soft shapes, lines see what was dyed in alternating colours. Each is correlated with its own shifted copy over the part
where both lie (Padfield 2012, "Masked object registration in the Fourier domain"; the masks are rectangles here, so
that their sums are read off integral images and two transforms do).
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.features import Floats, Rgb, grey, line_drawing
from umkm_cli.matching.geometry import Array, Ints

_SOFT_GREY, _SOFT_LINES = 1.5, 2.0
"""Standard deviations in pixels: a hand does not repeat a line to the pixel."""
_LIGHT_PX = 20
"""What is smoother than this is light, not drawing."""
_SHRINK = 4


@dataclass(frozen=True, eq=False)
class Autocorrelation:
    """`values` float32 (2 ry + 1, 2 rx + 1), -1..1: the correlation under the shift (x, y) at [ry + y, rx + x].

    Shifts reach half the picture each way, so that whatever is found is seen at least twice.
    """

    values: Floats

    @property
    def reach(self) -> tuple[int, int]:
        """Largest shift in x and in y."""
        return self.values.shape[1] // 2, self.values.shape[0] // 2

    def inside(self, shifts: Array, margin: int = 0) -> npt.NDArray[np.bool_]:
        """Which of the shifts (..., 2) keep this distance from the border."""
        return np.asarray((np.abs(np.rint(shifts)) <= np.array(self.reach) - margin).all(axis=-1))

    def at(self, shifts: Array) -> Array:
        """Correlation under shifts (..., 2) as (x, y), rounded; those outside are answered by the border."""
        rx, ry = self.reach
        near = np.clip(np.rint(shifts).astype(np.intp), (-rx, -ry), (rx, ry))
        return np.asarray(self.values[near[..., 1] + ry, near[..., 0] + rx], np.float64)

    def widened(self, distance: int) -> "Autocorrelation":
        """The best within a square of this half side: for shifts that are only roughly known."""
        side = 2 * distance + 1
        return Autocorrelation(np.asarray(cv2.dilate(self.values, np.ones((side, side), np.uint8)), np.float32))

    def overlap(self, shifts: Array) -> Array:
        """Share of the picture where it and its shifted copy both lie, 0.25..1 inside."""
        rx, ry = self.reach
        share = np.maximum(1.0 - np.abs(shifts) / (2.0 * np.array([rx, ry])), 0.0)
        return np.asarray(share.prod(axis=-1))


def autocorrelation(rgb: Rgb) -> Autocorrelation:
    """Of a small uint8 picture (h, w, 3), both channels averaged."""
    soft, lines = drawings(rgb)
    return Autocorrelation(0.5 * (_correlated(soft) + _correlated(lines)))


def drawings(rgb: Rgb) -> tuple[Floats, Floats]:
    """The grey picture and the line drawing, float32 (h, w): softened, without light, equally strong everywhere."""
    soft = cv2.GaussianBlur(grey(rgb), (0, 0), _SOFT_GREY)
    lines = cv2.GaussianBlur(line_drawing(rgb), (0, 0), _SOFT_LINES)
    return _even(soft), _even(lines)


def _even(channel: cv2.typing.MatLike) -> Floats:
    """The channel without its local mean, over its local deviation: no corner outweighs the rest."""
    values = channel.astype(np.float32)
    values -= _around(values, _LIGHT_PX)
    return np.asarray(values / (np.sqrt(_around(values * values, 1.5 * _LIGHT_PX)) + 4.0), np.float32)


def _around(values: Floats, sigma: float) -> Floats:
    """Gaussian mean, computed on a sixteenth of the pixels."""
    height, width = values.shape
    size = (max(2, width // _SHRINK), max(2, height // _SHRINK))
    small = cv2.GaussianBlur(cv2.resize(values, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / _SHRINK)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _correlated(field: Floats) -> Floats:
    height, width = field.shape
    ys, xs = np.arange(-(height // 2), height // 2 + 1), np.arange(-(width // 2), width // 2 + 1)
    products = _products(field, ys, xs)
    once, twice = cv2.integral2(field, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    sums, squares = (_overlap_sums(np.asarray(table, np.float64), ys, xs) for table in (once, twice))
    count = np.outer(height - np.abs(ys), width - np.abs(xs))
    spread = np.maximum(squares - sums * sums / count, 1e-6)
    shifted_sums, shifted_spread = sums[::-1, ::-1], spread[::-1, ::-1]
    return np.asarray((products - sums * shifted_sums / count) / np.sqrt(spread * shifted_spread), np.float32)


def _products(field: Floats, ys: Ints, xs: Ints) -> Array:
    """Sum over the overlap of the field times its shifted copy, for every shift, by Fourier transform."""
    height, width = field.shape
    rows, columns = cv2.getOptimalDFTSize(height + height // 2), cv2.getOptimalDFTSize(width + width // 2)
    spectrum = cv2.dft(cv2.copyMakeBorder(field, 0, rows - height, 0, columns - width, cv2.BORDER_CONSTANT))
    power = cv2.mulSpectrums(spectrum, spectrum, 0, conjB=True)
    products = cv2.dft(power, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE)
    return np.asarray(products[np.ix_(ys % rows, xs % columns)], np.float64)


def _overlap_sums(table: Array, ys: Ints, xs: Ints) -> Array:
    """Sums of a field over what stays inside it under each shift, from its integral image."""
    height, width = table.shape[0] - 1, table.shape[1] - 1
    top, bottom = np.maximum(-ys, 0), np.minimum(height - ys, height)
    left, right = np.maximum(-xs, 0), np.minimum(width - xs, width)
    bands = table[bottom] - table[top]
    return np.asarray(bands[:, right] - bands[:, left])
