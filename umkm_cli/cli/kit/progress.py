"""How far a long command is, on standard error."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

from umkm_cli.cli.kit.output import note
from umkm_cli.errors import INTERRUPTED, UmkmError


class Progress:
    """How far a long command is, on stderr: a bar at a terminal, a line now and then in a log, nothing for one item.

    `step` is how many items there are from one line in a log to the next.
    """

    def __init__(self, total: int | None, label: str, step: int = 100) -> None:
        self._total = total
        self._label = label
        self._step = step
        self._bar: Any = None
        self._shown = 0

    def __enter__(self) -> "Progress":
        if self._total != 1 and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(file=sys.stderr), transient=True)
            self._task = self._bar.add_task(self._label, total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """While something else is written, the bar is not there: it would stand in between, or take it to stderr."""
        if self._bar is not None:
            self._bar.stop()
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.start()

    def __call__(self, done: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=done)
        elif self._total != 1 and done - self._shown >= self._step:
            self._shown = done
            note(f"{self._label}: {done}" + (f"/{self._total}" if self._total else ""))


@contextlib.contextmanager
def stored_progress(total: int | None, label: str, stopped: Callable[[int], str]) -> Iterator[Callable[[int], None]]:
    """Progress of a command that stores as it goes; where it is interrupted, `stopped` says how much is stored."""
    stored = 0

    def count(done: int) -> None:
        nonlocal stored
        stored = done
        progress(done)

    try:
        with Progress(total, label) as progress:
            yield count
    except KeyboardInterrupt as error:  # typer would end the program without a word
        note(stopped(stored))
        raise UmkmError("interrupted", exit_code=INTERRUPTED) from error
