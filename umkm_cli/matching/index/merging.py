"""Several segments made one, without the views that are gone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.index.segment import Block, Segment, write_blocks

_GONE = np.iinfo(np.uint32).max


def merge(path: Path, segments: Sequence[Segment], is_gone: Callable[[bytes], bool]) -> None:
    """Write to `path` what the `segments` hold, in their order, less the views whose key `is_gone`.

    A view that several of them hold is taken from the last. All are made by one codebook. Cell after cell is read and
    written: little memory, whatever their size. Raises `OSError`, and `DamagedSegment` where one of them is.
    """
    keys, numbers = _numbered(segments, is_gone)

    def blocks(channel: int) -> Iterator[Block]:
        columns = [segment.blocks(channel) for segment in segments]
        for cell in zip(*columns, strict=True):
            yield _joined([_renumbered(block, found) for block, found in zip(cell, numbers, strict=True)])

    write_blocks(path, segments[0].codebook, keys, blocks)


def _numbered(
    segments: Sequence[Segment], is_gone: Callable[[bytes], bool]
) -> tuple[list[bytes], list[npt.NDArray[np.uint32]]]:
    """The keys that stay, and of each segment the new number of each of its views."""
    last = {key.tobytes(): (k, n) for k, segment in enumerate(segments) for n, key in enumerate(segment.keys)}
    keys: list[bytes] = []
    numbers = [np.full(len(segment), _GONE, np.uint32) for segment in segments]
    for key, (k, n) in last.items():
        if not is_gone(key):
            numbers[k][n] = len(keys)
            keys.append(key)
    return keys, numbers


def _renumbered(block: Block, numbers: npt.NDArray[np.uint32]) -> Block:
    views = numbers[block.views]
    kept = views != _GONE
    return Block(block.signatures[kept], views[kept], block.angle[kept], block.size[kept])


def _joined(blocks: Sequence[Block]) -> Block:
    return Block(
        np.concatenate([block.signatures for block in blocks]),
        np.concatenate([block.views for block in blocks]),
        np.concatenate([block.angle for block in blocks]),
        np.concatenate([block.size for block in blocks]),
    )
