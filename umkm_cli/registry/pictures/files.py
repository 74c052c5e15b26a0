"""Files that people hand over and that the registry keeps, byte for byte.

What is kept goes to a temporary name, is flushed, and is renamed into place before its row is committed; a crash in
between leaves a file that no row names, which does no harm, and never a row without its file.
"""

import hashlib
import stat
import sys
from enum import StrEnum
from pathlib import Path

from umkm_cli.disk.places import is_standard_stream, unwritable
from umkm_cli.disk.whole import put_whole
from umkm_cli.errors import UmkmError

MAX_FILE_BYTES = 64 * 1024 * 1024


class Unfit(StrEnum):
    """Why there is nothing to show of a stored file."""

    MISSING = "missing"
    ALTERED = "altered"
    """What lies in its place are not the bytes that were recorded."""
    UNREADABLE = "unreadable"
    """A picture whose bytes are the recorded ones, but that this version of the program cannot decode."""


def read_given_file(path: Path, most_bytes: int | None = None) -> bytes:
    """The bytes of a file that somebody names, at most MAX_FILE_BYTES unless `most_bytes` says otherwise.

    `-` is standard input.
    Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_regular`, `file_not_readable`, `file_too_large`.
    """
    most = MAX_FILE_BYTES if most_bytes is None else most_bytes
    try:
        if is_standard_stream(path):
            return _not_above(most, sys.stdin.buffer.read(most + 1), path)
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UmkmError("file_is_folder", path=path)
        if not stat.S_ISREG(mode):  # a pipe may never answer, a device never end
            raise UmkmError("file_not_regular", path=path)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise UmkmError("file_not_found", path=path) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UmkmError("file_not_readable", path=path, why=why) from error
    return _not_above(most, data, path)


def _not_above(most: int, data: bytes, path: Path) -> bytes:
    if len(data) > most:
        raise UmkmError("file_too_large", path=path, megabytes=most // 2**20)
    return data


def read_kept(path: Path, sha256: str) -> bytes | Unfit:
    """The bytes of a stored file, compared with what was recorded of it: nothing else is given out."""
    try:
        data = path.read_bytes()
    except OSError:
        return Unfit.MISSING
    return data if hashlib.sha256(data).hexdigest() == sha256 else Unfit.ALTERED


def size_of(path: Path) -> tuple[int, int] | None:
    """Bytes and time of change (ns) of a stored file, None where there is none: a hint, and no proof of anything."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def keep_bytes(path: Path, data: bytes) -> Unfit | None:
    """Have `data` at `path`, whose name tells its content; says what was wrong there before, None where nothing was.

    Raises `UmkmError`: `home_not_writable`, `disk_full`.
    """
    found = _other_than(data, path)
    if found is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, data)
    except OSError as error:
        raise unwritable(path, error, "home_not_writable") from error
    return found


def _other_than(data: bytes, path: Path) -> Unfit | None:
    """The size is asked for first: what is larger than it should be is not read."""
    try:
        same = path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return Unfit.MISSING
    return None if same else Unfit.ALTERED
