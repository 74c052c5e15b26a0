"""Kawung and parang, and the motifs that stand on them."""

from collections.abc import Sequence
from math import cos, pi, radians, sin

import numpy as np

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.creatures import crocodile, fish, shark
from samples.drawing.seeded.dyes import CREAM, DARK, GOLD, INDIGO, INK, LEAF, MORINDA, ROSE, SAGE, SKY, SOGA, Colour
from samples.drawing.seeded.paths import Point, curve, point, turned
from samples.drawing.seeded.things import clover


def kawung_ground(c: SeededCloth, pitch: float, fills: Sequence[Colour], edge: Colour, ink: Colour) -> list[Point]:
    """Four petals around every crossing; returns the crossings."""
    crossings = []
    for row in range(-1, int(c.height / pitch) + 2):
        for column in range(-1, int(c.width / pitch) + 2):
            at = ((column + 0.5) * pitch + c.jitter(1.3), (row + 0.5) * pitch + c.jitter(1.3))
            crossings.append(at)
            for k in range(4):
                angle = 45 + 90 * k + c.jitter(3)
                root = (at[0] + pitch * 0.08 * cos(radians(angle)), at[1] + pitch * 0.08 * sin(radians(angle)))
                c.leaf(root, angle, pitch * c.between(0.52, 0.58), pitch * c.between(0.3, 0.36), c.pick(fills), edge,
                       ink, c.word(["", "cecek", "sawut"]))  # fmt: skip
                tip = (at[0] + pitch * 0.35 * cos(radians(angle)), at[1] + pitch * 0.35 * sin(radians(angle)))
                c.dot(tip, 1.8, edge)
            c.dot(at, pitch * 0.05, ink)
    return crossings


def kawung_heritage() -> SeededCloth:
    c = SeededCloth(560, 560, DARK, 101)
    for at in kawung_ground(c, 80, [CREAM, CREAM, (226, 200, 150)], SOGA, DARK):
        for k in range(4):
            far = (at[0] + 40 * cos(pi / 2 * k), at[1] + 40 * sin(pi / 2 * k))
            c.trinket(far, 6 + c.jitter(0.7), GOLD, "star")
    return c


def kawung_semanggi() -> SeededCloth:
    c = SeededCloth(560, 560, INDIGO, 201)
    crossings = kawung_ground(c, 112, [CREAM, SKY, (214, 222, 218)], INK, INDIGO)
    for k, at in enumerate(crossings):
        if k % 3 == 0:
            clover(c, at, 27, c.between(0, 90), [SAGE, LEAF, GOLD], INK, CREAM)
        elif k % 3 == 1:
            c.flower(at, c.between(20, 26), int(c.rng.integers(5, 9)), [ROSE, MORINDA, GOLD], INK, CREAM)
    c.scatter(110, [GOLD, CREAM, ROSE], ["star", "drops", "hook", "sprig"], 15)
    return c


def parang_ground(c: SeededCloth) -> None:
    """Slanting rows of interlocked blades, with mlinjon lozenges between the rows."""
    reach = c.width + c.height
    for row, across in enumerate(np.arange(-reach / 2, reach / 2, 78.0)):
        for along in np.arange(-reach / 2, reach / 2, 34.0):
            local = np.array(
                [
                    (-30, 12),
                    (-22, -9),
                    (-4, -15),
                    (12, -7),
                    (28, -17),
                    (31, -3),
                    (18, 9),
                    (6, 3),
                    (-6, 4),
                    (-15, 13),
                    (-26, 19),
                ]
            )
            shaken = local + c.rng.normal(0, 1.3, local.shape) + np.array([across, along + row % 2 * 17])
            path = turned(curve(shaken), 45, (c.width / 2, c.height / 2))
            if (
                path[:, 0].max() < -20
                or path[:, 0].min() > c.width + 20
                or path[:, 1].max() < -20
                or path[:, 1].min() > c.height + 20
            ):
                continue
            c.shape(path, c.pick([CREAM, (228, 204, 158)]), DARK, c.word(["", "sawut", "cecek", "galaran"]), SOGA, 2.0)
            spine = curve(shaken[[0, 1, 2, 3, 4]] * 0.82 + shaken.mean(axis=0) * 0.18, False)
            c.line(turned(spine, 45, (c.width / 2, c.height / 2)), SOGA, 1.5)
            eye = turned(
                np.array([[across - 14 + c.jitter(1), along + 3 + row % 2 * 17]]), 45, (c.width / 2, c.height / 2)
            )
            c.dot(point(eye), c.between(2, 3.2), MORINDA)
        for along in np.arange(-reach / 2, reach / 2, 15.0):
            centre = np.array([across + 39 + c.jitter(0.6), along + c.jitter(1)])
            lozenge = np.array([(-4, 0), (0, -6), (4, 0), (0, 6)]) * c.between(0.8, 1.2) + centre
            c.shape(turned(lozenge, 45, (c.width / 2, c.height / 2)), GOLD, DARK, width=1.2)


def parang_heritage() -> SeededCloth:
    c = SeededCloth(560, 560, SOGA, 102)
    parang_ground(c)
    return c


def parang_muara() -> SeededCloth:
    """An own creation: the traditional parang as ground, original sea medallions over it."""
    c = parang_heritage()
    c.rng = np.random.default_rng(203)
    for at, size in (((150.0, 165.0), 112.0), ((410.0, 300.0), 122.0), ((150.0, 440.0), 100.0)):
        lumpy = [(at[0] + size * c.between(0.9, 1.05) * cos(a), at[1] + size * c.between(0.9, 1.05) * sin(a))
                 for a in np.linspace(0, 2 * pi, 18, endpoint=False)]  # fmt: skip
        c.shape(curve(lumpy), INDIGO, CREAM, "ukel", SKY, 3.0)
        for a in np.linspace(0, 2 * pi, 26, endpoint=False):
            c.dot(
                (at[0] + size * 0.87 * cos(a), at[1] + size * 0.87 * sin(a)), c.between(1.8, 3.4), c.pick([GOLD, CREAM])
            )
    shark(c, (150, 160), 78, -24, False, SKY, CREAM, INDIGO)
    crocodile(c, (412, 275), 82, 14, True, SAGE, CREAM, LEAF)
    fish(c, (410, 350), 42, -8, False, ROSE, CREAM, MORINDA)
    clover(c, (150, 418), 48, 20, [SAGE, GOLD, LEAF], CREAM, DARK)
    return c
