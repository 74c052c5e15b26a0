"""Picture files that a sheet names: inside one folder, whatever the sheet says."""

import re
from pathlib import Path, PureWindowsPath

from umkm_cli.problems import InvalidFieldsError, Problem

_SEPARATORS = re.compile(r"[;|\n]")


def picture_paths(folder: Path, cell: str) -> list[Path]:
    """The files of a cell, several separated by `;` or `|`, relative to `folder` or absolute inside it.

    Links are followed before the folder is compared, and `\\` separates folders on every system, since sheets come from
    Windows.

    Raises `InvalidFieldsError`: `required`, `path_outside`.
    """
    names = [name.strip().strip('"') for name in _SEPARATORS.split(cell)]
    problems, paths = list[Problem](), list[Path]()
    for name in dict.fromkeys(filter(None, names)):
        path = _inside(folder, name)
        if path is None:
            problems.append(Problem("image", name, "path_outside", params={"folder": str(folder)}))
        else:
            paths.append(path)
    if not paths and not problems:
        problems.append(Problem("image", "", "required"))
    if problems:
        raise InvalidFieldsError(problems)
    return paths


def _inside(folder: Path, name: str) -> Path | None:
    if PureWindowsPath(name).drive and not Path(name).drive:  # C:\... on a system without drives
        return None
    try:
        root = folder.resolve()
        path = (root / name.replace("\\", "/")).resolve()
        return path if path.is_relative_to(root) else None
    except (OSError, ValueError, RuntimeError):  # a name that no system takes, a NUL, a loop of links
        return None
