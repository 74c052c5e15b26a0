"""Environments for peers whose packages do not go with the project's: built once in a cache folder."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BUILD_TIMEOUT_S = 900
NEWEST_MINOR = 16


class UnavailableError(Exception):
    """A peer cannot run here; the sentence says why."""


@dataclass(frozen=True)
class Needs:
    """Packages of a peer, pinned, and the first Python 3 that they are for."""

    name: str
    packages: tuple[str, ...]
    python_minor: int = 11


def interpreter_for(needs: Needs, cache: Path, newer: Path | None) -> Path:
    """The interpreter of an environment that holds what is needed; `newer` is a Python to try first.

    Raises `UnavailableError`.
    """
    folder = cache / needs.name
    inside, stamp = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"), folder / "installed"
    wanted = json.dumps(needs.packages)
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return inside
    base = next((path for path in _pythons(newer) if _minor_of(path) >= needs.python_minor), None)
    if base is None:
        raise UnavailableError(f"needs Python 3.{needs.python_minor} or newer, and none was found")
    _run(base, "-m", "venv", "--clear", str(folder))
    _run(inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs.packages)
    stamp.write_text(wanted, "utf-8")
    return inside


def _pythons(newer: Path | None) -> Iterator[Path]:
    if newer:
        yield newer
    yield Path(sys.executable)
    for minor in range(NEWEST_MINOR, 10, -1):
        if found := shutil.which(f"python3.{minor}"):
            yield Path(found)
    if uv := shutil.which("uv"):
        command = [uv, "python", "find", "--no-project", ">=3.12"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            yield Path(done.stdout.strip())


def _minor_of(python: Path) -> int:
    """The 12 of Python 3.12; 0 where it does not start."""
    try:
        done = subprocess.run([python, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    version = re.match(r"Python 3\.(\d+)", done.stdout)
    return int(version[1]) if version and done.returncode == 0 else 0


def _run(*command: str | Path) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise UnavailableError("its packages could not be installed in time") from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise UnavailableError(f"its packages could not be installed: {lines[-1] if lines else 'no reason given'}")
