"""The references of traditional patterns as screening sees them, and whether they explain a match."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from umkm_cli.db.reading import Reader
from umkm_cli.matching.describing.features import Rgb, shrunk
from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.engine import Match
from umkm_cli.matching.geometry import Array
from umkm_cli.matching.heritage import agreements, explained, explained_fraction
from umkm_cli.matching.regions import pixel_matrix
from umkm_cli.matching.structure import LOOK_PX
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.registry.pictures.generations import IndexState, serving
from umkm_cli.screening.judging.registered import stored_pixels
from umkm_cli.settings import Settings

_REMEMBERED = 64
"""References whose pixels are kept in memory, up to 768 KiB each."""


@dataclass(frozen=True, eq=False)
class Reference:
    """A reference picture of the pattern `name`."""

    name: str
    sha256: str
    format: str
    fingerprint: Fingerprint


@dataclass(frozen=True, eq=False)
class Agreeing:
    """A reference that agrees with a motif, by the homography motif -> reference in working units."""

    reference: Reference
    matrix: Array


class Traditions:
    """All references, refreshed from the registry between batches. Asking from several threads is safe.

    `damaged` are the codes of patterns of which a reference is left out, since its fingerprint cannot be read.

    Which references agree with a view is found out once, when a match in it first has to be explained.
    """

    def __init__(self, settings: Settings, thresholds: Thresholds) -> None:
        self._settings = settings
        self._thresholds = thresholds
        self._served: list[dict[str, Any]] = []
        self._references: list[Reference] = []
        self.damaged: tuple[str, ...] = ()
        self._agreeing: dict[str, tuple[Fingerprint, list[Agreeing]]] = {}
        self._pixels = lru_cache(_REMEMBERED)(self._read)

    def refresh(self, reader: Reader, index: IndexState) -> None:
        """Read the references again where they, or the fingerprints that serve, are others than before."""
        served = _rows(reader, index, "view.id AS id, heritage.name AS name, fingerprint.extractor AS extractor")
        if served != self._served:
            self._references, self.damaged = _references(reader, index)
            self._agreeing = {}
            self._served = served

    def explaining(
        self, match: Match, motif: Fingerprint, query_rgb: Callable[[], Rgb], motif_rgb: Callable[[], Rgb | None]
    ) -> str | None:
        """The pattern that explains a match, None where none does; `motif` is the fingerprint of the view it is in.

        Pictures are only asked for where references agree with the motif. Where the motif's picture is gone, or those
        of all these references are, keypoints alone decide.
        """
        agreeing = self._agreeing_with(match.key, motif)
        if not agreeing:
            return None
        known = motif_rgb()
        seen = [(item, rgb) for item in agreeing if (rgb := self._pixels(item.reference)) is not None]
        if known is None or not seen:
            return self._by_keypoints(match, motif, agreeing)
        references = [
            (rgb, pixel_matrix(item.matrix, motif.unit_px, max(rgb.shape[:2]) / LOOK_PX)) for item, rgb in seen
        ]
        found = explained(query_rgb(), known, np.array(match.transform), references, self._thresholds)
        if not found.excuses(self._thresholds):
            return None
        names = [item.reference.name for item, _ in seen]
        return max(zip(found.shares, names, strict=True))[1]

    def _agreeing_with(self, key: str, motif: Fingerprint) -> list[Agreeing]:
        """Two threads may find out the same at once; the fingerprint tells whether what is known is of its making."""
        known = self._agreeing.get(key)
        if known is None or known[0] is not motif:
            found = [
                Agreeing(reference, alignment.matrix)
                for reference in self._references
                for alignment in agreements(motif, reference.fingerprint, self._thresholds)
            ]
            known = self._agreeing[key] = motif, found
        return known[1]

    def _by_keypoints(self, match: Match, motif: Fingerprint, agreeing: list[Agreeing]) -> str | None:
        by_name: dict[str, list[Fingerprint]] = {}
        for item in agreeing:
            by_name.setdefault(item.reference.name, []).append(item.reference.fingerprint)
        everything = [fingerprint for fingerprints in by_name.values() for fingerprint in fingerprints]
        if self._covered(match, motif, everything) < self._thresholds.heritage_cover:
            return None
        return max((self._covered(match, motif, prints), name) for name, prints in by_name.items())[1]

    def _covered(self, match: Match, motif: Fingerprint, references: list[Fingerprint]) -> float:
        return explained_fraction(motif, match.motif_region, references, self._thresholds)

    def _read(self, reference: Reference) -> Rgb | None:
        rgb = stored_pixels(self._settings, reference.sha256, reference.format)
        return None if rgb is None else shrunk(rgb, LOOK_PX)


def _references(reader: Reader, index: IndexState) -> tuple[list[Reference], tuple[str, ...]]:
    """Those that can be read, and the codes of patterns of which one cannot."""
    columns = "heritage.code AS code, heritage.name AS name, view.sha256 AS sha256, image.format AS format, "
    references: list[Reference] = []
    damaged: list[str] = []
    for row in _rows(reader, index, f"{columns} fingerprint.data AS data"):
        fingerprint = Fingerprint.stored(row["data"])
        if fingerprint is None:
            damaged.append(row["code"])
        else:
            references.append(Reference(row["name"], row["sha256"], row["format"], fingerprint))
    return references, tuple(dict.fromkeys(damaged))


def _rows(reader: Reader, index: IndexState, columns: str) -> list[dict[str, Any]]:
    served, extractors = serving(index)
    return reader.rows(
        f"SELECT {columns} FROM heritage JOIN view ON view.heritage_id = heritage.id "
        f"JOIN image ON image.sha256 = view.sha256 JOIN fingerprint ON {served} "
        "WHERE heritage.status = 'active' ORDER BY heritage.id, view.position",
        **extractors,
    )
