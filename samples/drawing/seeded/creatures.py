"""Animals, each drawn anew."""

from collections.abc import Sequence

import numpy as np

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.dyes import CREAM, INK, Colour
from samples.drawing.seeded.paths import Point, curve, figure, point, turned


def shark(
    c: SeededCloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour
) -> None:
    body = [(1.0, 0.02), (0.7, -0.16), (0.3, -0.24), (0.1, -0.46), (0.0, -0.24), (-0.5, -0.12), (-0.9, -0.36),
            (-0.84, 0.0), (-1.0, 0.26), (-0.6, 0.08), (-0.1, 0.2), (-0.02, 0.44), (0.2, 0.2), (0.7, 0.15)]  # fmt: skip
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "galaran", "cecek"]), ink, 2.0)
    way = -1 if flip else 1
    eye = turned(np.array([[0.68 * way, -0.05]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.05, ink)
    c.dot((eye[0], eye[1]), size * 0.025, edge)
    for k in range(3):
        gill = turned(np.array([[(0.45 - 0.08 * k) * way, -0.1], [(0.42 - 0.08 * k) * way, 0.08]]) * size, angle, at)
        c.line(gill, edge, 1.6)


def crocodile(
    c: SeededCloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour
) -> None:
    body = [(1.1, 0.0), (0.75, -0.1), (0.5, -0.2), (0.1, -0.22), (-0.4, -0.16), (-0.8, -0.3),
            (-1.1, -0.16), (-0.95, -0.1), (-0.7, -0.02), (-0.4, 0.12), (-0.5, 0.42), (-0.25, 0.16),
            (0.2, 0.18), (0.22, 0.46), (0.4, 0.14), (0.7, 0.12)]  # fmt: skip
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "kembang"]), ink, 2.0)
    way = -1 if flip else 1
    for k in range(11):
        x = 0.45 - 0.11 * k
        spike = (
            np.array([[(x + 0.05) * way, -0.2], [x * way, -0.3 - c.between(0, 0.05)], [(x - 0.05) * way, -0.2]]) * size
        )
        c.shape(turned(spike, angle, at), ink, edge, width=1.2)
    jaw = turned(np.array([[1.05 * way, 0.02], [0.8 * way, 0.0], [0.55 * way, 0.04]]) * size, angle, at)
    c.line(jaw, edge, 1.6)
    for k in range(5):
        tooth = turned(np.array([[(0.95 - 0.08 * k) * way, 0.0], [(0.93 - 0.08 * k) * way, 0.07]]) * size, angle, at)
        c.line(tooth, CREAM, 1.5)
    eye = turned(np.array([[0.52 * way, -0.14]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.045, CREAM)
    c.dot((eye[0], eye[1]), size * 0.02, edge)


def fish(
    c: SeededCloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour
) -> None:
    body = [
        (1, 0),
        (0.6, -0.3),
        (0.0, -0.42),
        (-0.5, -0.12),
        (-1, -0.4),
        (-0.82, 0),
        (-1, 0.4),
        (-0.5, 0.12),
        (0, 0.38),
        (0.6, 0.3),
    ]
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "cecek", "galaran", "sawut"]), ink, 1.6)
    eye = turned(np.array([[(-0.65 if flip else 0.65), -0.08]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.09, ink)


def bird(
    c: SeededCloth, at: Point, size: float, angle: float, flip: bool, fills: Sequence[Colour], edge: Colour, ink: Colour
) -> None:
    way = -1 if flip else 1
    for k in range(int(c.rng.integers(3, 6))):
        root = turned(np.array([[-0.55 * way, 0.05]]) * size, angle, at)[0]
        lean = angle + (180 if not flip else 0) + way * (22 * k - 30 + c.jitter(5))
        c.leaf(
            (root[0], root[1]),
            lean,
            size * c.between(0.7, 1.1),
            size * 0.22,
            c.pick(fills),
            edge,
            ink,
            c.word(["", "cecek"]),
        )
    body = [
        (1.05, -0.42),
        (0.8, -0.58),
        (0.55, -0.5),
        (0.42, -0.25),
        (0.0, -0.2),
        (-0.6, 0.0),
        (-0.3, 0.28),
        (0.2, 0.34),
        (0.6, 0.05),
        (0.78, -0.34),
    ]
    c.shape(figure(body, at, size, angle, flip), c.pick(fills), edge, c.word(["sisik", "sawut", "cecek"]), ink, 1.8)
    root = turned(np.array([[0.25 * way, -0.02]]) * size, angle, at)[0]
    for k in range(4):
        lean = angle + (200 if not flip else -20) + way * (26 * k + c.jitter(5))
        c.leaf((root[0], root[1]), lean, size * (1.0 - 0.12 * k), size * 0.26, c.pick(fills), edge, ink)
    eye = turned(np.array([[0.72 * way, -0.44]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.06, CREAM)
    c.dot((eye[0], eye[1]), size * 0.03, INK)


def butterfly(
    c: SeededCloth, at: Point, size: float, angle: float, fills: Sequence[Colour], edge: Colour, ink: Colour
) -> None:
    for side in (1, -1):
        upper = [(0.02, 0), (0.3, -0.7), (0.8, -0.95), (1.05, -0.6), (0.7, -0.1)]
        lower = [(0.02, 0.02), (0.6, 0.05), (0.85, 0.4), (0.55, 0.8), (0.2, 0.5)]
        for wing in (upper, lower):
            c.shape(
                figure(wing, at, size, angle, side < 0),
                c.pick(fills),
                edge,
                c.word(["cecek", "sisik", "sawut", "ukel"]),
                ink,
                1.7,
            )
            middle = turned(np.mean(wing, axis=0, keepdims=True) * np.array([[side, 1]]) * size, angle, at)[0]
            c.dot((middle[0], middle[1]), size * 0.13, c.pick(fills))
            c.dot((middle[0], middle[1]), size * 0.05, ink)
        c.line(turned(curve([(0, -0.3), (0.1 * side, -0.7), (0.32 * side, -0.95)], False) * size, angle, at), edge, 1.5)
    c.leaf(point(turned(np.array([[0, -0.4]]) * size, angle, at)), angle + 90, size, size * 0.16, edge, edge, ink)
