"""Memory for decoding: so much for one picture, and for all that are decoded at the same time together."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_WORKING_BYTES = 512 * 2**20
"""What a picture of 48 million pixels takes that a phone saved as HEIC: the greediest one that people do send."""

_changed = threading.Condition()
_taken = 0


@contextmanager
def working_memory(needed: int) -> Iterator[None]:
    """Waits until other threads leave room. `needed` is at most `MAX_WORKING_BYTES`; blocks do not nest."""
    global _taken
    with _changed:
        _changed.wait_for(lambda: _taken + needed <= MAX_WORKING_BYTES)
        _taken += needed
    try:
        yield
    finally:
        with _changed:
            _taken -= needed
            _changed.notify_all()
