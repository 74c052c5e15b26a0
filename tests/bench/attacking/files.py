"""The file changes, or the light in which it was taken; the drawing does not."""

import random

import cv2
import numpy as np

from tests.bench.attacking.basics import (
    Moved,
    Rgb,
    fitted,
    grainy,
    pixels,
    resized,
    scaled,
    through_jpeg,
    unmoved,
)

LAMPS = ((1.25, 0.8, 0.35), (1.2, 0.55, 0.5), (0.6, 1.1, 0.6), (0.5, 0.75, 1.3), (1.1, 0.6, 1.15))
"""What sodium light, dusk, a green awning, a phone's screen and a neon sign do to red, green and blue."""


def jpeg(rgb: Rgb, rng: random.Random) -> Moved:
    return through_jpeg(rgb, rng.randint(12, 30)), unmoved()


def thumbnail(rgb: Rgb, rng: random.Random) -> Moved:
    """As small as a listing shows it: 120 to 200 px."""
    small = fitted(rgb, rng.uniform(120, 200))
    return through_jpeg(small, 75), scaled(rgb, small)


def resampled(rgb: Rgb, rng: random.Random) -> Moved:
    """Down to 100 px and up again to its own size."""
    return resized(fitted(rgb, 100), rgb.shape[1], rgb.shape[0]), unmoved()


def tone(rgb: Rgb, rng: random.Random) -> Moved:
    """Contrast, brightness and gamma of somebody's photo editor."""
    light = rgb.astype(np.float32) / 255
    light = np.clip((light - 0.5) * rng.uniform(0.5, 1.7) + 0.5 + rng.uniform(-0.14, 0.14), 0, 1)
    return pixels(255 * light ** rng.uniform(0.6, 1.6)), unmoved()


def posterise(rgb: Rgb, rng: random.Random) -> Moved:
    """Three or four steps a channel, without the texture of the cloth."""
    steps = rng.choice((2, 3))
    flat = cv2.medianBlur(rgb, 5).astype(np.float32)
    return pixels(np.round(flat / 255 * steps) * (255 / steps)), unmoved()


def dark(rgb: Rgb, rng: random.Random) -> Moved:
    """Taken without enough light: a quarter of it, and a sensor's noise."""
    dim = rgb.astype(np.float32) * rng.uniform(0.18, 0.32)
    return grainy(dim, rng.uniform(3, 6), rng), unmoved()


def cast(rgb: Rgb, rng: random.Random) -> Moved:
    """Under a lamp of one colour."""
    lamp = np.array(rng.choice(LAMPS), np.float32) * rng.uniform(0.8, 1.0)
    return grainy(rgb.astype(np.float32) * lamp, 3, rng), unmoved()


def vignette(rgb: Rgb, rng: random.Random) -> Moved:
    """A bright spot somewhere, the corners in the dark, noise."""
    height, width = rgb.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width]
    x, y = width * rng.uniform(0.3, 0.7), height * rng.uniform(0.3, 0.7)
    away = np.hypot((xs - x) / width, (ys - y) / height)
    light = 1.35 * np.exp(-((away / rng.uniform(0.42, 0.6)) ** 2)) + 0.12
    return grainy(rgb.astype(np.float32) * light[..., None], rng.uniform(4, 9), rng), unmoved()
