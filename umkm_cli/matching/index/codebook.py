"""The codebook: which cell a descriptor falls in, and which bits tell it from others there.

A descriptor of 128 levels is two halves of 64; each half has 256 codewords, so that two short lists make 65,536 cells
(Babenko and Lempitsky 2012). Its signature is 64 signs of its difference from the cell's centre, along directions in
which such differences spread most, turned so that no sign says more than another (Jégou, Douze and Schmid 2008).

Codewords are whole sixteenths and directions whole numbers, so that products are exact in float32 and ties are broken
by number: the same descriptor has the same cells and bits on every machine.
"""

import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.describing.features import Floats, Levels

HALF = 64
CODEWORDS = 256
CELLS = CODEWORDS * CODEWORDS
BITS = 64
SIXTEENTHS = 16
_CHANNELS = 2
_MAGIC = b"UMCB1\n"
_NEAR_HALVES = 16
"""Codewords of each half that are tried to find the nearest cells: more are hardly ever among 16."""
_FILE = Path(__file__).with_name("codebook.bin")

Cells = npt.NDArray[np.int64]
Signatures = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class ChannelBook:
    """Of one channel: `codewords` (2, 256, 64) in sixteenths of a level, `directions` (64, 128); whole numbers."""

    codewords: Floats
    directions: Floats

    def cells(self, levels: Levels) -> Cells:
        """The nearest cell of each descriptor (n, 128)."""
        first, second = (distance.argmin(axis=1) for distance in self._distances(levels))
        return np.asarray(first * CODEWORDS + second, np.int64)

    def nearest_cells(self, levels: Levels, count: int) -> Cells:
        """The nearest cells (n, count) of each descriptor, for it to be looked for in; `count` at most 16."""
        halves = [_smallest(distance, _NEAR_HALVES) for distance in self._distances(levels)]
        (first, near), (second, also_near) = halves
        total = near[:, :, None] + also_near[:, None, :]
        cells = first[:, :, None] * CODEWORDS + second[:, None, :]
        ranked = total.reshape(len(levels), -1) * CELLS + cells.reshape(len(levels), -1)
        return np.asarray(np.partition(ranked, count - 1, axis=1)[:, :count] % CELLS, np.int64)

    def signatures(self, levels: Levels, cells: Cells) -> Signatures:
        """Of each descriptor in each of its cells: `cells` (n,) or (n, k) gives (n,) or (n, k)."""
        along = SIXTEENTHS * (levels.astype(np.float32) @ self.directions.T)
        along = along.reshape(len(levels), *(1,) * (cells.ndim - 1), BITS)
        first, second = self._centres
        bits = along > first[cells // CODEWORDS] + second[cells % CODEWORDS]
        return np.packbits(bits, axis=-1, bitorder="little").view("<u8")[..., 0].astype(np.uint64)

    def _distances(self, levels: Levels) -> tuple[Floats, Floats]:
        """Squared distances (n, 256) of each half to its codewords, less what is the same for all: whole numbers."""
        found = []
        for half, codewords in enumerate(self.codewords):
            columns = levels[:, HALF * half : HALF * (half + 1)].astype(np.float32)
            products = columns @ (np.float32(2 * SIXTEENTHS) * codewords.T)
            found.append((codewords**2).sum(axis=1) - products)
        return found[0], found[1]

    @cached_property
    def _centres(self) -> tuple[Floats, Floats]:
        """What the halves of a cell's centre measure along the directions, each (256, 64)."""
        first, second = self.codewords
        return first @ self.directions[:, :HALF].T, second @ self.directions[:, HALF:].T


@dataclass(frozen=True, eq=False)
class Codebook:
    """One book for each channel. `version` is a checksum: segments can be searched with the book they were made by."""

    channels: tuple[ChannelBook, ...]
    version: int

    def to_bytes(self) -> bytes:
        body = b"".join(
            book.codewords.astype(np.uint8).tobytes() + book.directions.astype(np.int8).tobytes()
            for book in self.channels
        )
        return _MAGIC + body + zlib.crc32(_MAGIC + body).to_bytes(4, "little")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Codebook":
        """Raises `ValueError` where they are damaged or of another kind."""
        codewords, directions = 2 * CODEWORDS * HALF, BITS * 2 * HALF
        body, version = data[:-4], int.from_bytes(data[-4:], "little")
        if not data.startswith(_MAGIC) or len(body) != len(_MAGIC) + _CHANNELS * (codewords + directions):
            raise ValueError("not a codebook of this kind")
        if zlib.crc32(body) != version:
            raise ValueError("damaged codebook: checksum")
        books = []
        for at in range(len(_MAGIC), len(body), codewords + directions):
            words = np.frombuffer(body, np.uint8, codewords, at).reshape(2, CODEWORDS, HALF)
            lines = np.frombuffer(body, np.int8, directions, at + codewords).reshape(BITS, 2 * HALF)
            books.append(ChannelBook(words.astype(np.float32), lines.astype(np.float32)))
        return cls(tuple(books), version)


@lru_cache(1)
def shipped_codebook() -> Codebook:
    """The codebook that comes with the program."""
    return Codebook.from_bytes(_FILE.read_bytes())


def _smallest(distances: Floats, count: int) -> tuple[Cells, Cells]:
    """Columns and values of the `count` smallest of each row, ties by column."""
    codes = distances.astype(np.int64) * CODEWORDS + np.arange(CODEWORDS)
    ranked = np.partition(codes, count - 1, axis=1)[:, :count]
    return ranked % CODEWORDS, ranked // CODEWORDS
