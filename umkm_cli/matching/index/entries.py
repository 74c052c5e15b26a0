"""Fingerprints as entries of the index: of each keypoint that is searched its cell, signature, view, angle and size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.index.codebook import Cells, ChannelBook, Codebook, Signatures
from umkm_cli.matching.thresholds import DEFAULT, Thresholds

_AT_ONCE = 20_000
"""Descriptors that are encoded at once, about 100 MiB of memory."""


@dataclass(frozen=True, eq=False)
class Entries:
    """Of one channel, in the order of their cells: arrays (n,).

    `views` uint32 count from 0 within the segment; `angle` and `size` uint8 are those of `Keypoints`.
    """

    cells: Cells
    signatures: Signatures
    views: npt.NDArray[np.uint32]
    angle: npt.NDArray[np.uint8]
    size: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.cells)


def encoded(
    fingerprints: Sequence[Fingerprint], codebook: Codebook, thresholds: Thresholds = DEFAULT, *, first: int = 0
) -> tuple[Entries, ...]:
    """The entries of each channel; `thresholds.held` say how many keypoints of a view are searched.

    Views count from `first` on.
    """
    return tuple(
        _of_channel(fingerprints, channel, book, thresholds.held[channel], first)
        for channel, book in enumerate(codebook.channels)
    )


def joined(parts: Sequence[tuple[Entries, ...]]) -> tuple[Entries, ...]:
    """Entries of several encodings, by channel, in the order of their cells."""
    channels = zip(*parts, strict=True)
    return tuple(_sorted(*map(np.concatenate, zip(*map(_columns, channel), strict=True))) for channel in channels)


def _of_channel(fingerprints: Sequence[Fingerprint], channel: int, book: ChannelBook, most: int, first: int) -> Entries:
    held = [found.channels[channel] for found in fingerprints]
    counts = [min(len(keypoints), most) for keypoints in held]
    levels = np.concatenate([np.zeros((0, 128), np.uint8), *(keypoints.levels[:most] for keypoints in held)])
    cells, signatures = np.zeros(len(levels), np.int64), np.zeros(len(levels), np.uint64)
    for start in range(0, len(levels), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        cells[part] = book.cells(levels[part])
        signatures[part] = book.signatures(levels[part], cells[part])
    none = np.zeros(0, np.uint8)
    return _sorted(
        cells,
        signatures,
        np.repeat(np.arange(first, first + len(held), dtype=np.uint32), counts),
        np.concatenate([none, *(keypoints.angle[:most] for keypoints in held)]),
        np.concatenate([none, *(keypoints.size[:most] for keypoints in held)]),
    )


def _columns(entries: Entries) -> tuple[npt.NDArray[Any], ...]:
    return entries.cells, entries.signatures, entries.views, entries.angle, entries.size


def _sorted(cells: Cells, *others: npt.NDArray[Any]) -> Entries:
    order = np.argsort(cells, kind="stable")
    return Entries(cells[order], *(column[order] for column in others))
