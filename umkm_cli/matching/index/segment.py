"""A segment: one file that holds the entries of some views, written once, never changed.

    head      what it is, by which codebook, how many views and entries, checksums of the tables and of itself
    tables    the views' keys, 16 bytes each; of each channel and cell how many entries, and the checksum of its block
    blocks    channel by channel, cell by cell: all signatures, then all views, then all angles, then all sizes

All numbers are little-endian. A search reads the tables once and of the blocks only those that it asks for, each by
one read at its place: nothing is mapped, so that files can be removed under Windows, and nothing stays in memory.
Every byte is under a checksum (CRC-32), and every block is compared with its own when it is read first.
"""

import os
import struct
import threading
import weakref
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from umkm_cli.matching.index.codebook import CELLS, Signatures
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.matching.index.entries import Entries

KEY_BYTES = 16
ENTRY_BYTES = 8 + 4 + 1 + 1
_MAGIC = b"UMIX1\n\0\0"
_HEAD = struct.Struct("<8sIIQQI")
"""Label, version of the codebook, views, entries of either channel, checksum of the tables; then a checksum of this."""
_CHECKSUM = struct.Struct("<I")
_CHANNELS = 2
_TABLES_AT = _HEAD.size + _CHECKSUM.size

Counts = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Block:
    """The entries of one cell: arrays (n,)."""

    signatures: Signatures
    views: npt.NDArray[np.uint32]
    angle: npt.NDArray[np.uint8]
    size: npt.NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        signatures, views = self.signatures.astype("<u8").tobytes(), self.views.astype("<u4").tobytes()
        return signatures + views + self.angle.tobytes() + self.size.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Block":
        count = len(data) // ENTRY_BYTES
        return cls(
            np.frombuffer(data, "<u8", count),
            np.frombuffer(data, "<u4", count, 8 * count),
            np.frombuffer(data, np.uint8, count, 12 * count),
            np.frombuffer(data, np.uint8, count, 13 * count),
        )


def write_segment(path: Path, codebook: int, keys: Sequence[bytes], entries: Sequence[Entries]) -> None:
    """Write and flush a file that nobody reads yet; `keys` name the views, `codebook` is the version. Raises `OSError`.

    Whoever calls gives it its place once all of it is there.
    """
    starts = [np.searchsorted(channel.cells, np.arange(CELLS + 1)) for channel in entries]

    def blocks(channel: int) -> Iterator[Block]:
        held = entries[channel]
        for cell in range(CELLS):
            part = slice(starts[channel][cell], starts[channel][cell + 1])
            yield Block(held.signatures[part], held.views[part], held.angle[part], held.size[part])

    write_blocks(path, codebook, keys, blocks)


def write_blocks(path: Path, codebook: int, keys: Sequence[bytes], blocks: Callable[[int], Iterator[Block]]) -> None:
    """The same from the blocks of all cells of a channel, in their order. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(bytes(_blocks_at(len(keys))))
        tables = [b"".join(keys)]
        totals = []
        for channel in range(_CHANNELS):
            counts, checksums = _write_channel(file, blocks(channel))
            tables += [counts.astype("<u4").tobytes(), checksums.astype("<u4").tobytes()]
            totals.append(int(counts.sum(dtype=np.int64)))
        table = b"".join(tables)
        head = _HEAD.pack(_MAGIC, codebook, len(keys), *totals, zlib.crc32(table))
        file.seek(0)
        file.write(head + _CHECKSUM.pack(zlib.crc32(head)) + table)
        file.flush()
        os.fsync(file.fileno())


def _write_channel(file: BinaryIO, blocks: Iterator[Block]) -> tuple[Counts, Counts]:
    counts, checksums = np.zeros(CELLS, np.uint32), np.zeros(CELLS, np.uint32)
    for cell, block in enumerate(blocks):
        if len(block.views):
            data = block.to_bytes()
            counts[cell], checksums[cell] = len(block.views), zlib.crc32(data)
            file.write(data)
    return counts, checksums


def _blocks_at(views: int) -> int:
    return _TABLES_AT + KEY_BYTES * views + _CHANNELS * 2 * 4 * CELLS


class Segment:
    """A segment that is open for reading. Safe in threads.

    `keys` are the views' keys, by the numbers that entries name them by; `codebook` is the version that made it, and
    `checksum` vouches for every byte, so that another file in its place is noticed.
    Raises `OSError`, and `DamagedSegment` where head or tables are not what was written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._let_go = weakref.finalize(self, os.close, self._number)  # whoever forgets it closes it
        self._lock = threading.Lock()
        try:
            self._read_tables()
        except BaseException:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self.keys)

    def __enter__(self) -> "Segment":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._number = -1
        self._let_go()

    def block(self, channel: int, cell: int) -> Block:
        """The entries of a cell. Raises `DamagedSegment` where they are not those that were written, `OSError`."""
        count = int(self.counts[channel][cell])
        if not count:
            return _EMPTY
        data = self._read(int(self._starts[channel][cell]), count * ENTRY_BYTES)
        if not self._known[channel][cell]:
            if zlib.crc32(data) != self._checksums[channel][cell]:
                raise DamagedSegment(f"{self.path}: channel {channel}, cell {cell}")
            self._known[channel][cell] = True
        return Block.from_bytes(data)

    def blocks(self, channel: int) -> Iterator[Block]:
        """Of all cells in their order. Raises as `block` does."""
        return (self.block(channel, cell) for cell in range(CELLS))

    def examine(self) -> None:
        """Read all of it. Raises as `block` does."""
        for channel in range(_CHANNELS):
            for _ in self.blocks(channel):
                pass

    def _read_tables(self) -> None:
        head = self._read(0, _TABLES_AT)
        label, codebook, views, *totals, checksum = _HEAD.unpack_from(head)
        if label != _MAGIC or zlib.crc32(head[: _HEAD.size]) != _CHECKSUM.unpack_from(head, _HEAD.size)[0]:
            raise DamagedSegment(f"{self.path}: head")
        size = _blocks_at(views)
        if self.path.stat().st_size != size + sum(totals) * ENTRY_BYTES:
            raise DamagedSegment(f"{self.path}: length")
        table = self._read(_TABLES_AT, size - _TABLES_AT)
        if zlib.crc32(table) != checksum:
            raise DamagedSegment(f"{self.path}: tables")
        self.codebook: int = codebook
        self.checksum: int = zlib.crc32(head)
        self.keys = np.frombuffer(table, f"V{KEY_BYTES}", views)
        numbers = np.frombuffer(table, "<u4", offset=KEY_BYTES * views).reshape(_CHANNELS, 2, CELLS)
        self.counts, self._checksums = numbers[:, 0], numbers[:, 1]
        sizes = self.counts.astype(np.int64).ravel() * ENTRY_BYTES
        self._starts = (size + np.cumsum(sizes) - sizes).reshape(_CHANNELS, CELLS)
        self._known = np.zeros((_CHANNELS, CELLS), bool)

    def _read(self, at: int, size: int) -> bytes:
        data = self._read_at(at, size)
        if len(data) != size:
            raise DamagedSegment(f"{self.path}: cut short")
        return data

    if hasattr(os, "pread"):

        def _read_at(self, at: int, size: int) -> bytes:
            return os.pread(self._number, size, at)

    else:

        def _read_at(self, at: int, size: int) -> bytes:
            with self._lock:
                os.lseek(self._number, at, os.SEEK_SET)
                return os.read(self._number, size)


_EMPTY = Block.from_bytes(b"")
