"""Papers and pictures that belong to a motif: of its creation, of who holds the rights, of who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.attachments import attach, read_evidence
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.records.registering import read_key

NOTE_CHARS = 500


class FileKind(StrEnum):
    """What a file is there for; its value is the attachment's purpose."""

    CREATION = "creation"
    PUBLICATION = "publication"
    OWNERSHIP_STATEMENT = "ownership-statement"
    IDENTITY = "identity"
    DEED = "deed"
    TRANSFER = "transfer"
    POWER_OF_ATTORNEY = "power-of-attorney"
    SAMPLE = "sample"
    OTHER = "other"


@dataclass(frozen=True)
class AttachedFile:
    """`new` is false where the same file had been attached before for the same purpose."""

    filename: str
    sha256: str
    new: bool


@dataclass(frozen=True)
class Attached:
    """The motif's code, and the files in the order in which they were named."""

    code: str
    files: tuple[AttachedFile, ...]


def attach_to_motif(office: Office, key: str, paths: Sequence[Path], kind: FileKind, note: str | None) -> Attached:
    """Keep the files as the motif's.

    Raises `UmkmError`: `motif_not_found`, `file_…`, `home_not_writable`; and `InvalidFieldsError` for the note.
    """
    remark = read_key(note, "note", NOTE_CHARS)
    with office.reading() as reader:
        motif = find_motif(reader, key)
    given = read_evidence(paths)
    with office.work() as work:
        attached = [attach(work, "motif", motif["id"], kind.value, file, note=remark) for file in given]
    done = tuple(AttachedFile(row.filename, row.sha256, new) for row, new in attached)
    return Attached(motif["code"], done)
