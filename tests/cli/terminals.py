"""Terminals that draw pictures, and one that does not, as a pseudo-terminal can be them."""

import os
import select
import subprocess
import sys
from pathlib import Path

SIXEL_TERMINAL = {b"\x1b[c": b"\x1b[?62;4c"}
PLAIN_TERMINAL = {b"\x1b[c": b"\x1b[?62;22c", b"a=q": b"\x1b[c"}


def shown(*arguments: str | Path, answers: dict[bytes, bytes], **environment: str) -> bytes:
    """What reaches a terminal of 100 by 40 that gives `answers` to what it is asked."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 1000, 800))
    command = [sys.executable, "-m", "umkm_cli", *map(str, arguments)]
    known = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=known) as process:
        os.close(theirs)
        written, asked = b"", dict(answers)
        while select.select([ours], [], [], 120)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
            for question in [question for question in asked if question in written]:
                os.write(ours, asked.pop(question))
        os.close(ours)
        assert process.wait(60) == 0, written
    return written


def kitty() -> dict[bytes, bytes]:
    return {b"\x1b[c": b"\x1b[?62c", b"a=q": b"\x1b_Gi=1;OK\x1b\\"}
