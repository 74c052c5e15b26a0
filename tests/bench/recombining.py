"""Views that nobody drew, as many as wanted: mixed from the keypoints of real pictures.

Each has two to four parents, whose keypoints it moves, turns and sizes together. Of each descriptor a quarter comes
from another picture, and every tenth level differs by one: alike enough that look-alikes grow with the registry, and
none a copy of a parent.
"""

from collections.abc import Sequence

import numpy as np

from umkm_cli.matching.describing.features import LEVELS, WORKING_PX
from umkm_cli.matching.describing.fingerprint import Fingerprint, Keypoints
from umkm_cli.matching.thresholds import DEFAULT

_FEWEST, _MOST = 2, 4
_LOG2_SCALE = 0.7
_MOVED_PX = 80.0
_CHANGED = 0.1
_STEPS = 16


def recombined(pool: Sequence[Fingerprint], number: int) -> Fingerprint:
    """The same for the same pool and number; the pool holds at least four."""
    rng = np.random.default_rng([77, number])
    parents = rng.choice(len(pool), rng.integers(_FEWEST, _MOST + 1), replace=False)
    moves = [_Move(rng) for _ in parents]
    channels = []
    for channel, count in enumerate(DEFAULT.held):
        parts = []
        whose = rng.integers(0, len(parents), count)
        for k, (parent, move) in enumerate(zip(parents, moves, strict=True)):
            source, other = pool[int(parent)].channels[channel], pool[int(rng.integers(len(pool)))].channels[channel]
            if len(source) and len(other):
                parts.append(_taken(source, other, int((whose == k).sum()), move, rng))
        channels.append(_joined(parts))
    return Fingerprint(WORKING_PX, WORKING_PX, 50.0, tuple(channels))


class _Move:
    def __init__(self, rng: np.random.Generator) -> None:
        self.turn = rng.uniform(0, 360)
        self.log2_scale = rng.uniform(-_LOG2_SCALE, _LOG2_SCALE)
        self.shift = rng.uniform(-_MOVED_PX, _MOVED_PX, 2)


def _taken(source: Keypoints, other: Keypoints, count: int, move: _Move, rng: np.random.Generator) -> Keypoints:
    rows = rng.integers(0, len(source), count)
    angle, centre = np.deg2rad(move.turn), WORKING_PX / 2
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * 2**move.log2_scale
    xy = (source.xy[rows] - centre) @ turn + centre + move.shift
    foreign = other.levels[rng.integers(0, len(other), count)]
    quarter = np.arange(128) // 32 == rng.integers(0, 4, count)[:, None]
    levels = np.where(quarter, foreign, source.levels[rows]).astype(np.int64)
    levels += np.where(rng.random(levels.shape) < _CHANGED, rng.choice([-1, 1], levels.shape), 0)
    return Keypoints(
        np.clip(np.rint(xy * (65535 / WORKING_PX)), 0, 65535).astype(np.uint16),
        np.clip(source.size[rows] + np.rint(_STEPS * move.log2_scale), 0, 255).astype(np.uint8),
        (np.rint(source.angle[rows] + move.turn * (256 / 360)).astype(np.int64) % 256).astype(np.uint8),
        source.colour[rows],
        np.clip(levels, 0, LEVELS - 1).astype(np.uint8),
    )


def _joined(parts: Sequence[Keypoints]) -> Keypoints:
    names = ("place", "size", "angle", "colour", "levels")
    return Keypoints(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
