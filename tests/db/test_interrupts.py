"""Ctrl+C while something is stored: it waits for the end, asked for twice it does not."""

import signal
from collections.abc import Iterator

import pytest

from umkm_cli.db.interrupts import interrupt_waits, postponed


@pytest.fixture(autouse=True)
def _python_s_own_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt(times: int, waited: list[bool]) -> None:
    """Notes whether the interrupt waited, each time; nothing after the one that did not."""
    with postponed():
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
            waited.append(interrupt_waits())


@pytest.mark.parametrize("times", [1, 2, 3])
def test_it_waits_for_the_end_once_and_then_no_more(times: int) -> None:
    waited: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        interrupt(times, waited)
    assert waited == [True]
    assert not interrupt_waits()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_within_another_block_the_outer_one_speaks() -> None:
    waited: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        nested(waited)
    assert waited == [True, True]


def nested(waited: list[bool]) -> None:
    with postponed():
        interrupt(1, waited)
        waited.append(interrupt_waits())


def test_without_it_nothing_changes() -> None:
    interrupt(0, [])
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def refused_meanwhile() -> None:
    with postponed():
        signal.raise_signal(signal.SIGINT)
        raise ValueError("inside")


def test_what_goes_wrong_inside_is_what_is_heard_of() -> None:
    with pytest.raises(ValueError, match="inside"):
        refused_meanwhile()
