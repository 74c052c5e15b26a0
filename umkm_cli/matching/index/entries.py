"""Fingerprints as entries of the index: of each keypoint that is searched its cell, signature, view, angle and size."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    fingerprints: Sequence[Fingerprint], codebook: Codebook, thresholds: Thresholds = DEFAULT
) -> tuple[Entries, ...]:
    """The entries of each channel; `thresholds.held` say how many keypoints of a view are searched."""
    return tuple(
        _of_channel(fingerprints, channel, book, thresholds.held[channel])
        for channel, book in enumerate(codebook.channels)
    )


def _of_channel(fingerprints: Sequence[Fingerprint], channel: int, book: ChannelBook, most: int) -> Entries:
    held = [found.channels[channel] for found in fingerprints]
    counts = [min(len(keypoints), most) for keypoints in held]
    levels = np.concatenate([np.zeros((0, 128), np.uint8), *(keypoints.levels[:most] for keypoints in held)])
    cells, signatures = np.zeros(len(levels), np.int64), np.zeros(len(levels), np.uint64)
    for start in range(0, len(levels), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        cells[part] = book.cells(levels[part])
        signatures[part] = book.signatures(levels[part], cells[part])
    order = np.argsort(cells, kind="stable")
    none = np.zeros(0, np.uint8)
    return Entries(
        cells[order],
        signatures[order],
        np.repeat(np.arange(len(held), dtype=np.uint32), counts)[order],
        np.concatenate([none, *(keypoints.angle[:most] for keypoints in held)])[order],
        np.concatenate([none, *(keypoints.size[:most] for keypoints in held)])[order],
    )
