"""The whole drawing turned, bent, photographed, or only a part of it."""

import random

import cv2
import numpy as np

from tests.bench.attacking.basics import (
    Moved,
    Numbers,
    Rgb,
    cut,
    grainy,
    moved,
    pixels,
    resized,
    scaled,
    through_jpeg,
    unmoved,
    warped,
    waves,
)

CANVAS = 560


def mirror(rgb: Rgb, rng: random.Random) -> Moved:
    return np.ascontiguousarray(rgb[:, ::-1]), moved(rgb.shape[1] - 1, 0) @ np.diag([-1.0, 1, 1])


def quarter_turn(rgb: Rgb, rng: random.Random) -> Moved:
    """One, two or three of them."""
    matrix = unmoved()
    for _ in range(rng.randint(1, 3)):
        matrix = np.array([[0, 1, 0], [-1, 0, rgb.shape[1] - 1], [0, 0, 1]], np.float64) @ matrix
        rgb = np.ascontiguousarray(np.rot90(rgb))
    return rgb, matrix


def turn_small(rgb: Rgb, rng: random.Random) -> Moved:
    return _turned(rgb, rng.choice((-1, 1)) * rng.uniform(2, 8))


def turn_any(rgb: Rgb, rng: random.Random) -> Moved:
    """By 15 to 75 degrees, or as much beyond a half turn, and cut to the inside."""
    whole, turn = _turned(rgb, rng.uniform(15, 75) + rng.choice((0, 180)))
    inside, move = cut(whole, 0.5, rng)
    return inside, move @ turn


def wrinkle(rgb: Rgb, rng: random.Random) -> Moved:
    """Cloth that does not lie flat: off by up to 2 % of its length, lit from one side."""
    height, width = rgb.shape[:2]
    long = max(height, width)
    dx, dy = (waves(rng, height, width, long * 0.2) * long * 0.02 for _ in range(2))
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    bent = cv2.remap(rgb, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    shade = 1 + 0.35 * waves(rng, height, width, long * 0.2)
    return pixels(bent * shade[..., None]), unmoved()


def phone(rgb: Rgb, rng: random.Random) -> Moved:
    """On a table, askew, lit from one side, a little out of focus, noisy, compressed."""
    height, width = rgb.shape[:2]
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    pull = np.array([(rng.uniform(0, 0.17), rng.uniform(0, 0.17)) for _ in square], np.float32)
    seen = np.where(square > 0, square - pull, square + pull)
    size = np.array([width, height], np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(square * size, seen * size), np.float64)
    tone = rng.randint(50, 210)
    shot = warped(rgb, matrix, width, height, around=(tone, tone - 10, tone - 25)).astype(np.float32)
    shot = shot * _lamp(rng, height, width)[..., None]
    soft = np.asarray(cv2.GaussianBlur(shot, (0, 0), rng.uniform(0.6, 1.3)))
    return through_jpeg(grainy(soft, 5, rng), 65), matrix


def stretched(rgb: Rgb, rng: random.Random) -> Moved:
    """Laid out again 1.3 to 1.6 times as long one way."""
    factor, height, width = rng.uniform(1.3, 1.6), rgb.shape[0], rgb.shape[1]
    wider = resized(rgb, width * factor, height) if rng.random() < 0.5 else resized(rgb, width, height * factor)
    return wider, scaled(rgb, wider)


def crop70(rgb: Rgb, rng: random.Random) -> Moved:
    return cut(rgb, 0.7, rng)


def crop40(rgb: Rgb, rng: random.Random) -> Moved:
    return cut(rgb, 0.4, rng)


def crop20(rgb: Rgb, rng: random.Random) -> Moved:
    return cut(rgb, 0.2, rng)


def collage(rgb: Rgb, rng: random.Random, other: Rgb) -> Moved:
    """All of it, on a quarter to a third of another cloth."""
    cloth = resized(other, CANVAS, CANVAS)
    side = round(CANVAS * rng.uniform(0.5, 0.58))
    top, left = rng.randint(0, CANVAS - side), rng.randint(0, CANVAS - side)
    small = resized(rgb, side, side)
    cloth[top : top + side, left : left + side] = small
    return cloth, moved(left, top) @ scaled(rgb, small)


def patch(rgb: Rgb, rng: random.Random, other: Rgb) -> Moved:
    """A third of it, on another cloth."""
    piece, move = cut(rgb, 0.34, rng)
    cloth, place = collage(piece, rng, other)
    return cloth, place @ move


def _turned(rgb: Rgb, degrees: float) -> Moved:
    height, width = rgb.shape[:2]
    matrix = np.eye(3)
    matrix[:2] = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1)
    return warped(rgb, matrix, width, height), matrix


def _lamp(rng: random.Random, height: int, width: int) -> Numbers:
    """Light falling off from one side: 0.6 to 1.25."""
    ys, xs = np.mgrid[0:height, 0:width]
    slope = xs / width * rng.uniform(-1, 1) + ys / height * rng.uniform(-1, 1)
    return np.asarray(0.6 + 0.65 * (slope - slope.min()) / (np.ptp(slope) + 1e-6), np.float32)
