"""Colours of single places in CIE Lab, and whether they agree where the drawings agree.

Light, camera and exposure change lightness and saturation of a colour more than its hue, so hue decides, weighted by
how colourful both sides are; a common cast is taken out first.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

Lab = npt.NDArray[np.float64]
_STEPS = 8
"""Of linear light for each of the 255 levels, in OpenCV's integer Lab."""
_TO_XYZ = np.array([[1777, 1541, 778], [871, 2929, 296], [73, 448, 3575]])
"""sRGB to XYZ by the white of D65, in 1/4096."""
_ONE = 1 << 15


def lab(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """sRGB places uint8 (n, 3) in CIE Lab, to the digit as OpenCV's `COLOR_RGB2LAB` has it.

    OpenCV first makes tables for whole pictures, 0.13 s in every process; a picture has some hundred keypoints.
    """
    linear, cube_root = _tables()
    xyz = (linear[rgb] @ _TO_XYZ.T + 2048) >> 12
    x, y, z = cube_root[xyz].T
    half = _ONE // 2
    lightness = ((116 * 255 + 50) // 100 * y - (16 * 255 * _ONE + 50) // 100 + half) // _ONE
    a = (500 * (x - y) + 128 * _ONE + half) // _ONE
    b = (200 * (y - z) + 128 * _ONE + half) // _ONE
    levels: npt.NDArray[np.uint8] = np.clip(np.stack([lightness, a, b], axis=1), 0, 255).astype(np.uint8)
    return levels


@cache
def _tables() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Linear light of each level (sRGB's transfer function), and Lab's cube root of it, in 1/32768."""
    level = np.arange(256) / 255.0
    linear = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    light = np.arange(256 * 3 // 2 * _STEPS) / (255.0 * _STEPS)
    root = np.where(light < 216 / 24389, light * (841 / 108) + 16 / 116, np.cbrt(light)).astype(np.float32)
    return np.rint(255 * _STEPS * linear).astype(np.int64), np.rint(_ONE * root).astype(np.int64)


def hue_error_deg(query: Lab, motif: Lab) -> float:
    """Mean angle between corresponding hues, 0..180, weighted by chroma; 0 where both are nearly grey.

    `query` and `motif` are OpenCV's 8-bit Lab values (n, 3) of corresponding places.
    """
    if not len(query):
        return 0.0
    a, b = query[:, 1:].astype(np.float64) - 128.0, motif[:, 1:].astype(np.float64) - 128.0
    chroma_a, chroma_b = np.hypot(a[:, 0], a[:, 1]), np.hypot(b[:, 0], b[:, 1])
    weight = np.minimum(chroma_a, chroma_b)
    if weight.mean() < 3.0:
        return 0.0
    turn = np.rad2deg(np.abs(np.angle(np.exp(1j * (np.arctan2(a[:, 1], a[:, 0]) - np.arctan2(b[:, 1], b[:, 0]))))))
    return float((turn * weight).sum() / weight.sum())
