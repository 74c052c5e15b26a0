"""Files that belong to a record as evidence: of a case, of a motif's creation, of a licence.

A picture that can be read lies with the other pictures; anything else in `files/`, under its SHA-256 and without an
ending, so that nothing that was handed in can be started by a click. Both are kept byte for byte, one file however
often it is attached.
"""

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import UmkmError
from umkm_cli.registry.pictures.files import Unfit, keep_bytes, read_given_file, read_kept, size_of
from umkm_cli.registry.values.typed import shown
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.db.tables import Attachment, Image
    from umkm_cli.documents.common import AttachmentDocument
    from umkm_cli.matching.decoding.decode import Picture
    from umkm_cli.registry.office.work import Work

NAME_CHARS = 200
UNKNOWN_TYPE = "application/octet-stream"
_TYPES = mimetypes.MimeTypes()  # its own tables: what a Windows registry or /etc says differs between machines


@dataclass(frozen=True)
class GivenFile:
    """A file as it was handed in; `picture` is computed once, so look at it before the registry is locked.

    `decoded` is what it shows where that is known already.
    """

    data: bytes
    filename: str
    decoded: "Picture | None" = None

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def picture(self) -> "Picture | None":
        """What it shows, None where it is no picture that can be read."""
        from umkm_cli.matching.decoding.decode import UnreadableImage, decode

        if self.decoded is not None:
            return self.decoded
        try:
            return decode(self.data)
        except UnreadableImage:
            return None

    @property
    def media_type(self) -> str:
        if self.picture is not None:
            return f"image/{self.picture.format.lower()}"
        if self.data.startswith(b"%PDF-"):
            return "application/pdf"
        return _TYPES.guess_type(self.filename)[0] or UNKNOWN_TYPE


def read_evidence(paths: Sequence[Path]) -> list[GivenFile]:
    """The files, each read and looked at. Raises `UmkmError`: `file_…`, `file_empty`."""
    given = [GivenFile(_not_empty(read_given_file(path), path), _name(path.name)) for path in paths]
    for file in given:
        _ = file.picture
    return given


def attach(
    work: "Work",
    entity: str,
    entity_id: str,
    purpose: str,
    given: GivenFile | Path | bytes,
    *,
    filename: str = "",
    note: str | None = None,
) -> "tuple[Attachment, bool]":
    """Keep a file as a record's, and say whether that is new.

    `entity` is the name of the record's table, `purpose` a stable key.

    The same file for the same purpose and with the same note is attached once. `filename` names what is given as bytes.
    Raises `UmkmError`: `file_…`, `file_empty`, `home_not_writable`.
    """
    from sqlmodel import col, select

    from umkm_cli.db.tables import Attachment

    file = _given(given, filename)
    same = select(Attachment).where(
        Attachment.entity == entity,
        Attachment.entity_id == entity_id,
        Attachment.purpose == purpose,
        Attachment.sha256 == file.sha256,
        col(Attachment.note).is_(None) if note is None else col(Attachment.note) == note,
    )
    known = work.session.exec(same).first()
    keep_given(work, file)
    if known is not None:
        return known, False
    row = Attachment(
        entity=entity,
        entity_id=entity_id,
        purpose=purpose,
        sha256=file.sha256,
        filename=file.filename,
        media_type=file.media_type,
        bytes=len(file.data),
        note=note,
    )
    work.created("attachment", row)
    return row, True


def keep_given(work: "Work", file: GivenFile) -> None:
    """The file itself, and the row of a picture; each only where it is new, or no longer what was recorded."""
    if file.picture is None:
        _keep_file(work, file)
        return
    from umkm_cli.db.tables import Image
    from umkm_cli.registry.pictures.images import keep_original, remember

    keep_original(work, file.sha256, file.picture.format, file.data)
    known = work.session.get(Image, file.sha256)
    if known is None or not known.stored:
        remember(work.session, _image_row(file, file.picture))


def attachments_of(reader: Reader, entity: str, entity_id: str) -> "list[AttachmentDocument]":
    """A record's files as scripts read them, oldest first."""
    rows = reader.rows(
        "SELECT filename, sha256, purpose, media_type, bytes, note, created_at FROM attachment "
        "WHERE entity = :entity AND entity_id = :record ORDER BY created_at, id",
        entity=entity,
        record=entity_id,
    )
    return cast("list[AttachmentDocument]", rows)


def read_attached(settings: Settings, reader: Reader, sha256: str) -> bytes | Unfit:
    """The bytes of an attached file, a picture or not, as they were recorded."""
    from umkm_cli.registry.pictures.images import read_original

    image: Row | None = reader.one("SELECT format FROM image WHERE sha256 = :sha256 AND stored", sha256=sha256)
    return read_original(settings, sha256, image["format"]) if image else read_file(settings, sha256)


def read_file(settings: Settings, sha256: str) -> bytes | Unfit:
    """The same of a file that is no picture."""
    return read_kept(_path_of_file(settings, sha256), sha256)


def size_of_file(settings: Settings, sha256: str) -> tuple[int, int] | None:
    """See `images.size_of_original`."""
    return size_of(_path_of_file(settings, sha256))


def _path_of_file(settings: Settings, sha256: str) -> Path:
    """Where a file that is no picture lies."""
    return settings.files / sha256[:2] / sha256


def _keep_file(work: "Work", file: GivenFile) -> None:
    """A file that is no picture; where the registry had lost it, that it is back is recorded."""
    from sqlmodel import select

    from umkm_cli.db.tables import Attachment

    found = keep_bytes(_path_of_file(work.settings, file.sha256), file.data)
    named = select(Attachment.id).where(Attachment.sha256 == file.sha256)
    if found is not None and work.session.exec(named).first() is not None:
        work.record("restore", "attachment", file.sha256, {"stored_file": (found.value, "kept")})


def _given(given: GivenFile | Path | bytes, filename: str) -> GivenFile:
    if isinstance(given, GivenFile):
        return given
    if isinstance(given, Path):
        return read_evidence([given])[0]
    return GivenFile(_not_empty(given, filename), _name(filename))


def _name(name: str) -> str:
    return shown(name, NAME_CHARS)


def _not_empty(data: bytes, path: Path | str) -> bytes:
    if not data:
        raise UmkmError("file_empty", path=path)
    return data


def _image_row(file: GivenFile, picture: "Picture") -> "Image":
    from umkm_cli.db.tables import Image
    from umkm_cli.matching.describing.hashes import hashes

    found = hashes(picture.rgb)
    return Image(
        sha256=file.sha256,
        format=picture.format,
        bytes=len(file.data),
        width=picture.width,
        height=picture.height,
        phash=found.phash,
        dhash=found.dhash,
        colorhash=found.colorhash,
        hashes_version=found.version,
    )
