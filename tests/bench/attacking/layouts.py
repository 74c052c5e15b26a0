"""The same drawing laid out again as a repeat, or cut up and put together in another order. No single homography."""

import random

import numpy as np

from tests.bench.attacking.basics import Attacked, Rgb, resized


def tile(rgb: Rgb, rng: random.Random) -> Attacked:
    """Two by two, each half as long."""
    return np.tile(_half(rgb), (2, 2, 1)), None


def half_drop(rgb: Rgb, rng: random.Random) -> Attacked:
    """Columns of it, every second one half a repeat lower."""
    unit = _half(rgb)
    column = np.tile(unit, (2, 1, 1))
    dropped = np.roll(column, unit.shape[0] // 2, axis=0)
    return np.ascontiguousarray(np.hstack([column, dropped])), None


def mirror_tile(rgb: Rgb, rng: random.Random) -> Attacked:
    """Four of it, each the mirror image of its neighbours."""
    unit = _half(rgb)
    row = np.hstack([unit, unit[:, ::-1]])
    return np.ascontiguousarray(np.vstack([row, row[::-1]])), None


def shift(rgb: Rgb, rng: random.Random) -> Attacked:
    """The cloth cut at another place of its repeat."""
    down, right = (round(side * rng.uniform(0.3, 0.7)) for side in rgb.shape[:2])
    return np.roll(rgb, (down, right), axis=(0, 1)), None


def rearranged(rgb: Rgb, rng: random.Random) -> Attacked:
    """Cut into nine pieces, sewn together in another order."""
    height, width = rgb.shape[0] // 3, rgb.shape[1] // 3
    order = list(range(9))
    rng.shuffle(order)
    pieces = [rgb[k // 3 * height : (k // 3 + 1) * height, k % 3 * width : (k % 3 + 1) * width] for k in order]
    return np.ascontiguousarray(np.vstack([np.hstack(pieces[row : row + 3]) for row in (0, 3, 6)])), None


def _half(rgb: Rgb) -> Rgb:
    return resized(rgb, rgb.shape[1] / 2, rgb.shape[0] / 2)
