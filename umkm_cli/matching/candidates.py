"""Which registered views deserve a closer look, and which keypoints of two pictures could be the same.

Candidates: every query descriptor, in each of its variants, asks every registered descriptor; its nearest one of each
view is a vote for that view, worth how much nearer it is than the vote for the view of a certain rank. What is near to
everything (a plain corner, a shop's logo) thus says little about anything.

Similarities are cosines of integer levels: matrix products of small integers, exact in float32.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.features import INVERTED, MIRRORED, Floats, Levels
from umkm_cli.matching.fingerprint import GREY, LINES, Fingerprint, Keypoints
from umkm_cli.matching.geometry import Array, Correspondences

_BLOCK_ROWS = 16_384
_MOST_PAIRS = 1_500
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
        self._tables = (_Table(), _Table())
        self._views = 0

    def __len__(self) -> int:
        return self._views

    def add(self, fingerprint: Fingerprint) -> None:
        for table, channel in zip(self._tables, fingerprint.channels, strict=True):
            table.add(self._views, channel.levels)
        self._views += 1

    def candidates(self, query: Fingerprint, count: int, votes_beyond: int, least: float) -> list[Candidate]:
        """The `count` strongest (view, hand), best first; ties by position."""
        if not self._views:
            return []
        votes = np.zeros((self._views, 2))
        for channel, variants in ((GREY, 2), (LINES, 1)):
            keypoints = query.channels[channel]
            if len(keypoints):
                near = self._tables[channel].nearest(_asked(keypoints.levels, variants), self._views)
                near = near.reshape(self._views, 2, variants, len(keypoints)).max(axis=2)
                votes += _votes(near, votes_beyond, least)
        order = np.lexsort((np.arange(votes.size), -votes.ravel()))[:count]
        return [Candidate(int(k) // 2, bool(k % 2), float(votes.ravel()[k])) for k in order if votes.ravel()[k] > 0]


def _asked(levels: Levels, variants: int) -> Levels:
    """The descriptors as they are, then inverted where `variants` is 2; then all of it mirrored."""
    upright = levels if variants == 1 else np.vstack([levels, levels[:, INVERTED]])
    return np.vstack([upright, upright[:, MIRRORED]])


def _votes(near: Floats, beyond: int, least: float) -> npt.NDArray[np.float64]:
    """Votes (views, 2) from the nearest similarity (views, 2, n) of every keypoint to every view."""
    either = near.max(axis=1)
    rank = min(beyond, len(either) - 1)
    base = np.full(either.shape[1], least, np.float32)
    if rank > 0:
        base = np.maximum(base, np.partition(either, len(either) - 1 - rank, axis=0)[len(either) - 1 - rank])
    weight = np.maximum(near - base, 0.0)
    return np.rint(weight * 4096.0).sum(axis=2, dtype=np.float64)


class _Table:
    """Rows of levels that grow; which view each run of rows belongs to."""

    def __init__(self) -> None:
        self._rows: Levels = np.zeros((0, 128), np.uint8)
        self._inverse: Floats = np.zeros(0, np.float32)
        self._used = 0
        self._starts: list[int] = []
        self._owners: list[int] = []

    def add(self, view: int, levels: Levels) -> None:
        if not len(levels):
            return
        need = self._used + len(levels)
        if need > len(self._rows):
            grown = max(need, 2 * len(self._rows), 8192)
            rows, inverse = np.zeros((grown, 128), np.uint8), np.zeros(grown, np.float32)
            rows[: self._used], inverse[: self._used] = self._rows[: self._used], self._inverse[: self._used]
            self._rows, self._inverse = rows, inverse
        self._rows[self._used : need] = levels
        self._inverse[self._used : need] = inverse_norms(levels)
        self._starts.append(self._used)
        self._owners.append(view)
        self._used = need

    def nearest(self, asked: Levels, views: int) -> Floats:
        """The greatest similarity (views, asked) of each asked descriptor to any of each view's."""
        best = np.zeros((views, len(asked)), np.float32)
        columns, scale = asked.astype(np.float32).T, inverse_norms(asked)
        ends = [*self._starts[1:], self._used]
        first = 0
        while first < len(self._starts):
            last = first
            while last + 1 < len(ends) and ends[last + 1] - self._starts[first] <= _BLOCK_ROWS:
                last += 1
            begin, end = self._starts[first], ends[last]
            product = self._rows[begin:end].astype(np.float32) @ columns
            product *= self._inverse[begin:end, None]
            starts = np.array(self._starts[first : last + 1]) - begin
            best[self._owners[first : last + 1]] = np.maximum.reduceat(product, starts, axis=0)
            first = last + 1
        return best * scale


def inverse_norms(levels: Levels) -> Floats:
    """1 / Euclidean length of each row (0 for an empty one), float32."""
    squares = (levels.astype(np.float32) ** 2).sum(axis=1)
    return np.where(squares > 0, 1.0 / np.sqrt(np.maximum(squares, 1.0)), 0.0).astype(np.float32)


def correspondences(query: Fingerprint, motif: Fingerprint, mirrored: bool, least: float) -> Correspondences:
    """Pairs of keypoints that look alike, most similar first: for each keypoint its two nearest on the other side.

    Repeats give every keypoint several true partners, so neither uniqueness nor a ratio is asked for; geometry decides.
    """
    parts = []
    offsets = (0, len(query.channels[GREY])), (0, len(motif.channels[GREY]))
    for channel, source in ((GREY, SAME), (GREY, INVERSE), (LINES, DRAWN)):
        a, b = query.channels[channel], motif.channels[channel]
        levels = a.levels[:, INVERTED] if source == INVERSE else a.levels
        pairs = _pairs(levels[:, MIRRORED] if mirrored else levels, b.levels, least)
        parts.append(_described(a, b, *pairs, source, mirrored, offsets[0][channel], offsets[1][channel]))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((joined[5][:, 1], joined[5][:, 0], joined[6], -joined[4]))[:_MOST_PAIRS]
    return Correspondences(*(column[order] for column in joined))


def _pairs(a: Levels, b: Levels, least: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
    if not len(a) or not len(b):
        none = np.zeros(0, np.intp)
        return none, none, np.zeros(0, np.float32)
    near = (a.astype(np.float32) @ b.astype(np.float32).T) * inverse_norms(a)[:, None] * inverse_norms(b)
    wanted = np.zeros(near.shape, bool)
    for axis in (0, 1):
        rank = min(2, near.shape[axis])
        bar = np.partition(near, near.shape[axis] - rank, axis=axis).take([near.shape[axis] - rank], axis=axis)
        wanted |= near >= bar
    i, j = np.nonzero(wanted & (near >= least))
    return i, j, near[i, j]


def _described(
    a: Keypoints,
    b: Keypoints,
    i: npt.NDArray[np.intp],
    j: npt.NDArray[np.intp],
    near: Floats,
    source: int,
    mirrored: bool,
    first_a: int,
    first_b: int,
) -> tuple[Array, Array, Array, Array, Array, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    motif_angle = 180.0 - b.degrees[j] if mirrored else b.degrees[j]
    turn = a.degrees[i] - motif_angle + (180.0 if source == INVERSE else 0.0)
    return (
        a.xy[i].astype(np.float64),
        b.xy[j].astype(np.float64),
        np.asarray((turn.astype(np.float64) + 180.0) % 360.0 - 180.0),
        (a.log_size[i] - b.log_size[j]).astype(np.float64),
        np.rint(near.astype(np.float64) * 1024.0),
        np.stack([i + first_a, j + first_b], axis=1),
        np.full(len(i), source, np.intp),
    )
