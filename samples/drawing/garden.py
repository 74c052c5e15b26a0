"""Free designs: what grows and flies there."""

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import (
    COTTON,
    DARK,
    FOREST,
    INDIGO,
    JOLAWE,
    LEAF,
    MENGKUDU,
    MOSS,
    NIGHT,
    PLUM,
    ROSE,
    SKY,
    SOGAN,
    TINGI,
    Cloth,
    mixed,
)
from samples.drawing.creatures import bird, butterfly
from samples.drawing.ornaments import clover, feather, rosette, sprig
from samples.drawing.shapes import Spot, Xy, leaf, moved, oval, smooth, spiral


def mangrove(name: str, width: int, height: int) -> Cloth:
    """Branches of mangrove with hanging seedlings, over arching roots."""
    cloth = Cloth(name, width, height, mixed(COTTON, JOLAWE, 0.3))
    isen.beras(cloth, isen.whole(cloth), mixed(COTTON, SOGAN, 0.5), 13, 6)
    for n, left in enumerate(np.arange(20, width + 60, 124)):
        root = Spot(float(left + cloth.rng.normal(0, 8)), height - 2.0, 92, 0, bool(n % 2))
        for reach in (0.3, 0.62, 0.95):
            for side in (-1, 1):
                arc = smooth([(0, -1.25), (side * reach * 0.5, -0.85), (side * reach * 0.9, -0.4), (side * reach, 0.1)])
                cloth.line(cloth.wobbled(root(arc), 0.8, closed=False), DARK, 8)
                cloth.line(cloth.wobbled(root(arc), 0.4, closed=False), SOGAN, 4.6)
    for n, (x, y, angle, size) in enumerate(
        (
            (-0.02, 0.3, 68, 210),
            (1.02, 0.16, -75, 205),
            (0.32, 0.78, 12, 190),
            (0.8, 0.86, -20, 230),
            (0.3, 0.02, 140, 150),
            (-0.03, 0.82, 40, 190),
            (0.55, 0.34, 60, 170),
            (1.02, 0.6, -60, 190),
            (0.62, 0.02, 170, 130),
        )
    ):
        spot = Spot(width * x, height * y, size, angle + cloth.rng.normal(0, 4), bool(n % 2))
        stem = smooth([(0, 0), (0.1, -0.4), (0.0, -0.75), (-0.12, -1.05)])
        cloth.line(cloth.wobbled(spot(stem), 0.8, closed=False), DARK, 5)
        for k in range(4, len(stem), 4):
            px, py = stem[k]
            side = 1 if (k // 4) % 2 else -1
            blade = cloth.shape(
                spot.at(px, py, 0.4, side * (58 - k * 0.6))(leaf(1, 0.26, 0.05)),
                (FOREST, MOSS, LEAF)[k // 4 % 3],
                DARK,
                2.4,
            )
            with cloth.only_inside(blade):
                cloth.line(spot.at(px, py, 0.4, side * (58 - k * 0.6))(np.array([[0, 0], [0.03, -0.9]])), COTTON, 2)
            isen.sawut(cloth, blade, COTTON, 8, 5, 1.2)
        for k in (9, 19, 27):
            px, py = spot(stem)[k]
            pod = Spot(float(px), float(py), 62, 180 + cloth.rng.normal(0, 8))
            drawn = cloth.shape(pod(leaf(1, 0.085)), MENGKUDU, DARK, 2)
            isen.rim_dots(cloth, drawn, COTTON, 4.5, 6, 1)
            cloth.shape(pod(oval(0.11, 0.1, 0, -0.06)), JOLAWE, DARK, 1.8, 0.4)
    return cloth


def semanggi(name: str, width: int, height: int) -> Cloth:
    """Clover runs over the cloth on long stalks."""
    cloth = Cloth(name, width, height, mixed(TINGI, DARK, 0.35))
    isen.cecek(cloth, isen.whole(cloth), mixed(TINGI, JOLAWE, 0.6), 9, 1.0, 20)
    vines: list[list[Xy]] = [
        [(-0.05, 0.2), (0.2, 0.08), (0.42, 0.26), (0.68, 0.12), (0.85, 0.28), (1.05, 0.16)],
        [(-0.05, 0.62), (0.16, 0.45), (0.4, 0.6), (0.6, 0.44), (0.84, 0.62), (1.05, 0.5)],
        [(-0.05, 0.9), (0.22, 0.8), (0.46, 0.94), (0.7, 0.78), (0.9, 0.94), (1.05, 0.84)],
    ]
    for n, vine in enumerate(vines):
        path = smooth([(x * width, y * height) for x, y in vine])
        cloth.line(cloth.wobbled(path, 1, closed=False), LEAF, 4)
        for k in range(2, len(path), 4):
            x, y = (float(c) for c in path[k])
            side = 1 if (k // 4 + n) % 2 else -1
            far = Spot(x, y, 1, cloth.rng.normal(0, 14)).at(0, side * cloth.rng.uniform(36, 60))
            cloth.line(smooth([(x, y), (x + 8 * side, (y + far.y) / 2), (far.x, far.y)]), LEAF, 2.6)
            kind = (k // 4) % 4
            if kind == 3:
                rosette(cloth, Spot(far.x, far.y, 20, cloth.rng.uniform(0, 90)), 5, ROSE, DARK, JOLAWE, 0.4)
            else:
                clover(
                    cloth,
                    Spot(far.x, far.y, (37, 30, 42)[kind], cloth.rng.uniform(0, 90)),
                    (LEAF, JOLAWE, mixed(LEAF, COTTON, 0.5))[kind],
                    DARK,
                    FOREST,
                )
            tendril = moved(spiral(1.3, 1, 12, cloth.rng.uniform(0, 360)), x - 14, y - side * 14)
            cloth.line(tendril, COTTON, 1.8, taper=True)
    return cloth


def kuntul(name: str, width: int, height: int) -> Cloth:
    """Egrets cross the reeds at evening."""
    cloth = Cloth(name, width, height, mixed(PLUM, NIGHT, 0.3))
    isen.galaran(cloth, isen.whole(cloth), mixed(PLUM, ROSE, 0.4), 11, 8, 1.1, dots=True)
    for n in range(15):
        x = width * (n + 0.5) / 15 + cloth.rng.normal(0, 8)
        reed = Spot(float(x), height + 8.0, cloth.rng.uniform(130, 240), cloth.rng.normal(0, 9), bool(n % 2))
        blade = cloth.shape(reed(leaf(1, 0.055, 0.12)), (MOSS, LEAF, JOLAWE)[n % 3], NIGHT, 1.8)
        isen.sawut(cloth, blade, NIGHT, 4, 6, 1)
        if n % 2:
            head = cloth.shape(reed.at(0.16, -0.9, 0.16, 8)(oval(0.22, 0.75)), SOGAN, COTTON, 2)
            isen.cecek(cloth, head, COTTON, 6, 1.1)
    places = (
        (0.24, 0.2, 78, -8),
        (0.72, 0.13, 62, 6),
        (0.56, 0.42, 92, -14),
        (0.13, 0.5, 56, 4),
        (0.9, 0.38, 58, -4),
        (0.33, 0.7, 70, 6),
        (0.82, 0.66, 76, -10),
    )
    for n, (x, y, size, angle) in enumerate(places):
        bird(
            cloth,
            Spot(width * x, height * y + 14, size * 1.12, angle + cloth.rng.normal(0, 3), n in (3, 5)),
            COTTON,
            NIGHT,
            (ROSE, JOLAWE)[n % 2],
        )
    for _ in range(16):
        x, y = cloth.rng.uniform(0, width), cloth.rng.uniform(0, height * 0.6)
        isen.seven_dots(cloth, float(x), float(y), 5, 1.3, JOLAWE)
    return cloth


def merak(name: str, width: int, height: int) -> Cloth:
    """Fans of peacock feathers lie over each other like scales."""
    cloth = Cloth(name, width, height, NIGHT)
    for row in range(-1, 6):
        y = row * 112.0 + 60
        for n, x in enumerate(np.arange(-104, width + 208, 208.0)):
            spot = Spot(x + (row % 2) * 104 + cloth.rng.normal(0, 3), y + 90, 150, cloth.rng.normal(0, 2))
            fan = cloth.shape(
                spot(np.vstack([oval(0.84, 1.06)[28:], [(0.84, 0.0)]])),
                (mixed(INDIGO, FOREST, 0.5), INDIGO, FOREST)[(row + n) % 3],
                COTTON,
                2.4,
            )
            isen.cecek(cloth, fan, mixed(SKY, LEAF, 0.5), 8, 0.9)
            for k, turn in enumerate((-68, -46, -23, 0, 23, 46, 68)):
                tones = ((LEAF, INDIGO, JOLAWE), (JOLAWE, MENGKUDU, COTTON))[k % 2]
                feather(cloth, spot.at(0, 0, 1 - abs(turn) * 0.0022, turn + cloth.rng.normal(0, 2)), tones, NIGHT)
            rosette(cloth, spot.at(0, -0.06, 0.2), 7, JOLAWE, NIGHT, MENGKUDU, 0.36)
    return cloth


def tabebuya(name: str, width: int, height: int) -> Cloth:
    """Butterflies around a flowering street tree."""
    cloth = Cloth(name, width, height, mixed(COTTON, JOLAWE, 0.12))
    isen.cecek(cloth, isen.whole(cloth), mixed(COTTON, PLUM, 0.35), 10, 0.9)
    boughs: list[list[Xy]] = [
        [(0.5, 1.05), (0.45, 0.8), (0.52, 0.55), (0.4, 0.3), (0.46, -0.05)],
        [(0.46, 0.76), (0.28, 0.62), (0.12, 0.6), (-0.05, 0.5)],
        [(0.51, 0.6), (0.7, 0.48), (0.82, 0.3), (1.05, 0.24)],
        [(0.41, 0.36), (0.22, 0.28), (0.14, 0.12), (0.0, 0.05)],
        [(0.48, 0.86), (0.7, 0.84), (0.84, 0.72), (1.05, 0.7)],
    ]
    tips = []
    for n, bough in enumerate(boughs):
        path = smooth([(x * width, y * height) for x, y in bough])
        cloth.line(cloth.wobbled(path, 1, closed=False), DARK, 13 if n == 0 else 8)
        cloth.line(cloth.wobbled(path, 0.6, closed=False), SOGAN, 8 if n == 0 else 4.5)
        tips += [(float(x), float(y), n, k) for k, (x, y) in enumerate(path[5::7])]
    for x, y, n, k in tips:
        side = 1 if (k + n) % 2 else -1
        sprig(cloth, Spot(x, y, 60, side * cloth.rng.uniform(40, 100)), 5, (MOSS, LEAF)[k % 2], DARK)
        rosette(
            cloth,
            Spot(x + side * -15, y - 9, cloth.rng.uniform(24, 32), cloth.rng.uniform(0, 70)),
            5,
            (ROSE, mixed(ROSE, PLUM, 0.45))[(k + n) % 2],
            PLUM,
            JOLAWE,
            0.44,
        )
    for x, y, size, angle in (
        (0.2, 0.42, 44, -20),
        (0.72, 0.14, 48, 25),
        (0.84, 0.52, 40, -35),
        (0.2, 0.84, 46, 15),
        (0.66, 0.96, 30, 50),
    ):
        butterfly(cloth, Spot(width * x, height * y, size, angle), INDIGO, MENGKUDU, NIGHT, JOLAWE)
    return cloth
