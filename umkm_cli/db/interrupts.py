"""Ctrl+C while something is being stored waits for its end, so that no half-finished transaction keeps the lock.

In an unlucky moment the database library forgets a transaction that an exception from nowhere left open, and every
writer, this process too, would wait for it in vain.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_asked = threading.Event()
_postponing = threading.Event()


def interrupt_waits() -> bool:
    """Whether somebody has asked to stop: what is being stored may be ended early, at a good place."""
    return _asked.is_set()


@contextlib.contextmanager
def postponed() -> Iterator[None]:
    """Raises `KeyboardInterrupt` after the block where Ctrl+C was pressed inside; the second time it does not wait.

    Other threads hear of no signal, so there it changes nothing, and within such a block the outer one speaks.
    """
    before = signal.getsignal(signal.SIGINT)
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or _postponing.is_set() or not callable(before):
        yield
        return
    interrupt = before

    def wait(number: int, frame: FrameType | None) -> None:
        if _asked.is_set():
            interrupt(number, frame)
        _asked.set()

    _asked.clear()
    _postponing.set()
    signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        asked = _asked.is_set()
        _asked.clear()
        _postponing.clear()
    if asked:
        raise KeyboardInterrupt
