"""Animals. Each draws itself at a `Spot`."""

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import Cloth, Colour
from samples.drawing.shapes import Points, Spot, Xy, leaf, moved, oval, ribbon, smooth


def fish(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, fin: Colour) -> None:
    """A milkfish that swims upwards, two units long."""
    tail: list[Xy] = [(0, 0.6), (0.3, 0.98), (0.12, 0.9), (0, 0.84), (-0.12, 0.9), (-0.3, 0.98)]
    cloth.shape(spot(smooth(tail, closed=True)), fin, edge, 1.8, 0.5)
    for side in (-1, 1):
        cloth.shape(
            spot(smooth([(side * 0.25, -0.15), (side * 0.48, 0.2), (side * 0.2, 0.2)], closed=True)),
            fin,
            edge,
            1.6,
            0.5,
        )
    body = cloth.shape(
        spot(
            smooth(
                [
                    (0, -1),
                    (0.24, -0.62),
                    (0.31, -0.1),
                    (0.18, 0.4),
                    (0, 0.7),
                    (-0.18, 0.4),
                    (-0.31, -0.1),
                    (-0.24, -0.62),
                ],
                closed=True,
            )
        ),
        inside,
        edge,
        2.2,
    )
    with cloth.only_inside(body):
        cloth.line(spot(smooth([(-0.3, -0.45), (0, -0.33), (0.3, -0.45)])), edge, 1.6)
        for row in range(5):
            for x in (-0.2, -0.07, 0.07, 0.2):
                shift = 0.065 if row % 2 else 0.0
                cloth.line(spot(oval(0.07, 0.08, x + shift, -0.18 + row * 0.16)[26:56]), edge, 1.0)
    for side in (-1, 1):
        cloth.spot_dot(spot, side * 0.1, -0.68, max(1.2, spot.size * 0.05), edge)


def butterfly(cloth: Cloth, spot: Spot, upper: Colour, lower: Colour, edge: Colour, light: Colour) -> None:
    for flip in (False, True):
        half = spot.at(0, 0, 1, 0, flip)
        below = cloth.shape(
            half(smooth([(0.06, 0.05), (0.55, 0.1), (0.72, 0.5), (0.5, 0.85), (0.34, 0.6), (0.12, 0.45)], closed=True)),
            lower,
            edge,
            2,
        )
        above = cloth.shape(
            half(
                smooth([(0.06, 0), (0.3, -0.55), (0.85, -0.85), (1.05, -0.5), (0.9, -0.05), (0.5, 0.12)], closed=True)
            ),
            upper,
            edge,
            2.2,
        )
        isen.sawut(cloth, above, edge, spot.size * 0.14, 4, 1.1)
        isen.rim_dots(cloth, below, light, 5, 6, 1.3)
        for x, y, r in ((0.72, -0.45, 0.13), (0.5, -0.18, 0.09), (0.48, 0.42, 0.1)):
            cloth.shape(half(oval(r, r, x, y)), light, edge, 1.4, 0.3)
        cloth.line(half(smooth([(0.02, -0.35), (0.12, -0.7), (0.3, -0.85), (0.26, -0.74)])), edge, 1.5)
    cloth.shape(spot(oval(0.08, 0.42, 0, 0.02)), edge, edge, 1.5, 0.4)


def bird(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, tip: Colour) -> None:
    """An egret in flight towards the left, about two units long."""
    for y in (0.14, 0.2):
        cloth.line(spot(smooth([(0.5, y - 0.06), (0.95, y + 0.02), (1.25, y)])), edge, 1.8)
    far = cloth.shape(
        spot(smooth([(-0.15, -0.05), (0.1, -0.55), (0.62, -1.0), (0.55, -0.6), (0.42, -0.1)], closed=True)),
        tip,
        edge,
        2,
    )
    isen.galaran(cloth, far, edge, 5, spot.angle + (60 if spot.flip else -60), 1)
    body = cloth.shape(
        spot(
            smooth(
                [
                    (-1.05, -0.2),
                    (-0.8, -0.34),
                    (-0.62, -0.2),
                    (-0.58, 0.02),
                    (-0.25, -0.12),
                    (0.3, -0.1),
                    (0.72, 0.18),
                    (0.2, 0.28),
                    (-0.4, 0.24),
                    (-0.74, 0.1),
                    (-0.8, -0.14),
                ],
                closed=True,
            )
        ),
        inside,
        edge,
        2.2,
    )
    isen.cecek(cloth, body, edge, 7, 1)
    cloth.shape(spot(np.array([[-0.98, -0.27], [-1.38, -0.1], [-0.97, -0.16]])), tip, edge, 1.5, 0.2)
    cloth.spot_dot(spot, -0.86, -0.25, 1.5, edge)
    near = cloth.shape(
        spot(
            smooth(
                [(-0.3, 0.02), (-0.32, -0.6), (-0.1, -1.2), (0.08, -0.95), (0.2, -0.72), (0.32, -0.4), (0.36, 0.06)],
                closed=True,
            )
        ),
        inside,
        edge,
        2.2,
    )
    with cloth.only_inside(near):
        for k in range(6):
            x = -0.24 + k * 0.1
            cloth.line(spot(smooth([(x, 0.1), (x + 0.02, -0.5), (x * 0.6 + 0.02, -1.0)])), edge, 1.2)
        cloth.line(spot(smooth([(-0.4, -0.28), (0, -0.2), (0.4, -0.3)])), tip, 3.4)


def prawn(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, light: Colour) -> None:
    """A curled prawn, about two units high."""
    spine = smooth([(-0.75, -0.5), (-0.2, -0.85), (0.45, -0.6), (0.68, 0.0), (0.4, 0.55), (-0.05, 0.72)])
    for k in range(6):
        x, y = spine[14 + k * 5]
        cloth.line(
            spot(smooth([(x, y), (x * 0.62 - 0.05, y * 0.6 + 0.12), (x * 0.5 - 0.22, y * 0.5 + 0.16)])),
            edge,
            1.8,
            taper=True,
        )
    for turn in (150, 190, 230):
        fan = cloth.shape(spot.at(-0.02, 0.72, 0.5, turn + 60)(leaf(1, 0.24)), light, edge, 1.8, 0.4)
        isen.sawut(cloth, fan, edge, 3, 4, 0.9)
    body = cloth.shape(spot(ribbon(spine, [0.05, 0.27, 0.29, 0.26, 0.2, 0.08])), inside, edge, 2.2)
    across = normals_of(spine)
    with cloth.only_inside(body):
        for k in range(18, len(spine) - 3, 5):
            (x, y), (nx, ny) = spine[k], across[k]
            cloth.line(
                spot(
                    smooth(
                        [(x - nx * 0.32, y - ny * 0.32), (x + ny * 0.07, y - nx * 0.07), (x + nx * 0.32, y + ny * 0.32)]
                    )
                ),
                edge,
                1.8,
            )
    isen.rim_dots(cloth, body, light, 4.5, 6, 1.2)
    cloth.spot_dot(spot, -0.58, -0.6, max(2.0, spot.size * 0.06), edge)
    for reach in (0.0, 0.3):
        feeler = smooth(
            [(-0.75, -0.5), (-1.15, -0.65 + reach), (-1.25, 0.1 + reach), (-0.85, 0.5 + reach), (-0.6, 0.3 + reach)]
        )
        cloth.line(cloth.wobbled(spot(feeler), 0.5, closed=False), light, 1.8)


def shark(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, light: Colour) -> None:
    """A shark bent like a bow, head to the left, about two units long."""
    cloth.shape(
        spot(smooth([(1.02, -0.02), (1.5, -0.42), (1.34, 0.02), (1.42, 0.42), (1.12, 0.2)], closed=True)),
        inside,
        edge,
        2.2,
    )
    cloth.shape(spot(smooth([(-0.2, -0.42), (0.22, -0.86), (0.3, -0.36)], closed=True)), inside, edge, 2.2)
    cloth.shape(spot(smooth([(-0.25, 0.12), (0.02, 0.6), (0.16, 0.56), (0.12, 0.1)], closed=True)), inside, edge, 2.2)
    body = cloth.shape(
        spot(
            smooth(
                [
                    (-1.2, -0.06),
                    (-0.7, -0.4),
                    (0.0, -0.5),
                    (0.7, -0.3),
                    (1.15, 0.02),
                    (1.12, 0.16),
                    (0.6, 0.12),
                    (0, 0.18),
                    (-0.6, 0.26),
                    (-1.0, 0.16),
                ],
                closed=True,
            )
        ),
        inside,
        edge,
        2.6,
    )
    with cloth.only_inside(body):
        belly = smooth([(-1.1, 0.04), (-0.5, 0.02), (0.1, -0.04), (0.7, -0.02), (1.2, 0.1)])
        cloth.fill(spot(np.vstack([belly, [(1.2, 0.6), (-1.2, 0.6)]])), light)
        cloth.line(spot(belly), edge, 2)
        for x in (-0.52, -0.42, -0.32):
            cloth.line(spot(smooth([(x, -0.26), (x + 0.05, -0.1), (x, 0.04)])), light, 2)
        for x, y in [(x, y) for x in np.arange(-0.15, 1, 0.15) for y in (-0.36, -0.25, -0.14)]:
            cloth.spot_dot(spot, x, y + 0.08 * x, 1.6, light)
    cloth.shape(spot(oval(0.07, 0.07, -0.82, -0.16)), light, edge, 1.8, 0.2)
    teeth = [(-1.02 + k * 0.09, 0.1 + (0.07 if k % 2 else 0)) for k in range(6)]
    cloth.line(spot(np.array(teeth)), edge, 1.8)


def crocodile(cloth: Cloth, spot: Spot, inside: Colour, edge: Colour, light: Colour) -> None:
    """A crocodile, head to the left, the tail curled up; about two and a half units long."""
    for x in (-0.35, 0.45):
        leg = cloth.shape(
            spot(
                smooth(
                    [(x, 0.15), (x - 0.08, 0.5), (x - 0.3, 0.62), (x - 0.1, 0.68), (x + 0.14, 0.62), (x + 0.24, 0.2)],
                    closed=True,
                )
            ),
            inside,
            edge,
            2.2,
        )
        isen.cecek(cloth, leg, light, 6, 1.1)
    spine = smooth([(-0.6, -0.05), (0.0, 0.0), (0.6, 0.05), (1.15, -0.05), (1.4, -0.45), (1.15, -0.72), (0.98, -0.55)])
    body = cloth.shape(spot(ribbon(spine, [0.22, 0.3, 0.28, 0.2, 0.14, 0.1, 0.03])), inside, edge, 2.6)
    isen.sisik(cloth, body, light, max(9, spot.size * 0.14), spot.angle)
    across = normals_of(spine)
    for k in range(4, 54, 4):
        (x, y), (nx, ny) = spine[k], across[k]
        half = 0.29 - 0.0042 * k
        base = np.array([x - nx * half, y - ny * half])
        cloth.fill(
            spot(
                np.array(
                    [moved(base, -ny * 0.06 - 0.05, 0.03), base - np.array([nx, ny]) * 0.13, moved(base, 0.06, 0.03)]
                )
            ),
            edge,
        )
    upper = smooth(
        [(-0.45, -0.28), (-0.72, -0.4), (-0.92, -0.24), (-1.45, -0.28), (-1.62, -0.14), (-1.3, -0.06), (-0.7, -0.0)],
        closed=True,
    )
    lower = smooth([(-0.45, 0.2), (-0.7, 0.06), (-1.1, 0.14), (-1.5, 0.22), (-1.3, 0.3), (-0.8, 0.3)], closed=True)
    for jaw in (lower, upper):
        drawn = cloth.shape(spot(jaw), inside, edge, 2.4)
        isen.rim_dots(cloth, drawn, light, 4.5, 6, 1.2)
    for k in range(7):
        x = -1.5 + k * 0.11
        cloth.fill(spot(np.array([[x, -0.09], [x + 0.035, 0.03], [x + 0.08, -0.08]])), light)
    cloth.shape(spot(oval(0.07, 0.07, -0.7, -0.27)), light, edge, 2, 0.2)


def normals_of(path: Points) -> Points:
    along = np.gradient(path, axis=0)
    return np.asarray(np.stack([-along[:, 1], along[:, 0]], 1) / (np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9))
