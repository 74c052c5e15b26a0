"""Isen-isen: the small filling that makes a drawing batik. Each fills an outline (or the whole cloth) by hand."""

import numpy as np

from samples.drawing.cloth import Cloth, Colour, along
from samples.drawing.shapes import Points, Spot, box, inset, moved, oval, spiral, turned


def whole(cloth: Cloth) -> Points:
    return box(-4, -4, cloth.width + 4, cloth.height + 4)


def _lattice(outline: Points, gap: float, angle: float = 0.0, squeeze: float = 0.87) -> Points:
    """Staggered points over the outline's bounding box."""
    centre = (outline.min(0) + outline.max(0)) / 2
    reach = float(np.hypot(*(outline.max(0) - outline.min(0)))) / 2 + gap
    rows = np.arange(-reach, reach, gap * squeeze)
    points = [(x + (gap / 2 if k % 2 else 0), y) for k, y in enumerate(rows) for x in np.arange(-reach, reach, gap)]
    return moved(turned(np.array(points), angle), *centre)


def cecek(cloth: Cloth, outline: Points, colour: Colour, gap: float = 8, radius: float = 1.3, angle: float = 0) -> None:
    """Dots."""
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap, angle):
            cloth.dot(x + cloth.rng.normal(0, gap * 0.09), y + cloth.rng.normal(0, gap * 0.09), radius, colour)


def cecek_pitu(cloth: Cloth, outline: Points, colour: Colour, gap: float = 24, radius: float = 1.5) -> None:
    """Flowers of seven dots."""
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap):
            seven_dots(cloth, x + cloth.rng.normal(0, 1.2), y + cloth.rng.normal(0, 1.2), gap * 0.2, radius, colour)


def seven_dots(cloth: Cloth, x: float, y: float, reach: float, radius: float, colour: Colour) -> None:
    turn = cloth.rng.uniform(0, 1)
    cloth.dot(x, y, radius, colour)
    for k in range(6):
        a = (k + turn) * np.pi / 3
        cloth.dot(x + reach * np.cos(a), y + reach * np.sin(a), radius, colour)


def galaran(
    cloth: Cloth,
    outline: Points,
    colour: Colour,
    gap: float = 6,
    angle: float = 0,
    width: float = 1.3,
    dots: bool = False,
) -> None:
    """Parallel strokes, a row of dots in every second gap where wanted."""
    centre = (outline.min(0) + outline.max(0)) / 2
    reach = float(np.hypot(*(outline.max(0) - outline.min(0)))) / 2 + gap
    with cloth.only_inside(outline):
        for k, y in enumerate(np.arange(-reach, reach, gap)):
            path = turned(np.array([[-reach, y], [-reach / 3, y], [reach / 3, y], [reach, y]]), angle) + centre
            if dots and k % 2:
                xs = np.arange(-reach, reach, gap * 0.9)
                for x, yy in turned(np.stack([xs, np.full(len(xs), y)], 1), angle) + centre:
                    cloth.dot(x, yy, width * 0.9, colour)
            else:
                cloth.line(cloth.wobbled(path, 0.8, closed=False), colour, width)


def sisik(cloth: Cloth, outline: Points, colour: Colour, size: float = 14, angle: float = 0, dot: bool = True) -> None:
    """Scales (gringsing), with a dot in each."""
    half = np.linspace(0, np.pi, 12)
    arc = np.stack([np.cos(half), np.sin(half)], 1) * size / 2
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, size, angle, squeeze=0.5):
            cloth.line(cloth.wobbled(moved(turned(arc, angle), x, y), 0.4, closed=False), colour, 1.3)
            if dot:
                cloth.spot_dot(Spot(x, y, size, angle), 0, 0.18, 1.2, colour)


def ukel(cloth: Cloth, outline: Points, colour: Colour, gap: float = 20, width: float = 1.5) -> None:
    """Small curls."""
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap):
            curl = spiral(1.5, gap * 0.06, gap * 0.42, cloth.rng.uniform(0, 360))
            if cloth.rng.random() < 0.5:
                curl = curl * (-1, 1)
            cloth.line(cloth.wobbled(moved(curl, x, y), 0.4, closed=False), colour, width, taper=True)


def beras(cloth: Cloth, outline: Points, colour: Colour, gap: float = 11, length: float = 5) -> None:
    """Scattered grains of rice."""
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap):
            a = cloth.rng.uniform(0, np.pi)
            step = np.array([np.cos(a), np.sin(a)]) * length / 2
            centre = np.array([x, y]) + cloth.rng.normal(0, gap * 0.12, 2)
            cloth.line(np.stack([centre - step, centre + step]), colour, 2.4, taper=True)


def kotak(cloth: Cloth, outline: Points, colour: Colour, gap: float = 15, angle: float = 45) -> None:
    """A net with a dot in each mesh."""
    galaran(cloth, outline, colour, gap, angle, 1.2)
    galaran(cloth, outline, colour, gap, angle + 90, 1.2)
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap * 1.414, 0, squeeze=0.5):
            cloth.dot(x, y, 1.3, colour)


def bunga(cloth: Cloth, outline: Points, colour: Colour, gap: float = 26) -> None:
    """Little flowers of four petals."""
    with cloth.only_inside(outline):
        for x, y in _lattice(outline, gap):
            turn = cloth.rng.uniform(-15, 15)
            for k in range(4):
                cloth.fill(
                    cloth.wobbled(moved(turned(oval(gap * 0.17, gap * 0.1, gap * 0.2), 45 + 90 * k + turn), x, y), 0.4),
                    colour,
                )
            cloth.dot(x, y, 1.1, colour)


def rim_dots(cloth: Cloth, outline: Points, colour: Colour, by: float = 5, gap: float = 6, radius: float = 1.2) -> None:
    """A row of dots that follows the outline from inside."""
    with cloth.only_inside(outline):
        for x, y in along(outline, by, gap)[0]:
            cloth.dot(x, y, radius, colour)


def sawut(
    cloth: Cloth, outline: Points, colour: Colour, length: float = 6, gap: float = 4.5, width: float = 1.2
) -> None:
    """Short strokes from the outline inwards."""
    with cloth.only_inside(outline):
        starts, inwards = along(outline, 0.5, gap)
        for start, way in zip(starts, inwards, strict=True):
            reach = length * cloth.rng.uniform(0.7, 1.15)
            cloth.line(np.stack([start, start + way * reach]), colour, width)


def echo(cloth: Cloth, outline: Points, colour: Colour, by: float = 4, width: float = 1.3) -> None:
    """The outline once more, inside."""
    with cloth.only_inside(outline):
        cloth.line(cloth.wobbled(inset(outline, by), 0.5), colour, width, closed=True)


def halo(cloth: Cloth, outline: Points, colour: Colour, by: float = 5, gap: float = 6, radius: float = 1.2) -> None:
    """A row of dots around the outside."""
    for x, y in along(outline, -by, gap)[0]:
        cloth.dot(x, y, radius, colour)
