"""A sheet from standard input (`-`): readers want a file that can be read again, and get one until the program ends."""

import atexit
import tempfile
from functools import cache
from pathlib import Path

from umkm_cli.disk.places import is_standard_stream
from umkm_cli.registry.pictures.files import read_given_file

NAME = "stdin"


def on_disk(path: Path) -> Path:
    """`path` itself, or a file that holds what came in. Raises `UmkmError` `file_too_large`."""
    if not is_standard_stream(path):
        return path
    file = Path(_folder().name) / NAME
    file.write_bytes(read_given_file(path))
    return file


def beside(path: Path) -> Path:
    """What stands beside such a file stands in the folder where the command was given; any other path is as it is."""
    return Path(path.name) if _folder.cache_info().currsize and path.parent == Path(_folder().name) else path


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Gone with the program."""
    folder = tempfile.TemporaryDirectory(prefix="umkm-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return folder
