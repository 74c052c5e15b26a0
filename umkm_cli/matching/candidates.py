"""Which registered views deserve a closer look, and which keypoints of two pictures could be the same.

Candidates: every query descriptor, in each of its variants, asks every registered descriptor; its nearest one of each
view is a vote for that view, worth the square of how much nearer it is than the vote for the view of a certain rank.
What is near to everything (a plain corner, a shop's logo) thus says little about anything. On hard attacks (re-dyed,
traced, tiled, pasted) the right view is among the first 6 for 91 %; without the square and `_rarity`, 83 %.

Similarities are cosines of integer levels: matrix products of small integers, exact in float32.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.features import INVERTED, MIRRORED, Floats, Levels
from umkm_cli.matching.fingerprint import GREY, LINES, Fingerprint, Keypoints
from umkm_cli.matching.geometry import Array, Correspondences

_BLOCK_ROWS = 4_096
ASKED = (180, 120)
HELD = (200, 140)
"""Keypoints per channel that vote: of the query, and of each view. The rest wait for verification."""
_ALIKE = 0.88
_OTHER_HAND = 0.6
_RATIO = 0.774
"""Distinct: nearer than 0.88 times the distance of the next keypoint of that picture (squared here)."""
Rows = npt.NDArray[np.intp]
SAME, INVERSE, DRAWN = 0, 1, 2
"""Where a correspondence comes from: grey as it is, grey with light and dark exchanged, the line drawing."""


@dataclass(frozen=True)
class Candidate:
    """A view, by its position in the gallery, and on which hand to compare it."""

    view: int
    mirrored: bool
    votes: float


class Index:
    """The descriptors of all views, one table per channel, in the order they were added."""

    def __init__(self) -> None:
        self._tables = (_Table(HELD[GREY]), _Table(HELD[LINES]))
        self._views = 0

    def __len__(self) -> int:
        return self._views

    def add(self, fingerprint: Fingerprint) -> None:
        for table, channel in zip(self._tables, fingerprint.channels, strict=True):
            table.add(channel.levels)
        self._views += 1

    def candidates(self, query: Fingerprint, count: int, votes_beyond: int, least: float) -> list[Candidate]:
        """The `count` strongest views and those that equal the last of them, in no order of their own.

        A view is named on both hands where the weaker one has nearly as many votes.
        """
        if not self._views:
            return []
        votes = np.zeros((self._views, 2))
        for channel, variants in ((GREY, 2), (LINES, 1)):
            levels = query.channels[channel].levels[: ASKED[channel]]
            if len(levels):
                asked = _asked(levels, variants)
                near = self._tables[channel].nearest(asked)
                near = near.reshape(self._views, 2, variants, len(levels)).max(axis=2)
                votes += _votes(near, _rarity(levels, asked), votes_beyond, least)
        best = votes.max(axis=1)
        last = max(float(np.sort(best)[-min(count, best.size)]), 1.0)
        worth = (best[:, None] >= last) & (votes >= np.maximum(_OTHER_HAND * best[:, None], 1.0))
        return [
            Candidate(int(v), bool(hand), float(votes[v, hand])) for v, hand in zip(*np.nonzero(worth), strict=True)
        ]


def _asked(levels: Levels, variants: int) -> Levels:
    """The descriptors as they are, then inverted where `variants` is 2; then all of it mirrored."""
    upright = levels if variants == 1 else np.vstack([levels, levels[:, INVERTED]])
    return np.vstack([upright, upright[:, MIRRORED]])


def _rarity(levels: Levels, asked: Levels) -> Floats:
    """1 / sqrt of how many of the query's own keypoints look like each (burstiness, Jégou et al. 2009): a cloth of dots
    must not outvote the rest of its drawing, nor find every other cloth of dots."""
    all_like = (asked.astype(np.float32) @ levels.astype(np.float32).T) * inverse_norms(asked)[:, None]
    like = (all_like * inverse_norms(levels)).reshape(-1, len(levels), len(levels)).max(axis=0) > _ALIKE
    return np.asarray(1.0 / np.sqrt(np.maximum(like.sum(axis=0), 1)), np.float32)


def _votes(near: Floats, rarity: Floats, beyond: int, least: float) -> npt.NDArray[np.float64]:
    """Votes (views, 2) from the nearest similarity (views, 2, n) of every keypoint to every view."""
    either = near.max(axis=1)
    base = np.full(either.shape[1], least, np.float32)
    if len(either) > beyond:  # in a smaller registry nothing is common; a copy must not outvote what it was copied from
        rank = len(either) - 1 - beyond
        base = np.maximum(base, np.partition(either, rank, axis=0)[rank])
    weight = np.maximum(near - base, 0.0) ** 2 * rarity
    return np.asarray(np.rint(weight * 65536.0).sum(axis=2, dtype=np.float64))


class _Table:
    """A fixed number of rows of levels per view, so that the nearest of each view is one maximum."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._levels: Levels = np.zeros((0, rows, 128), np.uint8)
        self._inverse: Floats = np.zeros((0, rows), np.float32)
        self._used = 0

    def add(self, levels: Levels) -> None:
        if self._used == len(self._levels):
            grown = max(64, 2 * self._used)
            self._levels = np.concatenate([self._levels, np.zeros((grown - self._used, self._rows, 128), np.uint8)])
            self._inverse = np.concatenate([self._inverse, np.zeros((grown - self._used, self._rows), np.float32)])
        kept = levels[: self._rows]
        self._levels[self._used, : len(kept)] = kept
        self._inverse[self._used, : len(kept)] = inverse_norms(kept)
        self._used += 1

    def nearest(self, asked: Levels) -> Floats:
        """The greatest similarity (views, asked) of each asked descriptor to any of each view's."""
        best = np.zeros((self._used, len(asked)), np.float32)
        columns = np.ascontiguousarray(asked.astype(np.float32).T)
        block = max(1, _BLOCK_ROWS // self._rows)
        for first in range(0, self._used, block):
            last = min(first + block, self._used)
            levels = self._levels[first:last].reshape(-1, 128).astype(np.float32)
            product = (levels @ columns).reshape(last - first, self._rows, -1)
            product *= self._inverse[first:last, :, None]
            product.max(axis=1, out=best[first:last])
        return best * inverse_norms(asked)


def inverse_norms(levels: Levels) -> Floats:
    """1 / Euclidean length of each row (0 for an empty one), float32."""
    squares = (levels.astype(np.float32) ** 2).sum(axis=1)
    return np.where(squares > 0, 1.0 / np.sqrt(np.maximum(squares, 1.0)), 0.0).astype(np.float32)


def correspondences(query: Fingerprint, motif: Fingerprint, mirrored: bool, least: float) -> Correspondences:
    """Pairs of keypoints that look alike, the most similar first: for each keypoint its two nearest on the other side,
    as many pairs as there are keypoints.

    Repeats give every keypoint several true partners, so neither uniqueness nor a ratio is asked for; geometry decides.
    """
    parts = []
    offsets = (0, len(query.channels[GREY])), (0, len(motif.channels[GREY]))
    for channel, source in ((GREY, SAME), (GREY, INVERSE), (LINES, DRAWN)):
        a, b = query.channels[channel], motif.channels[channel]
        levels = a.levels[:, INVERTED] if source == INVERSE else a.levels
        pairs = _pairs(levels[:, MIRRORED] if mirrored else levels, b.levels, least)
        parts.append(_described(a, b, pairs, source, mirrored, (offsets[0][channel], offsets[1][channel])))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    most = sum(len(channel) for fingerprint in (query, motif) for channel in fingerprint.channels)
    order = np.lexsort((joined[5][:, 1], joined[5][:, 0], joined[6], -joined[4], ~joined[7]))[:most]
    return Correspondences(*(column[order] for column in joined))


def _pairs(a: Levels, b: Levels, least: float) -> tuple[Rows, Rows, Floats, npt.NDArray[np.bool_]]:
    """Rows of `a` and of `b`, their similarity, and whether they are each other's nearest by a clear margin."""
    if len(a) < 2 or len(b) < 2:
        none = np.zeros(0, np.intp)
        return none, none, np.zeros(0, np.float32), np.zeros(0, bool)
    near = (a.astype(np.float32) @ b.astype(np.float32).T) * inverse_norms(a)[:, None] * inverse_norms(b)
    by_row = np.partition(near, len(b) - 2, axis=1)[:, -2:]
    by_column = np.partition(near, len(a) - 2, axis=0)[-2:]
    wanted = (near >= by_row[:, :1]) | (near >= by_column[:1])
    i, j = np.nonzero(wanted & (near >= least))
    value = near[i, j]
    mutual = (value >= by_row[i, 1]) & (value >= by_column[1, j])
    return i, j, value, mutual & (1.0 - value < _RATIO * (1.0 - by_row[i, 0]))


def _described(
    a: Keypoints,
    b: Keypoints,
    pairs: tuple[Rows, Rows, Floats, npt.NDArray[np.bool_]],
    source: int,
    mirrored: bool,
    first: tuple[int, int],
) -> tuple[Array, Array, Array, Array, Array, Rows, Rows, npt.NDArray[np.bool_]]:
    i, j, near, distinct = pairs
    motif_angle = 180.0 - b.degrees[j] if mirrored else b.degrees[j]
    turn = a.degrees[i] - motif_angle + (180.0 if source == INVERSE else 0.0)
    return (
        a.xy[i].astype(np.float64),
        b.xy[j].astype(np.float64),
        np.asarray((turn.astype(np.float64) + 180.0) % 360.0 - 180.0),
        (a.log_size[i] - b.log_size[j]).astype(np.float64),
        np.rint(near.astype(np.float64) * 1024.0),
        np.stack([i + first[0], j + first[1]], axis=1),
        np.full(len(i), source, np.intp),
        distinct,
    )
