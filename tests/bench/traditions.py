"""Pictures for the heritage trial: traditional grounds by several hands, and creations that stand on them.

The drawing of one hand is public: the reference shows it, and so do the vendors' pictures of it, dyed, cut or
photographed in their own way. A creation is that same ground with large ornaments that are its maker's own.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from samples.drawing import isen
from samples.drawing.cloth import (
    COTTON,
    DARK,
    FOREST,
    INDIGO,
    JOLAWE,
    LEAF,
    MENGKUDU,
    NIGHT,
    PLUM,
    ROSE,
    SKY,
    SOGAN,
    TINGI,
    Cloth,
    Colour,
    mixed,
    seed_of,
)
from samples.drawing.creatures import bird, crocodile, fish, prawn, shark
from samples.drawing.grounds import GROUNDS, Dyes
from samples.drawing.ornaments import clover, rosette
from samples.drawing.shapes import Spot, oval
from samples.drawing.things import boat
from tests.bench.attacking.basics import Rgb
from tests.bench.attacks import ATTACKS

SIDE_PX = 520
DYES = (
    Dyes(SOGAN, COTTON, DARK, JOLAWE),
    Dyes(NIGHT, COTTON, DARK, MENGKUDU),
    Dyes(TINGI, COTTON, NIGHT, SKY),
    Dyes(FOREST, COTTON, DARK, LEAF),
)
RENDERED = ("crop70", "hue", "phone", "mirror", "turn_small", "crop40", "tone", "wrinkle", "thumbnail", "quarter_turn")
"""What vendors do to a public drawing."""
MILD = ("jpeg", "tone", "turn_small", "mirror", "hue", "crop70", "frame", "quarter_turn")
STRONG = ("phone", "turn_any", "wrinkle", "reprint", "listing", "shop_page", "negative", "tile", "worn", "vignette")

Ornament: TypeAlias = Callable[[Cloth, Spot, Colour, Colour, Colour], None]
ORNAMENTS: tuple[Ornament, ...] = (
    shark,
    crocodile,
    bird,
    fish,
    prawn,
    lambda cloth, spot, inside, edge, light: boat(cloth, spot, TINGI, edge, inside, light),
    clover,
    lambda cloth, spot, inside, edge, light: rosette(cloth, spot, 11, inside, edge, light, 0.22),
)


@dataclass(frozen=True)
class Tradition:
    """One hand's drawing of a pattern; `number` decides dyes and ornaments."""

    pattern: str
    hand: str
    number: int


@dataclass(frozen=True)
class Question:
    """A picture to check. `tradition` is what it shows, `kind` what was done to it."""

    rgb: Rgb
    tradition: Tradition
    kind: str


def traditions(hands: int) -> list[Tradition]:
    named = [(pattern, f"{pattern} {hand}") for hand in range(hands) for pattern in GROUNDS]
    return [Tradition(pattern, hand, number) for number, (pattern, hand) in enumerate(named)]


def reference(tradition: Tradition) -> Rgb:
    return _ground(tradition, "reference", DYES[tradition.number % 2]).dyed()


def vendors_own_dyes(tradition: Tradition) -> Rgb:
    """The public drawing as a vendor registers it: other dyes, cut at another place."""
    cloth = _ground(tradition, "vendor", DYES[2 + tradition.number % 2]).dyed()
    start, end = SIDE_PX // 12, SIDE_PX - SIDE_PX // 16
    return np.ascontiguousarray(cloth[start:end, start // 2 : end])


def creation(tradition: Tradition) -> Rgb:
    """The public drawing with three ornaments in round fields, which nobody else has."""
    dyes = DYES[tradition.number % 2]
    cloth = _ground(tradition, "creation", dyes)
    cloth.rng = np.random.default_rng(seed_of(f"{tradition.hand} ornaments"))
    rng = random.Random(tradition.hand)
    for n, (x, y) in enumerate(((0.28, 0.27), (0.72, 0.42), (0.36, 0.76))):
        at = Spot(SIDE_PX * (x + rng.uniform(-0.04, 0.04)), SIDE_PX * (y + rng.uniform(-0.04, 0.04)), SIDE_PX * 0.19)
        ornament = ORNAMENTS[(tradition.number + 3 * n) % len(ORNAMENTS)]
        _field(cloth, at, (INDIGO, PLUM, MENGKUDU, FOREST)[(tradition.number + n) % 4])
        ornament(
            cloth, at.at(0, 0, 0.55, rng.uniform(-25, 25), rng.random() < 0.5), COTTON, DARK, (ROSE, JOLAWE)[n % 2]
        )
    return cloth.dyed()


def with_one_ornament(tradition: Tradition, radius: float) -> Rgb:
    """The public drawing with a single ornament near its middle; `radius` of its field is a fraction of the side."""
    cloth = _ground(tradition, "creation", DYES[tradition.number % 2])
    cloth.rng = np.random.default_rng(seed_of(f"{tradition.hand} ornaments"))
    rng = random.Random(tradition.hand)
    at = Spot(SIDE_PX * rng.uniform(0.35, 0.6), SIDE_PX * rng.uniform(0.35, 0.6), SIDE_PX * radius)
    _field(cloth, at, INDIGO)
    ORNAMENTS[tradition.number % len(ORNAMENTS)](cloth, at.at(0, 0, 0.55, 0, False), COTTON, DARK, ROSE)
    return cloth.dyed()


def quiet_questions(among: Sequence[Tradition], each: int) -> Iterator[Question]:
    """Public drawings only: `each` pictures of every reference's drawing, and one of the pattern by a hand unknown."""
    for tradition in among:
        cloth = _ground(tradition, "market", DYES[(tradition.number + 1) % len(DYES)])
        for k in range(each):
            kind = RENDERED[(tradition.number * each + k) % len(RENDERED)]
            cloth.name = f"{tradition.hand} market {k}"
            yield Question(_attacked(cloth.dyed(), kind, cloth.name), tradition, kind)
    for number, pattern in enumerate(sorted({tradition.pattern for tradition in among})):
        other = Tradition(pattern, f"{pattern} elsewhere", number)
        yield Question(_ground(other, "elsewhere", DYES[number % len(DYES)]).dyed(), other, "another hand")


def alarming_questions(among: Sequence[Tradition], each: int) -> Iterator[Question]:
    """Copies of creations, their ornaments included: mild and strong attacks by turns."""
    kinds = [name for pair in zip(MILD * len(STRONG), STRONG * len(MILD), strict=True) for name in pair]
    for position, tradition in enumerate(among):
        rgb = creation(tradition)
        for k in range(each):
            kind = kinds[position * each + k]
            yield Question(_attacked(rgb, kind, f"{tradition.hand} copy {k}"), tradition, kind)


def _attacked(rgb: Rgb, kind: str, seed: str) -> Rgb:
    return ATTACKS[kind][1](rgb, random.Random(seed))[0]


def _ground(tradition: Tradition, name: str, dyes: Dyes) -> Cloth:
    cloth = Cloth(f"{tradition.hand} {name}", SIDE_PX, SIDE_PX, dyes.ground, hand=tradition.hand)
    GROUNDS[tradition.pattern](cloth, dyes)
    return cloth


def _field(cloth: Cloth, at: Spot, colour: Colour) -> None:
    rim = cloth.shape(at(oval(1, 1)), COTTON, DARK, 3, 1.4)
    isen.rim_dots(cloth, rim, DARK, 6, 8, 1.8)
    inside = cloth.shape(at(oval(0.86, 0.86)), colour, DARK, 2.4, 1.4)
    isen.ukel(cloth, inside, mixed(colour, COTTON, 0.45), 18)
