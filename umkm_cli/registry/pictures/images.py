"""The original files of registered pictures, kept byte for byte under their SHA-256.

Where one lies is known here only. Whoever wants its bytes gets those that were recorded, or is told why not; so nothing
that was put in a picture's place is ever compared, shown or signed as that picture.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.matching.decoding.formats import extension
from umkm_cli.registry.pictures.files import Unfit, keep_bytes, read_kept, size_of
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.tables import Image
    from umkm_cli.registry.office.notes import Notes
    from umkm_cli.registry.office.work import Work


def read_original(settings: Settings, sha256: str, format: str) -> bytes | Unfit:
    """The stored bytes as they were recorded; `format` is the picture's type."""
    return read_kept(_path_of(settings, sha256, format), sha256)


def keep_original(work: "Work | Notes", sha256: str, format: str, data: bytes) -> None:
    """Have the file of a picture in its place. Where the registry had lost it, that it is back is recorded.

    Raises `UmkmError`: `home_not_writable`, `disk_full`.
    """
    found = keep_bytes(_path_of(work.settings, sha256, format), data)
    if found is not None and _stored_format(work, sha256) is not None:
        work.record("restore", "image", sha256, {"stored_file": (found.value, "kept")})


def mend_original(work: "Work | Notes", sha256: str, data: bytes) -> None:
    """Put a stored picture's file back in its place where it was lost or altered, now that somebody brings it.

    `sha256` is the digest of `data`; nothing happens where the registry keeps no such picture. Raises as
    `keep_original` does.
    """
    format = _stored_format(work, sha256)
    if format is not None:
        keep_original(work, sha256, format, data)


def _stored_format(work: "Work | Notes", sha256: str) -> str | None:
    """The type of a picture that the registry keeps, None where it keeps no such one."""
    known = work.reader.one("SELECT format, stored FROM image WHERE sha256 = :sha256", sha256=sha256)
    return str(known["format"]) if known is not None and known["stored"] else None


def size_of_original(settings: Settings, sha256: str, format: str) -> tuple[int, int] | None:
    """See `files.size_of`."""
    return size_of(_path_of(settings, sha256, format))


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


def _path_of(settings: Settings, sha256: str, format: str) -> Path:
    return settings.images / sha256[:2] / f"{sha256}{extension(format)}"
