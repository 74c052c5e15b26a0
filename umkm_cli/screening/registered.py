"""The registered motifs as screening sees them: fingerprints to search, and who stands behind each."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from umkm_cli.db.reading import Reader
from umkm_cli.matching.decode import UnreadableImage, decode, extension
from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.gallery import Gallery, Originals, Registered
from umkm_cli.registry.images import read_file
from umkm_cli.registry.index import IndexState, index_state, serving
from umkm_cli.settings import Settings


@dataclass(frozen=True)
class Standing:
    """A view of a registered motif, and whose it is."""

    view_id: str
    sha256: str
    position: int
    format: str
    phash: str
    dhash: str
    motif_id: str
    code: str
    ref: str | None
    title: str
    status: str
    vendor_id: str
    vendor_code: str
    vendor_name: str


_COLUMNS = """
    view.id AS view_id, view.sha256 AS sha256, view.position AS position, image.format AS format,
    image.phash AS phash, image.dhash AS dhash, motif.id AS motif_id, motif.code AS code, motif.ref AS ref,
    motif.title AS title, motif.status AS status, vendor.id AS vendor_id, vendor.code AS vendor_code,
    vendor.name AS vendor_name
"""


def _views(served: str, wanted: str = "1 = 1") -> str:
    return f"""
        SELECT {_COLUMNS}, fingerprint.data AS data
        FROM view
        JOIN motif ON motif.id = view.motif_id
        JOIN vendor ON vendor.id = motif.vendor_id
        JOIN image ON image.sha256 = view.sha256
        LEFT JOIN fingerprint ON {served}
        WHERE motif.status <> 'withdrawn' AND {wanted}
        ORDER BY view.id
    """


class RegisteredMotifs:
    """All views that can be matched, refreshed from the registry between batches.

    A view that has no readable fingerprint cannot be found; `index` says whether there are such.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.gallery = Gallery()
        self.originals = Originals(self._pixels)
        self.standing: dict[str, Standing] = {}
        self.fingerprints: dict[str, Fingerprint] = {}
        self.index = IndexState()

    @property
    def motifs(self) -> int:
        return len({standing.motif_id for standing in self.standing.values()})

    def refresh(self, reader: Reader) -> None:
        """Take in what was registered, by whichever process, since the last time; leave out what was withdrawn."""
        self._serve_by(index_state(reader))
        known = {row["id"]: row["status"] for row in reader.rows("SELECT id, status FROM motif")}
        gone = {s.motif_id for s in self.standing.values() if known.get(s.motif_id, "withdrawn") == "withdrawn"}
        for motif_id in gone:
            self.gallery.discard(motif_id)
        self.standing = {key: s for key, s in self.standing.items() if s.motif_id not in gone}
        for row in self._unseen(reader):
            data = row.pop("data")
            if data is not None:
                self.add(Standing(**row), Fingerprint.from_bytes(bytes(data)))

    def add(self, standing: Standing, fingerprint: Fingerprint) -> None:
        self.standing[standing.view_id] = standing
        self.fingerprints[standing.view_id] = fingerprint
        self.gallery.add(Registered(standing.view_id, standing.motif_id, standing.vendor_id, fingerprint))

    def with_bytes(self, sha256: str) -> list[Standing]:
        """The views that are this very file."""
        return [standing for standing in self.standing.values() if standing.sha256 == sha256]

    def _pixels(self, view_id: str) -> npt.NDArray[np.uint8] | None:
        """The stored original of a view, decoded; None where it cannot be had."""
        standing = self.standing[view_id]
        return stored_pixels(self._settings, standing.sha256, standing.format)

    def _serve_by(self, index: IndexState) -> None:
        """Where another generation serves from now on, all views are read again."""
        if index.order != self.index.order:
            self.gallery, self.standing, self.fingerprints = Gallery(), {}, {}
        self.index = index

    def _unseen(self, reader: Reader) -> list[dict[str, Any]]:
        served, extractors = serving(self.index)
        if not self.standing:
            return reader.rows(_views(served), **extractors)
        one = _views(served, "view.id = :view_id")
        ids = [row["id"] for row in reader.rows("SELECT id FROM view WHERE motif_id IS NOT NULL ORDER BY id")]
        found: list[dict[str, Any]] = []
        for view_id in ids:
            if view_id not in self.standing:
                found += reader.rows(one, view_id=view_id, **extractors)
        return found


def stored_pixels(settings: Settings, sha256: str, format_: str) -> npt.NDArray[np.uint8] | None:
    data = read_file(settings, sha256, extension(format_))
    if data is None:
        return None
    try:
        return decode(data).rgb
    except UnreadableImage:
        return None
