"""The original files of registered pictures, kept byte for byte under their SHA-256."""

from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.registry.files import keep_bytes
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Image


def path_of(settings: Settings, sha256: str, extension: str) -> Path:
    return settings.images / sha256[:2] / f"{sha256}{extension}"


def keep_file(settings: Settings, sha256: str, extension: str, data: bytes) -> Path:
    """Where the file lies now. Raises `UmkmError` `home_not_writable`, `disk_full`."""
    return keep_bytes(path_of(settings, sha256, extension), data)


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
