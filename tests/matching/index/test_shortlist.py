"""The shortlist: who is on it, and what happens to it where views are gone or blocks are damaged."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.drawings import drawing
from tests.matching.index.conftest import key, print_of, write
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Fingerprint, fingerprint
from umkm_cli.matching.index.codebook import shipped_codebook
from umkm_cli.matching.index.segment import Segment
from umkm_cli.matching.index.shortlist import shortlist
from umkm_cli.matching.thresholds import DEFAULT, Thresholds

BOOK = shipped_codebook()
SEEDS = range(1, 25)


def asked(
    query: Fingerprint,
    segments: Sequence[Segment],
    count: int = 3,
    gone: Collection[bytes] = (),
    thresholds: Thresholds = DEFAULT,
) -> tuple[list[bytes], list[Exception]]:
    told: list[Exception] = []
    found = shortlist(query, segments, BOOK, count, thresholds, gone=gone, damaged=told.append)
    return found, told


def changed(seed: int) -> Rgb:
    """Mirrored, turned by a right angle, light and dark exchanged, and cut to three quarters."""
    picture = 255 - np.rot90(drawing(seed)[:, ::-1])
    return np.ascontiguousarray(picture[60:460, 40:360])


def test_a_changed_copy_has_most_votes(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "s", SEEDS)) as segment:
        for seed in (1, 9, 24):
            found, told = asked(fingerprint(changed(seed)), [segment])
            assert found[0] == key(seed)
            assert not told


def test_how_views_are_spread_over_segments_changes_nothing(tmp_path: Path) -> None:
    query = fingerprint(changed(5))
    with (
        Segment(write(tmp_path / "all", SEEDS)) as whole,
        Segment(write(tmp_path / "b", SEEDS[10:])) as later,
        Segment(write(tmp_path / "a", SEEDS[:10])) as earlier,
    ):
        assert asked(query, [whole], 24) == asked(query, [earlier, later], 24) == asked(query, [later, earlier], 24)


def test_a_view_in_two_segments_is_named_once(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "a", [1, 2, 3])) as a, Segment(write(tmp_path / "b", [3, 4])) as b:
        found, _ = asked(print_of(3), [a, b], 10)
        assert sorted(found) == sorted(set(found))
        assert found[0] == key(3)


def test_what_is_gone_is_not_named_and_takes_no_place(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "s", SEEDS)) as segment:
        before, _ = asked(print_of(7), [segment], 5)
        after, _ = asked(print_of(7), [segment], 5, gone={before[0], before[2]})
        assert before[0] == key(7)
        assert [found for found in before if found not in (before[0], before[2])] == after[:3]
        assert len(after) == 5


def test_a_damaged_block_is_told_of_and_costs_no_answer(tmp_path: Path) -> None:
    path = write(tmp_path / "s", SEEDS)
    data = bytearray(path.read_bytes())
    with Segment(path) as segment:
        cell = int(BOOK.channels[0].cells(print_of(7).channels[0].levels[:1])[0])
        place = int(segment._starts[0][cell])
    data[place] ^= 4
    path.write_bytes(data)
    with Segment(path) as segment:
        found, told = asked(print_of(7), [segment])
        assert found[0] == key(7)
        assert len(told) == 1
        assert f"cell {cell}" in str(told[0])


def test_no_segment_names_nobody() -> None:
    assert asked(print_of(1), []) == ([], [])


def test_an_empty_query_names_nobody(tmp_path: Path) -> None:
    with Segment(write(tmp_path / "s", [1])) as segment:
        blank = fingerprint(np.full((100, 100, 3), 200, np.uint8))
        assert asked(blank, [segment]) == ([], [])


def test_what_hits_everything_says_nothing(tmp_path: Path) -> None:
    """Twenty views of one picture: each of its keypoints hits all of them."""
    twenty = write(tmp_path / "s", [3] * 20)
    with Segment(twenty) as segment:
        query = print_of(3)
        assert asked(query, [segment], thresholds=replace(DEFAULT, telling_hits=20)) == ([], [])
        assert asked(query, [segment], thresholds=replace(DEFAULT, telling_hits=21))[0] == [key(3)]
