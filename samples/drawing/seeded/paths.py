"""Lines given by points, in picture pixels: turned, bent, smoothed."""

from collections.abc import Sequence
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Point = tuple[float, float]


def whole(point: Sequence[float] | Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


def point(points: Points) -> Point:
    return float(points[0][0]), float(points[0][1])


def turned(points: Points, angle: float, origin: Point) -> Points:
    c, s = cos(radians(angle)), sin(radians(angle))
    return np.asarray(points @ np.array([[c, s], [-s, c]]) + np.asarray(origin))


def arc(centre: Point, radius: float, start: float, end: float, count: int) -> Points:
    angles = np.radians(np.linspace(start, end, count))
    return np.column_stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)])


def curve(points: Sequence[Point] | Points, closed: bool = True, between: int = 6) -> Points:
    """A smooth (Catmull-Rom) line through points."""
    p = np.asarray(points, np.float64)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, between, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]
    return np.vstack(parts)


def figure(points: Sequence[Point], at: Point, size: float, angle: float = 0, flip: bool = False) -> Points:
    """A smooth outline given in units of its own size."""
    path = curve(points) * size
    if flip:
        path[:, 0] *= -1
    return turned(path, angle, at)
