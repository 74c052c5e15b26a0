"""A Python process with limits on memory and time, in which a file of unknown making is read.

A library that meets a hostile file may ask for more memory than there is; in Rust that ends the whole process, without
an exception. So it is asked in a process of its own. Nothing is forked: the process starts anew, on Windows as
elsewhere, limits itself before it reads a byte, and answers in lines.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_PACKAGES = Path(__file__).resolve().parents[2]


class ConfinedStoppedError(Exception):
    """The process ended before it had answered: it reached a limit, or a library ended it."""


class Confined:
    """A running process: what it is told, and the lines of its answer."""

    def __init__(self, process: "subprocess.Popen[bytes]", stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._process, self._stdin, self._stdout = process, stdin, stdout

    def tell(self, *parts: bytes) -> None:
        """Raises `ConfinedStoppedError`."""
        try:
            for part in parts:
                self._stdin.write(part)
            self._stdin.flush()
        except OSError as error:  # a broken pipe, which Windows calls an invalid argument
            raise ConfinedStoppedError from error

    def line(self) -> bytes:
        """The next line of its answer. Raises `ConfinedStoppedError` where there is none."""
        line = self._stdout.readline()
        if not line.endswith(b"\n"):
            raise ConfinedStoppedError
        return line


@contextlib.contextmanager
def confined(module: str, seconds: float) -> Iterator[Confined]:
    """`python -m module`, ended after `seconds` at the latest, and in any case when the block is left."""
    # With -P no file of the folder where somebody stands is taken for a module.
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ended_late = threading.Timer(seconds, process.kill)
        ended_late.daemon = True
        ended_late.start()
        try:
            yield Confined(process, process.stdin, process.stdout)
        finally:
            ended_late.cancel()
            process.kill()
            with contextlib.suppress(OSError):  # what is still to be written has no reader
                process.stdin.close()
