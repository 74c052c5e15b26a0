"""Motifs of sea and sky: clouds, boats, the bridge, shark and crocodile, birds."""

from math import pi

import numpy as np

from samples.drawing.seeded.cloth import FINE, SeededCloth
from samples.drawing.seeded.creatures import bird, crocodile, fish, shark
from samples.drawing.seeded.dyes import CREAM, DARK, GOLD, INDIGO, INK, LEAF, MANGROVE, MORINDA, ROSE, SAGE, SKY, SOGA
from samples.drawing.seeded.paths import curve
from samples.drawing.seeded.things import boat, cloud, waves


def mega_mendung() -> SeededCloth:
    c = SeededCloth(600, 520, (58, 34, 60), 206)
    blues = [(206, 220, 226), (150, 180, 206), SKY, (60, 96, 146), INDIGO]
    reds = [(240, 214, 190), (222, 166, 130), ROSE, (170, 70, 58), MORINDA]
    for k, y in enumerate(np.arange(30, 560, 82.0)):
        for x in np.arange(-30 + k % 2 * 105, 660, 205.0):
            size = c.between(62, 84)
            cloud(
                c,
                (x + c.jitter(14), y + c.jitter(9)),
                size,
                reds if c.rng.random() < 0.25 else blues,
                CREAM,
                c.rng.random() < 0.5,
            )
    c.scatter(170, [GOLD, CREAM, ROSE], ["spiral", "drops", "hook", "sprig"], 16)
    for at, flip in (((190.0, 120.0), False), ((420.0, 300.0), True), ((120.0, 420.0), False)):
        bird(c, at, 34, c.jitter(12), flip, [GOLD, CREAM, ROSE], INK, MORINDA)
    return c


def perahu_pesisir() -> SeededCloth:
    c = SeededCloth(600, 540, (226, 204, 160), 208)
    c.flower((470, 85), 66, 14, [GOLD, MORINDA, ROSE], DARK, CREAM)
    for x, y, size in ((90, 110, 44), (280, 80, 36)):
        cloud(c, (x, y), size, [CREAM, SKY, INDIGO], DARK, x < 200)
    c.scatter(150, [SOGA, MANGROVE, MORINDA], ["drops", "hook", "sprig", "spiral"], 19)
    waves(c, 215, [SKY, INDIGO, (66, 112, 128)], CREAM)
    for x, y, size in (
        (120, 255, 62),
        (330, 235, 56),
        (510, 270, 66),
        (215, 380, 72),
        (430, 410, 76),
        (70, 470, 60),
        (580, 480, 54),
    ):
        boat(c, (x + c.jitter(5), y + c.jitter(5)), size, [MORINDA, GOLD, CREAM, SOGA, ROSE], DARK, INDIGO)
    for x, y in ((300, 300), (40, 350), (330, 490), (180, 500), (560, 360)):
        fish(c, (x, y), 24, c.jitter(20), c.rng.random() < 0.5, GOLD, DARK, MORINDA)
    return c


def jembatan_senja() -> SeededCloth:
    c = SeededCloth(640, 500, (188, 96, 62), 209)
    for y, shade in ((0, GOLD), (70, (208, 128, 66)), (140, (190, 98, 60))):
        xs = np.linspace(-10, 650, 24)
        edge = y + 60 + 14 * np.sin(xs / 60 + c.between(0, 6)) + c.rng.normal(0, 3, 24)
        band = np.vstack([np.column_stack([xs, np.full(24, float(y) - 20)]), np.column_stack([xs, edge])[::-1]])
        c.shape(curve(band, between=3), shade, MORINDA, c.word(["galaran", "cecek"]), CREAM, 1.6)
    c.flower((330, 120), 62, 16, [CREAM, GOLD, ROSE], MORINDA, MORINDA)
    for x, y, flip in ((90, 60, False), (190, 110, True), (540, 70, True), (600, 150, False), (450, 50, False)):
        bird(c, (x, y), 24, c.jitter(14), flip, [INDIGO, MORINDA, CREAM], DARK, CREAM)
    deck = np.linspace(-10, 650, 30)
    height = 300 - 34 * np.sin((deck + 10) / 660 * pi)
    for tower in (205.0, 440.0):
        foot = float(np.interp(tower, deck, height))
        for reach in np.arange(-210, 211, 17.5):
            end = (tower + reach, float(np.interp(tower + reach, deck, height)))
            c.line([(tower, foot - 150 + abs(reach) * 0.13), end], DARK if reach < 0 else INDIGO, 1.7)
            c.dot(end, c.between(2, 4), c.pick([CREAM, GOLD]))
        legs = (
            np.array([(-13, 90), (-6, -160), (6, -160), (13, 90)], np.float64)
            + np.array([tower, foot])
            + c.rng.normal(0, 1, (4, 2))
        )
        c.shape(legs, INDIGO, CREAM, "sawut", GOLD, 2.0)
    road = np.vstack([np.column_stack([deck, height]), np.column_stack([deck, height + 20])[::-1]])
    c.shape(road, DARK, CREAM, "kembang", GOLD, 2.4)
    waves(c, 355, [INDIGO, SKY, (60, 104, 120)], CREAM, 31)
    for x, y in ((110, 400), (330, 425), (550, 395)):
        boat(c, (x, y), 40, [MORINDA, GOLD, CREAM], DARK, INDIGO)
    return c


def hiu_buaya() -> SeededCloth:
    c = SeededCloth(560, 600, (26, 64, 70), 210)
    places = [(140, 110), (410, 90), (280, 235), (90, 330), (470, 300), (230, 425), (450, 470), (90, 540), (320, 570)]
    for k, (x, y) in enumerate(places):
        draw = shark if k % 2 == 0 else crocodile
        fills = [SKY, CREAM, ROSE] if k % 2 == 0 else [SAGE, GOLD, MANGROVE]
        draw(
            c,
            (x, y),
            c.between(98, 116),
            c.between(-34, 34),
            c.rng.random() < 0.5,
            c.pick(fills),
            INK,
            INDIGO if k % 2 == 0 else LEAF,
        )
    for k in range(26):
        at = (c.between(0, 560), c.between(0, 600))
        x, y = int(at[0] * FINE), int(at[1] * FINE)
        patch = c.pixels[max(0, y - 40) : y + 40, max(0, x - 40) : x + 40].reshape(-1, 3)
        if int(np.ptp(patch, axis=0).max()) < 20:
            c.flower(at, 19, 5 + k % 4, [GOLD, ROSE, CREAM], INK, MORINDA)
    c.scatter(330, [CREAM, SKY, GOLD, SAGE], ["spiral", "drops", "hook", "sprig", "star"], 16)
    return c


def burung_pantai() -> SeededCloth:
    c = SeededCloth(600, 560, (92, 44, 62), 213)
    for k, (x, y) in enumerate(
        [(120, 120), (330, 90), (520, 160), (90, 300), (290, 270), (490, 340), (150, 460), (350, 440), (550, 500)]
    ):
        bird(
            c,
            (x + c.jitter(8), y + c.jitter(8)),
            c.between(72, 88),
            c.jitter(16),
            k % 2 == 1,
            [SKY, CREAM, GOLD, ROSE, SAGE],
            INK,
            INDIGO,
        )
    for branch in range(8):
        start = (c.between(0, 600), c.between(0, 560))
        path = curve([(start[0] + 34 * k, start[1] + c.jitter(14)) for k in range(4)], False)
        c.line(path, GOLD, 2.2)
        for k in range(1, len(path), 3):
            c.leaf(
                (path[k][0], path[k][1]),
                (60 if k % 2 else -60) + branch * 9,
                c.between(14, 22),
                9,
                c.pick([SAGE, LEAF, GOLD]),
                INK,
                CREAM,
            )
    c.scatter(320, [CREAM, GOLD, ROSE], ["star", "drops", "spiral", "sprig", "hook"], 15)
    return c
