"""The registered views: their fingerprints in memory, and their originals for a close look."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from umkm_cli.matching.candidates import Index
from umkm_cli.matching.describing.features import Rgb
from umkm_cli.matching.describing.fingerprint import Closeup, Fingerprint
from umkm_cli.matching.thresholds import DEFAULT, Thresholds

_REMEMBERED = 100
"""Close-ups kept in memory, up to 1 MiB each."""


@dataclass(frozen=True)
class Registered:
    """A view of a registered motif: `key` names the view, `motif` and `owner` what it belongs to."""

    key: str
    motif: str
    owner: str
    fingerprint: Fingerprint


class Views(Protocol):
    """What is searched, whether all of it is compared or an index is asked first."""

    def __len__(self) -> int: ...

    def nearest(self, query: Fingerprint, count: int, thresholds: Thresholds) -> list[tuple[Registered, bool]]:
        """The `count` views most worth a look, the likeliest first, and on which hand (True: mirrored)."""
        ...


class Gallery:
    """The registered views in memory. Adding one is cheap; reading from several threads is safe."""

    def __init__(self, items: Iterable[Registered] = (), thresholds: Thresholds = DEFAULT) -> None:
        self._items: list[Registered] = []
        self._thresholds = thresholds
        self._index = Index(thresholds)
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
                self._items, self._index = kept, Index(self._thresholds)
                for item in kept:
                    self._index.add(item.fingerprint)

    def nearest(self, query: Fingerprint, count: int, thresholds: Thresholds) -> list[tuple[Registered, bool]]:
        """The `count` views most worth a look, the likeliest first, and on which hand (True: mirrored)."""
        found = self._index.candidates(query, count, thresholds)
        found.sort(key=lambda candidate: (-candidate.votes, self._items[candidate.view].key, candidate.mirrored))
        return [(self._items[candidate.view], candidate.mirrored) for candidate in found]


class Originals:
    """The pictures behind the views, read when asked for; the last ones are remembered.

    `read` gives a view's pixels by its key, or None where the picture cannot be had; `look` the view for a close look,
    where something of that is kept. Safe in threads.
    """

    def __init__(self, read: Callable[[str], Rgb | None], look: Callable[[str], Closeup | None] | None = None) -> None:
        self.pixels = read
        self._look = look or self._of_pixels
        self._closeups: OrderedDict[str, Closeup] = OrderedDict()
        self._lock = threading.Lock()

    def closeup(self, key: str) -> Closeup | None:
        """The view for a close look; None where its picture cannot be had."""
        with self._lock:
            if key in self._closeups:
                self._closeups.move_to_end(key)
                return self._closeups[key]
        made = self._look(key)
        if made is None:
            return None
        with self._lock:
            found = self._closeups.setdefault(key, made)
            while len(self._closeups) > _REMEMBERED:
                self._closeups.popitem(last=False)
            return found

    def _of_pixels(self, key: str) -> Closeup | None:
        rgb = self.pixels(key)
        return None if rgb is None else Closeup(rgb)
