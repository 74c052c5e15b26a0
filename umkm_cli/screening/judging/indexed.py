"""The index as one search sees it: open files of one moment, and what was registered since."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from umkm_cli.db.reading import Reader
from umkm_cli.matching.index.codebook import shipped_codebook
from umkm_cli.matching.index.damage import DamagedSegment
from umkm_cli.matching.index.segment import Segment
from umkm_cli.matching.thresholds import DEFAULT, Thresholds
from umkm_cli.registry.pictures.catalogue import (
    Catalogue,
    belongs,
    close_all,
    folder_of,
    open_segments,
    read_catalogue,
)
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.indexing import gone_views, searched_views, views_after
from umkm_cli.settings import Settings

T = TypeVar("T")
_TRIES = 3
"""A writer may merge segments between the reading of the catalogue and the opening of what it names."""


@dataclass(frozen=True)
class OpenIndex:
    """`views` are searched in all; `later` (identifiers) are not held by the segments, `gone` (keys) only there."""

    catalogue: Catalogue
    segments: list[Segment] = field(compare=False)
    views: int
    later: tuple[str, ...]
    gone: frozenset[bytes]

    def close(self) -> None:
        close_all(self.segments)


def open_index(settings: Settings, reader: Reader, kind: Design, thresholds: Thresholds = DEFAULT) -> OpenIndex | None:
    """None where the registry is small, or where there is no index that can be used: all views are compared then."""
    folder = folder_of(settings, kind)
    for _ in range(_TRIES):
        catalogue = read_catalogue(folder)
        if catalogue is None or not belongs(catalogue, reader, shipped_codebook().version):
            return None
        later, views = views_after(reader, kind, catalogue).views, searched_views(reader, kind)
        if views < thresholds.indexed_from or len(later) > max(catalogue.views, thresholds.segment_views):
            return None
        try:
            segments = open_segments(folder, catalogue)
        except (OSError, DamagedSegment):
            continue
        return OpenIndex(catalogue, segments, views, later, gone_views(reader, kind))
    return None


class LookedUp(dict[str, T]):
    """What was put in stays; anything else is looked up when it is asked for, and the last ones are remembered.

    Raises `KeyError` where it cannot be found. Safe in threads.
    """

    def __init__(self, look_up: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._look_up = look_up
        self._most = most
        self._last: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, key: str, value: T) -> None:
        with self._lock:
            self._last[key] = value
            self._last.move_to_end(key)
            while len(self._last) > self._most:
                self._last.popitem(last=False)

    def __missing__(self, key: str) -> T:
        with self._lock:
            if key in self._last:
                return self._last[key]
        value = self._look_up(key)
        self.remember(key, value)
        return value
