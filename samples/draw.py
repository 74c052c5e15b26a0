"""Draw the sample motifs, the traditional references, and the suspects and products made from them.

Every picture comes from a seeded generator: the same versions of numpy, OpenCV and Pillow draw the same files.

    python samples/draw.py [--out FOLDER]
"""

import argparse
import csv
import io
import sys
import zlib
from collections.abc import Callable, Sequence
from math import cos, pi, radians, sin
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from samples.drawing.designs import DESIGNS
from samples.drawing.goods import PRODUCTS

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
Colour = tuple[int, int, int]
Point = tuple[float, float]

FINE = 2
"""Drawn at twice the size, then reduced: smooth edges."""
LARGEST_BYTES = 58_000

# Natural dyes: indigo, soga bark, morinda root, mahogany, jackfruit wood, mangrove bark, indigo over jackfruit.
INDIGO: Colour = (31, 52, 94)
SKY: Colour = (96, 136, 176)
SOGA: Colour = (122, 70, 33)
DARK: Colour = (58, 33, 20)
MORINDA: Colour = (146, 43, 38)
ROSE: Colour = (196, 110, 96)
GOLD: Colour = (205, 155, 62)
CREAM: Colour = (240, 226, 196)
MANGROVE: Colour = (168, 112, 74)
LEAF: Colour = (78, 104, 58)
SAGE: Colour = (146, 160, 106)
INK: Colour = (34, 30, 36)


class Cloth:
    """A canvas in picture pixels, with a hand that never draws the same line twice."""

    def __init__(self, width: int, height: int, ground: Colour, seed: int) -> None:
        self.width, self.height = width, height
        self.rng = np.random.default_rng(seed)
        self.pixels: Pixels = np.full((height * FINE, width * FINE, 3), ground, np.uint8)

    def jitter(self, amount: float) -> float:
        return float(self.rng.normal(0, amount))

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def pick(self, among: Sequence[Colour]) -> Colour:
        return among[int(self.rng.integers(len(among)))]

    def word(self, among: Sequence[str]) -> str:
        return among[int(self.rng.integers(len(among)))]

    def line(self, points: Sequence[Point] | Points, colour: Colour, width: float = 1.6, closed: bool = False) -> None:
        """A wax line: its width breathes."""
        path = np.asarray(points, np.float64) * FINE
        if closed:
            path = np.vstack([path, path[:1]])
        breath = width * FINE * (1 + 0.3 * np.sin(np.arange(len(path)) * 0.7 + self.between(0, 6)))
        for start, end, thick in zip(path[:-1], path[1:], breath, strict=False):
            cv2.line(self.pixels, _whole(start), _whole(end), colour, max(1, round(float(thick))), cv2.LINE_AA)

    def dot(self, at: Point, radius: float, colour: Colour) -> None:
        cv2.circle(self.pixels, _whole(np.multiply(at, FINE)), max(1, round(radius * FINE)), colour, -1, cv2.LINE_AA)

    def shape(
        self, points: Points, fill: Colour | None, edge: Colour, isen: str = "", ink: Colour = CREAM, width: float = 1.6
    ) -> None:
        """A closed form, its inside filled with small ornament."""
        path = np.round(points * FINE).astype(np.int32)
        if fill is not None:
            cv2.fillPoly(self.pixels, [path], fill, cv2.LINE_AA)
        if isen:
            mask: Pixels = np.zeros(self.pixels.shape[:2], np.uint8)
            cv2.fillPoly(mask, [path], 255)
            before = self.pixels.copy()
            self.isen(isen, points.min(axis=0), points.max(axis=0), ink)
            self.pixels = np.where(mask[..., None] > 0, self.pixels, before)
        self.line(points, edge, width, closed=True)

    def isen(self, kind: str, low: Points, high: Points, ink: Colour) -> None:
        """Fill a box with one of the small traditional fillings."""
        (left, top), (right, bottom) = low, high
        if kind == "cecek":
            for y in np.arange(top + 2, bottom, 6.5):
                for x in np.arange(left + 2, right, 6.5):
                    self.dot((x + self.jitter(1), y + self.jitter(1)), self.between(0.7, 1.5), ink)
        elif kind == "sawut":
            lean = self.between(-0.9, 0.9)
            for x in np.arange(left - abs(lean) * (bottom - top), right + abs(lean) * (bottom - top), 5.5):
                y = top
                while y < bottom:
                    length = self.between(5, 14)
                    at = x + lean * (y - top) + self.jitter(0.5)
                    self.line([(at, y), (at + lean * length, y + length)], ink, 1.1)
                    y += length + self.between(2, 6)
        elif kind == "sisik":
            for row, y in enumerate(np.arange(top, bottom + 8, 7.0)):
                for x in np.arange(left - 8, right + 8, 11.0):
                    centre = (x + row % 2 * 5.5 + self.jitter(0.7), y + self.jitter(0.7))
                    self.line(arc(centre, self.between(4.5, 6), 0, 180, 7), ink, 1.1)
        elif kind == "galaran":
            for y in np.arange(top, bottom, 5.5):
                phase = self.between(0, 6)
                xs = np.arange(left, right + 4, 4.0)
                self.line(np.column_stack([xs, y + 1.7 * np.sin(xs / self.between(4, 7) + phase)]), ink, 1.1)
        elif kind == "ukel":
            for y in np.arange(top + 4, bottom + 4, 13.0):
                for x in np.arange(left + 4, right + 4, 13.0):
                    self.spiral((x + self.jitter(2), y + self.jitter(2)), self.between(4, 6.5), ink)
        elif kind == "kembang":
            for y in np.arange(top + 4, bottom + 4, 14.0):
                for x in np.arange(left + 4, right + 4, 14.0):
                    at = (x + self.jitter(2), y + self.jitter(2))
                    count = int(self.rng.integers(4, 7))
                    turn = self.between(0, 6)
                    for k in range(count):
                        angle = turn + 2 * pi * k / count
                        self.dot((at[0] + 3.6 * cos(angle), at[1] + 3.6 * sin(angle)), 1.2, ink)
                    self.dot(at, 1.0, ink)

    def spiral(self, at: Point, radius: float, ink: Colour) -> None:
        turn, way = self.between(0, 6), (1 if self.rng.random() < 0.5 else -1)
        steps = np.linspace(0, 1, 16)
        angles = turn + way * steps * self.between(7, 11)
        self.line(
            np.column_stack([at[0] + radius * steps * np.cos(angles), at[1] + radius * steps * np.sin(angles)]),
            ink,
            1.2,
        )

    def leaf(
        self,
        root: Point,
        angle: float,
        length: float,
        width: float,
        fill: Colour,
        edge: Colour,
        ink: Colour,
        isen: str = "",
    ) -> None:
        """A leaf from its root along an angle in degrees, bent, with veins or a filling."""
        steps = np.linspace(0, 1, 12)
        bend = self.jitter(0.10) * length
        swell = np.sin(steps * pi) ** 0.8 * width / 2
        spine = np.column_stack([steps * length, bend * np.sin(steps * pi)])
        up = spine + np.column_stack([np.zeros(12), swell * (1 + self.jitter(0.14))])
        down = spine - np.column_stack([np.zeros(12), swell * (1 + self.jitter(0.14))])
        self.shape(turned(np.vstack([up, down[::-1]]), angle, root), fill, edge, isen, ink, 1.4)
        if not isen:
            self.line(turned(spine[:-1], angle, root), ink, 1.3)
            for at in np.arange(2, 10, 1 if length > 34 else 2):
                for side in (up, down):
                    tip = spine[at] + (side[at] - spine[at]) * self.between(0.55, 0.85) + np.array([length * 0.07, 0])
                    self.line(turned(np.array([spine[at], tip]), angle, root), ink, 1.0)

    def flower(
        self, at: Point, radius: float, petals: int, fills: Sequence[Colour], edge: Colour, ink: Colour, isen: str = ""
    ) -> None:
        turn = self.between(0, 360)
        for k in range(petals):
            angle = turn + 360 * k / petals + self.jitter(4)
            root = (at[0] + radius * 0.18 * cos(radians(angle)), at[1] + radius * 0.18 * sin(radians(angle)))
            long = radius * self.between(0.72, 0.92)
            self.leaf(root, angle, long, radius * 3.4 / petals + 2, self.pick(fills), edge, ink, isen)
        self.dot(at, radius * 0.22, edge)
        for k in range(6):
            angle = turn + 60 * k
            self.dot(
                (at[0] + radius * 0.12 * cos(radians(angle)), at[1] + radius * 0.12 * sin(radians(angle))), 1.1, ink
            )

    def scatter(self, count: int, colours: Sequence[Colour], kinds: Sequence[str], apart: float) -> None:
        """Small ornaments strewn where nothing but ground has been drawn."""
        ground = self.pixels.copy()
        placed: list[Point] = []
        for _ in range(count * 12):
            at = (self.between(5, self.width - 5), self.between(5, self.height - 5))
            x, y, r = int(at[0] * FINE), int(at[1] * FINE), int(apart * 0.45 * FINE)
            patch = ground[max(0, y - r) : y + r, max(0, x - r) : x + r].reshape(-1, 3)
            if len(placed) >= count or int(np.ptp(patch, axis=0).max()) > 24:
                continue
            if any((at[0] - p[0]) ** 2 + (at[1] - p[1]) ** 2 < apart**2 for p in placed):
                continue
            placed.append(at)
            self.trinket(at, self.between(0.35, 0.5) * apart, self.pick(colours), self.word(kinds))

    def trinket(self, at: Point, size: float, colour: Colour, kind: str) -> None:
        turn = self.between(0, 2 * pi)
        if kind == "spiral":
            self.spiral(at, size, colour)
        elif kind == "star":
            count = int(self.rng.integers(4, 8))
            for k in range(count):
                a = turn + 2 * pi * k / count + self.jitter(0.1)
                reach = size * self.between(0.7, 1.1)
                self.line([at, (at[0] + reach * cos(a), at[1] + reach * sin(a))], colour, 1.3)
                self.dot((at[0] + reach * cos(a), at[1] + reach * sin(a)), 1.1, colour)
        elif kind == "drops":
            for k in range(int(self.rng.integers(3, 6))):
                a = turn + 0.7 * k
                self.dot((at[0] + size * 0.7 * cos(a), at[1] + size * 0.7 * sin(a)), self.between(0.9, 2.2), colour)
        elif kind == "sprig":
            for a in (-0.8, 0.0, 0.8):
                lean = turn + a + self.jitter(0.1)
                end = (at[0] + size * cos(lean), at[1] + size * sin(lean))
                self.line([(at[0] - size * 0.6 * cos(turn), at[1] - size * 0.6 * sin(turn)), at, end], colour, 1.3)
                self.dot(end, 1.7, colour)
        else:
            self.line(arc(at, size, np.degrees(turn), np.degrees(turn) + self.between(120, 250), 9), colour, 1.5)
            self.dot(at, 1.6, colour)

    def finish(self) -> Pixels:
        """The drawing as cloth: hand's wobble, bleeding dye, crackle in the wax, blotches and weave."""
        picture = cv2.resize(self.pixels, (self.width, self.height), interpolation=cv2.INTER_AREA)
        ys, xs = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        dx = self.noise(40) * 2.6 + self.noise(9) * 0.7
        dy = self.noise(40) * 2.6 + self.noise(9) * 0.7
        picture = cv2.remap(picture, xs + dx, ys + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        colour = picture.astype(np.float32)
        colour = 0.8 * colour + 0.2 * cv2.GaussianBlur(colour, (0, 0), 2.2)
        crackle = self.crackle()[..., None]
        light = colour.mean(axis=2, keepdims=True) / 255
        colour -= crackle * (30 + 75 * light)
        colour *= 1 + 0.045 * self.noise(60)[..., None] + 0.03 * self.noise(18)[..., None]
        weave = 2.2 * np.sin(xs * 2.1 + 0.5 * self.noise(30)) + 2.2 * np.sin(ys * 2.1 + 0.5 * self.noise(30))
        colour += weave[..., None] + self.rng.normal(0, 1.6, picture.shape)
        return np.clip(colour, 0, 255).astype(np.uint8)

    def noise(self, size: float) -> npt.NDArray[np.float32]:
        """Smooth noise of unit spread with bumps of a size."""
        rows, columns = int(self.height / size) + 3, int(self.width / size) + 3
        coarse = self.rng.normal(0, 1, (rows, columns)).astype(np.float32)
        smooth = cv2.resize(coarse, (self.width, self.height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(smooth / (smooth.std() + 1e-6), np.float32)

    def crackle(self) -> npt.NDArray[np.float32]:
        cracks: Pixels = np.zeros((self.height * FINE, self.width * FINE), np.uint8)
        paths = [
            (self.between(0, self.width), self.between(0, self.height), self.between(0, 2 * pi), self.between(30, 170))
            for _ in range(34)
        ]
        while paths:
            x, y, heading, left = paths.pop()
            while left > 0:
                step = self.between(4, 10)
                heading += self.jitter(0.3)
                end = (x + step * cos(heading), y + step * sin(heading))
                shade = int(self.between(90, 255))
                cv2.line(
                    cracks, _whole((x * FINE, y * FINE)), _whole((end[0] * FINE, end[1] * FINE)), shade, 1, cv2.LINE_AA
                )
                if self.rng.random() < 0.05:
                    paths.append(
                        (x, y, heading + (1 if self.rng.random() < 0.5 else -1) * self.between(0.5, 1.2), left * 0.5)
                    )
                (x, y), left = end, left - step
        small = cv2.resize(cracks, (self.width, self.height), interpolation=cv2.INTER_AREA)
        return np.asarray(small.astype(np.float32) / 255, np.float32)


def _whole(point: Sequence[float] | Points) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


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


# Elements of the contemporary motifs.


def shark(c: Cloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour) -> None:
    body = [(1.0, 0.02), (0.7, -0.16), (0.3, -0.24), (0.1, -0.46), (0.0, -0.24), (-0.5, -0.12), (-0.9, -0.36),
            (-0.84, 0.0), (-1.0, 0.26), (-0.6, 0.08), (-0.1, 0.2), (-0.02, 0.44), (0.2, 0.2), (0.7, 0.15)]  # fmt: skip
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "galaran", "cecek"]), ink, 2.0)
    way = -1 if flip else 1
    eye = turned(np.array([[0.68 * way, -0.05]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.05, ink)
    c.dot((eye[0], eye[1]), size * 0.025, edge)
    for k in range(3):
        gill = turned(np.array([[(0.45 - 0.08 * k) * way, -0.1], [(0.42 - 0.08 * k) * way, 0.08]]) * size, angle, at)
        c.line(gill, edge, 1.6)


def crocodile(
    c: Cloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour
) -> None:
    body = [(1.1, 0.0), (0.75, -0.1), (0.5, -0.2), (0.1, -0.22), (-0.4, -0.16), (-0.8, -0.3),
            (-1.1, -0.16), (-0.95, -0.1), (-0.7, -0.02), (-0.4, 0.12), (-0.5, 0.42), (-0.25, 0.16),
            (0.2, 0.18), (0.22, 0.46), (0.4, 0.14), (0.7, 0.12)]  # fmt: skip
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "kembang"]), ink, 2.0)
    way = -1 if flip else 1
    for k in range(11):
        x = 0.45 - 0.11 * k
        spike = (
            np.array([[(x + 0.05) * way, -0.2], [x * way, -0.3 - c.between(0, 0.05)], [(x - 0.05) * way, -0.2]]) * size
        )
        c.shape(turned(spike, angle, at), ink, edge, width=1.2)
    jaw = turned(np.array([[1.05 * way, 0.02], [0.8 * way, 0.0], [0.55 * way, 0.04]]) * size, angle, at)
    c.line(jaw, edge, 1.6)
    for k in range(5):
        tooth = turned(np.array([[(0.95 - 0.08 * k) * way, 0.0], [(0.93 - 0.08 * k) * way, 0.07]]) * size, angle, at)
        c.line(tooth, CREAM, 1.5)
    eye = turned(np.array([[0.52 * way, -0.14]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.045, CREAM)
    c.dot((eye[0], eye[1]), size * 0.02, edge)


def fish(c: Cloth, at: Point, size: float, angle: float, flip: bool, fill: Colour, edge: Colour, ink: Colour) -> None:
    body = [
        (1, 0),
        (0.6, -0.3),
        (0.0, -0.42),
        (-0.5, -0.12),
        (-1, -0.4),
        (-0.82, 0),
        (-1, 0.4),
        (-0.5, 0.12),
        (0, 0.38),
        (0.6, 0.3),
    ]
    c.shape(figure(body, at, size, angle, flip), fill, edge, c.word(["sisik", "cecek", "galaran", "sawut"]), ink, 1.6)
    eye = turned(np.array([[(-0.65 if flip else 0.65), -0.08]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.09, ink)


def bird(
    c: Cloth, at: Point, size: float, angle: float, flip: bool, fills: Sequence[Colour], edge: Colour, ink: Colour
) -> None:
    way = -1 if flip else 1
    for k in range(int(c.rng.integers(3, 6))):
        root = turned(np.array([[-0.55 * way, 0.05]]) * size, angle, at)[0]
        lean = angle + (180 if not flip else 0) + way * (22 * k - 30 + c.jitter(5))
        c.leaf(
            (root[0], root[1]),
            lean,
            size * c.between(0.7, 1.1),
            size * 0.22,
            c.pick(fills),
            edge,
            ink,
            c.word(["", "cecek"]),
        )
    body = [
        (1.05, -0.42),
        (0.8, -0.58),
        (0.55, -0.5),
        (0.42, -0.25),
        (0.0, -0.2),
        (-0.6, 0.0),
        (-0.3, 0.28),
        (0.2, 0.34),
        (0.6, 0.05),
        (0.78, -0.34),
    ]
    c.shape(figure(body, at, size, angle, flip), c.pick(fills), edge, c.word(["sisik", "sawut", "cecek"]), ink, 1.8)
    root = turned(np.array([[0.25 * way, -0.02]]) * size, angle, at)[0]
    for k in range(4):
        lean = angle + (200 if not flip else -20) + way * (26 * k + c.jitter(5))
        c.leaf((root[0], root[1]), lean, size * (1.0 - 0.12 * k), size * 0.26, c.pick(fills), edge, ink)
    eye = turned(np.array([[0.72 * way, -0.44]]) * size, angle, at)[0]
    c.dot((eye[0], eye[1]), size * 0.06, CREAM)
    c.dot((eye[0], eye[1]), size * 0.03, INK)


def boat(c: Cloth, at: Point, size: float, fills: Sequence[Colour], edge: Colour, ink: Colour) -> None:
    lean = c.jitter(5)
    hull = [
        (-1.1, -0.25),
        (-0.85, 0.1),
        (-0.4, 0.28),
        (0.4, 0.28),
        (0.85, 0.08),
        (1.15, -0.35),
        (0.6, -0.05),
        (0.0, 0.0),
        (-0.6, -0.02),
    ]
    c.shape(figure(hull, at, size, lean), c.pick(fills), edge, c.word(["sawut", "kembang", "galaran"]), ink, 2.0)
    mast = turned(np.array([[0.0, 0.0], [0.03, -1.5]]) * size, lean, at)
    c.line(mast, edge, 2.4)
    for way, high in ((1, c.between(1.1, 1.4)), (-1, c.between(0.7, 1.1))):
        sail = np.array(
            [[0.06 * way, -0.12], [0.08 * way, -high], [0.55 * way, -high * 0.6], [0.8 * way, -0.2], [0.4 * way, -0.1]]
        )
        c.shape(
            turned(curve(sail, between=4) * size, lean, at),
            c.pick(fills),
            edge,
            c.word(["cecek", "ukel", "sawut", "galaran"]),
            ink,
            1.6,
        )
    flag = turned(np.array([[0.03, -1.5], [0.3, -1.42 + c.jitter(0.05)], [0.03, -1.32]]) * size, lean, at)
    c.shape(flag, c.pick(fills), edge, width=1.2)


def clover(c: Cloth, at: Point, size: float, turn: float, fills: Sequence[Colour], edge: Colour, ink: Colour) -> None:
    stem = curve(
        [at, (at[0] + size * c.between(-0.5, 0.5), at[1] + size), (at[0] + c.jitter(0.3) * size, at[1] + 1.7 * size)],
        False,
    )
    c.line(stem, edge, 2.0)
    lobe = [(0.05, 0.0), (0.45, -0.42), (0.85, -0.5), (0.93, -0.14), (0.8, 0.0), (0.93, 0.16), (0.85, 0.5), (0.42, 0.4)]
    for k in range(4):
        angle = turn + 90 * k + c.jitter(6)
        c.shape(
            figure(lobe, at, size * c.between(0.88, 1.08), angle),
            c.pick(fills),
            edge,
            c.word(["", "cecek", "sawut"]),
            ink,
            1.6,
        )
        for spread in (-24, -8, 8, 24):
            rib = turned(np.array([[0.1, 0], [c.between(0.5, 0.75), 0]]) * size, angle + spread, at)
            c.line(rib, ink, 1.0)
    c.dot(at, size * 0.12, ink)


def cloud(c: Cloth, at: Point, size: float, shades: Sequence[Colour], edge: Colour, flip: bool) -> None:
    """A rain cloud in nested bands, as on the north coast."""
    lumps = [(-1.45, 0.3), (-1.25, -0.14), (-0.85, -0.12), (-0.72, -0.6), (-0.15, -0.78), (0.16, -0.46), (0.5, -0.66),
             (0.85, -0.3), (1.15, -0.34), (1.45, 0.14), (1.1, 0.3), (0.7, 0.52), (0.2, 0.32),
             (-0.3, 0.54), (-0.8, 0.28)]  # fmt: skip
    shaken = [(x + c.jitter(0.06), y + c.jitter(0.05)) for x, y in lumps]
    for k, shade in enumerate(shades):
        shrink = 1 - k * 0.15
        place = (at[0] + c.jitter(1), at[1] + k * size * 0.02)
        c.shape(figure(shaken, place, size * shrink, 0, flip), shade, edge, width=1.5)
    inner = [(x * 0.24, y * 0.3) for x, y in shaken]
    c.shape(figure(inner, at, size, 0, flip), shades[0], edge, c.word(["cecek", "ukel", "galaran"]), CREAM, 1.4)


def butterfly(
    c: Cloth, at: Point, size: float, angle: float, fills: Sequence[Colour], edge: Colour, ink: Colour
) -> None:
    for side in (1, -1):
        upper = [(0.02, 0), (0.3, -0.7), (0.8, -0.95), (1.05, -0.6), (0.7, -0.1)]
        lower = [(0.02, 0.02), (0.6, 0.05), (0.85, 0.4), (0.55, 0.8), (0.2, 0.5)]
        for wing in (upper, lower):
            c.shape(
                figure(wing, at, size, angle, side < 0),
                c.pick(fills),
                edge,
                c.word(["cecek", "sisik", "sawut", "ukel"]),
                ink,
                1.7,
            )
            middle = turned(np.mean(wing, axis=0, keepdims=True) * np.array([[side, 1]]) * size, angle, at)[0]
            c.dot((middle[0], middle[1]), size * 0.13, c.pick(fills))
            c.dot((middle[0], middle[1]), size * 0.05, ink)
        c.line(turned(curve([(0, -0.3), (0.1 * side, -0.7), (0.32 * side, -0.95)], False) * size, angle, at), edge, 1.5)
    c.leaf(_point(turned(np.array([[0, -0.4]]) * size, angle, at)), angle + 90, size, size * 0.16, edge, edge, ink)


def _point(points: Points) -> Point:
    return float(points[0][0]), float(points[0][1])


# The motifs.


def kawung_ground(c: Cloth, pitch: float, fills: Sequence[Colour], edge: Colour, ink: Colour) -> list[Point]:
    """Four petals around every crossing; returns the crossings."""
    crossings = []
    for row in range(-1, int(c.height / pitch) + 2):
        for column in range(-1, int(c.width / pitch) + 2):
            at = ((column + 0.5) * pitch + c.jitter(1.3), (row + 0.5) * pitch + c.jitter(1.3))
            crossings.append(at)
            for k in range(4):
                angle = 45 + 90 * k + c.jitter(3)
                root = (at[0] + pitch * 0.08 * cos(radians(angle)), at[1] + pitch * 0.08 * sin(radians(angle)))
                c.leaf(root, angle, pitch * c.between(0.52, 0.58), pitch * c.between(0.3, 0.36), c.pick(fills), edge,
                       ink, c.word(["", "cecek", "sawut"]))  # fmt: skip
                tip = (at[0] + pitch * 0.35 * cos(radians(angle)), at[1] + pitch * 0.35 * sin(radians(angle)))
                c.dot(tip, 1.8, edge)
            c.dot(at, pitch * 0.05, ink)
    return crossings


def kawung_heritage() -> Cloth:
    c = Cloth(560, 560, DARK, 101)
    for at in kawung_ground(c, 80, [CREAM, CREAM, (226, 200, 150)], SOGA, DARK):
        for k in range(4):
            far = (at[0] + 40 * cos(pi / 2 * k), at[1] + 40 * sin(pi / 2 * k))
            c.trinket(far, 6 + c.jitter(0.7), GOLD, "star")
    return c


def parang_ground(c: Cloth) -> None:
    """Slanting rows of interlocked blades, with mlinjon lozenges between the rows."""
    reach = c.width + c.height
    for row, across in enumerate(np.arange(-reach / 2, reach / 2, 78.0)):
        for along in np.arange(-reach / 2, reach / 2, 34.0):
            local = np.array(
                [
                    (-30, 12),
                    (-22, -9),
                    (-4, -15),
                    (12, -7),
                    (28, -17),
                    (31, -3),
                    (18, 9),
                    (6, 3),
                    (-6, 4),
                    (-15, 13),
                    (-26, 19),
                ]
            )
            shaken = local + c.rng.normal(0, 1.3, local.shape) + np.array([across, along + row % 2 * 17])
            path = turned(curve(shaken), 45, (c.width / 2, c.height / 2))
            if (
                path[:, 0].max() < -20
                or path[:, 0].min() > c.width + 20
                or path[:, 1].max() < -20
                or path[:, 1].min() > c.height + 20
            ):
                continue
            c.shape(path, c.pick([CREAM, (228, 204, 158)]), DARK, c.word(["", "sawut", "cecek", "galaran"]), SOGA, 2.0)
            spine = curve(shaken[[0, 1, 2, 3, 4]] * 0.82 + shaken.mean(axis=0) * 0.18, False)
            c.line(turned(spine, 45, (c.width / 2, c.height / 2)), SOGA, 1.5)
            eye = turned(
                np.array([[across - 14 + c.jitter(1), along + 3 + row % 2 * 17]]), 45, (c.width / 2, c.height / 2)
            )
            c.dot(_point(eye), c.between(2, 3.2), MORINDA)
        for along in np.arange(-reach / 2, reach / 2, 15.0):
            centre = np.array([across + 39 + c.jitter(0.6), along + c.jitter(1)])
            lozenge = np.array([(-4, 0), (0, -6), (4, 0), (0, 6)]) * c.between(0.8, 1.2) + centre
            c.shape(turned(lozenge, 45, (c.width / 2, c.height / 2)), GOLD, DARK, width=1.2)


def parang_heritage() -> Cloth:
    c = Cloth(560, 560, SOGA, 102)
    parang_ground(c)
    return c


def parang_muara() -> Cloth:
    """An own creation: the traditional parang as ground, original sea medallions over it."""
    c = parang_heritage()
    c.rng = np.random.default_rng(203)
    for at, size in (((150.0, 165.0), 112.0), ((410.0, 300.0), 122.0), ((150.0, 440.0), 100.0)):
        lumpy = [(at[0] + size * c.between(0.9, 1.05) * cos(a), at[1] + size * c.between(0.9, 1.05) * sin(a))
                 for a in np.linspace(0, 2 * pi, 18, endpoint=False)]  # fmt: skip
        c.shape(curve(lumpy), INDIGO, CREAM, "ukel", SKY, 3.0)
        for a in np.linspace(0, 2 * pi, 26, endpoint=False):
            c.dot(
                (at[0] + size * 0.87 * cos(a), at[1] + size * 0.87 * sin(a)), c.between(1.8, 3.4), c.pick([GOLD, CREAM])
            )
    shark(c, (150, 160), 78, -24, False, SKY, CREAM, INDIGO)
    crocodile(c, (412, 275), 82, 14, True, SAGE, CREAM, LEAF)
    fish(c, (410, 350), 42, -8, False, ROSE, CREAM, MORINDA)
    clover(c, (150, 418), 48, 20, [SAGE, GOLD, LEAF], CREAM, DARK)
    return c


def kawung_semanggi() -> Cloth:
    c = Cloth(560, 560, INDIGO, 201)
    crossings = kawung_ground(c, 112, [CREAM, SKY, (214, 222, 218)], INK, INDIGO)
    for k, at in enumerate(crossings):
        if k % 3 == 0:
            clover(c, at, 27, c.between(0, 90), [SAGE, LEAF, GOLD], INK, CREAM)
        elif k % 3 == 1:
            c.flower(at, c.between(20, 26), int(c.rng.integers(5, 9)), [ROSE, MORINDA, GOLD], INK, CREAM)
    c.scatter(110, [GOLD, CREAM, ROSE], ["star", "drops", "hook", "sprig"], 15)
    return c


def ceplok_teratai() -> Cloth:
    c = Cloth(560, 560, MORINDA, 204)
    for row in range(-1, 5):
        for column in range(-1, 5):
            at = (column * 140 + 70 + c.jitter(3), row * 140 + 70 + c.jitter(3))
            reaches = [c.between(60, 66) if k % 2 else c.between(50, 56) for k in range(16)]
            rim = [(at[0] + r * cos(pi * k / 8), at[1] + r * sin(pi * k / 8)) for k, r in enumerate(reaches)]
            c.shape(
                curve(rim), c.pick([CREAM, (232, 206, 166)]), DARK, c.word(["cecek", "galaran", "kembang"]), GOLD, 2.2
            )
            c.flower(at, c.between(46, 54), int(c.rng.integers(6, 11)), [ROSE, GOLD, SOGA, MANGROVE], DARK, CREAM)
            c.flower(at, c.between(20, 26), int(c.rng.integers(4, 7)), [MORINDA, INDIGO], DARK, CREAM)
            corner = (at[0] + 70 + c.jitter(2), at[1] + 70 + c.jitter(2))
            for k in range(4):
                angle = 90 * k + c.jitter(6)
                c.leaf(
                    corner,
                    angle,
                    c.between(36, 46),
                    c.between(13, 19),
                    c.pick([INDIGO, LEAF, DARK]),
                    CREAM,
                    CREAM,
                    c.word(["", "cecek"]),
                )
            c.dot(corner, 6, GOLD)
    c.scatter(160, [CREAM, GOLD], ["drops", "star", "hook"], 13)
    return c


def truntum_malam() -> Cloth:
    c = Cloth(520, 600, INK, 205)
    for row, y in enumerate(np.arange(20, 620, 41.0)):
        for x in np.arange(10 + row % 2 * 24, 540, 49.0):
            at = (x + c.jitter(4.5), y + c.jitter(4.5))
            if c.rng.random() < 0.14:
                c.flower(at, c.between(21, 27), int(c.rng.integers(6, 10)), [GOLD, ROSE, CREAM], SOGA, DARK)
                continue
            rays = int(c.rng.integers(5, 10))
            turn = c.between(0, 360)
            for k in range(rays):
                angle = turn + 360 * k / rays + c.jitter(5)
                reach = c.between(13, 19)
                c.leaf(at, angle, reach, c.between(4, 7), c.pick([CREAM, (224, 196, 140), GOLD]), SOGA, SOGA, "cecek")
                end = (at[0] + (reach + 3) * cos(radians(angle)), at[1] + (reach + 3) * sin(radians(angle)))
                c.dot(end, c.between(0.9, 2), CREAM)
            c.dot(at, c.between(3, 5), c.pick([MORINDA, SOGA, SKY]))
    c.scatter(240, [GOLD, CREAM, SKY], ["drops", "hook", "spiral", "sprig"], 14)
    return c


def mega_mendung() -> Cloth:
    c = Cloth(600, 520, (58, 34, 60), 206)
    blues = [(206, 220, 226), (150, 180, 206), SKY, (60, 96, 146), INDIGO]
    reds = [(240, 214, 190), (222, 166, 130), ROSE, (170, 70, 58), MORINDA]
    for k, y in enumerate(np.arange(30, 560, 82.0)):
        for x in np.arange(-30 + k % 2 * 105, 660, 205.0):
            size = c.between(62, 84)
            cloud(
                c,
                (x + c.jitter(14), y + c.jitter(9)),
                size,
                reds if c.rng.random() < 0.25 else blues,
                CREAM,
                c.rng.random() < 0.5,
            )
    c.scatter(170, [GOLD, CREAM, ROSE], ["spiral", "drops", "hook", "sprig"], 16)
    for at, flip in (((190.0, 120.0), False), ((420.0, 300.0), True), ((120.0, 420.0), False)):
        bird(c, at, 34, c.jitter(12), flip, [GOLD, CREAM, ROSE], INK, MORINDA)
    return c


def tambal_kampung() -> Cloth:
    c = Cloth(560, 560, CREAM, 207)
    grounds = [INDIGO, SOGA, MORINDA, LEAF, GOLD, DARK, CREAM, MANGROVE, SKY]
    knots = [[(x * 112 + c.jitter(9), y * 112 + c.jitter(9)) for x in range(-1, 7)] for y in range(-1, 7)]
    for y in range(7):
        for x in range(7):
            a, b, d, e = knots[y][x], knots[y][x + 1], knots[y + 1][x + 1], knots[y + 1][x]
            for patch in ([a, b, d], [a, d, e]) if (x + y) % 2 else ([a, b, e], [b, d, e]):
                ground = c.pick(grounds)
                ink = DARK if sum(ground) > 400 else CREAM
                c.shape(
                    np.array(patch),
                    ground,
                    DARK,
                    c.word(["cecek", "sawut", "sisik", "galaran", "ukel", "kembang"]),
                    ink,
                    3.0,
                )
                middle = (sum(p[0] for p in patch) / 3, sum(p[1] for p in patch) / 3)
                choice = c.word(["flower", "leaf", "fish", "clover", "none"])
                other = c.pick([CREAM, GOLD, ROSE] if sum(ground) < 300 else [MORINDA, INDIGO, DARK])
                if choice == "flower":
                    c.flower(middle, c.between(20, 27), int(c.rng.integers(4, 9)), [other], ink, ground)
                elif choice == "leaf":
                    for k in range(3):
                        c.leaf(middle, 120 * k + c.jitter(20), c.between(20, 30), 12, other, ink, ground)
                elif choice == "fish":
                    fish(c, middle, 23, c.between(0, 360), c.rng.random() < 0.5, other, ink, ground)
                elif choice == "clover":
                    clover(c, middle, 18, c.between(0, 90), [other], ink, ground)
    return c


def waves(c: Cloth, top: float, colours: Sequence[Colour], ink: Colour, pitch: float = 24) -> None:
    for row, y in enumerate(np.arange(top, c.height + 30, pitch)):
        for x in np.arange(-20 + row % 2 * 20, c.width + 30, 42.0):
            centre = (x + c.jitter(3), y + c.jitter(2))
            crest = np.vstack([arc(centre, c.between(20, 25), 180, 360, 12), arc(centre, 8, 360, 180, 6)])
            c.shape(crest, c.pick(colours), ink, c.word(["", "cecek", "sawut"]), ink, 1.5)
            c.spiral((centre[0], centre[1] - 8), c.between(5, 8), ink)


def perahu_pesisir() -> Cloth:
    c = Cloth(600, 540, (226, 204, 160), 208)
    c.flower((470, 85), 66, 14, [GOLD, MORINDA, ROSE], DARK, CREAM)
    for x, y, size in ((90, 110, 44), (280, 80, 36)):
        cloud(c, (x, y), size, [CREAM, SKY, INDIGO], DARK, x < 200)
    c.scatter(150, [SOGA, MANGROVE, MORINDA], ["drops", "hook", "sprig", "spiral"], 19)
    waves(c, 215, [SKY, INDIGO, (66, 112, 128)], CREAM)
    for x, y, size in (
        (120, 255, 62),
        (330, 235, 56),
        (510, 270, 66),
        (215, 380, 72),
        (430, 410, 76),
        (70, 470, 60),
        (580, 480, 54),
    ):
        boat(c, (x + c.jitter(5), y + c.jitter(5)), size, [MORINDA, GOLD, CREAM, SOGA, ROSE], DARK, INDIGO)
    for x, y in ((300, 300), (40, 350), (330, 490), (180, 500), (560, 360)):
        fish(c, (x, y), 24, c.jitter(20), c.rng.random() < 0.5, GOLD, DARK, MORINDA)
    return c


def jembatan_senja() -> Cloth:
    c = Cloth(640, 500, (188, 96, 62), 209)
    for y, shade in ((0, GOLD), (70, (208, 128, 66)), (140, (190, 98, 60))):
        xs = np.linspace(-10, 650, 24)
        edge = y + 60 + 14 * np.sin(xs / 60 + c.between(0, 6)) + c.rng.normal(0, 3, 24)
        band = np.vstack([np.column_stack([xs, np.full(24, float(y) - 20)]), np.column_stack([xs, edge])[::-1]])
        c.shape(curve(band, between=3), shade, MORINDA, c.word(["galaran", "cecek"]), CREAM, 1.6)
    c.flower((330, 120), 62, 16, [CREAM, GOLD, ROSE], MORINDA, MORINDA)
    for x, y, flip in ((90, 60, False), (190, 110, True), (540, 70, True), (600, 150, False), (450, 50, False)):
        bird(c, (x, y), 24, c.jitter(14), flip, [INDIGO, MORINDA, CREAM], DARK, CREAM)
    deck = np.linspace(-10, 650, 30)
    height = 300 - 34 * np.sin((deck + 10) / 660 * pi)
    for tower in (205.0, 440.0):
        foot = float(np.interp(tower, deck, height))
        for reach in np.arange(-210, 211, 17.5):
            end = (tower + reach, float(np.interp(tower + reach, deck, height)))
            c.line([(tower, foot - 150 + abs(reach) * 0.13), end], DARK if reach < 0 else INDIGO, 1.7)
            c.dot(end, c.between(2, 4), c.pick([CREAM, GOLD]))
        legs = (
            np.array([(-13, 90), (-6, -160), (6, -160), (13, 90)], np.float64)
            + np.array([tower, foot])
            + c.rng.normal(0, 1, (4, 2))
        )
        c.shape(legs, INDIGO, CREAM, "sawut", GOLD, 2.0)
    road = np.vstack([np.column_stack([deck, height]), np.column_stack([deck, height + 20])[::-1]])
    c.shape(road, DARK, CREAM, "kembang", GOLD, 2.4)
    waves(c, 355, [INDIGO, SKY, (60, 104, 120)], CREAM, 31)
    for x, y in ((110, 400), (330, 425), (550, 395)):
        boat(c, (x, y), 40, [MORINDA, GOLD, CREAM], DARK, INDIGO)
    return c


def hiu_buaya() -> Cloth:
    c = Cloth(560, 600, (26, 64, 70), 210)
    places = [(140, 110), (410, 90), (280, 235), (90, 330), (470, 300), (230, 425), (450, 470), (90, 540), (320, 570)]
    for k, (x, y) in enumerate(places):
        draw = shark if k % 2 == 0 else crocodile
        fills = [SKY, CREAM, ROSE] if k % 2 == 0 else [SAGE, GOLD, MANGROVE]
        draw(
            c,
            (x, y),
            c.between(98, 116),
            c.between(-34, 34),
            c.rng.random() < 0.5,
            c.pick(fills),
            INK,
            INDIGO if k % 2 == 0 else LEAF,
        )
    for k in range(26):
        at = (c.between(0, 560), c.between(0, 600))
        x, y = int(at[0] * FINE), int(at[1] * FINE)
        patch = c.pixels[max(0, y - 40) : y + 40, max(0, x - 40) : x + 40].reshape(-1, 3)
        if int(np.ptp(patch, axis=0).max()) < 20:
            c.flower(at, 19, 5 + k % 4, [GOLD, ROSE, CREAM], INK, MORINDA)
    c.scatter(330, [CREAM, SKY, GOLD, SAGE], ["spiral", "drops", "hook", "sprig", "star"], 16)
    return c


def daun_bakau() -> Cloth:
    c = Cloth(540, 580, (214, 190, 146), 211)
    for stem in range(7):
        x = 20 + stem * 84
        path = curve([(x + c.jitter(16), 590 - k * 75) for k in range(9)], False, 8)
        c.line(path, SOGA, 3.4)
        for k in range(3, len(path) - 1, 5):
            at = (float(path[k][0]), float(path[k][1]))
            for side in (0, 180):
                angle = side - 90 + (1 if side else -1) * -c.between(32, 60) + (0 if side == 0 else 180)
                fill = c.pick([LEAF, SAGE, MANGROVE, (58, 84, 60), GOLD])
                c.leaf(
                    at,
                    angle,
                    c.between(36, 52),
                    c.between(16, 22),
                    fill,
                    DARK,
                    CREAM,
                    c.word(["", "", "cecek", "sawut"]),
                )
            if k % 3 == 0:
                c.leaf(at, 90 + c.jitter(14), c.between(26, 44), 6, MORINDA, DARK, CREAM)
        for spread in (-26, -12, 12, 26):
            c.line(
                curve([(path[4][0], 540), (path[4][0] + spread * 0.8, 560), (path[4][0] + spread, 590)], False),
                SOGA,
                2.4,
            )
    for _ in range(9):
        at = (c.between(30, 510), c.between(40, 540))
        c.flower(at, c.between(15, 20), 5, [ROSE, MORINDA, CREAM], DARK, GOLD)
    c.scatter(300, [SOGA, MORINDA, LEAF], ["drops", "hook", "spiral", "star"], 12)
    return c


def semanggi() -> Cloth:
    c = Cloth(560, 560, (240, 224, 178), 212)
    for row, y in enumerate(np.arange(40, 600, 82.0)):
        for x in np.arange(20 + row % 2 * 45, 600, 92.0):
            fills = [LEAF, SAGE, (58, 84, 60)] if c.rng.random() < 0.72 else [GOLD, MANGROVE, MORINDA]
            clover(c, (x + c.jitter(9), y + c.jitter(9)), c.between(28, 42), c.between(0, 90), fills, DARK, CREAM)
    c.scatter(420, [SOGA, MORINDA, LEAF, INDIGO], ["drops", "hook", "spiral", "sprig", "star"], 13)
    return c


def burung_pantai() -> Cloth:
    c = Cloth(600, 560, (92, 44, 62), 213)
    for k, (x, y) in enumerate(
        [(120, 120), (330, 90), (520, 160), (90, 300), (290, 270), (490, 340), (150, 460), (350, 440), (550, 500)]
    ):
        bird(
            c,
            (x + c.jitter(8), y + c.jitter(8)),
            c.between(72, 88),
            c.jitter(16),
            k % 2 == 1,
            [SKY, CREAM, GOLD, ROSE, SAGE],
            INK,
            INDIGO,
        )
    for branch in range(8):
        start = (c.between(0, 600), c.between(0, 560))
        path = curve([(start[0] + 34 * k, start[1] + c.jitter(14)) for k in range(4)], False)
        c.line(path, GOLD, 2.2)
        for k in range(1, len(path), 3):
            c.leaf(
                (path[k][0], path[k][1]),
                (60 if k % 2 else -60) + branch * 9,
                c.between(14, 22),
                9,
                c.pick([SAGE, LEAF, GOLD]),
                INK,
                CREAM,
            )
    c.scatter(320, [CREAM, GOLD, ROSE], ["star", "drops", "spiral", "sprig", "hook"], 15)
    return c


def lereng_ikan() -> Cloth:
    c = Cloth(560, 560, SKY, 214)
    centre = (280.0, 280.0)
    for band, across in enumerate(np.arange(-420, 420, 64.0)):
        strip = np.array([(across, -420), (across + 60, -420), (across + 60, 420), (across, 420)], np.float64)
        ground = [INDIGO, CREAM, MANGROVE, (70, 104, 118)][band % 4]
        ink = CREAM if sum(ground) < 420 else SOGA
        c.shape(turned(strip, 32, centre), ground, DARK, ["cecek", "galaran", "", "sawut"][band % 4], ink, 2.6)
        for along in np.arange(-400 + band % 2 * 30, 400, 72.0):
            at = _point(turned(np.array([[across + 30 + c.jitter(3), along + c.jitter(9)]]), 32, centre))
            if not (-40 < at[0] < 600 and -40 < at[1] < 600):
                continue
            if (band + int(along)) % 3:
                fill = c.pick([GOLD, ROSE, MORINDA, SAGE] if band % 4 != 1 else [INDIGO, MORINDA, LEAF])
                fish(c, at, c.between(27, 34), 122 + c.jitter(12), c.rng.random() < 0.3, fill, DARK, CREAM)
            else:
                c.flower(at, c.between(22, 28), int(c.rng.integers(5, 9)), [GOLD, MORINDA, CREAM], DARK, INDIGO)
    return c


def sekar_muara() -> Cloth:
    c = Cloth(560, 600, DARK, 215)
    grounds = [CREAM, INDIGO, MORINDA, (226, 190, 130), LEAF, MANGROVE]
    places = [(x * 140 + 20 + (y % 2) * 70, y * 120 + 30) for y in range(6) for x in range(5)]
    for k, (x, y) in enumerate(places):
        at = (x + c.jitter(7), y + c.jitter(7))
        rim = [(at[0] + r * cos(a), at[1] + 0.86 * r * sin(a)) for a, r in
               ((2 * pi * j / 11, c.between(54, 74)) for j in range(11))]  # fmt: skip
        ground = c.pick(grounds)
        ink = DARK if sum(ground) > 400 else CREAM
        c.shape(
            curve(rim),
            ground,
            GOLD,
            c.word(["cecek", "galaran", "sisik", "sawut"]),
            MANGROVE if sum(ground) > 400 else SKY,
            3.0,
        )
        other = [MORINDA, INDIGO, LEAF, SOGA] if sum(ground) > 400 else [CREAM, GOLD, ROSE]
        if k % 4 == 0:
            bird(c, at, 33, c.jitter(20), k % 8 == 0, other, ink, ground)
        elif k % 4 == 1:
            c.flower(at, 42, int(c.rng.integers(5, 11)), other, ink, ground)
        elif k % 4 == 2:
            for j in range(6):
                c.leaf(
                    at, 60 * j + c.jitter(10), c.between(32, 44), 15, c.pick(other), ink, ground, c.word(["", "cecek"])
                )
        else:
            fish(c, at, 42, c.between(-30, 30), k % 8 == 3, c.pick(other), ink, ground)
    c.scatter(160, [GOLD, CREAM], ["drops", "star", "hook"], 11)
    return c


def kupu_kupu() -> Cloth:
    """The design that nobody registered."""
    c = Cloth(560, 540, (226, 196, 178), 216)
    for row, y in enumerate(np.arange(60, 560, 118.0)):
        for x in np.arange(60 + row % 2 * 60, 600, 128.0):
            fills = [MORINDA, GOLD, INDIGO, SKY, ROSE]
            butterfly(c, (x + c.jitter(9), y + c.jitter(9)), c.between(44, 56), c.between(-40, 40), fills, DARK, CREAM)
    c.scatter(330, [SOGA, MORINDA, INDIGO], ["sprig", "drops", "hook", "star"], 14)
    return c


HERITAGE: dict[str, Callable[[], Cloth]] = {"kawung": kawung_heritage, "parang": parang_heritage}
MOTIFS: dict[str, Callable[[], Cloth]] = {
    "burung-pantai": burung_pantai,
    "ceplok-teratai": ceplok_teratai,
    "daun-bakau": daun_bakau,
    "hiu-buaya": hiu_buaya,
    "jembatan-senja": jembatan_senja,
    "kawung-semanggi": kawung_semanggi,
    "lereng-ikan": lereng_ikan,
    "mega-mendung": mega_mendung,
    "parang-muara": parang_muara,
    "perahu-pesisir": perahu_pesisir,
    "sekar-muara": sekar_muara,
    "semanggi": semanggi,
    "tambal-kampung": tambal_kampung,
    "truntum-malam": truntum_malam,
}

# The suspects: what becomes of a motif on its way into somebody else's shop.


def cropped(picture: Pixels) -> Pixels:
    """Less than half of the cloth, a little turned and enlarged."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width * 0.42, height * 0.55), 7, 1.25)
    matrix[:, 2] += np.array([width * -0.04, height * -0.1])
    turned_picture = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.ascontiguousarray(turned_picture[60 : height - 70, 50 : width - 90])


def mirrored(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[:, ::-1])


def redyed(picture: Pixels) -> Pixels:
    """The same drawing in other dyes: every hue turned by 130 degrees."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + 65) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * 1.1, 0, 255)
    return np.asarray(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB), np.uint8)


def phone(picture: Pixels) -> Pixels:
    """Held askew under a lamp, a little out of focus, on a table."""
    rng = np.random.default_rng(301)
    height, width = picture.shape[:2]
    frame: Pixels = np.zeros((600, 640, 3), np.uint8)
    grain = cv2.resize(rng.normal(0, 1, (600, 40)).astype(np.float32), (640, 600))
    frame[:] = np.clip(np.array([104, 82, 62]) + 9 * grain[..., None], 0, 255).astype(np.uint8)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.array([(46, 34), (590, 62), (618, 566), (22, 540)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)

    cloth = cv2.warpPerspective(picture, matrix, (640, 600), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (640, 600))
    shot = np.where(mask[..., None] > 127, cloth, frame).astype(np.float64)
    ys, xs = np.mgrid[0:600, 0:640].astype(np.float32)
    light = 1.12 - 0.55 * np.hypot(xs - 180, ys - 140) / 640
    shadow = 1 - 0.22 / (1 + np.exp(-(xs * 0.8 + ys - 820) / 22))
    shot = shot * (light * shadow)[..., None] * np.array([1.06, 1.0, 0.86])
    soft = np.asarray(cv2.GaussianBlur(shot, (0, 0), 1.1)) + rng.normal(0, 3, shot.shape)
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def pasted(picture: Pixels) -> Pixels:
    """A part of the motif, turned, as a panel in a cloth that nobody registered."""
    host = Cloth(600, 560, (196, 168, 112), 302)
    for row, y in enumerate(np.arange(10, 600, 62.0)):
        for x in np.arange(row % 2 * 33, 640, 66.0):
            host.flower((x + host.jitter(4), y + host.jitter(4)), host.between(22, 30), int(host.rng.integers(4, 10)),
                        [INDIGO, LEAF, ROSE, CREAM], DARK, SOGA)  # fmt: skip
    host.scatter(240, [SOGA, INDIGO], ["drops", "hook", "sprig"], 12)
    cloth: Pixels = host.finish()
    panel = cv2.rotate(picture[40:400, 60:440], cv2.ROTATE_90_CLOCKWISE)
    panel = cv2.resize(panel, (330, 350), interpolation=cv2.INTER_AREA)
    cloth[110:460, 150:480] = panel
    cv2.rectangle(cloth, (149, 109), (480, 460), CREAM, 4, cv2.LINE_AA)
    return cloth


def thumbnail(picture: Pixels) -> Pixels:
    """The small picture of a listing, with the seller's caption and price."""
    small = cv2.resize(picture, (320, 300), interpolation=cv2.INTER_AREA)
    page: Pixels = np.full((356, 320, 3), 250, np.uint8)
    page[:300] = small
    cv2.rectangle(page, (0, 0), (96, 26), (206, 58, 44), -1)
    cv2.putText(page, "PROMO", (10, 19), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2, cv2.LINE_AA)
    cv2.putText(page, "Kain batik modern 2 m", (10, 324), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (40, 40, 40), 1, cv2.LINE_AA)
    cv2.putText(page, "Rp 149.000", (10, 346), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (206, 58, 44), 2, cv2.LINE_AA)
    return page


def traced(picture: Pixels) -> Pixels:
    """Only the outlines, in ink on paper, as a copyist traces them."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1.0).astype(np.float32)
    dark = (cv2.GaussianBlur(grey, (0, 0), 7) - grey > 16).astype(np.uint8)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= 24
    large[0] = False
    edges = np.where(large[parts], 255, 0).astype(np.uint8)
    ink = cv2.GaussianBlur(edges, (0, 0), 0.7).astype(np.float64)[..., None] / 255
    sheet = np.array([244, 238, 226]) * (1 - ink) + np.array([52, 46, 60]) * ink
    small = cv2.resize(sheet, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    return np.clip(small, 0, 255).astype(np.uint8)


def plain(_: Pixels) -> Pixels:
    """Cloth of one dye with a soft fold, nothing drawn on it."""
    fold = 1 - 0.05 * np.exp(-(((np.arange(480) - 210) / 60.0) ** 2))
    return np.asarray(np.tile(np.rint(np.array([152, 118, 84]) * fold[:, None]), (480, 1, 1)), np.uint8)


def tiny(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, (20, 20), interpolation=cv2.INTER_AREA), np.uint8)


def closer(picture: Pixels) -> Pixels:
    """The traditional ground itself, photographed closer."""
    height, width = picture.shape[:2]
    return np.asarray(
        cv2.resize(picture[20 : height - 20, 20 : width - 20], (500, 500), interpolation=cv2.INTER_AREA), np.uint8
    )


SUSPECTS: list[tuple[str, str, str, Callable[[Pixels], Pixels], str, str]] = [
    # file, made from, attack, how, verdict, relation
    ("crop.jpg", "motifs/daun-bakau.jpg", "crop, turned, enlarged", cropped, "partial", "partial"),
    ("mirrored.jpg", "motifs/hiu-buaya.jpg", "mirrored", mirrored, "copy", "copy"),
    ("redyed.jpg", "motifs/burung-pantai.jpg", "other dyes", redyed, "colourway", "colourway"),
    ("phone.jpg", "motifs/ceplok-teratai.jpg", "phone photo: askew, lamp light, blur", phone, "copy", "copy"),
    ("pasted.jpg", "motifs/sekar-muara.jpg", "part pasted in another cloth", pasted, "partial", "partial"),
    ("thumbnail.jpg", "motifs/perahu-pesisir.jpg", "listing thumbnail with caption", thumbnail, "copy", "copy"),
    ("traced.jpg", "motifs/semanggi.jpg", "traced outline", traced, "colourway", "colourway"),
    ("parang-ground.jpg", "heritage/parang.jpg", "traditional ground only", closer, "heritage", "partial"),
    ("unregistered.jpg", "", "unregistered design", mirrored, "clear", ""),
    ("plain.jpg", "", "nearly plain cloth", plain, "not_judged", ""),
    ("tiny.jpg", "motifs/mega-mendung.jpg", "20 x 20 pixels", tiny, "not_judged", ""),
]


def save(picture: Pixels, path: Path) -> Pixels:
    """As JPEG in at most LARGEST_BYTES; returns what a reader of the file sees."""
    for quality in range(86, 30, -3):
        data = io.BytesIO()
        Image.fromarray(picture).save(data, "JPEG", quality=quality, optimize=True)
        if data.tell() <= LARGEST_BYTES:
            break
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.getvalue())
    return np.asarray(Image.open(data).convert("RGB"), np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to draw in (default: this one)")
    out: Path = parser.parse_args().out
    drawn: dict[str, Pixels] = {"": kupu_kupu().finish()}
    for folder, designs in (("heritage", HERITAGE), ("motifs", MOTIFS)):
        for name, design in designs.items():
            cloth = design()
            cloth.rng = np.random.default_rng(zlib.crc32(f"{folder}/{name}".encode()))
            drawn[f"{folder}/{name}.jpg"] = save(cloth.finish(), out / folder / f"{name}.jpg")
    for place, (design_of, width, height) in DESIGNS.items():
        drawn[f"{place}.jpg"] = save(design_of(Path(place).name, width, height).dyed(), out / f"{place}.jpg")
    for name, (cloth_of, photograph) in PRODUCTS.items():
        save(photograph(drawn[cloth_of]), out / "products" / f"{name}.jpg")
    with (out / "expected.csv").open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(["file", "made_from", "attack", "verdict", "relation"])
        for file, source, attack, make, verdict, relation in SUSPECTS:
            save(make(drawn[source]), out / "suspect" / file)
            writer.writerow([f"suspect/{file}", source, attack, verdict, relation])


if __name__ == "__main__":
    main()
