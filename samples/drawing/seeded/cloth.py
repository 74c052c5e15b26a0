"""The cloth that a number begins, and the hand that draws on it."""

from collections.abc import Sequence
from math import cos, pi, radians, sin

import cv2
import numpy as np
import numpy.typing as npt

from samples.drawing.seeded.dyes import CREAM, Colour
from samples.drawing.seeded.paths import Point, Points, arc, turned, whole

Pixels = npt.NDArray[np.uint8]
FINE = 2
"""Drawn at twice the size, then reduced: smooth edges."""


class SeededCloth:
    """A canvas in picture pixels, with a hand that never draws the same line twice.

    It differs from `samples.drawing.cloth.Cloth`:

    - `rng`, begun from a number, serves strokes and dye, and a caller may begin it anew before `finish`; there hand
      and dye have generators of their own, begun from names.
    - Ornaments and fillings (leaf, flower, isen) are its methods; there they are functions over outlines.
    - A line is a chain of segments whose width breathes; there it is a row of discs.
    - `finish` wobbles and stains what was reduced already; `dyed` there works on the large cloth.

    Each keeps its own arithmetic and order of random numbers: the pictures in `samples/` follow from them to the byte.
    """

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
            cv2.line(self.pixels, whole(start), whole(end), colour, max(1, round(float(thick))), cv2.LINE_AA)

    def dot(self, at: Point, radius: float, colour: Colour) -> None:
        cv2.circle(self.pixels, whole(np.multiply(at, FINE)), max(1, round(radius * FINE)), colour, -1, cv2.LINE_AA)

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
                    cracks, whole((x * FINE, y * FINE)), whole((end[0] * FINE, end[1] * FINE)), shade, 1, cv2.LINE_AA
                )
                if self.rng.random() < 0.05:
                    paths.append(
                        (x, y, heading + (1 if self.rng.random() < 0.5 else -1) * self.between(0.5, 1.2), left * 0.5)
                    )
                (x, y), left = end, left - step
        small = cv2.resize(cracks, (self.width, self.height), interpolation=cv2.INTER_AREA)
        return np.asarray(small.astype(np.float32) / 255, np.float32)
