"""The original files of registered pictures, kept byte for byte under their SHA-256.

A file goes to a temporary name, is flushed, and is renamed into place before its row is committed; a crash in between
leaves a file that no row names, which does no harm, and never a row without its file.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.db.places import put_in_place
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Image


def path_of(settings: Settings, sha256: str, extension: str) -> Path:
    return settings.images / sha256[:2] / f"{sha256}{extension}"


def keep_file(settings: Settings, sha256: str, extension: str, data: bytes) -> Path:
    """Where the file lies now. Raises `UmkmError` `home_not_writable`, `disk_full`."""
    path = path_of(settings, sha256, extension)
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
        raise UmkmError("home_not_writable", exit_code=MISSING, path=path, why=error.strerror or error) from error
    return path


def read_file(settings: Settings, sha256: str, extension: str) -> bytes | None:
    """The stored bytes, None where the file is gone."""
    try:
        return path_of(settings, sha256, extension).read_bytes()
    except OSError:
        return None


def remember(session: "Session", image: "Image") -> "Image":
    """The picture's row, made where it is new; one that was only seen by a check becomes a stored one."""
    from umkm_cli.db.tables import Image

    known = session.get(Image, image.sha256)
    if known is None:
        session.add(image)
        session.flush()
        return image
    if image.stored and not known.stored:
        known.stored = True
        session.add(known)
        session.flush()
    return known
