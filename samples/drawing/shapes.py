"""Curves and outlines as arrays of points (n, 2), x to the right and y down, mostly one unit about the origin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Xy = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """Where an ornament stands: its centre and unit in pixels, turned by `angle` degrees, perhaps mirrored."""

    x: float
    y: float
    size: float
    angle: float = 0.0
    flip: bool = False

    def __call__(self, points: Points) -> Points:
        sized = points * (self.size * (-1 if self.flip else 1), self.size)
        return moved(turned(sized, self.angle), self.x, self.y)

    def at(self, x: float, y: float, size: float = 1.0, angle: float = 0.0, flip: bool = False) -> "Spot":
        """A spot within this one, in its units."""
        centre = self(np.array([[x, y]]))[0]
        inner = -angle if self.flip else angle
        return Spot(centre[0], centre[1], self.size * size, self.angle + inner, self.flip != flip)


def turned(points: Points, degrees: float) -> Points:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.asarray(points @ np.array([[c, s], [-s, c]]), np.float64)


def moved(points: Points, x: float, y: float) -> Points:
    return np.asarray(points + np.array([x, y]), np.float64)


def oval(rx: float, ry: float, x: float = 0.0, y: float = 0.0, angle: float = 0.0) -> Points:
    t = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    return moved(turned(np.stack([rx * np.cos(t), ry * np.sin(t)], 1), angle), x, y)


def box(x0: float, y0: float, x1: float, y1: float) -> Points:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)


def smooth(corners: Sequence[Xy], closed: bool = False) -> Points:
    """A Catmull-Rom curve through all corners."""
    p = np.array(corners, float)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, 10, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True)
    ]
    return np.vstack(pieces if closed else [*pieces, p[-2:-1]])


def spiral(turns: float, inner: float, outer: float, start: float = 0.0) -> Points:
    """From the outside in; `start` is the angle of its outer end in degrees."""
    t = np.linspace(0, 1, max(12, int(26 * turns)))
    radius, angle = outer + (inner - outer) * t**0.8, np.radians(start) + 2 * np.pi * turns * t
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)


def spaced(path: Points, step: float, closed: bool = False) -> Points:
    """The same path with points `step` apart."""
    p = np.vstack([path, path[:1]]) if closed else path
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    count = max(2, int(run[-1] / step) + 1)
    at = np.linspace(0, run[-1], count, endpoint=not closed)
    return np.stack([np.interp(at, run, p[:, 0]), np.interp(at, run, p[:, 1])], 1)


def normals(path: Points, closed: bool = False) -> Points:
    """Unit normals; of a closed outline they point inwards."""
    if closed:
        along = np.roll(path, -1, 0) - np.roll(path, 1, 0)
        following = np.roll(path, -1, 0)
        area = float(np.sum(path[:, 0] * following[:, 1] - path[:, 1] * following[:, 0]))
        sign = 1.0 if area > 0 else -1.0
    else:
        along, sign = np.gradient(path, axis=0), 1.0
    length = np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9
    return sign * np.stack([-along[:, 1], along[:, 0]], 1) / length


def inset(outline: Points, by: float) -> Points:
    dense = spaced(outline, 2.0, closed=True)
    return dense + normals(dense, closed=True) * by


def ribbon(path: Points, widths: Sequence[float]) -> Points:
    """The outline of a band along `path` whose half width runs through `widths`."""
    dense = spaced(path, float(np.hypot(*np.diff(path, axis=0).T).sum()) / 40)
    half = np.interp(np.linspace(0, 1, len(dense)), np.linspace(0, 1, len(widths)), widths)[:, None]
    side = normals(dense) * half
    return np.vstack([dense + side, (dense - side)[::-1]])


def leaf(length: float = 1.0, width: float = 0.3, bend: float = 0.0) -> Points:
    """A pointed leaf that grows upwards from the origin."""
    t = np.linspace(0, 1, 22)
    half, sway = width * np.sin(np.pi * t**0.85), bend * np.sin(np.pi * t)
    right, left = np.stack([sway + half, -length * t], 1), np.stack([sway - half, -length * t], 1)
    return np.vstack([right, left[::-1]])


def petal(length: float = 1.0, width: float = 0.3) -> Points:
    """A round petal that grows upwards from the origin, widest near its end."""
    waist, belly = (width * 0.55, -length * 0.35), (width, -length * 0.75)
    corners = [(0.0, 0.0), waist, belly, (0.0, -length), (-belly[0], belly[1]), (-waist[0], waist[1])]
    return smooth(corners, closed=True)


def star(points: int, inner: float, outer: float = 1.0) -> Points:
    angle = np.arange(2 * points) * np.pi / points - np.pi / 2
    radius = np.where(np.arange(2 * points) % 2 == 0, outer, inner)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)


def wave(x0: float, x1: float, y: float, height: float, length: float, phase: float = 0.0) -> Points:
    x = np.arange(x0, x1, 4.0)
    return np.stack([x, y + height * np.sin(2 * np.pi * (x / length + phase))], 1)
