"""Boats, houses, kites, umbrellas. Each draws itself at a `Spot`."""

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import COTTON, Cloth, Colour
from samples.drawing.ornaments import rosette
from samples.drawing.shapes import Spot, Xy, leaf, oval, smooth, star


def boat(cloth: Cloth, spot: Spot, hull: Colour, edge: Colour, sail: Colour, stripe: Colour) -> None:
    """An outrigger of the Madura strait under sail, about two units wide."""
    cloth.line(spot(np.array([[0.05, 0.3], [0.02, -1.0]])), edge, 2.6)
    canvas = cloth.shape(
        spot(smooth([(-0.72, 0.16), (-0.1, -0.35), (0.5, -1.15), (0.46, -0.5), (0.62, 0.12), (0.0, 0.2)], closed=True)),
        sail,
        edge,
        2.2,
    )
    isen.galaran(cloth, canvas, stripe, spot.size * 0.15, spot.angle - 58, 2.0, dots=True)
    isen.sawut(cloth, canvas, edge, 5, 4.5, 1)
    body = cloth.shape(
        spot(
            smooth(
                [(-1.15, 0.12), (-0.7, 0.34), (0, 0.4), (0.7, 0.34), (1.2, 0.02), (0.85, 0.62), (0, 0.74), (-0.8, 0.6)],
                closed=True,
            )
        ),
        hull,
        edge,
        2.4,
    )
    isen.rim_dots(cloth, body, sail, 4, 6, 1.2)
    with cloth.only_inside(body):
        cloth.line(spot(smooth([(-1, 0.42), (0, 0.56), (1, 0.4)])), stripe, 3)
    cloth.shape(spot(star(5, 0.45) * 0.14 + (-1.02, -0.02)), stripe, edge, 1.2, 0.3)


def facade(cloth: Cloth, spot: Spot, kind: int, wall: Colour, roof: Colour, edge: Colour, glass: Colour) -> None:
    """An old town house, one unit wide, standing on the spot."""
    w, h = 0.5, (1.15, 0.9, 1.4)[kind]
    tops: list[list[Xy]] = [
        [
            (-w, -h),
            (-w, -h - 0.1),
            (-0.32, -h - 0.16),
            (-0.3, -h - 0.42),
            (-0.12, -h - 0.5),
            (0, -h - 0.68),
            (0.12, -h - 0.5),
            (0.3, -h - 0.42),
            (0.32, -h - 0.16),
            (w, -h - 0.1),
            (w, -h),
        ],
        [(-w - 0.1, -h), (-0.28, -h - 0.42), (0.28, -h - 0.42), (w + 0.1, -h)],
        [(-w, -h), (-0.3, -h - 0.1), (-0.3, -h - 0.38), (0, -h - 0.78), (0.3, -h - 0.38), (0.3, -h - 0.1), (w, -h)],
    ]
    top = cloth.shape(spot(np.array(tops[kind])), roof, edge, 2.2)
    if kind == 1:
        isen.sisik(cloth, top, edge, 11, 0, dot=False)
    else:
        isen.sawut(cloth, top, edge, 5, 5, 1.1)
        cloth.shape(spot(oval(0.1, 0.1, 0, -h - 0.28)), glass, edge, 1.8, 0.4)
    body = cloth.shape(spot(np.array([[-w, 0], [-w, -h], [w, -h], [w, 0]])), wall, edge, 2.4)
    isen.cecek(cloth, body, edge, 8, 0.9)
    for row in range(int(h / 0.42)):
        y = -h + 0.1 + row * 0.42
        for x in (-0.34, 0.0, 0.34):
            if row == int(h / 0.42) - 1 and x == 0.0:
                door = cloth.shape(
                    spot(smooth([(-0.12, 0), (-0.12, -0.3), (0, -0.42), (0.12, -0.3), (0.12, 0)])), roof, edge, 2, 0.4
                )
                isen.galaran(cloth, door, edge, 5, 90, 1.1)
            else:
                pane = smooth(
                    [(x - 0.1, y + 0.26), (x - 0.1, y + 0.06), (x, y), (x + 0.1, y + 0.06), (x + 0.1, y + 0.26)]
                )
                cloth.shape(spot(pane), glass, edge, 1.8, 0.4)
                cloth.line(spot(np.array([[x, y + 0.03], [x, y + 0.26]])), edge, 1.2)
                cloth.line(spot(np.array([[x - 0.1, y + 0.15], [x + 0.1, y + 0.15]])), edge, 1.2)


def kite(cloth: Cloth, spot: Spot, colours: tuple[Colour, Colour], edge: Colour, tail: Colour) -> None:
    string = smooth([(0, 0.8), (0.22, 1.1), (-0.2, 1.5), (0.16, 1.9), (-0.1, 2.3)])
    cloth.line(cloth.wobbled(spot(string), 0.5, closed=False), tail, 2.2)
    for k in (10, 20, 30):
        x, y = string[k]
        for side in (-1, 1):
            cloth.shape(spot.at(x, y, 0.26, side * 75)(leaf(1, 0.32)), colours[k // 10 % 2], edge, 1.5, 0.4)
    corners: list[Xy] = [(0, -1), (0.66, -0.2), (0, 0.85), (-0.66, -0.2)]
    for k in range(4):
        a, b = corners[k], corners[(k + 1) % 4]
        part = cloth.shape(spot(np.array([a, b, (0, -0.2)])), colours[k % 2], edge, 2, 0.6)
        if k % 2:
            isen.sawut(cloth, part, edge, 6, 4, 1.1)
        else:
            isen.cecek(cloth, part, COTTON, 7, 1.3)
    for side in (-1, 1):
        cloth.line(spot(smooth([(side * 0.66, -0.2), (side * 0.9, 0.02), (side * 0.8, 0.22)])), tail, 2)


def umbrella(cloth: Cloth, spot: Spot, colours: tuple[Colour, Colour], edge: Colour) -> None:
    """A paper umbrella seen from above."""
    for k in range(10):
        a, b = np.radians(36 * k), np.radians(36 * (k + 1))
        tip = [(np.cos(a), np.sin(a)), (0.9 * np.cos((a + b) / 2), 0.9 * np.sin((a + b) / 2)), (np.cos(b), np.sin(b))]
        part = cloth.shape(
            spot(np.vstack([[(0.0, 0.0)], smooth([(float(x), float(y)) for x, y in tip])])),
            colours[k % 2],
            edge,
            1.8,
            0.6,
        )
        if k % 2:
            isen.sawut(cloth, part, edge, 5, 4.5, 1)
        else:
            isen.rim_dots(cloth, part, edge, 5, 6, 1.1)
    cloth.shape(spot(oval(0.2, 0.2)), colours[1], edge, 2)
    rosette(cloth, spot.at(0, 0, 0.17), 5, colours[0], edge, edge)
