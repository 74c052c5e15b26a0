"""What is drawn on the pictures of a pair: the agreeing parts in numbered colours, and points that correspond."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from umkm_cli.matching.explain import Layer
from umkm_cli.matching.geometry import Array
from umkm_cli.matching.regions import Polygon

COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2")
"""Told apart by the colour-blind, too: Okabe and Ito, "Color Universal Design" (2008)."""
_DARK = frozenset({"#0072b2"})
POINTS = 80
BADGE, _DOT = 0.024, 0.012
"""Radii, as shares of a picture's long side."""
_APART = 2.3
"""Numbers stand so many radii apart, where the same piece agrees several times."""


def colour(number: int) -> str:
    """Of the part with this number, counted from 0 over all layers of a pair."""
    return COLOURS[number % len(COLOURS)]


@dataclass(frozen=True)
class Ring:
    """An outline, as an SVG has `points`."""

    points: str
    colour: str


@dataclass(frozen=True)
class Badge:
    """The number of a part on its colour; lengths like those of what it is drawn on."""

    label: str
    fill: str
    ink: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Outlines:
    """For an SVG in the pixels of a picture."""

    rings: tuple[Ring, ...]
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Dot:
    label: str
    x: float
    y: float
    radius: float


def outlines(rings: Sequence[Polygon], size: tuple[int, int]) -> Outlines:
    """On a picture `size` (width, height): part k has the same colour and number on either side."""
    shown = [(number, ring) for number, ring in enumerate(rings) if len(ring) > 2]
    radius = BADGE * max(size)
    places = badge_places([ring for _, ring in shown], size, radius)
    return Outlines(
        tuple(Ring(_points(ring), colour(number)) for number, ring in shown),
        tuple(badge(number, place, radius) for (number, _), place in zip(shown, places, strict=True)),
    )


def badge(number: int, place: tuple[float, float], radius: float) -> Badge:
    """Of the part with this number, counted from 0."""
    return Badge(str(number + 1), colour(number), ink(number), *place, radius)


def matched_points(chosen: Array, size: tuple[int, int]) -> tuple[Dot, ...]:
    """Numbered dots; `chosen` (n, 2) in pixels of the picture `size`."""
    radius = _DOT * max(size)
    return tuple(Dot(str(number), float(x), float(y), radius) for number, (x, y) in enumerate(chosen, 1))


def evenly_spread(layers: Sequence[Layer], size: tuple[int, int], most: int = POINTS) -> Array:
    """At most so many of all layers' points (n, 4), spread over the query, which is `size` (width, height) large."""
    points = np.vstack([layer.points for layer in layers]) if layers else np.zeros((0, 4))
    if not len(points):
        return points
    cell = max(size) / 14
    cells = np.floor(points[:, :2] / cell).astype(np.int64)
    seen: dict[tuple[int, int], int] = {}
    turns = []
    for x, y in cells:
        turns.append(seen.get((x, y), 0))
        seen[(x, y)] = turns[-1] + 1
    order = np.lexsort((points[:, 0], points[:, 1], np.asarray(turns)))[:most]
    chosen = points[order]
    return np.asarray(chosen[np.lexsort((chosen[:, 0], np.floor(chosen[:, 1] / cell)))])


def ink(number: int) -> str:
    return "#fff" if colour(number) in _DARK else "#000"


def badge_places(rings: Sequence[Polygon], size: tuple[int, int], radius: float) -> list[tuple[float, float]]:
    """For each polygon the place in it that is farthest from its edge, and apart from the places before.

    All are at least `radius`, in pixels like the polygons, from the edge of the picture.
    """
    scale = 200 / max(size)
    places: list[tuple[float, float]] = []
    for ring in rings:
        mask = np.zeros((round(size[1] * scale) + 3, round(size[0] * scale) + 3), np.uint8)
        cv2.fillPoly(mask, [np.round(np.asarray(ring) * scale).astype(np.int32) + 1], 1)
        free = mask.copy()
        for x, y in places:
            cv2.circle(free, (round(x * scale) + 1, round(y * scale) + 1), round(_APART * radius * scale), 0, -1)
        depth = cv2.distanceTransform(free if free.any() else mask, cv2.DIST_L2, 3)
        row, column = np.unravel_index(int(np.argmax(depth)), mask.shape)
        deepest = (float(column - 1) / scale, float(row - 1) / scale)
        x, y = (min(max(at, radius), side - radius) for at, side in zip(deepest, size, strict=True))
        places.append((x, y))
    return places


def _points(ring: Polygon) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in ring)
