"""Which registered views deserve a closer look, and which keypoints of two pictures could be the same.

Candidates: every query descriptor, in each of its variants, asks every registered descriptor; its nearest one of each
view is a vote for that view, worth the square of how much nearer it is than the vote for the view of a certain rank.
What is near to everything (a plain corner, a shop's logo) thus says little about anything. On hard attacks (re-dyed,
traced, tiled, pasted) the right view is among the first 6 for 91 %; without the square and `rarity_of`, 83 %.

Similarities are cosines of integer levels: matrix products of small integers, exact in float32.

Mirroring and exchanging light for dark permute a descriptor's components in groups of four. Sums and differences within
the groups split it into four parts of 32 of which these two only change signs. So products of the parts, the work of
one comparison, give those of a descriptor and its three variants.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.features import INVERTED, MIRRORED, Floats, Levels
from umkm_cli.matching.describing.fingerprint import GREY, LINES, Fingerprint, Keypoints
from umkm_cli.matching.geometry import Array, Correspondences
from umkm_cli.matching.thresholds import DEFAULT, Thresholds

_BLOCK_ROWS = 600
"""Of a table at once, so that what a block is compared with stays in the processor's cache."""
Rows = npt.NDArray[np.intp]
Parts = npt.NDArray[np.int8]
SAME, INVERSE, DRAWN = 0, 1, 2
"""Where a correspondence comes from: grey as it is, grey with light and dark exchanged, the line drawing."""


@dataclass(frozen=True)
class Candidate:
    """A view, by its position in the gallery, and on which hand to compare it."""

    view: int
    mirrored: bool
    votes: float


class Index:
    """The descriptors of all views, one table per channel, in the order they were added.

    `thresholds` say how many of each view it holds.
    """

    def __init__(self, thresholds: Thresholds = DEFAULT) -> None:
        self._tables = (_Table(thresholds.held[GREY], inverts=True), _Table(thresholds.held[LINES], inverts=False))
        self._views = 0

    def __len__(self) -> int:
        return self._views

    def add(self, fingerprint: Fingerprint) -> None:
        for table, channel in zip(self._tables, fingerprint.channels, strict=True):
            table.add(channel.levels)
        self._views += 1

    def candidates(self, query: Fingerprint, count: int, thresholds: Thresholds) -> list[Candidate]:
        """The `count` strongest views and those that equal the last of them, in no order of their own.

        A view is named on both hands where the weaker one has nearly as many votes.
        """
        if not self._views:
            return []
        votes = np.zeros((self._views, 2))
        for channel, variants in ((GREY, 2), (LINES, 1)):
            levels = query.channels[channel].levels[: thresholds.asked[channel]]
            if len(levels):
                near = self._tables[channel].nearest(levels)
                rarity = rarity_of(levels, asked_variants(levels, variants), thresholds.alike)
                votes += _votes(near, rarity, thresholds.votes_beyond, thresholds.least_similarity)
        best = votes.max(axis=1)
        last = max(float(np.sort(best)[-min(count, best.size)]), 1.0)
        worth = (best[:, None] >= last) & (votes >= np.maximum(thresholds.other_hand * best[:, None], 1.0))
        return [
            Candidate(int(v), bool(hand), float(votes[v, hand])) for v, hand in zip(*np.nonzero(worth), strict=True)
        ]


def asked_variants(levels: Levels, variants: int) -> Levels:
    """The descriptors as they are, then inverted where `variants` is 2; then all of it mirrored."""
    upright = levels if variants == 1 else np.vstack([levels, levels[:, INVERTED]])
    return np.vstack([upright, upright[:, MIRRORED]])


def rarity_of(levels: Levels, asked: Levels, alike: float) -> Floats:
    """1 / sqrt of how many of the query's own keypoints look like each (burstiness, Jégou et al. 2009): a cloth of dots
    must not outvote the rest of its drawing, nor find every other cloth of dots."""
    all_like = (asked.astype(np.float32) @ levels.astype(np.float32).T) * inverse_norms(asked)[:, None]
    like = (all_like * inverse_norms(levels)).reshape(-1, len(levels), len(levels)).max(axis=0) > alike
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
    """A fixed number of rows of levels per view, split into parts, so that the nearest of each view is one maximum.

    `inverts` tells whether light and dark may be exchanged, too.
    """

    def __init__(self, rows: int, *, inverts: bool) -> None:
        self._rows = rows
        self._inverts = inverts
        self._parts: Parts = np.zeros((0, rows, 128), np.int8)
        self._inverse: Floats = np.zeros((0, rows), np.float32)
        self._used = 0

    def add(self, levels: Levels) -> None:
        if self._used == len(self._parts):
            grown = max(64, 2 * self._used)
            self._parts = np.concatenate([self._parts, np.zeros((grown - self._used, self._rows, 128), np.int8)])
            self._inverse = np.concatenate([self._inverse, np.zeros((grown - self._used, self._rows), np.float32)])
        kept = levels[: self._rows]
        self._parts[self._used, : len(kept)] = _split(kept, self._inverts)
        self._inverse[self._used, : len(kept)] = inverse_norms(kept)
        self._used += 1

    def nearest(self, asked: Levels) -> Floats:
        """The greatest similarity (views, 2, asked) of each asked descriptor, as it is and mirrored, to any of each
        view's; where the table inverts, of the descriptor or its inverse."""
        best = np.zeros((self._used, 2, len(asked)), np.float32)
        columns = np.ascontiguousarray(_split(asked, self._inverts).astype(np.float32).T)
        block = max(1, _BLOCK_ROWS // self._rows)
        for first in range(0, self._used, block):
            last = min(first + block, self._used)
            rows = self._parts[first:last].reshape(-1, 128).astype(np.float32)
            scale = self._inverse[first:last, :, None]
            for hand, product in enumerate(self._products(rows, columns)):
                scaled = product.reshape(last - first, self._rows, -1) * scale
                scaled.max(axis=1, out=best[first:last, hand])
        return np.asarray(best * inverse_norms(asked), np.float32)

    def _products(self, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
        """Of all rows with all columns, as they are and mirrored."""
        width = 32 if self._inverts else 64
        parts = [rows[:, k : k + width] @ columns[k : k + width] for k in range(0, 128, width)]
        even, odd = parts[0], parts[1]
        if not self._inverts:
            return (even + odd) * np.float32(0.5), (even - odd) * np.float32(0.5)
        upright = even + odd + np.abs(parts[2] + parts[3])
        mirrored = even - odd + np.abs(parts[2] - parts[3])
        return upright * np.float32(0.25), mirrored * np.float32(0.25)


_PLACE = np.arange(128)
_FIRST_OF_FOUR = np.flatnonzero((_PLACE < INVERTED) & (_PLACE < MIRRORED) & (INVERTED[MIRRORED] > _PLACE))
_FIRST_OF_TWO = np.flatnonzero(_PLACE < MIRRORED)


def _split(levels: Levels, inverts: bool) -> Parts:
    """Descriptors (n, 128) as parts: those that mirroring keeps, and those whose sign it changes; where `inverts`, each
    of the two first those that inverting keeps, and then those whose sign that changes."""
    signed = levels.astype(np.int8)
    mirrored = signed[:, MIRRORED]
    halves = signed + mirrored, signed - mirrored
    if not inverts:
        return np.hstack([half[:, _FIRST_OF_TWO] for half in halves])
    kept = [half + half[:, INVERTED] for half in halves]
    changed = [half - half[:, INVERTED] for half in halves]
    return np.hstack([part[:, _FIRST_OF_FOUR] for part in (*kept, *changed)])


def inverse_norms(levels: Levels) -> Floats:
    """1 / Euclidean length of each row (0 for an empty one), float32."""
    squares = (levels.astype(np.float32) ** 2).sum(axis=1)
    return np.where(squares > 0, 1.0 / np.sqrt(np.maximum(squares, 1.0)), 0.0).astype(np.float32)


def correspondences(query: Fingerprint, motif: Fingerprint, mirrored: bool, thresholds: Thresholds) -> Correspondences:
    """Pairs of keypoints that look alike, the most similar first: for each keypoint its two nearest on the other side,
    as many pairs as there are keypoints.

    Repeats give every keypoint several true partners, so neither uniqueness nor a ratio is asked for; geometry decides.
    """
    parts = []
    offsets = (0, len(query.channels[GREY])), (0, len(motif.channels[GREY]))
    for channel, source in ((GREY, SAME), (GREY, INVERSE), (LINES, DRAWN)):
        a, b = query.channels[channel], motif.channels[channel]
        levels = a.levels[:, INVERTED] if source == INVERSE else a.levels
        pairs = _pairs(levels[:, MIRRORED] if mirrored else levels, b.levels, thresholds)
        parts.append(_described(a, b, pairs, source, mirrored, (offsets[0][channel], offsets[1][channel])))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    most = sum(len(channel) for fingerprint in (query, motif) for channel in fingerprint.channels)
    order = np.lexsort((joined[5][:, 1], joined[5][:, 0], joined[6], -joined[4], ~joined[7]))[:most]
    return Correspondences(*(column[order] for column in joined))


def _pairs(a: Levels, b: Levels, thresholds: Thresholds) -> tuple[Rows, Rows, Floats, npt.NDArray[np.bool_]]:
    """Rows of `a` and of `b`, their similarity, and whether they are each other's nearest by a clear margin."""
    if len(a) < 2 or len(b) < 2:
        none = np.zeros(0, np.intp)
        return none, none, np.zeros(0, np.float32), np.zeros(0, bool)
    near = a.astype(np.float32) @ b.astype(np.float32).T
    near *= inverse_norms(a)[:, None]
    near *= inverse_norms(b)
    i, j = np.divmod(np.flatnonzero(near >= thresholds.least_similarity), len(b))  # a hundredth of them
    value = near[i, j]
    row_first, row_second = _two_largest_of(i, value)
    column_first, column_second = _two_largest_of(j, value)
    wanted = (value >= row_second) | (value >= column_second)
    mutual = (value >= row_first) & (value >= column_first)
    i, j, value, distinct = i[wanted], j[wanted], value[wanted], mutual[wanted]
    rows = np.flatnonzero(distinct)
    distinct[rows] = 1.0 - value[rows] < thresholds.distinct_ratio * (1.0 - _second_largest(near[i[rows]]))
    return i, j, value, distinct


def _two_largest_of(group: Rows, value: Floats) -> tuple[Floats, Floats]:
    """For each value the largest of its group, and the one after it, which may equal it; -inf where there is none."""
    found = np.full((2, len(group)), -np.inf, np.float32)
    if len(group):
        order = np.argsort(group, kind="stable")
        group, ranked = group[order], value[order]
        first = np.ones(len(group), bool)
        np.not_equal(group[1:], group[:-1], out=first[1:])
        starts, within = np.flatnonzero(first), np.cumsum(first) - 1
        largest = np.maximum.reduceat(ranked, starts)[within]
        found[0, order] = largest
        tops = np.flatnonzero(ranked == largest)
        again = group[tops[1:]] == group[tops[:-1]]
        ranked[tops[:1]] = ranked[tops[1:][~again]] = -np.inf  # one of each group
        found[1, order] = np.maximum.reduceat(ranked, starts)[within]
    return found[0], found[1]


def _second_largest(near: Floats) -> Floats:
    """Of each row, and it may equal the largest."""
    rest = near.copy()
    np.put_along_axis(rest, near.argmax(axis=1)[:, None], -np.inf, axis=1)
    return np.asarray(rest.max(axis=1), np.float32)


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
