"""Small things that one run leaves in the registry's folder for the next; losing them costs time and nothing else."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from umkm_cli.disk.places import put_in_place


def recall(path: Path) -> dict[str, Any]:
    """What was left, empty where nothing was or it cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def leave(path: Path, what: dict[str, Any]) -> None:
    """Leave it, or do not where the folder cannot be written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_text(json.dumps(what), "utf-8")
        put_in_place(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
