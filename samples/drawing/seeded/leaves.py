"""Motifs of leaves and wings: mangrove, clover, butterflies."""

import numpy as np

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.creatures import butterfly
from samples.drawing.seeded.dyes import CREAM, DARK, GOLD, INDIGO, LEAF, MANGROVE, MORINDA, ROSE, SAGE, SKY, SOGA
from samples.drawing.seeded.paths import curve
from samples.drawing.seeded.things import clover


def daun_bakau() -> SeededCloth:
    c = SeededCloth(540, 580, (214, 190, 146), 211)
    for stem in range(7):
        x = 20 + stem * 84
        path = curve([(x + c.jitter(16), 590 - k * 75) for k in range(9)], False, 8)
        c.line(path, SOGA, 3.4)
        for k in range(3, len(path) - 1, 5):
            at = (float(path[k][0]), float(path[k][1]))
            for side in (0, 180):
                angle = side - 90 + (1 if side else -1) * -c.between(32, 60) + (0 if side == 0 else 180)
                fill = c.pick([LEAF, SAGE, MANGROVE, (58, 84, 60), GOLD])
                c.leaf(
                    at,
                    angle,
                    c.between(36, 52),
                    c.between(16, 22),
                    fill,
                    DARK,
                    CREAM,
                    c.word(["", "", "cecek", "sawut"]),
                )
            if k % 3 == 0:
                c.leaf(at, 90 + c.jitter(14), c.between(26, 44), 6, MORINDA, DARK, CREAM)
        for spread in (-26, -12, 12, 26):
            c.line(
                curve([(path[4][0], 540), (path[4][0] + spread * 0.8, 560), (path[4][0] + spread, 590)], False),
                SOGA,
                2.4,
            )
    for _ in range(9):
        at = (c.between(30, 510), c.between(40, 540))
        c.flower(at, c.between(15, 20), 5, [ROSE, MORINDA, CREAM], DARK, GOLD)
    c.scatter(300, [SOGA, MORINDA, LEAF], ["drops", "hook", "spiral", "star"], 12)
    return c


def semanggi() -> SeededCloth:
    c = SeededCloth(560, 560, (240, 224, 178), 212)
    for row, y in enumerate(np.arange(40, 600, 82.0)):
        for x in np.arange(20 + row % 2 * 45, 600, 92.0):
            fills = [LEAF, SAGE, (58, 84, 60)] if c.rng.random() < 0.72 else [GOLD, MANGROVE, MORINDA]
            clover(c, (x + c.jitter(9), y + c.jitter(9)), c.between(28, 42), c.between(0, 90), fills, DARK, CREAM)
    c.scatter(420, [SOGA, MORINDA, LEAF, INDIGO], ["drops", "hook", "spiral", "sprig", "star"], 13)
    return c


def kupu_kupu() -> SeededCloth:
    """The design that nobody registered."""
    c = SeededCloth(560, 540, (226, 196, 178), 216)
    for row, y in enumerate(np.arange(60, 560, 118.0)):
        for x in np.arange(60 + row % 2 * 60, 600, 128.0):
            fills = [MORINDA, GOLD, INDIGO, SKY, ROSE]
            butterfly(c, (x + c.jitter(9), y + c.jitter(9)), c.between(44, 56), c.between(-40, 40), fills, DARK, CREAM)
    c.scatter(330, [SOGA, MORINDA, INDIGO], ["sprig", "drops", "hook", "star"], 14)
    return c
