"""Pictures against each other, their hashes, likenesses within the registry; and describing all pictures anew."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from umkm_cli.desk.looking_back import look_back
from umkm_cli.documents.comparing import DuplicatesDocument, HashDocument, ReindexDocument, ReindexProblem
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.damaged_prints import report_damage
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.pictures.generations import index_state
from umkm_cli.screening.asking.comparing import Compared as Compared
from umkm_cli.screening.asking.comparing import compare_two
from umkm_cli.screening.asking.duplicates import DuplicatePair as DuplicatePair
from umkm_cli.screening.asking.duplicates import find_duplicates
from umkm_cli.screening.asking.hashing import Hashed as Hashed
from umkm_cli.screening.asking.hashing import hash_pictures
from umkm_cli.screening.later.looking_back import FoundLater as FoundLater
from umkm_cli.screening.later.reindexing import Reindexed as Reindexed
from umkm_cli.screening.later.reindexing import Unread, count_waiting
from umkm_cli.screening.later.reindexing import reindex as reindex_pictures
from umkm_cli.settings import Settings
from umkm_cli.wording import error_document

Counting = Callable[[int | None], AbstractContextManager[Callable[[int], None]]]
"""Of how many things there are (None: nobody knows), something that is told how many are done."""
Searching = Callable[[Sequence[str], Sequence[str]], None]
"""Hears why not all that is registered can be searched (see `IndexState.reasons`), and codes of damaged records."""


def compare(settings: Settings, a: str, b: str) -> Compared:
    """Two pictures, files or registered motifs. Raises `UmkmError`: `file_…`, `image_…`, `motif_not_found`, …"""
    return compare_two(Office(settings), a, b)


@dataclass(frozen=True)
class Hashes:
    """Of each file; `results` say what the document does."""

    results: Sequence[Hashed]
    document: HashDocument


def hash_(images: Sequence[str]) -> Hashes:
    """Of picture files, which need not be registered anywhere."""
    results = hash_pictures(images)
    return Hashes(results, {"schema": "umkm.hash/1", "results": [item.document() for item in results]})


@dataclass(frozen=True)
class Duplicates:
    """Pairs of registered motifs that agree; `pairs` say what the document does."""

    pairs: Sequence[DuplicatePair]
    document: DuplicatesDocument


def duplicates(settings: Settings, searching: Searching, counting: Counting) -> Duplicates:
    """`searching` is told what cannot be searched before anything is; `counting` counts motifs."""
    office = Office(settings)
    with office.reading() as reader:
        state, damage = index_state(reader, Design.MOTIF), report_damage(reader)
    searching(state.reasons, damage.codes)
    with counting(None) as progress:
        pairs = find_duplicates(office, progress)
    return Duplicates(pairs, {"schema": "umkm.duplicates/1", "pairs": [pair.document() for pair in pairs]})


@dataclass(frozen=True)
class Redescribed:
    """What was done, and what was found later; `finished` is False where looking back was stopped."""

    reindexed: Reindexed
    found: Sequence[FoundLater]
    finished: bool
    document: ReindexDocument


def reindex(
    settings: Settings,
    *,
    rescreen: bool,
    reading: Counting,
    looked_back: Callable[[int, int], None],
    comparing: Counting,
) -> Redescribed:
    """Describe all stored pictures that are not up to date, and look back at checks before.

    Where something changed, or `rescreen` is wished, all motifs are compared with each other, too. `reading` counts
    pictures, `looked_back` is told how many of how many pictures are done, `comparing` counts pictures again.
    """
    office = Office(settings)
    with reading(count_waiting(office)) as progress:
        done = reindex_pictures(office, progress)
    later = look_back(office, looked_back)
    found = [*later.cases, *(_rescreened(office, comparing) if rescreen or done.done else ())]
    return Redescribed(done, found, later.finished, _document(done, found))


def _rescreened(office: Office, comparing: Counting) -> Sequence[FoundLater]:
    from umkm_cli.screening.later.whole_registry import rescreen

    with office.reading() as reader:
        motifs = index_state(reader, Design.MOTIF).pictures
    with comparing(motifs) as progress:
        return rescreen(office, progress)


def _document(done: Reindexed, found: Sequence[FoundLater]) -> ReindexDocument:
    return {
        "schema": "umkm.reindex/1",
        "extractor": EXTRACTOR,
        "total": done.total,
        "done": done.done,
        "already": done.already,
        "damaged": done.damaged,
        "problems": [_problem(item) for item in done.unread],
        "found_later": [item.case for item in found],
    }


def _problem(item: Unread) -> ReindexProblem:
    told = error_document(item.error)
    return {
        "code": item.code,
        "sha256": item.sha256,
        "error": told["error"],
        "message": told["message"],
        "hint": told["hint"],
    }
