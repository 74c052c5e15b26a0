"""Creations that stand on a traditional net or on diagonal rows."""

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
    ROSE,
    SKY,
    SOGAN,
    TINGI,
    Cloth,
    mixed,
)
from samples.drawing.creatures import fish
from samples.drawing.ornaments import bean, clover, pearl, rosette, sprig, swirl
from samples.drawing.shapes import Spot, Xy, box, leaf, oval, smooth, spaced, star, turned
from samples.drawing.things import boat
from samples.drawing.traditional import crossings


def parang_ombak(name: str, width: int, height: int) -> Cloth:
    """Waves instead of blades, small boats between their rows."""
    cloth = Cloth(name, width, height, INDIGO)
    isen.cecek(cloth, isen.whole(cloth), SKY, 9, 1.0)
    band, angle = 132.0, 32.0
    middle, reach = np.array([width, height]) / 2, 0.9 * max(width, height)
    for k in range(-5, 6):
        for u in np.arange(-reach, reach, 74):
            x, y = turned(np.array([[u + (k % 2) * 37, k * band]]), angle)[0] + middle + cloth.rng.normal(0, 1.2, 2)
            if not (-90 < x < width + 90 and -90 < y < height + 90):
                continue
            crest: list[Xy] = [
                (-0.62, 0.5),
                (-0.42, -0.1),
                (0.0, -0.5),
                (0.42, -0.42),
                (0.56, -0.1),
                (0.36, 0.08),
                (0.16, -0.06),
                (0.26, -0.2),
            ]
            crest += [(0.1, -0.24), (-0.06, -0.02), (0.1, 0.3), (0.6, 0.5)]
            spot = Spot(float(x), float(y), 66, angle)
            drawn = cloth.shape(spot(smooth(crest, closed=True)), COTTON, NIGHT, 2.8)
            isen.echo(cloth, drawn, INDIGO, 5, 1.6)
            isen.sawut(cloth, drawn, INDIGO, 5, 5, 1.1)
            pearl(cloth, spot.at(-0.3, -0.48, 0.085), JOLAWE, NIGHT)
        strip = turned(box(-reach, k * band + 40, reach, k * band + 92), angle) + middle
        cloth.fill(cloth.wobbled(strip, 0.9), MENGKUDU)
        for offset in (40, 92):
            path = turned(np.array([[-reach, k * band + offset], [reach, k * band + offset]]), angle) + middle
            cloth.line(cloth.wobbled(path, 0.9, closed=False), COTTON, 3)
        for u in np.arange(-reach, reach, 82):
            x, y = turned(np.array([[u + k * 23, k * band + 66]]), angle)[0] + middle
            boat(cloth, Spot(float(x), float(y + 4), 22, angle), JOLAWE, NIGHT, COTTON, INDIGO)
    return cloth


def kawung_semanggi(name: str, width: int, height: int) -> Cloth:
    """Kawung of leaves, a clover wherever four of them meet."""
    cloth, pitch = Cloth(name, width, height, FOREST), 98.0
    isen.cecek(cloth, isen.whole(cloth), LEAF, 8, 1.0)
    for column, row, x, y in crossings(cloth, pitch):
        spot = Spot(x, y, pitch, (45 if (column + row) % 2 else -45) + cloth.rng.normal(0, 2))
        blade = cloth.shape(spot.at(0, 0.6, 1.2)(leaf(1, 0.34)), mixed(COTTON, LEAF, 0.25), DARK, 3)
        with cloth.only_inside(blade):
            cloth.line(spot(np.array([[0, 0.6], [0, -0.6]])), MOSS, 2.2)
            for v in np.arange(-0.5, 0.5, 0.12):
                for side in (-1, 1):
                    cloth.line(spot(smooth([(0, v + 0.1), (side * 0.16, v), (side * 0.3, v - 0.12)])), MOSS, 1.5)
    for column, row, x, y in crossings(cloth, pitch):
        x, y = x + pitch / 2, y + pitch / 2
        if (column + row) % 2:
            clover(cloth, Spot(x, y, pitch * 0.34, cloth.rng.normal(45, 4)), LEAF, DARK, FOREST)
        else:
            rosette(cloth, Spot(x, y, pitch * 0.17), 6, JOLAWE, DARK, COTTON)
    return cloth


def kawung_kopi(name: str, width: int, height: int) -> Cloth:
    """Kawung of coffee beans, standing on its point, steam curling between them."""
    cloth, pitch = Cloth(name, width, height, DARK), 70.0
    for column, row, x, y in crossings(cloth, pitch, 45):
        turn = (0 if (column + row) % 2 else 90) + cloth.rng.normal(0, 2.5)
        bean(cloth, Spot(x, y, pitch * 0.56, turn), mixed(JOLAWE, SOGAN, 0.55), DARK, COTTON)
    for column, row, x, y in crossings(cloth, pitch, 45):
        dx, dy = turned(np.array([[pitch / 2, pitch / 2]]), 45)[0]
        if (column + row) % 2:
            swirl(cloth, Spot(x + dx, y + dy + 3, 15, cloth.rng.normal(0, 8)), COTTON, 2.6)
            isen.seven_dots(cloth, x + dx, y + dy + 16, 4, 1.2, JOLAWE)
        else:
            rosette(cloth, Spot(x + dx, y + dy, 15), 5, MENGKUDU, DARK, COTTON, 0.4)
    return cloth


def kawung_bandeng(name: str, width: int, height: int) -> Cloth:
    """Kawung of milkfish: four swim towards every second crossing."""
    cloth, pitch = Cloth(name, width, height, mixed(INDIGO, SKY, 0.25)), 116.0
    for k, y0 in enumerate(np.arange(-10, height + 10, 15)):
        xs = np.arange(-6.0, width + 12, 8)
        path = np.stack([xs, y0 + 3 * np.sin(xs / 11 + k * 1.3)], 1)
        cloth.line(cloth.wobbled(path, 0.6, closed=False), mixed(INDIGO, SKY, 0.65), 1.5)
    for column, row, x, y in crossings(cloth, pitch):
        towards = -45.0 if (column + row) % 2 else 45.0
        towards += 180 if column % 2 else 0
        fish(cloth, Spot(x, y, pitch * 0.6, towards + cloth.rng.normal(0, 2.5)), COTTON, NIGHT, ROSE)
    for column, row, x, y in crossings(cloth, pitch):
        x, y = x + pitch / 2, y + pitch / 2
        if (column + row) % 2:
            for radius, colour in ((0.17, COTTON), (0.12, ROSE), (0.06, COTTON)):
                cloth.shape(Spot(x, y, pitch)(oval(radius, radius)), colour, NIGHT, 2)
            isen.halo(cloth, Spot(x, y, pitch)(oval(0.17, 0.17)), COTTON, 6, 8, 2)
        else:
            for turn in (-38, 0, 38):
                sprig(
                    cloth,
                    Spot(x - 2, y + pitch * 0.27, pitch * 0.54, turn + cloth.rng.normal(0, 5)),
                    6,
                    JOLAWE,
                    NIGHT,
                    0.12,
                )
    return cloth


def ceplok_teratai(name: str, width: int, height: int) -> Cloth:
    """Lotus blossoms in a net of ribbons."""
    cloth, pitch = Cloth(name, width, height, TINGI), 146.0
    places = crossings(cloth, pitch, 45)
    isen.cecek(cloth, isen.whole(cloth), ROSE, 8, 1.1)
    for _, _, x, y in places:
        frame = Spot(x, y, pitch * 0.69)(np.array([[0, -1], [1, 0], [0, 1], [-1, 0]]))
        cloth.line(cloth.wobbled(frame, 1), COTTON, 11, closed=True)
        cloth.line(cloth.wobbled(frame, 1), DARK, 7.5, closed=True)
        for px, py in spaced(frame, 9, closed=True):
            cloth.dot(px, py, 2, JOLAWE)
    for column, row, x, y in places:
        spot = Spot(x, y, pitch * 0.4, cloth.rng.normal(0, 3))
        if (column + row) % 2:
            rosette(cloth, spot, 8, COTTON, DARK, JOLAWE, 0.36)
            rosette(cloth, spot.at(0, 0, 0.66, 22), 8, ROSE, DARK, JOLAWE, 0.34)
        else:
            for k in range(4):
                sprig(cloth, spot.at(0, 0, 1.05, 45 + 90 * k), 5, JOLAWE, DARK, 0.12)
            rosette(cloth, spot.at(0, 0, 0.4), 6, COTTON, DARK, MENGKUDU, 0.4)
        dx = pitch * 0.707
        pearl(cloth, Spot(x + dx, y, 8), COTTON, DARK)
    return cloth


def ceplok_kompas(name: str, width: int, height: int) -> Cloth:
    """A harbour's compasses and anchors in a straight net."""
    cloth, pitch = Cloth(name, width, height, COTTON), 138.0
    isen.beras(cloth, isen.whole(cloth), mixed(COTTON, INDIGO, 0.45), 12, 6)
    for column, row, x, y in crossings(cloth, pitch):
        spot = Spot(x, y, pitch * 0.46, cloth.rng.normal(0, 2))
        if (column + row) % 2:
            disc = cloth.shape(spot(oval(1, 1)), INDIGO, NIGHT, 2.6)
            isen.rim_dots(cloth, disc, COTTON, 6, 7.5, 2)
            cloth.shape(spot(oval(0.74, 0.74)), mixed(COTTON, JOLAWE, 0.3), NIGHT, 2)
            cloth.shape(spot(turned(star(4, 0.3), 45) * 0.7), INDIGO, NIGHT, 1.8)
            needle = cloth.shape(spot(star(4, 0.24) * 0.92), MENGKUDU, NIGHT, 2)
            isen.sawut(cloth, needle, COTTON, 4, 4.5, 1)
            pearl(cloth, spot.at(0, 0, 0.14), COTTON, NIGHT)
        else:
            arms = smooth([(-0.75, 0.1), (-0.55, 0.62), (0, 0.85), (0.55, 0.62), (0.75, 0.1)])
            for colour, wide in ((NIGHT, 15.0), (MENGKUDU, 10.5)):
                cloth.line(spot(arms), colour, wide)
                cloth.line(spot(np.array([[0, -0.6], [0, 0.85]])), colour, wide)
                cloth.line(spot(np.array([[-0.42, -0.36], [0.42, -0.36]])), colour, wide)
                cloth.line(spot(oval(0.16, 0.16, 0, -0.76)), colour, wide * 0.6, closed=True)
            for px, py in spaced(spot(arms), 8):
                cloth.dot(px, py, 1.6, COTTON)
            rope = smooth([(0.0, -0.9), (0.5, -0.7), (-0.35, -0.1), (0.4, 0.2), (-0.2, 0.5)])
            cloth.line(cloth.wobbled(spot(rope), 0.7, closed=False), JOLAWE, 3.4)
        for k in range(4):
            cloth.shape(Spot(x + pitch / 2, y + pitch / 2, pitch * 0.16, 90 * k)(leaf(1, 0.3)), MOSS, NIGHT, 1.6, 0.5)
    return cloth


def truntum_melati(name: str, width: int, height: int) -> Cloth:
    """Jasmine strewn like stars over a dark ground."""
    cloth, pitch = Cloth(name, width, height, NIGHT), 62.0
    for column, row, x, y in crossings(cloth, pitch, 45):
        spot = Spot(x, y, pitch * 0.4, cloth.rng.uniform(0, 45))
        if (column + row) % 2:
            for k in range(12):
                a = np.radians(30 * k + spot.angle)
                far = spot.size * (0.95 if k % 2 else 0.7)
                path = np.array([[x + 5 * np.cos(a), y + 5 * np.sin(a)], [x + far * np.cos(a), y + far * np.sin(a)]])
                cloth.line(path, JOLAWE, 3, taper=True)
                tip = path[1] * 1.2 - path[0] * 0.2
                cloth.dot(float(tip[0]), float(tip[1]), 1.5, COTTON)
            pearl(cloth, spot.at(0, 0, 0.2), COTTON, TINGI)
        elif (column - row) % 4 == 0:
            rosette(cloth, spot.at(0, 0, 1.15), 6, COTTON, TINGI, JOLAWE, 0.34)
        else:
            rosette(cloth, spot.at(0, 0, 0.72), 5, mixed(SKY, COTTON, 0.4), NIGHT, ROSE, 0.4)
            for k in range(3):
                cloth.shape(spot.at(0, 0, 0.95, 120 * k + 20)(leaf(1, 0.2)), MOSS, COTTON, 1.4, 0.4)
    isen.cecek(cloth, isen.whole(cloth), mixed(NIGHT, SKY, 0.6), 15, 0.9)
    return cloth
