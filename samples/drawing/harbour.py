"""Free designs: what is seen in a harbour city."""

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
from samples.drawing.creatures import bird, crocodile, prawn, shark
from samples.drawing.ornaments import pearl, rosette, swirl
from samples.drawing.shapes import Spot, box, leaf, moved, smooth, wave
from samples.drawing.things import boat, facade, kite, umbrella


def perahu(name: str, width: int, height: int) -> Cloth:
    """Boats on rows of water."""
    cloth = Cloth(name, width, height, mixed(INDIGO, NIGHT, 0.3))
    isen.cecek_pitu(cloth, isen.whole(cloth), mixed(INDIGO, SKY, 0.6), 22, 1.2)
    for row in range(5):
        y = 96 + row * 118.0
        for n, x in enumerate(np.arange(-40, width + 120, 168)):
            at = x + (row % 2) * 84 + cloth.rng.normal(0, 5)
            sail = (mixed(COTTON, JOLAWE, 0.2), COTTON, mixed(COTTON, ROSE, 0.35))[(row + n) % 3]
            spot = Spot(
                float(at),
                y - 18 + cloth.rng.normal(0, 3),
                58 + cloth.rng.normal(0, 3),
                cloth.rng.normal(0, 4),
                (row + n) % 2 == 0,
            )
            boat(cloth, spot, (TINGI, SOGAN)[n % 2], NIGHT, sail, (MENGKUDU, INDIGO, SOGAN)[(row + 2 * n) % 3])
        for k in range(3):
            path = wave(-10, width + 10, y + 22 + k * 11, 6.5, 56, 0.2 * k + row * 0.4)
            band = np.vstack([path, moved(path, 0, 7)[::-1]])
            cloth.shape(band, (COTTON, SKY, mixed(SKY, INDIGO, 0.4))[k], NIGHT, 1.6)
        for x in np.arange(10, width, 56):
            swirl(cloth, Spot(float(x + row * 11), y + 24, 17, 0, bool(row % 2)), COTTON, 2.6)
    return cloth


def jembatan(name: str, width: int, height: int) -> Cloth:
    """A bridge hung on cables over the strait, again and again."""
    cloth = Cloth(name, width, height, mixed(COTTON, ROSE, 0.25))
    isen.cecek(cloth, isen.whole(cloth), mixed(COTTON, TINGI, 0.55), 9, 1.0)
    for row in range(-1, 4):
        y, shift = 150 + row * 172.0, (row % 2) * 140
        cloth.shape(
            np.vstack([wave(-10, width + 10, y + 34, 5, 70, row * 0.3), [(width + 10, y + 76), (-10, y + 76)]]),
            INDIGO,
            NIGHT,
            2.4,
        )
        isen.sisik(cloth, box(-5, y + 42, width + 5, y + 76), SKY, 18, 180, dot=True)
        for n, left in enumerate(np.arange(-140, width + 280, 280.0)):
            x = float(left) + shift + cloth.rng.normal(0, 4)
            for side in (-1, 1):
                for k in range(1, 9):
                    path = np.array([[x, y - 104 + k * 5], [x + side * k * 15.5, y - 2 - 0.4 * k]])
                    cloth.line(cloth.wobbled(path, 0.5, closed=False), TINGI, 1.7)
            for side in (-1, 1):
                leg = [(side * 3.0, -112.0), (side * 9.0, -110.0), (side * 20.0, 44.0), (side * 11.0, 44.0)]
                pier = cloth.shape(moved(np.array(leg), x, y), MENGKUDU, DARK, 2.2)
                isen.rim_dots(cloth, pier, COTTON, 4, 6, 1.1)
            for up in (-70, -34):
                cloth.shape(box(x - 13, y + up, x + 13, y + up + 7), JOLAWE, DARK, 1.8, 0.5)
            pearl(cloth, Spot(x, y - 118, 7), JOLAWE, DARK)
            if (n + row) % 2:
                bird(cloth, Spot(x + 140, y - 74, 27, cloth.rng.normal(0, 6), bool(n % 2)), COTTON, DARK, SKY)
            else:
                sun = Spot(x + 140, y - 70, 25, cloth.rng.uniform(0, 30))
                rosette(cloth, sun, 12, JOLAWE, DARK, COTTON, 0.2)
        deck = np.vstack(
            [wave(-10, width + 10, y - 6, 2.5, 280, 0.1), wave(-10, width + 10, y + 9, 2.5, 280, 0.1)[::-1]]
        )
        road = cloth.shape(deck, DARK, DARK, 2)
        isen.rim_dots(cloth, road, COTTON, 7.5, 9, 1.7)
    return cloth


def suro_boyo(name: str, width: int, height: int) -> Cloth:
    """Shark and crocodile circle each other between lilies."""
    cloth = Cloth(name, width, height, mixed(MENGKUDU, TINGI, 0.45))
    isen.ukel(cloth, isen.whole(cloth), mixed(MENGKUDU, COTTON, 0.42), 20, 1.4)
    w, h = width, height
    for x, y, size, angle in (
        (0.08, 0.1, 44, 120),
        (0.9, 0.93, 50, -40),
        (0.92, 0.12, 40, 210),
        (0.07, 0.9, 46, 30),
        (0.5, 0.53, 40, 0),
        (0.03, 0.52, 30, 80),
        (0.98, 0.5, 34, 200),
    ):
        spot = Spot(w * x, h * y, size, angle)
        for k in range(5):
            blade = cloth.shape(spot.at(0, 0, 1.5, k * 72 + 30)(leaf(1, 0.24, 0.1)), MOSS, DARK, 2)
            isen.sawut(cloth, blade, LEAF, 8, 5, 1.2)
        rosette(cloth, spot, 8, COTTON, DARK, JOLAWE, 0.34)
        rosette(cloth, spot.at(0, 0, 0.62, 20), 6, ROSE, DARK, JOLAWE, 0.36)
    for x, y, flip in (
        (0.5, 0.49, False),
        (0.3, 0.52, True),
        (0.7, 0.46, True),
        (0.2, 0.3, False),
        (0.82, 0.66, False),
    ):
        swirl(cloth, Spot(w * x, h * y, 44, cloth.rng.normal(0, 8), flip), COTTON, 5)
        swirl(cloth, Spot(w * x + 5, h * y + 16, 36, 0, flip), JOLAWE, 3)
    shark(cloth, Spot(w * 0.48, h * 0.25, w * 0.31, -12), mixed(SKY, INDIGO, 0.35), NIGHT, COTTON)
    crocodile(cloth, Spot(w * 0.47, h * 0.75, w * 0.28, 8, True), mixed(JOLAWE, MOSS, 0.3), NIGHT, COTTON)
    return cloth


def gedung(name: str, width: int, height: int) -> Cloth:
    """Streets of old houses, row above row, trees between them."""
    cloth = Cloth(name, width, height, mixed(SKY, COTTON, 0.35))
    isen.cecek_pitu(cloth, isen.whole(cloth), mixed(SKY, INDIGO, 0.5), 21, 1.2)
    walls = [COTTON, mixed(COTTON, JOLAWE, 0.5), mixed(COTTON, ROSE, 0.45), mixed(SKY, COTTON, 0.5)]
    for row in range(4):
        y, x, n = 148.0 + row * 158, -30.0 - 37 * row, row
        while x < width + 60:
            size = cloth.rng.uniform(74, 92)
            if (n + row) % 4 == 3:
                trunk = Spot(x + 16, y, 52)
                cloth.line(trunk(np.array([[0, 0], [0.03, -0.9]])), DARK, 5)
                for k in range(7):
                    crown = cloth.shape(
                        trunk.at(0, -0.75, 1.0, -105 + 35 * k)(leaf(1, 0.28)), (MOSS, LEAF)[k % 2], DARK, 2
                    )
                    isen.sawut(cloth, crown, DARK, 6, 5, 1)
                x += 62
            else:
                spot = Spot(x + size / 2, y + cloth.rng.normal(0, 2), size, cloth.rng.normal(0, 1.2))
                facade(
                    cloth,
                    spot,
                    (n * 2 + row) % 3,
                    walls[(n + row) % 4],
                    (MENGKUDU, TINGI, INDIGO)[n % 3],
                    DARK,
                    (INDIGO, NIGHT)[n % 2],
                )
                x += size + 7
            n += 1
        street = cloth.shape(box(-8, y, width + 8, y + 13), TINGI, DARK, 2.4)
        isen.galaran(cloth, street, COTTON, 11, 62, 1.6)
    return cloth


def udang(name: str, width: int, height: int) -> Cloth:
    """Prawns among weeds in brackish water."""
    cloth = Cloth(name, width, height, mixed(COTTON, SKY, 0.35))
    isen.sisik(cloth, isen.whole(cloth), mixed(SKY, COTTON, 0.25), 22, 180)
    for n in range(7):
        x = width * (n + 0.4) / 7 + cloth.rng.normal(0, 12)
        y0 = float(cloth.rng.uniform(0.25, 1.05) * height)
        weed = smooth([(x, y0), (x + 16, y0 - 50), (x - 14, y0 - 100), (x + 12, y0 - 150), (x, y0 - 195)])
        cloth.line(cloth.wobbled(weed, 1, closed=False), FOREST, 4)
        for k in range(3, len(weed) - 2, 4):
            side = 1 if k // 4 % 2 else -1
            cloth.shape(
                Spot(float(weed[k, 0]), float(weed[k, 1]), 31, side * 55)(leaf(1, 0.24)),
                (MOSS, LEAF)[n % 2],
                FOREST,
                1.8,
                0.6,
            )
    places = (
        (0.24, 0.2, 66, 10),
        (0.73, 0.17, 58, 120),
        (0.48, 0.5, 72, -30),
        (0.14, 0.74, 56, 200),
        (0.83, 0.62, 66, 40),
        (0.5, 0.9, 56, 95),
        (1.0, 0.93, 52, 0),
        (0.0, 0.45, 44, 60),
    )
    for n, (x, y, size, angle) in enumerate(places):
        prawn(
            cloth,
            Spot(width * x, height * y, size * 1.25, angle + cloth.rng.normal(0, 5), bool(n % 2)),
            (ROSE, MENGKUDU, mixed(ROSE, JOLAWE, 0.5))[n % 3],
            DARK,
            COTTON,
        )
    for _ in range(26):
        pearl(
            cloth,
            Spot(
                float(cloth.rng.uniform(0, width)), float(cloth.rng.uniform(0, height)), float(cloth.rng.uniform(3, 6))
            ),
            COTTON,
            INDIGO,
        )
    return cloth


def layangan(name: str, width: int, height: int) -> Cloth:
    """Kites of the dry season."""
    cloth = Cloth(name, width, height, mixed(JOLAWE, SOGAN, 0.25))
    isen.ukel(cloth, isen.whole(cloth), mixed(JOLAWE, COTTON, 0.5), 24, 1.5)
    colours = ((MENGKUDU, COTTON), (INDIGO, ROSE), (FOREST, COTTON), (PLUM, JOLAWE))
    places = (
        (0.16, 0.16, 58, 18),
        (0.55, 0.2, 50, -22),
        (0.88, 0.13, 54, 10),
        (0.34, 0.5, 62, -12),
        (0.74, 0.52, 58, 24),
        (0.06, 0.66, 46, -25),
        (0.52, 0.84, 56, 16),
        (0.92, 0.85, 52, -14),
        (0.2, 0.92, 48, 30),
    )
    for n, (x, y, size, angle) in enumerate(places):
        kite(
            cloth, Spot(width * x, height * y, size * 1.3, angle + cloth.rng.normal(0, 4)), colours[n % 4], DARK, TINGI
        )
    return cloth


def payung(name: str, width: int, height: int) -> Cloth:
    """Paper umbrellas in the rain. Nobody registered this one."""
    cloth = Cloth(name, width, height, mixed(SKY, MOSS, 0.4))
    isen.galaran(cloth, isen.whole(cloth), COTTON, 13, 65, 1.4, dots=True)
    colours = ((MENGKUDU, COTTON), (INDIGO, JOLAWE), (TINGI, SKY), (PLUM, ROSE))
    places = (
        (0.18, 0.2, 76),
        (0.62, 0.12, 66),
        (0.95, 0.36, 70),
        (0.45, 0.48, 84),
        (0.1, 0.68, 66),
        (0.8, 0.76, 82),
        (0.42, 0.94, 70),
    )
    for n, (x, y, size) in enumerate(places):
        umbrella(cloth, Spot(width * x, height * y, size * 1.1, cloth.rng.uniform(0, 36)), colours[n % 4], DARK)
    return cloth
