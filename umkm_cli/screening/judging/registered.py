"""The registered designs as screening sees them: fingerprints to search, and who stands behind each.

Motifs and products are searched apart. How strong an agreement must be depends on how many views are searched, so in
one collection every product that is added would change what is said about motifs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from umkm_cli.db.reading import Reader, Row, reading_only
from umkm_cli.errors import UmkmError
from umkm_cli.matching.decoding.decode import UnreadableImage, decode
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.gallery import Gallery, Originals, Registered
from umkm_cli.matching.index.gallery import IndexedGallery
from umkm_cli.registry.pictures.catalogue import folder_of, note_damage
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.generations import IndexState, index_state, serving
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.registry.pictures.indexing import READ_AT_ONCE, among, view_of
from umkm_cli.screening.judging.closeups import Closeups
from umkm_cli.screening.judging.indexed import LookedUp, OpenIndex, open_index
from umkm_cli.settings import Settings

_REMEMBERED = 1_000
"""Views whose fingerprints are kept in memory where the index names them, 60 KiB each."""


@dataclass(frozen=True)
class Standing:
    """A view of a registered motif or product, and whose it is."""

    kind: Design
    view_id: str
    sha256: str
    position: int
    format: str
    phash: str
    dhash: str
    record_id: str
    code: str
    ref: str | None
    title: str
    status: str
    vendor_id: str
    vendor_code: str
    vendor_name: str

    @property
    def motif_id(self) -> str:
        """What licences and decisions are looked up by: no licence names a product's identifier, decisions may."""
        return self.record_id


def _views(kind: Design, served: str, wanted: str = "1 = 1") -> str:
    return f"""
        SELECT view.id AS view_id, view.sha256 AS sha256, view.position AS position, image.format AS format,
            image.phash AS phash, image.dhash AS dhash, record.id AS record_id, record.code AS code,
            record.ref AS ref, record.{kind.name_column} AS title, record.status AS status, vendor.id AS vendor_id,
            vendor.code AS vendor_code, vendor.name AS vendor_name, fingerprint.data AS data
        FROM view
        JOIN {kind} AS record ON record.id = view.{kind.column}
        JOIN vendor ON vendor.id = record.vendor_id
        JOIN image ON image.sha256 = view.sha256
        LEFT JOIN fingerprint ON {served}
        WHERE record.status <> '{kind.gone}' AND {wanted}
        ORDER BY view.id
    """


class RegisteredDesigns:
    """All views of one kind that can be matched, refreshed from the registry between batches.

    A view that has no readable fingerprint cannot be found: `index` says whether there are such, and `damaged` holds
    the codes of records of which a view is left out because its fingerprint is damaged.

    In a large registry with an index, `standing` and `fingerprints` hold what the index does not, and look up others
    when they are asked for; `segments_damaged` tells whether something of the index could not be read.
    """

    def __init__(self, settings: Settings, kind: Design = Design.MOTIF) -> None:
        self._settings = settings
        self.kind = kind
        self.gallery: Gallery | IndexedGallery = Gallery()
        self._closeups = Closeups(settings)
        self.originals = Originals(self._pixels, self._closeup)
        self.standing: dict[str, Standing] = {}
        self.fingerprints: dict[str, Fingerprint] = {}
        self.index = IndexState()
        self.damaged: tuple[str, ...] = ()
        self.segments_damaged = False
        self._indexed: OpenIndex | None = None
        self._records = 0

    @property
    def records(self) -> int:
        if self._indexed is not None:
            return self._records
        return len({standing.record_id for standing in self.standing.values()})

    def refresh(self, reader: Reader) -> None:
        """Take in what was registered, by whichever process, since the last time; leave out what is gone."""
        found = open_index(self._settings, reader, self.kind)
        if self._indexed is not None:
            self._indexed.close()
            self._forget()
        self._indexed = found
        self._serve_by(index_state(reader, self.kind))
        if found is None:
            self._take_in(reader)
        else:
            self._go_by(found, reader)

    def _take_in(self, reader: Reader) -> None:
        kept = {
            row["id"] for row in reader.rows(f"SELECT id FROM {self.kind} WHERE status <> :gone", gone=self.kind.gone)
        }
        gone = {s.record_id for s in self.standing.values() if s.record_id not in kept}
        assert isinstance(self.gallery, Gallery)
        for record_id in gone:
            self.gallery.discard(record_id)
        self.standing = {key: s for key, s in self.standing.items() if s.record_id not in gone}
        damaged: list[str] = []
        for row in self._unseen(reader):
            data = row.pop("data")
            fingerprint = Fingerprint.stored(data)
            if fingerprint is not None:
                self.add(Standing(kind=self.kind, **row), fingerprint)
            elif data is not None:
                damaged.append(row["code"])
        self.damaged = tuple(dict.fromkeys(damaged))

    def _go_by(self, found: OpenIndex, reader: Reader) -> None:
        """Search by the index, and by what it does not hold yet."""
        self.standing = LookedUp(lambda key: self._look_up(key)[0], _REMEMBERED)
        self.fingerprints = LookedUp(lambda key: self._look_up(key)[1], _REMEMBERED)
        gallery = IndexedGallery(found.segments, found.views, self._registered, self._tell_damage, found.gone)
        self.gallery = gallery
        self.segments_damaged = False
        self._records = int(
            reader.value(f"SELECT count(*) FROM {self.kind} WHERE status <> :gone", gone=self.kind.gone)
        )
        damaged: list[str] = []
        for start in range(0, len(found.later), READ_AT_ONCE):
            wanted, named = among(found.later[start : start + READ_AT_ONCE])
            for standing, fingerprint in self._rows(reader, wanted, damaged, **named):
                self.standing[standing.view_id] = standing
                self.fingerprints[standing.view_id] = fingerprint
                gallery.add(registered(standing, fingerprint), counted=True)
        self.damaged = tuple(dict.fromkeys(damaged))

    def _rows(
        self, reader: Reader, wanted: str, damaged: list[str], **params: str
    ) -> Iterator[tuple[Standing, Fingerprint]]:
        """Views by a condition, those of records that are searched; codes of `damaged` ones are noted."""
        served, extractors = serving(self.index)
        for row in reader.rows(_views(self.kind, served, wanted), **extractors, **params):
            data = row.pop("data")
            fingerprint = Fingerprint.stored(data)
            if fingerprint is not None:
                yield Standing(kind=self.kind, **row), fingerprint
            elif data is not None:
                damaged.append(row["code"])

    def _asked(self, wanted: str, **params: str) -> list[tuple[Standing, Fingerprint]]:
        """The same, asked between refreshes."""
        with reading_only(self._settings) as reader:
            return list(self._rows(reader, wanted, [], **params))

    def _look_up(self, view_id: str) -> tuple[Standing, Fingerprint]:
        found = self._asked("view.id = :view_id", view_id=view_id)
        if not found:
            raise KeyError(view_id)
        return found[0]

    def _registered(self, keys: Sequence[bytes]) -> list[Registered]:
        """The views that the index has named."""
        views = [view_of(key) for key in keys]
        found: list[Registered] = []
        for start in range(0, len(views), READ_AT_ONCE):
            wanted, named = among(views[start : start + READ_AT_ONCE])
            for standing, fingerprint in self._asked(wanted, **named):
                self._remember(standing, fingerprint)
                found.append(registered(standing, fingerprint))
        return found

    def _remember(self, standing: Standing, fingerprint: Fingerprint) -> None:
        if isinstance(self.standing, LookedUp) and isinstance(self.fingerprints, LookedUp):
            self.standing.remember(standing.view_id, standing)
            self.fingerprints.remember(standing.view_id, fingerprint)

    def _tell_damage(self, _: Exception) -> None:
        if not self.segments_damaged:
            note_damage(folder_of(self._settings, self.kind))
        self.segments_damaged = True

    def add(self, standing: Standing, fingerprint: Fingerprint) -> None:
        self.standing[standing.view_id] = standing
        self.fingerprints[standing.view_id] = fingerprint
        self.gallery.add(registered(standing, fingerprint))

    def in_order(self) -> Iterator[Standing]:
        """Every view, by its identifier."""
        if self._indexed is None:
            yield from (self.standing[key] for key in sorted(self.standing))
            return
        after = ""
        while views := self._views_behind(after):
            wanted, named = among(views)
            for standing, fingerprint in self._asked(wanted, **named):
                self._remember(standing, fingerprint)
                yield standing
            after = views[-1]

    def _views_behind(self, after: str) -> list[str]:
        sql = f"SELECT id FROM view WHERE {self.kind.column} IS NOT NULL AND id > :after ORDER BY id LIMIT :most"
        with reading_only(self._settings) as reader:
            return [row["id"] for row in reader.rows(sql, after=after, most=READ_AT_ONCE)]

    def with_bytes(self, sha256: str) -> list[Standing]:
        """The views that are this very file."""
        known = [standing for standing in self.standing.values() if standing.sha256 == sha256]
        if self._indexed is None:
            return known
        asked = [standing for standing, _ in self._asked("view.sha256 = :sha256", sha256=sha256)]
        return asked + [standing for standing in known if standing.view_id not in {s.view_id for s in asked}]

    def prints_of(self, record_id: str) -> list[Fingerprint]:
        """The fingerprints of a record's views."""
        known = {key: self.fingerprints[key] for key, s in self.standing.items() if s.record_id == record_id}
        if self._indexed is not None:
            known |= {s.view_id: found for s, found in self._asked("record.id = :record_id", record_id=record_id)}
        return list(known.values())

    def _pixels(self, view_id: str) -> npt.NDArray[np.uint8] | None:
        """The stored original of a view, decoded; None where it cannot be had."""
        standing = self.standing[view_id]
        return stored_pixels(self._settings, standing.sha256, standing.format)

    def _closeup(self, view_id: str) -> Closeup | None:
        standing = self.standing[view_id]
        return self._closeups.of(standing.sha256, standing.format)

    def _serve_by(self, index: IndexState) -> None:
        """Where another generation serves from now on, all views are read again."""
        if index.order != self.index.order:
            self._forget()
        self.index = index

    def _forget(self) -> None:
        self.gallery, self.standing, self.fingerprints = Gallery(), {}, {}

    def _unseen(self, reader: Reader) -> list[dict[str, Any]]:
        served, extractors = serving(self.index)
        if not self.standing:
            return reader.rows(_views(self.kind, served), **extractors)
        one = _views(self.kind, served, "view.id = :view_id")
        ids = [
            row["id"] for row in reader.rows(f"SELECT id FROM view WHERE {self.kind.column} IS NOT NULL ORDER BY id")
        ]
        found: list[dict[str, Any]] = []
        for view_id in ids:
            if view_id not in self.standing:
                found += reader.rows(one, view_id=view_id, **extractors)
        return found


def registered(standing: Standing, fingerprint: Fingerprint) -> Registered:
    """A view as the matcher knows it."""
    return Registered(standing.view_id, standing.record_id, standing.vendor_id, fingerprint)


def stored_pixels(settings: Settings, sha256: str, format_: str) -> npt.NDArray[np.uint8] | None:
    """The upright pixels of a stored picture; None where they cannot be had, for whatever reason."""
    found = read_pixels(settings, sha256, format_)
    return None if isinstance(found, Unfit) else found


def read_pixels(settings: Settings, sha256: str, format_: str) -> npt.NDArray[np.uint8] | Unfit:
    """The same, or why they cannot be had."""
    data = read_original(settings, sha256, format_)
    if isinstance(data, Unfit):
        return data
    try:
        return decode(data).rgb
    except UnreadableImage:
        return Unfit.UNREADABLE


def original_of(settings: Settings, code: str, view: Row) -> bytes:
    """The file behind a view of the record `code`.

    Raises `UmkmError`: `stored_picture_missing`, `stored_picture_damaged`.
    """
    data = read_original(settings, view["sha256"], view["format"])
    if isinstance(data, Unfit):
        key = "stored_picture_damaged" if data is Unfit.ALTERED else "stored_picture_missing"
        raise UmkmError(key, code=code, sha256=view["sha256"])
    return data


def refuse_altered(settings: Settings, reader: Reader, motif: Row) -> None:
    """Nothing is signed about a motif while one of its files is not what was recorded.

    Raises `UmkmError` `stored_file_altered`.
    """
    for view in views_of(reader, Design.MOTIF, motif["id"]):
        if read_original(settings, view["sha256"], view["format"]) is Unfit.ALTERED:
            raise UmkmError("stored_file_altered", code=motif["code"], sha256=view["sha256"])
