"""Traditional patterns as grounds that cover a cloth, in any dyes. Nobody owns them; the irregularity is the hand's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import Cloth, Colour
from samples.drawing.ornaments import pearl, rosette, sprig, swirl
from samples.drawing.shapes import Points, Spot, box, leaf, oval, spaced, turned
from samples.drawing.traditional import crossings, parang_ground


@dataclass(frozen=True)
class Dyes:
    ground: Colour
    light: Colour
    line: Colour
    accent: Colour


Ground: TypeAlias = Callable[[Cloth, Dyes], None]


def kawung(cloth: Cloth, dyes: Dyes) -> None:
    """Four oval fruits around every second crossing."""
    pitch = 74.0
    for column, row, x, y in crossings(cloth, pitch):
        spot = Spot(x, y, pitch, (45 if (column + row) % 2 else -45) + cloth.rng.normal(0, 2))
        fruit = cloth.shape(spot(oval(0.6, 0.33)), dyes.light, dyes.line, 2.6, 1.2)
        isen.echo(cloth, fruit, dyes.accent, 5, 1.2)
        for side in (-1, 1):
            cloth.spot_dot(spot, side * 0.22, 0, 3.4, dyes.line)
    for column, row, x, y in crossings(cloth, pitch):
        if (column + row) % 2:
            pearl(cloth, Spot(x + pitch / 2, y + pitch / 2, 6), dyes.accent, dyes.line)
        else:
            isen.seven_dots(cloth, x + pitch / 2, y + pitch / 2, 7, 1.5, dyes.light)


def parang(cloth: Cloth, dyes: Dyes) -> None:
    parang_ground(cloth, 92, -45 + cloth.rng.normal(0, 3), dyes.light, dyes.line, dyes.accent)


def ceplok(cloth: Cloth, dyes: Dyes) -> None:
    """Rosettes in a straight net of ribbons, a cross of leaves in every second mesh."""
    pitch = 104.0
    for column, row, x, y in crossings(cloth, pitch):
        frame = Spot(x, y, pitch / 2)(np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]]))
        cloth.line(cloth.wobbled(frame, 1.2), dyes.line, 6, closed=True)
        for px, py in spaced(frame, 10, closed=True):
            cloth.dot(px, py, 1.6, dyes.light)
        spot = Spot(x, y, pitch * 0.36, cloth.rng.normal(0, 4))
        if (column + row) % 2:
            rosette(cloth, spot, 8, dyes.light, dyes.line, dyes.accent, 0.32)
        else:
            for k in range(4):
                cloth.shape(spot.at(0, 0, 1.1, 90 * k)(leaf(1, 0.26)), dyes.accent, dyes.line, 2, 0.8)
            pearl(cloth, spot.at(0, 0, 0.24), dyes.light, dyes.line)


def truntum(cloth: Cloth, dyes: Dyes) -> None:
    """Small stars strewn over the cloth."""
    for column, row, x, y in crossings(cloth, 46, 45):
        spot = Spot(x, y, 18, cloth.rng.uniform(0, 45))
        if (column + row) % 2:
            rosette(cloth, spot, 8, dyes.light, dyes.line, dyes.accent, 0.22)
        else:
            for k in range(6):
                tip = spot.at(0, 0, 0.7, 60 * k)(np.array([[0.0, 0], [0, -1]]))
                cloth.line(tip, dyes.accent, 2.4, taper=True)
                cloth.dot(float(tip[1, 0]), float(tip[1, 1]), 1.7, dyes.light)


def nitik(cloth: Cloth, dyes: Dyes) -> None:
    """Flowers put together of small squares, as on woven cloth."""
    pitch = 84.0
    for column, row, x, y in crossings(cloth, pitch, 45):
        for i in range(-4, 5):
            for j in range(-4, 5):
                ring = max(abs(i), abs(j))
                if (ring == 3 and (i + j) % 2) or ring in (0, 1) or (ring == 4 and abs(i) == abs(j)):
                    at = Spot(x + 8.2 * i, y + 8.2 * j, 3.1, cloth.rng.normal(0, 6))
                    inside = dyes.accent if ring == 1 and (column + row) % 2 else dyes.light
                    cloth.fill(cloth.wobbled(at(box(-1, -1, 1, 1)), 0.5), inside)


def liris(cloth: Cloth, dyes: Dyes) -> None:
    """Narrow slanting stripes, each with its own filling."""
    angle, reach = -52.0, 0.9 * max(cloth.width, cloth.height)
    middle, v, k = np.array([cloth.width, cloth.height]) / 2, -reach, 0
    while v < reach:
        wide = (30, 18, 36, 22)[k % 4] * cloth.rng.uniform(0.9, 1.1)
        strip = cloth.wobbled(turned(box(-reach, v, reach, v + wide), angle) + middle, 1)
        cloth.fill(strip, (dyes.ground, dyes.line, dyes.accent, dyes.light)[k % 4])
        for x, y in _within(cloth, turned(_row(reach, wide, v + wide / 2), angle) + middle):
            spot = Spot(x, y, wide * 0.42, angle + cloth.rng.normal(0, 4))
            if k % 4 == 0:
                swirl(cloth, spot, dyes.light, 2.2)
            elif k % 4 == 1:
                isen.seven_dots(cloth, x, y, wide * 0.28, 1.3, dyes.light)
            elif k % 4 == 2:
                rosette(cloth, spot, 5, dyes.light, dyes.line, dyes.ground, 0.36)
            else:
                cloth.shape(spot.at(0, 0.8, 1.7)(leaf(1, 0.3)), dyes.accent, dyes.line, 1.5, 0.6)
        cloth.line(strip, dyes.light, 2.4, closed=True)
        v, k = v + wide + 3, k + 1


def sido(cloth: Cloth, dyes: Dyes) -> None:
    """A net standing on its point, a twig or a winged form by turns in its meshes."""
    pitch = 112.0
    for column, row, x, y in crossings(cloth, pitch, 45):
        frame = Spot(x, y, pitch * 0.68)(np.array([[0.0, -1], [1, 0], [0, 1], [-1, 0]]))
        cloth.line(cloth.wobbled(frame, 1.2), dyes.line, 9, closed=True)
        cloth.line(cloth.wobbled(frame, 0.8), dyes.light, 2.4, closed=True)
        spot = Spot(x, y, pitch * 0.42, cloth.rng.normal(0, 5))
        if (column + row) % 2:
            for side in (False, True):
                for turn in (35, 70, 105):
                    wing = spot.at(0, 0.2, 0.95 - turn * 0.003, turn, side)
                    cloth.shape(wing(leaf(1, 0.16, 0.1)), dyes.light, dyes.line, 1.8, 0.7)
            pearl(cloth, spot.at(0, 0.1, 0.22), dyes.accent, dyes.line)
        else:
            sprig(cloth, spot.at(0, 0.8, 1.5), 6, dyes.accent, dyes.line, 0.15)


def gringsing(cloth: Cloth, dyes: Dyes) -> None:
    """Scales over all of the cloth, their arcs and dots drawn one by one, a flower here and there."""
    size = 40.0
    half = np.linspace(0, np.pi, 14)
    arc = np.stack([np.cos(half), np.sin(half)], 1)
    for n, y in enumerate(np.arange(-size, cloth.height + size, size / 2)):
        for m, x in enumerate(np.arange(-size, cloth.width + size, size)):
            spot = Spot(
                float(x + (n % 2) * size / 2 + cloth.rng.normal(0, 1)), float(y), size / 2, cloth.rng.normal(0, 4)
            )
            for share, colour in ((1.0, dyes.light), (0.66, dyes.accent)):
                cloth.line(cloth.wobbled(spot(arc * share), 0.7, closed=False), colour, 2.4)
            if (3 * n + 5 * m) % 7 == 0:
                rosette(cloth, spot.at(0, 0.3, 0.5), 5, dyes.light, dyes.line, dyes.accent, 0.4)
            else:
                cloth.spot_dot(spot, 0, 0.32, 2.4, dyes.light)


GROUNDS: Mapping[str, Ground] = {
    ground.__name__: ground for ground in (kawung, parang, ceplok, truntum, nitik, liris, sido, gringsing)
}


def _row(reach: float, step: float, v: float) -> Points:
    along = np.arange(-reach, reach, step)
    return np.stack([along, np.full(len(along), v)], 1)


def _within(cloth: Cloth, points: Points) -> list[tuple[float, float]]:
    inside = (points > -40).all(axis=1) & (points < (cloth.width + 40, cloth.height + 40)).all(axis=1)
    return [(float(x), float(y)) for x, y in points[inside]]
