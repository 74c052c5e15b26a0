"""Drawn again by another hand: traced, or with a thicker canting."""

import random

import cv2
import numpy as np

from tests.bench.attacking.basics import Moved, Rgb, pixels, unmoved, waves


def sketch(rgb: Rgb, rng: random.Random) -> Moved:
    """Traced: only the outlines, in ink on paper, off by a pixel or two."""
    smooth = np.asarray(cv2.bilateralFilter(rgb, 7, 45, 5))
    edges = np.zeros(rgb.shape[:2], np.uint8)
    for channel in cv2.split(cv2.GaussianBlur(smooth, (0, 0), 0.8)):
        weak = min(70.0, 30 + 12 * float(np.median(np.abs(cv2.Laplacian(channel, cv2.CV_32F)))))
        edges |= np.asarray(cv2.Canny(channel, weak, 2 * weak), np.uint8)
    lines = _without_specks(np.asarray(cv2.dilate(edges, np.ones((2, 2), np.uint8)), np.uint8), 25)
    soft = np.asarray(cv2.GaussianBlur(_unsteady(lines, rng), (0, 0), 0.6))[..., None] / 255
    paper, ink = np.array([246, 241, 230]), np.array([40, 36, 44])
    return pixels(paper * (1 - soft) + ink * soft), unmoved()


def thick_lines(rgb: Rgb, rng: random.Random) -> Moved:
    """Every line one step bolder, dark ones or light ones."""
    size = max(3, round(max(rgb.shape[:2]) / 180))
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    bolder = cv2.erode(rgb, brush) if rng.random() < 0.5 else cv2.dilate(rgb, brush)
    return pixels(bolder), unmoved()


def _without_specks(lines: Rgb, smallest: int) -> Rgb:
    _, parts, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= smallest
    large[0] = False
    return np.where(large[parts], 255, 0).astype(np.uint8)


def _unsteady(lines: Rgb, rng: random.Random) -> Rgb:
    height, width = lines.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = (waves(rng, height, width, 24) * 1.6 for _ in range(2))
    return np.asarray(cv2.remap(lines, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)
