"""Creations that fill the cloth with clouds, islands, slopes, stripes or patches."""

import cv2
import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import (
    COTTON,
    DARK,
    FINE,
    INDIGO,
    JOLAWE,
    MENGKUDU,
    MOSS,
    NIGHT,
    PLUM,
    ROSE,
    SKY,
    SOGAN,
    TINGI,
    Cloth,
    Colour,
    clouds,
    mixed,
)
from samples.drawing.ornaments import rosette, sprig, swirl
from samples.drawing.shapes import Points, Spot, box, leaf, oval, smooth, spaced, spiral, turned


def mega_pesisir(name: str, width: int, height: int) -> Cloth:
    """Clouds after rain in seven tones, rain and fishing birds below them."""
    cloth = Cloth(name, width, height, mixed(INDIGO, NIGHT, 0.35))
    isen.galaran(cloth, isen.whole(cloth), mixed(INDIGO, SKY, 0.3), 9, 74, 1.2, dots=True)
    tones = [COTTON, NIGHT, INDIGO, mixed(INDIGO, SKY, 0.55), SKY, mixed(SKY, COTTON, 0.55), COTTON, NIGHT]
    reaches = np.array([1.6, 6, 10, 14, 18, 22, 25.5, 27.5]) * FINE
    places = [(0.12, 0.1), (0.6, 0.04), (1.0, 0.2), (0.36, 0.28), (0.8, 0.4), (0.02, 0.42), (0.48, 0.57), (0.96, 0.64)]
    for k, (x, y) in enumerate([*places, (0.16, 0.72), (0.66, 0.83), (0.02, 0.98), (0.4, 1.0), (1.0, 0.98)]):
        size = cloth.rng.uniform(74, 92)
        spot = Spot(width * x + cloth.rng.normal(0, 6), height * y, size, cloth.rng.normal(0, 6), bool(k % 2))
        core = np.full(cloth.pixels.shape[:2], 255, np.uint8)
        curls = [
            Spot(-0.42, 0.0, 0.3)(_curl()),
            Spot(0.4, -0.1, 0.36, 0, True)(_curl()),
            Spot(-0.02, -0.52, 0.24, -30)(_curl()),
            smooth([(-1.25, 0.42), (-0.85, 0.3), (-0.35, 0.36), (0.1, 0.28), (0.6, 0.36), (1.1, 0.3), (1.5, 0.52)]),
            smooth([(0.72, 0.02), (1.0, -0.08), (1.2, 0.08)]),
        ]
        for curl in curls:
            path = cloth.wobbled(spot(curl), 0.8, closed=False) * FINE
            cv2.polylines(core, [np.round(path * 16).astype(np.int32).reshape(-1, 1, 2)], False, 0, 3, cv2.LINE_AA, 4)
        away = cv2.distanceTransform((core > 128).astype(np.uint8), cv2.DIST_L2, 5)
        away = away + clouds(cloth.rng, away.shape[0], away.shape[1], 16) * 1.2
        for tone, reach in reversed(list(zip(tones, reaches, strict=True))):
            cloth.pixels[away < reach] = tone
    return cloth


def _curl() -> Points:
    return spiral(1.35, 0.12, 1.0, 80)


def sekar_jagad(name: str, width: int, height: int) -> Cloth:
    """A map of islands, every one with a filling of its own; their outlines are the streets of a kampung."""
    cloth = Cloth(name, width, height, COTTON)
    columns, rows = 5, 4
    seeds = np.array(
        [
            [
                (i + 0.5 + cloth.rng.uniform(-0.32, 0.32)) / columns * width,
                (j + 0.5 + cloth.rng.uniform(-0.32, 0.32)) / rows * height,
            ]
            for j in range(-1, rows + 1)
            for i in range(-1, columns + 1)
        ]
    )
    ys, xs = np.mgrid[0 : height * FINE, 0 : width * FINE].astype(np.float32) / FINE
    dx, dy = (clouds(cloth.rng, height * FINE, width * FINE, 90 * FINE) * 11 for _ in range(2))
    xs, ys = xs + dx, ys + dy
    label = np.argmin([np.hypot(xs - x, ys - y) for x, y in seeds], axis=0)
    grounds = [TINGI, INDIGO, SOGAN, NIGHT, MENGKUDU, MOSS, DARK, PLUM, mixed(COTTON, JOLAWE, 0.4)]
    for k, (x, y) in enumerate(seeds):
        found, _ = cv2.findContours((label == k).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if not found:
            continue
        outline = max(found, key=len)[:, 0, :].astype(np.float64) / FINE
        if len(outline) < 80:
            continue
        island = spaced(outline, 6, closed=True)
        ground = grounds[k % len(grounds)]
        ink = COTTON if sum(ground) < 480 else TINGI
        cloth.fill(island, ground)
        (isen.cecek, isen.sisik, isen.ukel, isen.beras, isen.kotak, isen.galaran, isen.bunga)[k % 7](
            cloth, island, mixed(ground, ink, 0.75)
        )
        with cloth.only_inside(island):
            spot = Spot(float(x), float(y), 36, cloth.rng.uniform(0, 360))
            if k % 3 == 0:
                rosette(cloth, spot, 7, mixed(COTTON, ROSE, 0.3), DARK, JOLAWE, 0.36)
            elif k % 3 == 1:
                sprig(cloth, spot.at(0, 0.6, 1.5), 7, JOLAWE, DARK)
        cloth.line(cloth.wobbled(island, 0.7), DARK, 11, closed=True)
        cloth.line(cloth.wobbled(island, 0.5), COTTON, 6.5, closed=True)
    return cloth


def lereng_padi(name: str, width: int, height: int) -> Cloth:
    """Slopes of ripe rice."""
    cloth = Cloth(name, width, height, mixed(JOLAWE, COTTON, 0.25))
    angle, band, reach = -38.0, 104.0, 0.9 * max(width, height)
    middle = np.array([width, height]) / 2
    for k in range(-6, 7):

        def row(v0: float, v1: float, at: float = k * band) -> Points:
            return turned(box(-reach, at + v0, reach, at + v1), angle) + middle

        cloth.fill(cloth.wobbled(row(-52, -8), 1), SOGAN if k % 2 else MOSS)
        isen.cecek(cloth, row(-52, -8), JOLAWE, 8, 1.0, angle)
        cloth.fill(cloth.wobbled(row(30, 48), 1), DARK)
        for u in np.arange(-reach, reach, 17):
            x, y = turned(np.array([[u, k * band + 39]]), angle)[0] + middle
            cloth.shape(
                Spot(float(x), float(y), 6, angle)(np.array([[0, -1], [1, 0], [0, 1], [-1, 0]])), COTTON, DARK, 1.2, 0.4
            )
        for v in (-52, -8, 30, 48):
            path = turned(np.array([[-reach, k * band + v], [reach, k * band + v]]), angle) + middle
            cloth.line(cloth.wobbled(path, 1, closed=False), COTTON, 3)
        for n, u in enumerate(np.arange(-reach, reach, 66)):
            x, y = turned(np.array([[u + k * 29, k * band - 30 + cloth.rng.normal(0, 2)]]), angle)[0] + middle
            _panicle(
                cloth, Spot(float(x), float(y), 40, angle + 90 + cloth.rng.normal(0, 6), bool(n % 2)), COTTON, DARK
            )
        for u in np.arange(-reach, reach, 44):
            x, y = turned(np.array([[u + k * 17, k * band + 11]]), angle)[0] + middle
            rosette(cloth, Spot(float(x), float(y), 13, cloth.rng.uniform(0, 90)), 5, MENGKUDU, DARK, COTTON, 0.38)
    return cloth


def _panicle(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour) -> None:
    stem = smooth([(-0.3, 0.9), (-0.2, 0.2), (0.1, -0.4), (0.45, -0.7)])
    cloth.line(spot(stem), inside, 2.2)
    for k in range(6, 30, 3):
        x, y = stem[k]
        for side in (-1, 1):
            cloth.shape(spot.at(x, y, 0.34, 25 + side * 48)(leaf(1, 0.26)), inside, edge, 1.4, 0.4)


def liris_hujan(name: str, width: int, height: int) -> Cloth:
    """Fine slanting stripes, each filled differently, like rain over the city."""
    cloth = Cloth(name, width, height, DARK)
    angle, reach, v, k = 58.0, 0.9 * max(width, height), -0.9 * max(width, height), 0
    middle = np.array([width, height]) / 2
    grounds = [SKY, NIGHT, COTTON, TINGI, INDIGO, mixed(COTTON, SKY, 0.4), DARK]
    inks = [NIGHT, COTTON, TINGI, COTTON, JOLAWE, INDIGO, ROSE]
    while v < reach:
        wide = (26, 17, 30, 20, 34, 15, 24)[k % 7] * cloth.rng.uniform(0.92, 1.08)
        strip = cloth.wobbled(turned(box(-reach, v, reach, v + wide), angle) + middle, 0.8)
        cloth.fill(strip, grounds[k % 7])
        ink = inks[k % 7]
        for n, u in enumerate(np.arange(-reach, reach, wide * 0.9)):
            x, y = (float(c) for c in turned(np.array([[u, v + wide / 2]]), angle)[0] + middle)
            if not (-40 < x < width + 40 and -40 < y < height + 40):
                continue
            spot = Spot(x, y, wide * 0.42, angle, bool(n % 2))
            if k % 7 == 0:
                swirl(cloth, spot.at(0, 0.2, 0.9), ink, 2.2)
            elif k % 7 == 1:
                isen.seven_dots(cloth, x, y, wide * 0.27, 1.3, ink)
            elif k % 7 == 2:
                rosette(cloth, spot, 6, ROSE, ink, JOLAWE, 0.4)
            elif k % 7 == 3:
                cloth.line(spot(np.array([[-0.9, 0.8], [0, -0.8], [0.9, 0.8]])), ink, 2.2)
            elif k % 7 == 4:
                cloth.shape(spot.at(0, 1, 2, cloth.rng.normal(0, 8))(leaf(1, 0.28, 0.1)), ink, NIGHT, 1.5, 0.5)
            elif k % 7 == 5:
                cloth.line(spot(np.array([[-0.5, 0.9], [0.5, -0.9]])), ink, 2.4)
            else:
                cloth.shape(spot(np.array([[0, -0.9], [0.9, 0], [0, 0.9], [-0.9, 0]])), ink, DARK, 1.2, 0.4)
        cloth.line(strip, COTTON, 2.6, closed=True)
        v, k = v + wide + 3.5, k + 1
    return cloth


def tambal_kampung(name: str, width: int, height: int) -> Cloth:
    """Patches of every kind, sewn into one cloth."""
    cloth, side = Cloth(name, width, height, COTTON), 122.0
    grounds = [SOGAN, INDIGO, mixed(COTTON, JOLAWE, 0.45), MENGKUDU, DARK, MOSS, mixed(COTTON, ROSE, 0.4), PLUM]
    fillings = (isen.kotak, isen.sisik, isen.cecek_pitu, isen.ukel, isen.galaran, isen.beras, isen.bunga, isen.cecek)
    k = 0
    for j in range(-1, int(height / side) + 2):
        for i in range(-1, int(width / side) + 2):
            x, y = (i + (j % 2) / 2) * side, j * side * 0.98
            c = np.array([[x, y], [x + side, y], [x + side, y + side], [x, y + side]]) + cloth.rng.normal(0, 3, (4, 2))
            halves = [c[[0, 1, 2]], c[[0, 2, 3]]] if (i + j) % 2 else [c[[0, 1, 3]], c[[1, 2, 3]]]
            for half in halves:
                ground = grounds[(k * 3 + j) % 8]
                ink = COTTON if sum(ground) < 480 else TINGI
                patch = cloth.wobbled(half, 0.8)
                cloth.fill(patch, ground)
                fillings[(k * 5 + i) % 8](cloth, patch, mixed(ground, ink, 0.85))
                cloth.line(patch, DARK, 6, closed=True)
                cloth.line(patch, COTTON, 3, closed=True)
                k += 1
            if (i * 2 + j) % 3 == 0:
                spot = Spot(x + side / 2, y + side / 2, 33, cloth.rng.uniform(0, 90))
                cloth.shape(spot(oval(1.12, 1.12)), COTTON, DARK, 2.6)
                rosette(cloth, spot.at(0, 0, 0.95), 8, (MENGKUDU, INDIGO, JOLAWE)[k % 3], DARK, COTTON, 0.32)
    return cloth
