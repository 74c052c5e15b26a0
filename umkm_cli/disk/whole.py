"""Files that are written whole or not at all: to a draft beside them, which is then renamed.

A draft is always a new file, so that no link is followed, and its name begins with a dot: one that a crash left behind
is nobody's.
"""

import contextlib
import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from umkm_cli.disk.places import (
    is_standard_stream,
    is_windows_device,
    on_windows,
    private_opener,
    put_in_place,
    unwritable,
)
from umkm_cli.errors import UmkmError

_NAME_CHARS = 100
"""Of a long name, what leaves room for the rest of the draft's; systems take 255."""


def refuse_name(path: Path, *endings: str, code: str = "file_ending") -> None:
    """Say before any work is done what is wrong with the name of a file to write; without `endings` any will do.

    `-` is standard output, in the form that a command writes without being told another.
    Raises `UmkmError`: `file_is_folder`, `folder_not_found`, and `code` for another ending.
    """
    if is_standard_stream(path):
        return
    if path.is_dir():
        raise UmkmError("file_is_folder", path=path)
    if endings and path.suffix.lower() not in endings:
        raise UmkmError(code, suffix=path.suffix or path.name, known=", ".join(endings), path=path)
    if not path.parent.is_dir():
        raise UmkmError("folder_not_found", path=path.parent)


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """A file that somebody asked for, whole or not at all; `-` is standard output.

    `private` is for what holds personal data: its owner's only, where the system can say so.

    Raises `UmkmError` `file_not_writable`, `file_name_reserved`, `disk_full`, ….
    """
    if is_standard_stream(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if on_windows() and is_windows_device(path.name):
        raise UmkmError("file_name_reserved", name=path.name)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe is never replaced
            path.write_bytes(data)
        else:
            put_whole(path, data, private=private)
    except (OSError, ValueError) as error:
        raise unwritable(path, error, "file_not_writable") from error


def put_whole(path: Path, data: bytes, *, private: bool = False, lasting: bool = True) -> None:
    """Have `data` at `path`, over what is there. Raises `OSError`; `ValueError` for what is no path.

    `lasting` is for what must still be there when the power fails the next moment.
    """
    with draft_beside(path, data, private=private, lasting=lasting) as draft:
        put_in_place(draft, path)


@contextlib.contextmanager
def draft_beside(path: Path, data: bytes, *, private: bool = False, lasting: bool = True) -> Iterator[Path]:
    """A new file in the folder of `path` that holds `data`; gone after the block, unless it was renamed there.

    Raises as `put_whole` does.
    """
    draft = path.parent / f".{path.name[:_NAME_CHARS]}.{uuid.uuid4().hex[:8]}"
    try:
        with open(draft, "xb", opener=private_opener if private else None) as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        yield draft
    finally:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)
