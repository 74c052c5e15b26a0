"""Small things that one run leaves in the registry's folder for the next; losing them costs time and nothing else."""

import contextlib
import json
from pathlib import Path
from typing import Any

from umkm_cli.disk.whole import put_whole


def recall(path: Path) -> dict[str, Any]:
    """What was left, empty where nothing was or it cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def leave(path: Path, what: dict[str, Any]) -> None:
    """Leave it, or do not where the folder cannot be written."""
    with contextlib.suppress(OSError):
        put_whole(path, json.dumps(what).encode(), lasting=False)
