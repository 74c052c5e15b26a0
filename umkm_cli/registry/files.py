"""Files that people hand over and that the registry keeps, byte for byte.

What is kept goes to a temporary name, is flushed, and is renamed into place before its row is committed; a crash in
between leaves a file that no row names, which does no harm, and never a row without its file.
"""

import os
import stat
from pathlib import Path

from umkm_cli.db.places import put_in_place, unwritable
from umkm_cli.errors import UmkmError

MAX_FILE_BYTES = 64 * 1024 * 1024


def read_given_file(path: Path, most_bytes: int | None = None) -> bytes:
    """The bytes of a file that somebody names, at most MAX_FILE_BYTES unless `most_bytes` says otherwise.

    Raises `UmkmError`: `file_not_found`, `file_is_folder`, `file_not_regular`, `file_not_readable`, `file_too_large`.
    """
    most = MAX_FILE_BYTES if most_bytes is None else most_bytes
    try:
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
    if len(data) > most:
        raise UmkmError("file_too_large", path=path, megabytes=most // 2**20)
    return data


def keep_bytes(path: Path, data: bytes) -> Path:
    """Have `data` at `path`, whose name tells its content. Raises `UmkmError` `home_not_writable`, `disk_full`."""
    if path.exists() and path.stat().st_size == len(data):
        return path
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise unwritable(path, error, "home_not_writable") from error
    return path
