"""Writing the index: after a registration is committed, from what the database says.

Nobody waits for it: readers search what the catalogue names and compare what came later one by one; of two writers the
second does nothing. A writer that dies leaves files that no catalogue names. Segments are merged so that each is at
least twice as large as the one after it: a thousand new views never cost the writing of a million.
"""

import contextlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from umkm_cli.db.reading import Reader, Row
from umkm_cli.disk.held import HeldFile, left_behind
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.catalogue import (
    Catalogue,
    Listed,
    belongs,
    close_all,
    folder_of,
    forget_damage,
    is_damage_noted,
    open_segments,
    put_catalogue,
    read_catalogue,
)
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.generations import IndexState, index_state, serving
from umkm_cli.settings import Settings

SEGMENT_VIEWS = 20_000
"""Views that are encoded at once: 100 MiB of entries."""
READ_AT_ONCE = 500
_WRITING = "writing.lock"
Trouble = Literal["missing", "damaged", "behind"]


@dataclass(frozen=True)
class Later:
    """Views that the index does not hold, by their identifiers, and the entry up to which that is all of them."""

    upto: int
    mac: str
    views: tuple[str, ...]


def keep_index(office: Office, thresholds: Thresholds = DEFAULT, *, thoroughly: bool = False) -> None:
    """Bring the index of each kind of design up to date where it is worth it; see `Thresholds.indexed_from`.

    `thoroughly` reads every segment first, and makes the index anew where one is damaged. What cannot be written, such
    as on a full disk, stays as it is: the index costs no registration.
    """
    for kind in Design:
        with contextlib.suppress(OSError):
            _keep(office, kind, thresholds, thoroughly)


def index_trouble(settings: Settings, reader: Reader, thresholds: Thresholds = DEFAULT) -> Trouble | None:
    """What is wrong with the index, if anything: `missing`, `damaged`, or `behind` (more to compare one by one).

    Of the files only heads and tables are read; what a search found in a block was noted by it.
    """
    found = (_trouble(settings, reader, kind, thresholds) for kind in Design)
    return next((trouble for trouble in found if trouble is not None), None)


def searched_views(reader: Reader, kind: Design) -> int:
    """How many views of designs of this kind are searched."""
    found = reader.value(f"SELECT count(*) {_searched(kind)}")
    return int(found)


def gone_views(reader: Reader, kind: Design) -> frozenset[bytes]:
    """The keys of views whose record was withdrawn or closed: tombstones."""
    rows = reader.rows(f"SELECT view.id AS id {_searched(kind, gone=True)}")
    return frozenset(key_of(row["id"]) for row in rows)


def views_after(reader: Reader, kind: Design, catalogue: Catalogue) -> Later:
    """What was registered since the catalogue was written, and what could not be read then."""
    head = _head(reader)
    rows = reader.rows(
        f"SELECT view.id AS id FROM audit JOIN view ON view.id = audit.entity_id "
        f"WHERE audit.seq > :upto AND audit.entity = 'view' AND audit.action = 'create' "
        f"AND view.{kind.column} IS NOT NULL ORDER BY audit.seq",
        upto=catalogue.upto,
    )
    return Later(head["seq"], head["mac"], (*catalogue.unread, *(row["id"] for row in rows)))


def key_of(view_id: str) -> bytes:
    """A view's identifier as segments hold it."""
    return uuid.UUID(view_id).bytes


def view_of(key: bytes) -> str:
    return str(uuid.UUID(bytes=key))


def among(views: Sequence[str]) -> tuple[str, dict[str, str]]:
    """SQL for a view that is one of these, and its parameters; at most `READ_AT_ONCE` of them."""
    named = {f"view_{k}": view for k, view in enumerate(views)}
    return f"view.id IN ({', '.join(f':{name}' for name in named)})", named


def _prints(reader: Reader, kind: Design, index: IndexState, views: Sequence[str]) -> list[Row]:
    """`id` and `data`, the fingerprint that serves or None, of those views that are searched."""
    served, extractors = serving(index)
    wanted, named = among(views)
    sql = f"SELECT view.id AS id, fingerprint.data AS data {_searched(kind, fingerprints=served)} AND {wanted}"
    return reader.rows(sql, **named, **extractors)


def _searched(kind: Design, *, gone: bool = False, fingerprints: str = "") -> str:
    stored = f"LEFT JOIN fingerprint ON {fingerprints}" if fingerprints else ""
    return (
        f"FROM view JOIN {kind} AS record ON record.id = view.{kind.column} {stored} "
        f"WHERE record.status {'=' if gone else '<>'} '{kind.gone}'"
    )


def _head(reader: Reader) -> Row:
    head = reader.one("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")
    return head or {"seq": 0, "mac": ""}


def _keep(office: Office, kind: Design, thresholds: Thresholds, thoroughly: bool) -> None:
    folder = folder_of(office.settings, kind)
    known = read_catalogue(folder)
    with office.reading() as reader:
        if known is None and searched_views(reader, kind) < thresholds.indexed_from:
            return
    with _alone(folder) as alone:
        if alone:
            known = _usable(office, folder, thoroughly or is_damage_noted(folder))
            _write(office, kind, folder, known, thresholds)
            forget_damage(folder)


def _trouble(settings: Settings, reader: Reader, kind: Design, thresholds: Thresholds) -> Trouble | None:
    if searched_views(reader, kind) < thresholds.indexed_from:
        return None
    from umkm_cli.matching.index.codebook import shipped_codebook

    folder = folder_of(settings, kind)
    catalogue = read_catalogue(folder)
    if catalogue is None or not belongs(catalogue, reader, shipped_codebook().version):
        return "missing"
    try:
        close_all(open_segments(folder, catalogue))
    except (OSError, DamagedSegment):
        return "damaged"
    if is_damage_noted(folder):
        return "damaged"
    return "behind" if len(views_after(reader, kind, catalogue).views) >= 2 * thresholds.segment_views else None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody else writes this index, as long as the block takes. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _WRITING
    with left_behind(path):
        pass
    try:
        held = HeldFile(path)
    except FileExistsError:
        yield False
        return
    with held:
        yield True


def _usable(office: Office, folder: Path, thoroughly: bool) -> Catalogue | None:
    """What the folder holds, if it is whole, this registry's, and by today's extractor."""
    from umkm_cli.matching.index.codebook import shipped_codebook

    known = read_catalogue(folder)
    if known is None or known.extractor != EXTRACTOR:
        return None
    with office.reading() as reader:
        if not belongs(known, reader, shipped_codebook().version):
            return None
    try:
        opened = open_segments(folder, known)
    except (OSError, DamagedSegment):
        return None
    try:
        if thoroughly:
            for segment in opened:
                segment.examine()
    except (OSError, DamagedSegment):
        return None
    finally:
        close_all(opened)
    return known


def _write(office: Office, kind: Design, folder: Path, known: Catalogue | None, thresholds: Thresholds) -> None:
    """The views that are not held yet as new segments, then the catalogue, then what can be merged."""
    from umkm_cli.matching.index.codebook import shipped_codebook

    with office.reading() as reader:
        later = _all_views(reader, kind) if known is None else views_after(reader, kind, known)
    if known is not None and len(later.views) < thresholds.segment_views:
        return
    book = shipped_codebook().version
    catalogue = known or Catalogue(book, EXTRACTOR, later.upto, later.mac, ())
    added, unread = [], []
    for start in range(0, len(later.views), SEGMENT_VIEWS):
        listed, without = _segment(office, kind, folder, later.views[start : start + SEGMENT_VIEWS])
        added += [listed] if listed.views else []
        unread += without
    segments = (*catalogue.segments, *added)
    grown = replace(catalogue, upto=later.upto, mac=later.mac, segments=segments, unread=tuple(unread))
    put_catalogue(folder, grown)
    with office.reading() as reader:
        gone = gone_views(reader, kind)
    _merge(folder, grown, gone.__contains__)


def _all_views(reader: Reader, kind: Design) -> Later:
    head = _head(reader)  # read first: what comes in between is held, and counts as later too, which does no harm
    rows = reader.rows(f"SELECT view.id AS id {_searched(kind)} ORDER BY view.id")
    return Later(head["seq"], head["mac"], tuple(row["id"] for row in rows))


def _segment(office: Office, kind: Design, folder: Path, views: Sequence[str]) -> tuple[Listed, list[str]]:
    """A new file with those of `views` that are searched, and those of them that have no readable fingerprint."""
    from umkm_cli.matching.describing.fingerprint import Fingerprint
    from umkm_cli.matching.index.codebook import shipped_codebook
    from umkm_cli.matching.index.entries import encoded, joined
    from umkm_cli.matching.index.segment import write_segment

    book = shipped_codebook()
    keys: list[bytes] = []
    unread: list[str] = []
    parts = []
    with office.reading() as reader:
        index = index_state(reader, kind)
    for start in range(0, len(views), READ_AT_ONCE):
        with office.reading() as reader:
            rows = _prints(reader, kind, index, views[start : start + READ_AT_ONCE])
        read = [(row["id"], Fingerprint.stored(row["data"])) for row in rows]
        unread += [view for view, found in read if found is None]
        whole = [(view, found) for view, found in read if found is not None]
        parts.append(encoded([found for _, found in whole], book, first=len(keys)))
        keys += [key_of(view) for view, _ in whole]
    path = folder / f"{uuid.uuid4().hex}.segment"
    write_segment(path, book.version, keys, joined(parts))
    return _listed(path), unread


def _listed(path: Path) -> Listed:
    from umkm_cli.matching.index.segment import Segment

    with Segment(path) as segment:
        return Listed(path.name, len(segment), segment.checksum)


def _merge(folder: Path, catalogue: Catalogue, is_gone: Callable[[bytes], bool]) -> None:
    """Nothing happens where each segment is at least twice as large as the one after it."""
    from umkm_cli.matching.index.merging import merge

    count = _mergeable([listed.views for listed in catalogue.segments])
    if count < 2:
        return
    kept, merged = catalogue.segments[:-count], replace(catalogue, segments=catalogue.segments[-count:])
    path = folder / f"{uuid.uuid4().hex}.segment"
    try:
        opened = open_segments(folder, merged)
        try:
            merge(path, opened, is_gone)
        finally:
            close_all(opened)
    except DamagedSegment:  # the next one that looks closely makes the index anew
        return
    put_catalogue(folder, replace(catalogue, segments=(*kept, _listed(path))))


def _mergeable(sizes: Sequence[int]) -> int:
    """How many of the last segments are to become one."""
    count, together = 1, sizes[-1] if sizes else 0
    for size in reversed(sizes[:-1]):
        if size >= 2 * together:
            break
        count, together = count + 1, together + size
    return count
