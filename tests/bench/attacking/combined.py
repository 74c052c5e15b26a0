"""Several things at once, as copies really come."""

import random
from collections.abc import Callable

from tests.bench.attacking.basics import Moved, Rgb, cut, unmoved
from tests.bench.attacking.colours import hue
from tests.bench.attacking.files import cast, thumbnail, tone
from tests.bench.attacking.scenes import watermark
from tests.bench.attacking.shapes import crop40, mirror, phone, turn_small


def reprint(rgb: Rgb, rng: random.Random) -> Moved:
    """Other dyes, perhaps mirrored, photographed by phone, cut to 60 %."""
    turned_over = mirror if rng.random() < 0.5 else turn_small
    return _after(rgb, rng, hue, turned_over, phone, _most)


def listing(rgb: Rgb, rng: random.Random) -> Moved:
    """A shop's photo: a little turned, its own tone, the shop's name on it, as a thumbnail."""
    return _after(rgb, rng, turn_small, tone, watermark, thumbnail)


def night_market(rgb: Rgb, rng: random.Random) -> Moved:
    """A part of it on a stall, by phone, under a coloured lamp."""
    return _after(rgb, rng, crop40, phone, cast)


def _after(rgb: Rgb, rng: random.Random, *steps: Callable[[Rgb, random.Random], Moved]) -> Moved:
    matrix = unmoved()
    for step in steps:
        rgb, move = step(rgb, rng)
        matrix = move @ matrix
    return rgb, matrix


def _most(rgb: Rgb, rng: random.Random) -> Moved:
    return cut(rgb, 0.6, rng)
