"""Whether a person decided on what a match shows.

A decision is about a registered design, a picture that was put beside it, and the region where the two agree. Later
photographs of that picture are as well known as the picture itself; what shows more of the design, or another part of
it, is not. So a decision explains a match of a query with the design where

1. the sender is somebody whom the decision is about, where both the sender and those are known;
2. the query is that very picture, or agrees with it as strongly as an alert must;
3. the region of the design that the query shows is hardly larger (`decided_growth`) than the one that was decided on;
4. and it is the same: it lies in the decided one for the most part, or what the query shares with the design it shares
   with the picture, too. (In a design that repeats, the same piece may be found one repeat further on.)
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from umkm_cli.db.reading import reading_only
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Fingerprint, fingerprint
from umkm_cli.matching.describing.generations import READABLE
from umkm_cli.matching.engine import Match, compare
from umkm_cli.matching.regions import Polygon, share_within
from umkm_cli.matching.thresholds import Thresholds
from umkm_cli.registry.cases.decisions import PastDecision
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.screening.judging.registered import RegisteredDesigns, Standing, stored_pixels
from umkm_cli.settings import Settings

_REMEMBERED = 64
"""Decided pictures kept in memory, and answers about them."""
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class DecidedPicture:
    """A decided picture as it is compared; no pixels where its file is not kept."""

    fingerprint: Fingerprint
    rgb: Rgb | None


class Decisions:
    """The standing decisions. Pictures are read and compared when a match needs it; safe in threads."""

    def __init__(self, settings: Settings, standing: Mapping[str, list[PastDecision]], thresholds: Thresholds) -> None:
        self._settings = settings
        self._standing = standing
        self._thresholds = thresholds
        self._pictures: _Remembered[str, DecidedPicture | None] = _Remembered(_REMEMBERED)
        self._matches: _Remembered[tuple[str, str], Match | None] = _Remembered(_REMEMBERED)

    def about(
        self, match: Match, prepared: Prepared, sender_id: str | None, found_in: RegisteredDesigns
    ) -> PastDecision | None:
        """The newest decision that explains a match that passes, None where none does."""
        standing = found_in.standing[match.key]
        for decision in self._standing.get(standing.record_id, ()):
            if sender_id is not None and decision.parties and sender_id not in decision.parties:
                continue
            if self._covers(decision, match, prepared, standing, found_in):
                return decision
        return None

    def _covers(
        self, decision: PastDecision, match: Match, prepared: Prepared, standing: Standing, found_in: RegisteredDesigns
    ) -> bool:
        growth, within = self._thresholds.decided_growth, self._thresholds.decided_within
        if prepared.sha256 == decision.sha256:
            grown = match.query_area > decision.query_area * growth
            same_view = standing.sha256 == decision.view_sha256
            return not grown and (not same_view or match.motif_area <= decision.motif_area * growth)
        decided = self._decided_region(decision, match.key, found_in)
        if decided is None:
            return False
        area, region = decided
        if match.motif_area > area * growth:
            return False
        known = self._agreement(prepared, decision.sha256)
        if known is None or not known.passes:
            return False
        same_place = share_within(match.motif_region, region) >= within
        return same_place or share_within(match.query_region, known.query_region) >= within

    def _decided_region(
        self, decision: PastDecision, view_id: str, found_in: RegisteredDesigns
    ) -> tuple[float, Polygon] | None:
        """Its area and outline; on another view of the design than was decided on, where the picture agrees there."""
        standing = found_in.standing[view_id]
        if standing.sha256 == decision.view_sha256:
            return decision.motif_area, decision.motif_region
        shown = self._pictures.get(decision.sha256, lambda: self._read(decision.sha256))
        if shown is None:
            return None
        there = self._matches.get(
            (decision.sha256, view_id),
            lambda: self._compare(
                shown.fingerprint, shown.rgb, found_in.fingerprints[view_id], found_in.originals.pixels(view_id)
            ),
        )
        return (there.motif_area, there.motif_region) if there is not None and there.passes else None

    def _agreement(self, prepared: Prepared, sha256: str) -> Match | None:
        """What the query shares with the decided picture."""
        known = self._pictures.get(sha256, lambda: self._read(sha256))
        if known is None:
            return None
        return self._matches.get(
            (prepared.sha256, sha256),
            lambda: self._compare(prepared.fingerprint, prepared.rgb, known.fingerprint, known.rgb),
        )

    def _compare(self, query: Fingerprint, query_rgb: Rgb | None, other: Fingerprint, rgb: Rgb | None) -> Match | None:
        return compare(query, other, self._thresholds, query_rgb=query_rgb, motif_rgb=rgb)

    def _read(self, sha256: str) -> DecidedPicture | None:
        """None where neither a fingerprint that can be read nor the file is there."""
        with reading_only(self._settings) as reader:
            rows = reader.rows(
                "SELECT image.format AS format, image.stored AS stored, fingerprint.extractor AS extractor, "
                "fingerprint.data AS data FROM image LEFT JOIN fingerprint ON fingerprint.sha256 = image.sha256 "
                "WHERE image.sha256 = :sha256",
                sha256=sha256,
            )
        if not rows:
            return None
        rgb = stored_pixels(self._settings, sha256, rows[0]["format"]) if rows[0]["stored"] else None
        prints = {row["extractor"]: row["data"] for row in rows}
        read = (Fingerprint.stored(prints[extractor]) for extractor in READABLE if extractor in prints)
        whole = next((found for found in read if found is not None), None)
        if whole is not None:
            return DecidedPicture(whole, rgb)
        return None if rgb is None else DecidedPicture(fingerprint(rgb), rgb)


class _Remembered(Generic[K, V]):
    """The last answers by key."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, find: Callable[[], V]) -> V:
        """Two threads may find out the same at once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = find()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return found
