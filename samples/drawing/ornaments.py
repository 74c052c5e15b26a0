"""Ornaments that several designs use: flowers, leaves and small forms. Each draws itself at a `Spot`."""

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import Cloth, Colour
from samples.drawing.shapes import Spot, Xy, leaf, moved, oval, petal, ribbon, smooth, spiral, turned


def rosette(
    cloth: Cloth, spot: Spot, petals: int, inside: Colour, edge: Colour, heart: Colour, width: float = 0.3
) -> None:
    for k in range(petals):
        outline = cloth.shape(spot(turned(petal(1.0, width), 360 / petals * k)), inside, edge, 2)
        if spot.size > 16:
            isen.sawut(cloth, outline, edge, spot.size * 0.14, 4, 1.0)
    cloth.shape(spot(oval(0.28, 0.28)), heart, edge, 1.8)
    isen.seven_dots(cloth, spot.x, spot.y, spot.size * 0.15, max(0.9, spot.size * 0.035), edge)


def sprig(cloth: Cloth, spot: Spot, leaves: int, inside: Colour, edge: Colour, bend: float = 0.25) -> None:
    """A twig that grows upwards from the spot, about one unit long."""
    stem = smooth([(0, 0), (bend * 0.6, -0.35), (bend, -0.7), (bend * 0.6, -1)])
    cloth.line(cloth.wobbled(spot(stem), 0.4, closed=False), edge, 2)
    for k in range(leaves):
        share = (k + 0.6) / leaves
        x, y = stem[int(share * (len(stem) - 1))]
        side = 1 if k % 2 else -1
        blade = cloth.shape(spot.at(x, y, 0.42 - 0.12 * share, side * 52)(leaf(1, 0.27)), inside, edge, 1.8, 0.5)
        isen.sawut(cloth, blade, edge, 3, 4, 0.9)
    cloth.shape(spot.at(stem[-1, 0], stem[-1, 1], 0.3)(leaf(1, 0.3)), inside, edge, 1.8, 0.5)


def clover(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, vein: Colour) -> None:
    """Semanggi: four leaflets shaped like hearts."""
    leaflet: list[Xy] = [
        (0, -0.05),
        (0.42, -0.45),
        (0.46, -0.86),
        (0.2, -1.0),
        (0, -0.88),
        (-0.2, -1.0),
        (-0.46, -0.86),
        (-0.42, -0.45),
    ]
    for k in range(4):
        part = spot.at(0, 0, 1, 45 + 90 * k)
        outline = cloth.shape(part(smooth(leaflet, closed=True)), inside, edge, 2.2, 0.7)
        with cloth.only_inside(outline):
            for spread in (-0.36, -0.18, 0, 0.18, 0.36):
                cloth.line(part(smooth([(0, -0.1), (spread * 0.6, -0.5), (spread, -0.85)])), vein, 1.4)
    cloth.dot(spot.x, spot.y, max(1.5, spot.size * 0.08), vein)


def bean(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, light: Colour) -> None:
    """A coffee bean, two units long."""
    outline = cloth.shape(spot(oval(0.66, 1.0)), inside, edge, 2.4)
    isen.echo(cloth, outline, light, 4.5, 1.3)
    cleft = smooth([(0.08, -0.95), (-0.16, -0.45), (0.12, 0.1), (-0.1, 0.6), (0.04, 0.95)])
    cloth.line(cloth.wobbled(spot(cleft), 0.6, closed=False), edge, 5)
    cloth.line(cloth.wobbled(spot(moved(cleft, 0.2, 0)), 0.6, closed=False), light, 1.4)
    for y in np.linspace(-0.5, 0.5, 6):
        cloth.line(spot(np.array([[-0.48, y], [-0.24, y + 0.06]])), light, 1.3)


def feather(cloth: Cloth, spot: Spot, colours: tuple[Colour, Colour, Colour], edge: Colour) -> None:
    """A peacock's feather that grows upwards, one unit long, the eye at its end."""
    cloth.line(spot(smooth([(0, 0), (0.05, -0.4), (0, -0.72)])), edge, 2)
    for k in range(10):
        y, reach = -0.14 - k * 0.055, 0.08 + 0.012 * k
        for side in (-1, 1):
            cloth.line(
                spot(smooth([(0, y), (side * reach * 0.7, y - 0.07), (side * reach, y - 0.16)])),
                colours[0],
                1.7,
                taper=True,
            )
    for k, (r, colour) in enumerate(zip((0.21, 0.14, 0.075), colours, strict=True)):
        ring = cloth.shape(
            spot(
                smooth(
                    [
                        (0, -1.02 + k * 0.06),
                        (r, -0.86),
                        (r * 0.7, -0.7),
                        (0, -0.63 - k * 0.03),
                        (-r * 0.7, -0.7),
                        (-r, -0.86),
                    ],
                    closed=True,
                )
            ),
            colour,
            edge,
            1.8,
            0.6,
        )
        if k == 0:
            isen.sawut(cloth, ring, edge, spot.size * 0.045, 4, 1)


def swirl(cloth: Cloth, spot: Spot, colour: Colour, width: float = 3) -> None:
    """A crest of water: a curl on a long foot."""
    curl = moved(spiral(1.4, 0.05, 0.45, 120), 0.1, -0.35)
    foot = smooth([(-1, 0.25), (-0.5, 0.16), tuple(curl[0])])
    cloth.line(cloth.wobbled(spot(np.vstack([foot[:-1], curl])), 0.6, closed=False), colour, width)


def knife(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour) -> None:
    """The blade of parang: an S, thick at both ends."""
    path = smooth([(0.34, -0.9), (0.1, -0.62), (0.12, -0.2), (-0.12, 0.2), (-0.1, 0.62), (-0.34, 0.9)])
    outline = cloth.shape(spot(ribbon(path, [0.2, 0.42, 0.38, 0.29, 0.38, 0.42, 0.2])), inside, edge, 2.4)
    isen.echo(cloth, outline, edge, 5.5, 1.3)
    for share in (-0.5, 0.0, 0.5):
        cloth.spot_dot(spot, -0.2 * share, share, 2.0, edge)


def pearl(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour) -> None:
    cloth.shape(spot(oval(1, 1)), inside, edge, 2, 0.5)
    cloth.dot(spot.x, spot.y, spot.size * 0.3, edge)
