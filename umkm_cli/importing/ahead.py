"""Work done by threads ahead of whoever takes the results in order: every core stays busy while a batch is stored.

How far ahead is bounded by number and by memory, because a decoded photograph takes tens of megabytes.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class LetGoError(Exception):
    """Nobody wants the result any more."""


class Ahead(Generic[T]):
    """Tasks begin in the order in which they are given, as long as results that nobody has taken weigh less than
    `most_bytes`; the one that is waited for always does."""

    def __init__(self, workers: int, most_bytes: int, weight_bytes: Callable[[T], int]) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="ahead")
        self._most_bytes = most_bytes
        self._weight_bytes = weight_bytes
        self._changed = threading.Condition()
        self._given = self._taken = self._held_bytes = 0
        self._closed = False

    def give(self, work: Callable[[], T]) -> "Future[T]":
        number = self._given
        self._given += 1
        return self._pool.submit(self._run, number, work)

    def take(self, future: "Future[T]") -> T:
        """The result of the task that was given first of those not yet taken. Raises what its work raised."""
        try:
            result = future.result()
        except BaseException:
            self._let_go(0)
            raise
        self._let_go(self._weight_bytes(result))
        return result

    def close(self) -> None:
        """Drop what has not begun; what has ends by itself."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, number: int, work: Callable[[], T]) -> T:
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin(number))
            if self._closed:
                raise LetGoError
        result = work()
        with self._changed:
            self._held_bytes += self._weight_bytes(result)
        return result

    def _may_begin(self, number: int) -> bool:
        return self._closed or number <= self._taken or self._held_bytes < self._most_bytes

    def _let_go(self, weight_bytes: int) -> None:
        with self._changed:
            self._taken += 1
            self._held_bytes -= weight_bytes
            self._changed.notify_all()
