"""Which pictures are meant where somebody names folders beside files."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from umkm_cli.errors import UmkmError

PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif")
_NOT_OURS = (".", "~$")
"""How names begin that systems and programs put beside what people keep."""
_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class GivenPictures:
    """`paths` in the order given, those of a folder in the order in which people count; what was left aside there."""

    paths: tuple[str, ...]
    folders: int = 0
    other_files: int = 0
    subfolders: int = 0


def given_pictures(arguments: Iterable[str]) -> GivenPictures:
    """Files as they are named, there or not; of a folder the files that are called pictures, but no subfolder's.

    A folder holds what somebody put together to be looked at; what lies below it may be a whole disk.
    Raises `UmkmError`: `folder_not_readable`, `folder_without_pictures`.
    """
    paths: list[str] = []
    folders = other_files = subfolders = 0
    for argument in arguments:
        folder = Path(argument)
        if not _is_folder(folder):
            paths.append(argument)
            continue
        files, below = _inside(folder)
        pictures = [file for file in files if file.suffix.lower() in PICTURES]
        if not pictures:
            raise UmkmError("folder_without_pictures", path=folder)
        paths += map(str, pictures)
        folders, other_files, subfolders = folders + 1, other_files + len(files) - len(pictures), subfolders + below
    return GivenPictures(tuple(paths), folders, other_files, subfolders)


def natural(name: str) -> list[tuple[str, int]]:
    """Sorts names as people count: `foto 2` before `foto 10`, whatever the case."""
    parts = _NUMBER.split(name.casefold())
    return [(text, int(number)) for text, number in zip(parts[::2], [*parts[1::2], "0"], strict=True)]


def _inside(folder: Path) -> tuple[list[Path], int]:
    """Its files in natural order, and the number of its subfolders."""
    try:
        with os.scandir(folder) as entries:
            kinds = {entry.name: entry.is_dir() for entry in entries if not entry.name.startswith(_NOT_OURS)}
    except OSError as error:
        raise UmkmError("folder_not_readable", path=folder, why=error.strerror or error) from error
    names = sorted((name for name, is_folder in kinds.items() if not is_folder), key=lambda name: (natural(name), name))
    return [folder / name for name in names], sum(kinds.values())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no system takes
        return False
