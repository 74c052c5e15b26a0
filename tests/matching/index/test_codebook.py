"""The codebook is whole, and what it makes of a descriptor is what its definition says."""

import numpy as np
import pytest

from tests.matching.index.conftest import print_of
from umkm_cli.matching.index.codebook import CODEWORDS, Codebook, shipped_codebook

LEVELS = print_of(1).channels[0].levels[:40]
BOOK = shipped_codebook().channels[0]


def test_it_is_read_as_it_was_written() -> None:
    book = shipped_codebook()
    again = Codebook.from_bytes(book.to_bytes())
    assert again.version == book.version
    for one, other in zip(again.channels, book.channels, strict=True):
        assert np.array_equal(one.codewords, other.codewords)
        assert np.array_equal(one.directions, other.directions)


@pytest.mark.parametrize("at", [0, 5, 6, 40_000, -5, -1])
def test_an_altered_byte_is_noticed(at: int) -> None:
    data = bytearray(shipped_codebook().to_bytes())
    data[at] ^= 1
    with pytest.raises(ValueError):
        Codebook.from_bytes(bytes(data))
    with pytest.raises(ValueError):
        Codebook.from_bytes(bytes(data[:-1]))


def test_the_nearest_cell_is_nearest_by_all_distances() -> None:
    words = BOOK.codewords.astype(np.int64)
    for levels, cell in zip(LEVELS, BOOK.cells(LEVELS), strict=True):
        halves = 16 * levels.astype(np.int64).reshape(2, 1, 64)
        first, second = ((words - halves) ** 2).sum(axis=2)
        assert first[cell // CODEWORDS] == first.min()
        assert second[cell % CODEWORDS] == second.min()


def test_the_cells_looked_into_are_nearer_than_all_others() -> None:
    words = BOOK.codewords.astype(np.int64)
    for levels, cells in zip(LEVELS, BOOK.nearest_cells(LEVELS, 8), strict=True):
        first, second = ((words - 16 * levels.astype(np.int64).reshape(2, 1, 64)) ** 2).sum(axis=2)
        every = (first[:, None] + second).ravel()
        assert len(set(cells.tolist())) == 8
        assert every[cells].max() <= np.partition(every, 7)[7]


def test_a_signature_is_the_sides_on_which_a_descriptor_lies() -> None:
    cells = BOOK.cells(LEVELS)
    words, directions = BOOK.codewords.astype(np.int64), BOOK.directions.astype(np.int64)
    for levels, cell, signature in zip(LEVELS, cells, BOOK.signatures(LEVELS, cells), strict=True):
        centre = np.concatenate([words[0, cell // CODEWORDS], words[1, cell % CODEWORDS]])
        sides = directions @ (16 * levels.astype(np.int64) - centre) > 0
        assert int(signature) == sum(1 << k for k, side in enumerate(sides) if side)


def test_signatures_in_several_cells_are_those_in_each() -> None:
    cells = BOOK.nearest_cells(LEVELS, 4)
    together = BOOK.signatures(LEVELS, cells)
    for k in range(4):
        assert np.array_equal(together[:, k], BOOK.signatures(LEVELS, cells[:, k]))
