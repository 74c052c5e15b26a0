"""Files that a living process holds: whoever finds one that nobody holds knows that its process is gone.

The operating system lets go of a lock when the process that has it ends, however it ends, so no process numbers are
guessed, and none of another computer. The lock is on the file itself, not on what it says.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType


class HeldFile:
    """A new file at `path`, held until `release`, which removes it. Raises `OSError`, also where the file is there."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._number: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _lock(self._number)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        if self._number is not None:
            _remove(self._path, self._number)
            self._number = None

    def __enter__(self) -> "HeldFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


@contextlib.contextmanager
def left_behind(path: Path) -> Iterator[bool]:
    """Whether the process that held `path` is gone; the file is removed after the block then.

    False where it is not there, where somebody holds it, and where the system cannot tell.
    """
    number = None
    try:
        number = os.open(path, os.O_RDWR)
        _lock(number)
    except OSError:
        if number is not None:
            os.close(number)
        yield False
        return
    try:
        yield True
    finally:
        _remove(path, number)


def _remove(path: Path, number: int) -> None:
    """Removed while it is held, so that nobody else takes it for left behind; Windows removes no open file."""
    with contextlib.suppress(OSError):
        path.unlink()
    os.close(number)
    with contextlib.suppress(OSError):
        path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        """Raises `OSError` where another process, or another opening in this one, has it."""
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(number: int) -> None:
        """Raises `OSError` where another process, or another opening in this one, has it."""
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
