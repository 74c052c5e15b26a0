"""A piece of cotton, the canting that draws wax on it, and what dyeing does to both."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.drawing.shapes import Points, Spot, normals, spaced

Rgb = NDArray[np.uint8]
Colour = tuple[int, int, int]
FINE = 2
"""Cloth is drawn this many times larger than it is delivered."""
_SUBPIXEL = 16

# Natural dyes on cotton, and the undyed cloth.
COTTON: Colour = (243, 230, 203)
SOGAN: Colour = (142, 84, 40)
TINGI: Colour = (122, 58, 36)
DARK: Colour = (50, 30, 22)
INDIGO: Colour = (36, 58, 104)
NIGHT: Colour = (24, 30, 54)
SKY: Colour = (122, 154, 182)
JOLAWE: Colour = (205, 164, 82)
MENGKUDU: Colour = (158, 44, 44)
ROSE: Colour = (206, 124, 112)
MOSS: Colour = (92, 110, 60)
FOREST: Colour = (42, 66, 48)
LEAF: Colour = (158, 170, 104)
PLUM: Colour = (84, 42, 66)


def seed_of(name: str) -> int:
    return zlib.crc32(name.encode())


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    r, g, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, blue


class Cloth:
    """Drawn on in delivered pixels. The same `hand` makes the same strokes; `name` decides how it is dyed."""

    def __init__(self, name: str, width: int, height: int, ground: Colour, hand: str | None = None) -> None:
        self.name, self.width, self.height = name, width, height
        self.hand = hand or name
        self.rng = np.random.default_rng(seed_of(self.hand))
        self.pixels: Rgb = np.full((height * FINE, width * FINE, 3), ground, np.uint8)
        self._target, self._origin = self.pixels, np.zeros(2)

    # --- drawing

    def spot_dot(self, spot: Spot, x: float, y: float, radius: float, colour: Colour) -> None:
        """A dot at a place of an ornament, in its units."""
        at = spot(np.array([[x, y]]))[0]
        self.dot(float(at[0]), float(at[1]), radius, colour)

    def wobbled(self, points: Points, by: float = 0.9, closed: bool = True) -> Points:
        """The same path as a hand follows it: off by up to about `by` pixels, smoothly."""
        dense = spaced(points, 2.5, closed)
        count = len(dense)
        knots = max(3, count // 7)
        noise = self.rng.normal(0, by * 0.75, (knots, 2))
        if closed:
            noise = np.vstack([noise, noise[:1]])
        at = np.linspace(0, len(noise) - 1, count, endpoint=not closed)
        return dense + np.stack([np.interp(at, np.arange(len(noise)), noise[:, k]) for k in (0, 1)], 1)

    def fill(self, outline: Points, colour: Colour) -> None:
        if self._sees(outline):
            cv2.fillPoly(self._target, [_fixed(outline - self._origin)], colour, cv2.LINE_AA, 4)

    def line(self, path: Points, colour: Colour, width: float = 2.0, closed: bool = False, taper: bool = False) -> None:
        """A stroke of the canting: its width varies, `taper` lets it end in a point."""
        if not self._sees(path):
            return
        dense = spaced(path, 0.8, closed)
        count = len(dense)
        flow = np.interp(np.arange(count) / 9, np.arange(count // 9 + 2), self.rng.uniform(0.76, 1.2, count // 9 + 2))
        if taper:
            flow = flow * (0.25 + 0.75 * np.sin(np.pi * np.linspace(0.08, 0.94, count)))
        for (x, y), half in zip(dense, flow * width / 2, strict=True):
            self._disc(x, y, half, colour)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A touch of the canting, never quite round."""
        dx, dy, r = self.rng.normal(0, 0.3), self.rng.normal(0, 0.3), radius * self.rng.uniform(0.8, 1.2)
        self._disc(x + dx, y + dy, r, colour)
        self._disc(x + dx + self.rng.normal(0, 0.25) * radius, y + dy, r * 0.8, colour)

    def shape(self, outline: Points, inside: Colour, edge: Colour, width: float = 2.2, by: float = 0.9) -> Points:
        """A filled, outlined shape as a hand draws it; returns the outline it got."""
        drawn = self.wobbled(outline, by)
        self.fill(drawn, inside)
        self.line(drawn, edge, width, closed=True)
        return drawn

    @contextmanager
    def only_inside(self, outline: Points) -> Iterator[None]:
        """What is drawn meanwhile stays within the outline."""
        outer, origin = self._target, self._origin
        low = np.maximum(np.floor(outline.min(0) - origin), 0).astype(int)
        high = np.ceil(outline.max(0) - origin).astype(int) + 1
        window = outer[low[1] * FINE : max(0, high[1]) * FINE, low[0] * FINE : max(0, high[0]) * FINE]
        before = window.copy()
        self._target, self._origin = window, origin + low
        yield
        if window.size:
            mask = np.zeros(window.shape[:2], np.uint8)
            cv2.fillPoly(mask, [_fixed(outline - self._origin)], 255, cv2.LINE_8, 4)
            window[mask == 0] = before[mask == 0]
        self._target, self._origin = outer, origin

    def _sees(self, points: Points) -> bool:
        height, width = self._target.shape[:2]
        low, high = (points.min(0) - self._origin) * FINE, (points.max(0) - self._origin) * FINE
        return bool(self._target.size and (high > -16).all() and (low < (width + 16, height + 16)).all())

    def _disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        x, y = x - self._origin[0], y - self._origin[1]
        height, width = self._target.shape[:2]
        if not (-16 < x * FINE < width + 16 and -16 < y * FINE < height + 16) or not self._target.size:
            return
        unit = FINE * _SUBPIXEL
        centre = (round(x * unit), round(y * unit))
        cv2.circle(self._target, centre, max(6, round(radius * unit)), colour, -1, cv2.LINE_AA, 4)

    # --- finishing

    def dyed(self, crackle: float = 0.6) -> Rgb:
        """The finished cloth: strokes a little uneven, dye mottled, wax cracked, threads showing."""
        height, width = self.pixels.shape[:2]
        pull = np.random.default_rng(seed_of(self.hand + "/pull"))
        rng = np.random.default_rng(seed_of(self.name + "/dye"))
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        dx, dy = (clouds(pull, height, width, 70 * FINE) * 3.2 * FINE for _ in range(2))
        bent = cv2.remap(self.pixels, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cracked = _with_cracks(bent.astype(np.float32), rng, crackle)
        small = np.asarray(cv2.resize(cracked, (self.width, self.height), interpolation=cv2.INTER_AREA), np.float32)
        return _woven(small, rng)


def clouds(rng: np.random.Generator, height: int, width: int, size: float) -> NDArray[np.float32]:
    """Smooth noise of mean 0 and deviation 1 whose patches are about `size` pixels."""
    step = max(1, int(size / 4))
    coarse = rng.normal(0, 1, (height // step + 6, width // step + 6)).astype(np.float32)
    soft = cv2.GaussianBlur(coarse, (0, 0), 1.6)
    grown = cv2.resize(soft, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)[
        step : step + height, step : step + width
    ]
    return np.asarray((grown - grown.mean()) / (grown.std() + 1e-6), np.float32)


def _with_cracks(cloth: NDArray[np.float32], rng: np.random.Generator, strength: float) -> NDArray[np.float32]:
    """Wax that broke let dye through: fine dark veins on what stayed light, more in some places than in others."""
    height, width = cloth.shape[:2]
    seeds = np.full((height, width), 255, np.uint8)
    count = height * width // 5200
    seeds[rng.integers(0, height, count), rng.integers(0, width, count)] = 0
    _, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = (clouds(rng, height, width, 22 * FINE) * 5 * FINE for _ in range(2))
    bent = cv2.remap(labels.astype(np.float32), xs + dx, ys + dy, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT)
    edge = (np.diff(bent, axis=0, append=bent[-1:]) != 0) | (np.diff(bent, axis=1, append=bent[:, -1:]) != 0)
    veins = cv2.GaussianBlur(edge.astype(np.float32), (0, 0), 0.8) * 1.5
    where = np.clip(clouds(rng, height, width, 60 * FINE) * 0.7 + 0.25, 0, 1)
    broken = np.clip(clouds(rng, height, width, 12 * FINE) + 0.9, 0, 1)
    light = np.clip((cloth.mean(2) - 70) / 130, 0, 1)
    share = np.clip(strength * veins * where * broken * light, 0, 0.85)[..., None]
    return np.asarray(cloth * (1 - share) + np.array([74, 52, 44], np.float32) * share, np.float32)


def _woven(cloth: NDArray[np.float32], rng: np.random.Generator) -> Rgb:
    height, width = cloth.shape[:2]
    depth = 1 + 0.045 * clouds(rng, height, width, 90) + 0.03 * clouds(rng, height, width, 14)
    noise = rng.normal(0, 1, (2, height, width)).astype(np.float32)
    threads = cv2.GaussianBlur(noise[0], (0, 0), 2.6, sigmaY=0.5) + cv2.GaussianBlur(noise[1], (0, 0), 0.5, sigmaY=2.6)
    soft = cv2.GaussianBlur(cloth, (0, 0), 0.55)
    return np.asarray(np.clip(soft * depth[..., None] + threads[..., None] * 4.0, 0, 255), np.uint8)


def _fixed(points: Points) -> NDArray[np.int32]:
    return np.round(points * (FINE * _SUBPIXEL)).astype(np.int32).reshape(-1, 1, 2)


def along(outline: Points, by: float, gap: float, closed: bool = True) -> tuple[Points, Points]:
    """Points `gap` apart that keep `by` pixels inside an outline, and the directions inwards there."""
    dense = spaced(outline, gap, closed)
    inwards = normals(dense, closed)
    return dense + inwards * by, inwards
