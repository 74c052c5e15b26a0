"""What many traditional patterns stand on: the net and the diagonal rows of blades."""

import numpy as np

from samples.drawing.cloth import Cloth, Colour
from samples.drawing.ornaments import knife, pearl
from samples.drawing.shapes import Spot, box, turned


def crossings(cloth: Cloth, pitch: float, angle: float = 0.0) -> list[tuple[int, int, float, float]]:
    """Column, row and place of every crossing of a net over the cloth, off by a hand's breadth of a pixel or two."""
    reach = int(1.5 * max(cloth.width, cloth.height) / pitch / 2) + 2
    found = []
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            x, y = turned(np.array([[column * pitch, row * pitch]]), angle)[0]
            x, y = (
                x + cloth.width / 2 + cloth.rng.normal(0, pitch * 0.013),
                y + cloth.height / 2 + cloth.rng.normal(0, pitch * 0.013),
            )
            if -pitch < x < cloth.width + pitch and -pitch < y < cloth.height + pitch:
                found.append((column, row, float(x), float(y)))
    return found


def parang_ground(cloth: Cloth, band: float, angle: float, inside: Colour, edge: Colour, between: Colour) -> None:
    """The traditional diagonal: rows of blades, a row of lozenges between them."""
    reach = 0.8 * max(cloth.width, cloth.height)
    middle, pitch = np.array([cloth.width, cloth.height]) / 2, band * 0.47
    for k in range(int(-reach // band), int(reach // band) + 2):
        v = k * band
        strip = turned(box(-reach, v - band * 0.13, reach, v + band * 0.13), angle) + middle
        cloth.fill(cloth.wobbled(strip, 0.8), between)
        for edge_v in (-0.13, 0.13):
            path = turned(np.array([[-reach, v + edge_v * band], [reach, v + edge_v * band]]), angle) + middle
            cloth.line(cloth.wobbled(path, 0.8, closed=False), inside, 2.2)
        for u in np.arange(-reach, reach, pitch):
            x, y = turned(np.array([[u + cloth.rng.normal(0, 0.8), v]]), angle)[0] + middle
            if not (-band < x < cloth.width + band and -band < y < cloth.height + band):
                continue
            spot = Spot(float(x), float(y), band, angle)
            cloth.shape(spot(np.array([[-0.12, 0], [0, -0.08], [0.12, 0], [0, 0.08]])), inside, edge, 1.8, 0.5)
            cloth.dot(float(x), float(y), 1.7, edge)
            knife(cloth, spot.at(0.1, 0.5, 0.4, 14), inside, edge)
            pearl(cloth, spot.at(0.31, 0.235, 0.05), inside, edge)
            pearl(cloth, spot.at(0.36, 0.765, 0.05), inside, edge)
