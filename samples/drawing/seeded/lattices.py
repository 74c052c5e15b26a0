"""Motifs of small parts in rows or fields: ceplok, truntum, tambal, lereng, islands of flowers."""

from math import cos, pi, radians, sin

import numpy as np

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.creatures import bird, fish
from samples.drawing.seeded.dyes import CREAM, DARK, GOLD, INDIGO, INK, LEAF, MANGROVE, MORINDA, ROSE, SAGE, SKY, SOGA
from samples.drawing.seeded.paths import curve, point, turned
from samples.drawing.seeded.things import clover


def ceplok_teratai() -> SeededCloth:
    c = SeededCloth(560, 560, MORINDA, 204)
    for row in range(-1, 5):
        for column in range(-1, 5):
            at = (column * 140 + 70 + c.jitter(3), row * 140 + 70 + c.jitter(3))
            reaches = [c.between(60, 66) if k % 2 else c.between(50, 56) for k in range(16)]
            rim = [(at[0] + r * cos(pi * k / 8), at[1] + r * sin(pi * k / 8)) for k, r in enumerate(reaches)]
            c.shape(
                curve(rim), c.pick([CREAM, (232, 206, 166)]), DARK, c.word(["cecek", "galaran", "kembang"]), GOLD, 2.2
            )
            c.flower(at, c.between(46, 54), int(c.rng.integers(6, 11)), [ROSE, GOLD, SOGA, MANGROVE], DARK, CREAM)
            c.flower(at, c.between(20, 26), int(c.rng.integers(4, 7)), [MORINDA, INDIGO], DARK, CREAM)
            corner = (at[0] + 70 + c.jitter(2), at[1] + 70 + c.jitter(2))
            for k in range(4):
                angle = 90 * k + c.jitter(6)
                c.leaf(
                    corner,
                    angle,
                    c.between(36, 46),
                    c.between(13, 19),
                    c.pick([INDIGO, LEAF, DARK]),
                    CREAM,
                    CREAM,
                    c.word(["", "cecek"]),
                )
            c.dot(corner, 6, GOLD)
    c.scatter(160, [CREAM, GOLD], ["drops", "star", "hook"], 13)
    return c


def truntum_malam() -> SeededCloth:
    c = SeededCloth(520, 600, INK, 205)
    for row, y in enumerate(np.arange(20, 620, 41.0)):
        for x in np.arange(10 + row % 2 * 24, 540, 49.0):
            at = (x + c.jitter(4.5), y + c.jitter(4.5))
            if c.rng.random() < 0.14:
                c.flower(at, c.between(21, 27), int(c.rng.integers(6, 10)), [GOLD, ROSE, CREAM], SOGA, DARK)
                continue
            rays = int(c.rng.integers(5, 10))
            turn = c.between(0, 360)
            for k in range(rays):
                angle = turn + 360 * k / rays + c.jitter(5)
                reach = c.between(13, 19)
                c.leaf(at, angle, reach, c.between(4, 7), c.pick([CREAM, (224, 196, 140), GOLD]), SOGA, SOGA, "cecek")
                end = (at[0] + (reach + 3) * cos(radians(angle)), at[1] + (reach + 3) * sin(radians(angle)))
                c.dot(end, c.between(0.9, 2), CREAM)
            c.dot(at, c.between(3, 5), c.pick([MORINDA, SOGA, SKY]))
    c.scatter(240, [GOLD, CREAM, SKY], ["drops", "hook", "spiral", "sprig"], 14)
    return c


def tambal_kampung() -> SeededCloth:
    c = SeededCloth(560, 560, CREAM, 207)
    grounds = [INDIGO, SOGA, MORINDA, LEAF, GOLD, DARK, CREAM, MANGROVE, SKY]
    knots = [[(x * 112 + c.jitter(9), y * 112 + c.jitter(9)) for x in range(-1, 7)] for y in range(-1, 7)]
    for y in range(7):
        for x in range(7):
            a, b, d, e = knots[y][x], knots[y][x + 1], knots[y + 1][x + 1], knots[y + 1][x]
            for patch in ([a, b, d], [a, d, e]) if (x + y) % 2 else ([a, b, e], [b, d, e]):
                ground = c.pick(grounds)
                ink = DARK if sum(ground) > 400 else CREAM
                c.shape(
                    np.array(patch),
                    ground,
                    DARK,
                    c.word(["cecek", "sawut", "sisik", "galaran", "ukel", "kembang"]),
                    ink,
                    3.0,
                )
                middle = (sum(p[0] for p in patch) / 3, sum(p[1] for p in patch) / 3)
                choice = c.word(["flower", "leaf", "fish", "clover", "none"])
                other = c.pick([CREAM, GOLD, ROSE] if sum(ground) < 300 else [MORINDA, INDIGO, DARK])
                if choice == "flower":
                    c.flower(middle, c.between(20, 27), int(c.rng.integers(4, 9)), [other], ink, ground)
                elif choice == "leaf":
                    for k in range(3):
                        c.leaf(middle, 120 * k + c.jitter(20), c.between(20, 30), 12, other, ink, ground)
                elif choice == "fish":
                    fish(c, middle, 23, c.between(0, 360), c.rng.random() < 0.5, other, ink, ground)
                elif choice == "clover":
                    clover(c, middle, 18, c.between(0, 90), [other], ink, ground)
    return c


def lereng_ikan() -> SeededCloth:
    c = SeededCloth(560, 560, SKY, 214)
    centre = (280.0, 280.0)
    for band, across in enumerate(np.arange(-420, 420, 64.0)):
        strip = np.array([(across, -420), (across + 60, -420), (across + 60, 420), (across, 420)], np.float64)
        ground = [INDIGO, CREAM, MANGROVE, (70, 104, 118)][band % 4]
        ink = CREAM if sum(ground) < 420 else SOGA
        c.shape(turned(strip, 32, centre), ground, DARK, ["cecek", "galaran", "", "sawut"][band % 4], ink, 2.6)
        for along in np.arange(-400 + band % 2 * 30, 400, 72.0):
            at = point(turned(np.array([[across + 30 + c.jitter(3), along + c.jitter(9)]]), 32, centre))
            if not (-40 < at[0] < 600 and -40 < at[1] < 600):
                continue
            if (band + int(along)) % 3:
                fill = c.pick([GOLD, ROSE, MORINDA, SAGE] if band % 4 != 1 else [INDIGO, MORINDA, LEAF])
                fish(c, at, c.between(27, 34), 122 + c.jitter(12), c.rng.random() < 0.3, fill, DARK, CREAM)
            else:
                c.flower(at, c.between(22, 28), int(c.rng.integers(5, 9)), [GOLD, MORINDA, CREAM], DARK, INDIGO)
    return c


def sekar_muara() -> SeededCloth:
    c = SeededCloth(560, 600, DARK, 215)
    grounds = [CREAM, INDIGO, MORINDA, (226, 190, 130), LEAF, MANGROVE]
    places = [(x * 140 + 20 + (y % 2) * 70, y * 120 + 30) for y in range(6) for x in range(5)]
    for k, (x, y) in enumerate(places):
        at = (x + c.jitter(7), y + c.jitter(7))
        rim = [(at[0] + r * cos(a), at[1] + 0.86 * r * sin(a)) for a, r in
               ((2 * pi * j / 11, c.between(54, 74)) for j in range(11))]  # fmt: skip
        ground = c.pick(grounds)
        ink = DARK if sum(ground) > 400 else CREAM
        c.shape(
            curve(rim),
            ground,
            GOLD,
            c.word(["cecek", "galaran", "sisik", "sawut"]),
            MANGROVE if sum(ground) > 400 else SKY,
            3.0,
        )
        other = [MORINDA, INDIGO, LEAF, SOGA] if sum(ground) > 400 else [CREAM, GOLD, ROSE]
        if k % 4 == 0:
            bird(c, at, 33, c.jitter(20), k % 8 == 0, other, ink, ground)
        elif k % 4 == 1:
            c.flower(at, 42, int(c.rng.integers(5, 11)), other, ink, ground)
        elif k % 4 == 2:
            for j in range(6):
                c.leaf(
                    at, 60 * j + c.jitter(10), c.between(32, 44), 15, c.pick(other), ink, ground, c.word(["", "cecek"])
                )
        else:
            fish(c, at, 42, c.between(-30, 30), k % 8 == 3, c.pick(other), ink, ground)
    c.scatter(160, [GOLD, CREAM], ["drops", "star", "hook"], 11)
    return c
