"""A segment is read as it was written, and whatever happens to its bytes is noticed or does no harm."""

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from tests.matching.index.conftest import key, print_of, write
from umkm_cli.matching.index.codebook import CELLS, shipped_codebook
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.matching.index.entries import encoded
from umkm_cli.matching.index.merging import merge
from umkm_cli.matching.index.segment import Segment

BOOK = shipped_codebook()


def content(segment: Segment) -> list[tuple[object, ...]]:
    """Every entry as (channel, cell, key, signature, angle, size), in no order."""
    found: list[tuple[object, ...]] = []
    for channel in (0, 1):
        for cell, block in enumerate(segment.blocks(channel)):
            keys = [segment.keys[view].tobytes() for view in block.views]
            rows = (block.signatures.tolist(), block.angle.tolist(), block.size.tolist())
            found += [(channel, cell, *row) for row in zip(keys, *rows, strict=True)]
    return sorted(found)


def test_every_entry_comes_back(tmp_path: Path) -> None:
    expected: list[tuple[object, ...]] = []
    for channel, entries in enumerate(encoded([print_of(1), print_of(2)], BOOK)):
        rows = (entries.cells, entries.views, entries.signatures, entries.angle, entries.size)
        named = [(channel, c, key(v + 1), s, a, z) for c, v, s, a, z in zip(*(r.tolist() for r in rows), strict=True)]
        expected += named
    with Segment(write(tmp_path / "s", [1, 2])) as segment:
        assert [k.tobytes() for k in segment.keys] == [key(1), key(2)]
        assert content(segment) == sorted(expected)
        assert len(expected) == 2 * (200 + 140)


def test_an_empty_one_is_one_too(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "s", [])) as segment:
        assert len(segment) == 0
        assert content(segment) == []


def test_reading_without_pread_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "s", [1, 2])
    with Segment(path) as segment:
        expected = content(segment)

    def by_seeking(self: Segment, at: int, size: int) -> bytes:
        os.lseek(self._number, at, os.SEEK_SET)
        return os.read(self._number, size)

    monkeypatch.setattr(Segment, "_read_at", by_seeking)
    with Segment(path) as segment:
        assert content(segment) == expected


def test_whatever_byte_is_altered_is_noticed(tmp_path: Path) -> None:
    whole = bytearray(write(tmp_path / "s", [1]).read_bytes())
    tables = len(whole) - 340 * 14
    head = range(60)
    blocks = range(tables, len(whole))
    inside = np.random.default_rng(1).integers(60, tables, 300).tolist()
    altered = tmp_path / "altered"
    altered.write_bytes(whole)
    with altered.open("r+b") as file:
        for at in [*head, *inside, *blocks[::7], tables - 1, tables]:
            _put(file, at, whole[at] ^ 0x10)
            with pytest.raises(DamagedSegment):
                _read_through(altered)
            _put(file, at, whole[at])
    assert _read_through(altered) == 340


def _put(file: BinaryIO, at: int, byte: int) -> None:
    file.seek(at)
    file.write(bytes([byte]))
    file.flush()


def _read_through(path: Path) -> int:
    with Segment(path) as segment:
        segment.examine()
        return int(segment.counts.sum())


@pytest.mark.parametrize("left", [0, 7, 39, 40, 41, 5_000, -1])
def test_a_cut_file_is_noticed(tmp_path: Path, left: int) -> None:
    path = write(tmp_path / "s", [1])
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DamagedSegment):
        Segment(path)


def test_a_longer_file_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "s", [1])
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(DamagedSegment):
        Segment(path)


def test_a_file_that_was_cut_while_open_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "s", [1])
    with Segment(path) as segment:
        os.truncate(path, path.stat().st_size - 14 * 340)
        with pytest.raises(DamagedSegment):
            segment.examine()


def test_merged_ones_hold_what_each_held(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole", [1, 2, 3, 4, 5])
    with Segment(write(tmp_path / "a", [1, 2])) as a, Segment(write(tmp_path / "b", [3, 4, 5])) as b:
        merge(tmp_path / "merged", [a, b], lambda _: False)
    with Segment(whole) as one, Segment(tmp_path / "merged") as merged:
        assert content(one) == content(merged)
        assert merged.codebook == BOOK.version
    assert whole.read_bytes() == (tmp_path / "merged").read_bytes()


def test_merging_leaves_out_what_is_gone_and_keeps_the_later_of_two(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "a", [1, 2, 3])) as a, Segment(write(tmp_path / "b", [3, 4])) as b:
        merge(tmp_path / "merged", [a, b], lambda found: found == key(2))
    with Segment(tmp_path / "merged") as merged, Segment(write(tmp_path / "left", [1, 3, 4])) as left:
        assert content(merged) == content(left)


def test_merging_a_damaged_one_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a", [1, 2])
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    with Segment(path) as a, pytest.raises(DamagedSegment):
        merge(tmp_path / "merged", [a], lambda _: False)


def test_cells_are_fewer_than_a_table_holds() -> None:
    cells = BOOK.channels[0].cells(print_of(1).channels[0].levels)
    assert 0 <= cells.min() <= cells.max() < CELLS
