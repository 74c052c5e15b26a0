"""Boats, clover, clouds and waves, each drawn anew."""

from collections.abc import Sequence

import numpy as np

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.dyes import CREAM, Colour
from samples.drawing.seeded.paths import Point, arc, curve, figure, turned


def boat(c: SeededCloth, at: Point, size: float, fills: Sequence[Colour], edge: Colour, ink: Colour) -> None:
    lean = c.jitter(5)
    hull = [
        (-1.1, -0.25),
        (-0.85, 0.1),
        (-0.4, 0.28),
        (0.4, 0.28),
        (0.85, 0.08),
        (1.15, -0.35),
        (0.6, -0.05),
        (0.0, 0.0),
        (-0.6, -0.02),
    ]
    c.shape(figure(hull, at, size, lean), c.pick(fills), edge, c.word(["sawut", "kembang", "galaran"]), ink, 2.0)
    mast = turned(np.array([[0.0, 0.0], [0.03, -1.5]]) * size, lean, at)
    c.line(mast, edge, 2.4)
    for way, high in ((1, c.between(1.1, 1.4)), (-1, c.between(0.7, 1.1))):
        sail = np.array(
            [[0.06 * way, -0.12], [0.08 * way, -high], [0.55 * way, -high * 0.6], [0.8 * way, -0.2], [0.4 * way, -0.1]]
        )
        c.shape(
            turned(curve(sail, between=4) * size, lean, at),
            c.pick(fills),
            edge,
            c.word(["cecek", "ukel", "sawut", "galaran"]),
            ink,
            1.6,
        )
    flag = turned(np.array([[0.03, -1.5], [0.3, -1.42 + c.jitter(0.05)], [0.03, -1.32]]) * size, lean, at)
    c.shape(flag, c.pick(fills), edge, width=1.2)


def clover(
    c: SeededCloth, at: Point, size: float, turn: float, fills: Sequence[Colour], edge: Colour, ink: Colour
) -> None:
    stem = curve(
        [at, (at[0] + size * c.between(-0.5, 0.5), at[1] + size), (at[0] + c.jitter(0.3) * size, at[1] + 1.7 * size)],
        False,
    )
    c.line(stem, edge, 2.0)
    lobe = [(0.05, 0.0), (0.45, -0.42), (0.85, -0.5), (0.93, -0.14), (0.8, 0.0), (0.93, 0.16), (0.85, 0.5), (0.42, 0.4)]
    for k in range(4):
        angle = turn + 90 * k + c.jitter(6)
        c.shape(
            figure(lobe, at, size * c.between(0.88, 1.08), angle),
            c.pick(fills),
            edge,
            c.word(["", "cecek", "sawut"]),
            ink,
            1.6,
        )
        for spread in (-24, -8, 8, 24):
            rib = turned(np.array([[0.1, 0], [c.between(0.5, 0.75), 0]]) * size, angle + spread, at)
            c.line(rib, ink, 1.0)
    c.dot(at, size * 0.12, ink)


def cloud(c: SeededCloth, at: Point, size: float, shades: Sequence[Colour], edge: Colour, flip: bool) -> None:
    """A rain cloud in nested bands, as on the north coast."""
    lumps = [(-1.45, 0.3), (-1.25, -0.14), (-0.85, -0.12), (-0.72, -0.6), (-0.15, -0.78), (0.16, -0.46), (0.5, -0.66),
             (0.85, -0.3), (1.15, -0.34), (1.45, 0.14), (1.1, 0.3), (0.7, 0.52), (0.2, 0.32),
             (-0.3, 0.54), (-0.8, 0.28)]  # fmt: skip
    shaken = [(x + c.jitter(0.06), y + c.jitter(0.05)) for x, y in lumps]
    for k, shade in enumerate(shades):
        shrink = 1 - k * 0.15
        place = (at[0] + c.jitter(1), at[1] + k * size * 0.02)
        c.shape(figure(shaken, place, size * shrink, 0, flip), shade, edge, width=1.5)
    inner = [(x * 0.24, y * 0.3) for x, y in shaken]
    c.shape(figure(inner, at, size, 0, flip), shades[0], edge, c.word(["cecek", "ukel", "galaran"]), CREAM, 1.4)


def waves(c: SeededCloth, top: float, colours: Sequence[Colour], ink: Colour, pitch: float = 24) -> None:
    for row, y in enumerate(np.arange(top, c.height + 30, pitch)):
        for x in np.arange(-20 + row % 2 * 20, c.width + 30, 42.0):
            centre = (x + c.jitter(3), y + c.jitter(2))
            crest = np.vstack([arc(centre, c.between(20, 25), 180, 360, 12), arc(centre, 8, 360, 180, 6)])
            c.shape(crest, c.pick(colours), ink, c.word(["", "cecek", "sawut"]), ink, 1.5)
            c.spiral((centre[0], centre[1] - 8), c.between(5, 8), ink)
