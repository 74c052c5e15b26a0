"""Which segments of the index hold which views: one small file, put in place whole, that names the others.

The record of changes is the index's change log: it numbers the views under the registry's lock, so one number says
which views the segments hold, and the code of that entry (`mac`) says whose registry they belong to. Whatever is wrong
with the file, there is no index, and it is made anew from the database.
"""

import contextlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader
from umkm_cli.disk.memory import leave, recall
from umkm_cli.disk.places import put_in_place
from umkm_cli.matching.describing.generations import READABLE
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from umkm_cli.matching.index.segment import Segment

_FILE = "catalogue.json"
_DAMAGE = "damaged.json"
_SCHEMA = 1


@dataclass(frozen=True)
class Listed:
    """A segment's file, how many views it holds, and the checksum that vouches for it."""

    file: str
    views: int
    checksum: int


@dataclass(frozen=True)
class Catalogue:
    """`upto` and `mac` are the entry of the record of changes up to which all views are held.

    But the views `unread` (identifiers), which had no readable fingerprint then.
    """

    codebook: int
    extractor: str
    upto: int
    mac: str
    segments: tuple[Listed, ...]
    unread: tuple[str, ...] = ()

    @property
    def views(self) -> int:
        return sum(listed.views for listed in self.segments)


def folder_of(settings: Settings, kind: Design) -> Path:
    return settings.index / kind.value


def read_catalogue(folder: Path) -> Catalogue | None:
    """None where there is none, or what lies there is not what was written."""
    try:
        found = json.loads((folder / _FILE).read_bytes())
        stated = found["catalogue"]
        if found["checksum"] != _checksum(stated) or stated.pop("schema") != _SCHEMA:
            return None
        segments = tuple(Listed(**listed) for listed in stated.pop("segments"))
        return Catalogue(**stated | {"segments": segments, "unread": tuple(stated["unread"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def put_catalogue(folder: Path, catalogue: Catalogue) -> None:
    """From now on these segments are the index; files that it does not name are removed. Raises `OSError`."""
    stated = {"schema": _SCHEMA, **asdict(catalogue)}
    stated = json.loads(json.dumps(stated))
    draft = folder / f".{_FILE}.new"
    with draft.open("wb") as file:
        file.write(json.dumps({"checksum": _checksum(stated), "catalogue": stated}).encode())
        file.flush()
        os.fsync(file.fileno())
    put_in_place(draft, folder / _FILE)
    remove_unnamed(folder, catalogue)


def remove_unnamed(folder: Path, catalogue: Catalogue) -> None:
    """What writers left that were cut off, and what was merged; what somebody has open under Windows stays for now."""
    named = {listed.file for listed in catalogue.segments}
    for path in folder.glob("*.segment"):
        if path.name not in named:
            with contextlib.suppress(OSError):
                path.unlink()


def note_damage(folder: Path) -> None:
    """That a search found a block which is not what was written, for whoever writes next."""
    leave(folder / _DAMAGE, {"damaged": True})


def is_damage_noted(folder: Path) -> bool:
    return bool(recall(folder / _DAMAGE))


def forget_damage(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / _DAMAGE).unlink(missing_ok=True)


def belongs(catalogue: Catalogue, reader: Reader, codebook: int) -> bool:
    """Whether it is of this very registry, and by a codebook and an extractor that this version can search with."""
    if catalogue.codebook != codebook or catalogue.extractor not in READABLE:
        return False
    return bool(reader.value("SELECT mac FROM audit WHERE seq = :seq", seq=catalogue.upto) == catalogue.mac)


def open_segments(folder: Path, catalogue: Catalogue) -> "list[Segment]":
    """The files it names. Raises `OSError`, and `DamagedSegment` where one is not the one that was written."""
    from umkm_cli.matching.index.segment import Segment

    opened: list[Segment] = []
    try:
        for listed in catalogue.segments:
            segment = Segment(folder / listed.file)
            opened.append(segment)
            if segment.checksum != listed.checksum or segment.codebook != catalogue.codebook:
                raise DamagedSegment(f"{segment.path}: another file")
    except (OSError, DamagedSegment):
        close_all(opened)
        raise
    return opened


def close_all(segments: "Sequence[Segment]") -> None:
    for segment in segments:
        segment.close()


def _checksum(stated: Any) -> int:
    return zlib.crc32(json.dumps(stated, sort_keys=True).encode())
