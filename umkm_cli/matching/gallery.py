"""The registered views in memory, and which of them are worth a closer look."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from umkm_cli.matching.candidates import Index
from umkm_cli.matching.fingerprint import Fingerprint
from umkm_cli.matching.thresholds import Thresholds


@dataclass(frozen=True)
class Registered:
    """A view of a registered motif: `key` names the view, `motif` and `owner` what it belongs to."""

    key: str
    motif: str
    owner: str
    fingerprint: Fingerprint


class Gallery:
    """The registered views in memory. Adding one is cheap; reading from several threads is safe."""

    def __init__(self, items: Iterable[Registered] = ()) -> None:
        self._items: list[Registered] = []
        self._index = Index()
        self._lock = threading.Lock()
        for item in items:
            self.add(item)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def motifs(self) -> int:
        return len({item.motif for item in self._items})

    def add(self, item: Registered) -> None:
        with self._lock:
            self._index.add(item.fingerprint)
            self._items.append(item)

    def discard(self, motif: str) -> None:
        """Forget every view of a motif; nothing happens where there is none."""
        with self._lock:
            kept = [item for item in self._items if item.motif != motif]
            if len(kept) != len(self._items):
                self._items, self._index = kept, Index()
                for item in kept:
                    self._index.add(item.fingerprint)

    def nearest(self, query: Fingerprint, thresholds: Thresholds) -> list[tuple[Registered, bool]]:
        """Views worth verifying, and on which hand (True: mirrored)."""
        found = self._index.candidates(
            query, thresholds.candidates, thresholds.votes_beyond, thresholds.least_similarity
        )
        found.sort(key=lambda candidate: (-candidate.votes, self._items[candidate.view].key, candidate.mirrored))
        return [(self._items[candidate.view], candidate.mirrored) for candidate in found]
