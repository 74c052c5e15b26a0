"""The same drawing in other colours."""

import random

import cv2
import numpy as np
from PIL import Image

from tests.bench.attacking.basics import Colour, Moved, Rgb, grey_of, random_colour, unmoved

INKS = 6
APART = 70.0
"""Inks nearer to each other than this, in RGB, would take away the drawing and not only its colours."""


def grey(rgb: Rgb, rng: random.Random) -> Moved:
    return np.repeat(grey_of(rgb)[..., None], 3, axis=2), unmoved()


def hue(rgb: Rgb, rng: random.Random) -> Moved:
    """Every hue turned by the same angle, 60 to 300 degrees."""
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(np.int32) + rng.randint(30, 150)) % 180
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8), unmoved()


def channels(rgb: Rgb, rng: random.Random) -> Moved:
    order = rng.choice([[1, 2, 0], [2, 0, 1], [1, 0, 2], [0, 2, 1], [2, 1, 0]])
    return np.ascontiguousarray(rgb[..., order]), unmoved()


def negative(rgb: Rgb, rng: random.Random) -> Moved:
    return 255 - rgb, unmoved()


def palette(rgb: Rgb, rng: random.Random) -> Moved:
    """Re-dyed: six inks become six others by chance, so that light and dark may change places."""
    flat = Image.fromarray(rgb).quantize(INKS, method=Image.Quantize.MEDIANCUT)
    inks = _distinct(INKS, APART, rng)
    flat.putpalette([part for ink in inks for part in ink])
    return np.asarray(flat.convert("RGB"), np.uint8), unmoved()


def two_tone(rgb: Rgb, rng: random.Random) -> Moved:
    """Light and dark become two inks, as in a one-colour print; which of them is lighter is chance."""
    smooth = cv2.GaussianBlur(grey_of(rgb), (0, 0), 1.0)
    around = cv2.GaussianBlur(smooth, (0, 0), max(rgb.shape[:2]) / 12)
    middle, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_OTSU)
    light = smooth > 0.5 * middle + 0.5 * around
    first, second = _distinct(2, 160, rng)
    return np.where(light[..., None], np.array(first, np.uint8), np.array(second, np.uint8)), unmoved()


def _distinct(count: int, apart: float, rng: random.Random) -> list[Colour]:
    inks: list[Colour] = []
    while len(inks) < count:
        ink = random_colour(rng)
        if all(sum((a - b) ** 2 for a, b in zip(ink, other, strict=True)) >= apart**2 for other in inks):
            inks.append(ink)
    return inks
