"""What is made ready ahead is bounded by memory, comes in order, and never waits for itself."""

import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from umkm_cli.importing.ahead import Ahead

DEADLOCK_S = 60
HEAVY = 10


@pytest.fixture
def ahead() -> Iterator[Ahead[int]]:
    """Two threads, and results that weigh HEAVY each, of which three fit."""
    with closing(Ahead[int](2, 3 * HEAVY, lambda _: HEAVY)) as made:
        yield made


def test_results_come_in_order_and_all_of_them(ahead: Ahead[int]) -> None:
    futures = [ahead.give(partial(int, number)) for number in range(40)]
    assert [ahead.take(future) for future in futures] == list(range(40))


def test_what_nobody_takes_is_bounded(ahead: Ahead[int]) -> None:
    """Three fit; a fourth may begin while the third is being made, since there are two threads. Then nothing begins."""
    begun: list[int] = []
    third = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 2:
            third.set()
        return number

    futures = [ahead.give(partial(work, number)) for number in range(20)]
    assert third.wait(DEADLOCK_S)
    futures[2].result(DEADLOCK_S)
    assert len(begun) <= 4
    for expected, future in enumerate(futures):
        assert ahead.take(future) == expected
        assert len(begun) <= expected + 1 + 4
    assert sorted(begun) == list(range(20))


def test_the_one_that_is_waited_for_begins_however_heavy_the_others_are() -> None:
    with closing(Ahead[int](1, 0, lambda _: HEAVY)) as ahead:
        futures = [ahead.give(partial(int, number)) for number in range(5)]
        assert [future.result(DEADLOCK_S) for future in futures[:1]] == [0]
        assert [ahead.take(future) for future in futures] == list(range(5))


def test_one_that_fails_holds_nothing_and_stops_nobody(ahead: Ahead[int]) -> None:
    futures = [ahead.give(partial(int, text)) for text in ("0", "none", "none", "none", "none", "5")]
    assert ahead.take(futures[0]) == 0
    for future in futures[1:5]:
        with pytest.raises(ValueError, match="none"):
            ahead.take(future)
    assert ahead.take(futures[5]) == 5


def test_closing_lets_go_of_those_that_wait() -> None:
    before = set(threading.enumerate())
    ahead = Ahead[int](2, 1, lambda _: HEAVY)
    futures = [ahead.give(partial(int, number)) for number in range(10)]
    futures[0].result(DEADLOCK_S)
    ahead.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(DEADLOCK_S)
        assert not thread.is_alive()
    assert all(future.done() for future in futures)
