"""Very many views as a gallery: the index names a few hundred of them, and exact votes decide among these."""

import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence

from umkm_cli.matching.describing.fingerprint import Fingerprint
from umkm_cli.matching.gallery import Gallery, Registered
from umkm_cli.matching.index.codebook import shipped_codebook
from umkm_cli.matching.index.segment import Segment
from umkm_cli.matching.index.shortlist import Damage, shortlist
from umkm_cli.matching.thresholds import DEFAULT, Thresholds

_REMEMBERED = 4
"""Queries whose shortlist is kept, 50 MiB each, since a search that finds nothing asks twice."""


class IndexedGallery:
    """`views` are searched in all: those in `segments`, but the `gone` ones (by key), and those that are added.

    `read` gives the views behind keys, without those that are gone; `damaged` is told what cannot be read. Reading
    from several threads is safe.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        views: int,
        read: Callable[[Sequence[bytes]], Sequence[Registered]],
        damaged: Damage,
        gone: Collection[bytes] = (),
        thresholds: Thresholds = DEFAULT,
    ) -> None:
        self._segments = segments
        self._views = views
        self._read = read
        self._damaged = damaged
        self._gone = frozenset(gone)
        self._thresholds = thresholds
        self._added: dict[str, Registered] = {}
        self._asked: deque[tuple[Fingerprint, Gallery]] = deque(maxlen=_REMEMBERED)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._views

    def add(self, item: Registered, *, counted: bool = False) -> None:
        """A view that the segments do not hold; `counted` where it is among `views` already."""
        with self._lock:
            self._views += not counted
            self._added[item.key] = item
            self._asked.clear()

    def nearest(self, query: Fingerprint, count: int, thresholds: Thresholds) -> list[tuple[Registered, bool]]:
        """As `Gallery.nearest`, among the shortlist and what was added."""
        return self._among(query).nearest(query, count, thresholds)

    def _among(self, query: Fingerprint) -> Gallery:
        with self._lock:
            for known, gallery in self._asked:
                if known is query:
                    return gallery
            added = dict(self._added)
        keys = shortlist(
            query,
            self._segments,
            shipped_codebook(),
            self._thresholds.shortlisted,
            self._thresholds,
            gone=self._gone,
            damaged=self._damaged,
        )
        found = [item for item in self._read(keys) if item.key not in added]
        gallery = Gallery([*found, *added.values()], self._thresholds)
        with self._lock:
            self._asked.append((query, gallery))
        return gallery
