"""Which of very many views deserve exact votes: a few hundred, found by reading a small part of the index.

Every keypoint of the query, in each of its variants, looks into its nearest cells for entries whose signature differs
in few bits. How much such a hit says depends on how many views that keypoint hits as nearly: the square of the
logarithm, so that what is near to everything says nothing (the exact votes' `votes_beyond`, smoothly), shared among
keypoints of one picture that look alike.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.candidates import asked_variants, rarity_of
from umkm_cli.matching.describing.features import Floats
from umkm_cli.matching.describing.fingerprint import GREY, LINES, Fingerprint
from umkm_cli.matching.index.codebook import Codebook
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.matching.index.segment import Segment
from umkm_cli.matching.thresholds import Thresholds

Ints = npt.NDArray[np.int64]
Damage = Callable[[DamagedSegment | OSError], None]


@dataclass(frozen=True, eq=False)
class _Hits:
    """Arrays (n,): which keypoint of the query, on which hand, hit which view, and in how many bits they differ."""

    keypoint: Ints
    hand: Ints
    view: Ints
    bits: Ints


def shortlist(
    query: Fingerprint,
    segments: Sequence[Segment],
    codebook: Codebook,
    count: int,
    thresholds: Thresholds,
    *,
    gone: Collection[bytes] = (),
    damaged: Damage,
) -> list[bytes]:
    """The keys of the `count` views with most votes, the likeliest first, ties by key; those that are `gone` are none.

    What cannot be read is passed over, and `damaged` is told of it: one bad block costs some votes, no answer.
    """
    total = sum(len(segment) for segment in segments)
    votes = np.zeros((total, 2))
    for channel, inverts in ((GREY, True), (LINES, False)):
        levels = query.channels[channel].levels[: thresholds.asked[channel]]
        if len(levels):
            asked = asked_variants(levels, 2 if inverts else 1)
            cells = codebook.channels[channel].nearest_cells(asked, thresholds.cells_asked)
            signatures = codebook.channels[channel].signatures(asked, cells)
            hits = _hits(segments, channel, len(levels), cells, signatures, thresholds.signature_bits, damaged)
            votes += _votes(hits, total, rarity_of(levels, asked, thresholds.alike), thresholds)
    return _foremost(votes.max(axis=1), segments, count, frozenset(gone))


def _hits(
    segments: Sequence[Segment],
    channel: int,
    keypoints: int,
    cells: Ints,
    signatures: npt.NDArray[np.uint64],
    radius: int,
    damaged: Damage,
) -> _Hits:
    """What the asked descriptors, (variants of all keypoints) x (cells that each looks into), come near to."""
    flat = cells.ravel()
    order = np.argsort(flat, kind="stable")
    asked_cells, starts = np.unique(flat[order], return_index=True)
    groups = list(zip(asked_cells.tolist(), np.split(order, starts[1:]), strict=True))
    asked = signatures.ravel()
    found: list[tuple[Ints, Ints, Ints]] = []
    first = 0
    for segment in segments:
        held = segment.counts[channel]
        for cell, who in groups:
            if held[cell]:
                try:
                    block = segment.block(channel, cell)
                except (DamagedSegment, OSError) as error:
                    damaged(error)
                    continue
                bits = np.bitwise_count(block.signatures ^ asked[who][:, None])
                which, entry = np.nonzero(bits <= radius)
                if len(which):
                    found.append((who[which], block.views[entry].astype(np.int64) + first, bits[which, entry]))
        first += len(segment)
    columns = zip(*found, strict=True) if found else [[np.zeros(0, np.int64)]] * 3
    asking, view, bits = (np.concatenate(list(column)) for column in columns)
    descriptor = asking // cells.shape[1]
    return _Hits(descriptor % keypoints, descriptor // (len(cells) // 2), view, bits.astype(np.int64))


def _votes(hits: _Hits, total: int, rarity: Floats, thresholds: Thresholds) -> npt.NDArray[np.float64]:
    """Votes (views, 2), by hand: of each keypoint its nearest hit in each view."""
    width = thresholds.signature_bits + 1
    codes = np.sort(((hits.keypoint * total + hits.view) * 2 + hits.hand) * width + hits.bits)
    nearest = np.diff(codes // width, prepend=-1) != 0
    codes = codes[nearest]
    bits, rest = codes % width, codes // width
    hand, rest = rest % 2, rest // 2
    view, keypoint = rest % total, rest // total
    either = np.bincount(keypoint * width + bits, minlength=len(rarity) * width).reshape(-1, width)
    as_near = either.cumsum(axis=1)[keypoint, bits]
    weight = np.maximum(np.log(thresholds.telling_hits / as_near), 0.0) ** 2 * rarity[keypoint]
    exact = np.rint(weight * 65536.0)
    return np.asarray(np.bincount(view * 2 + hand, exact, 2 * total).reshape(total, 2), np.float64)


def _foremost(
    votes: npt.NDArray[np.float64], segments: Sequence[Segment], count: int, gone: frozenset[bytes]
) -> list[bytes]:
    """By votes, then by key. A view that an older segment holds as well counts once, with its greater votes."""
    wanted = min(len(votes), count + len(gone))
    if not wanted:
        return []
    least = max(float(np.partition(votes, len(votes) - wanted)[len(votes) - wanted]), 1.0)
    rows = np.flatnonzero(votes >= least)
    firsts = np.cumsum([0, *(len(segment) for segment in segments)])
    best: dict[bytes, float] = {}
    for row in rows.tolist():
        which = int(np.searchsorted(firsts, row, side="right")) - 1
        key = segments[which].keys[row - firsts[which]].tobytes()
        if key not in gone:
            best[key] = max(best.get(key, 0.0), float(votes[row]))
    return sorted(best, key=lambda key: (-best[key], key))[:count]
