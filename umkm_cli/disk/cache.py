"""What is quicker read than made again: files that may be lost, damaged or removed at any time.

Each bears a digest of its name and content, so that what is damaged, or lies under another's name, is as good as gone.
Several processes may use one folder: a file appears whole or not at all, and what one removes the other makes again.
"""

import contextlib
import hashlib
import os
import threading
from pathlib import Path

from umkm_cli.disk.places import put_in_place

_DIGEST_BYTES = 32
_PUTS_BETWEEN = 32
_KEPT_SHARE = 0.9
"""Of the bytes that are allowed, what stays when room is made: not every file that comes makes another one go."""


class Cache:
    """A folder of at most about `most_bytes`; what was asked for longest ago goes first. Safe in threads.

    Where the folder cannot be read or written there is no cache, and no error either.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._puts = 0

    def get(self, name: str) -> bytes | None:
        """What was put under a name, None where it is not there as it was."""
        path = self._folder / name
        try:
            found = path.read_bytes()
            digest, data = found[:_DIGEST_BYTES], found[_DIGEST_BYTES:]
            if digest != _digest(name, data):
                return None
            os.utime(path)
        except OSError:
            return None
        return data

    def put(self, name: str, data: bytes) -> None:
        draft = self._folder / f".{name}.{os.getpid()}.{threading.get_ident()}.new"
        try:
            self._folder.mkdir(exist_ok=True)
            draft.write_bytes(_digest(name, data) + data)
            put_in_place(draft, self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return
        if self._puts % _PUTS_BETWEEN == 0:
            with contextlib.suppress(OSError):
                self._make_room()
        self._puts += 1

    def _make_room(self) -> None:
        """Drafts that a process left behind are files like all others."""
        with os.scandir(self._folder) as entries:
            files = [(found.st_mtime_ns, found.st_size, entry.path) for entry in entries if (found := _stat(entry))]
        total = sum(size for _, size, _ in files)
        if total <= self._most_bytes:
            return
        for _, size, path in sorted(files):
            if total <= self._most_bytes * _KEPT_SHARE:
                return
            with contextlib.suppress(OSError):  # another process was quicker, or reads it on Windows
                Path(path).unlink()
            total -= size


def _stat(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None


def _digest(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + data).digest()
