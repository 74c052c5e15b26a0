"""Fingerprinting stored pictures again, after the extractor has changed.

All pictures whose original is kept are gone through in batches: computed by threads without the database's lock, stored
in one short transaction a batch. What is stored stays, so a run that was stopped goes on behind it, and two at once do
each other no harm. At the end, in one transaction, older fingerprints go where a current one has taken their place. A
picture that could not be read keeps what it has, and so does one that was only checked, whose original is not here.
Then the segments of the index are read, and made anew where they are not what was written.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import delete, exists, func, select
from sqlmodel import col

from umkm_cli.cores import cores
from umkm_cli.db.reading import Reader, Row
from umkm_cli.db.tables import Image, StoredFingerprint
from umkm_cli.errors import UmkmError
from umkm_cli.matching.describing.fingerprint_bytes import is_whole
from umkm_cli.matching.describing.generations import EXTRACTOR
from umkm_cli.matching.describing.hashes import HASHES_VERSION, PerceptualHashes
from umkm_cli.registry.office.finding import owner_code
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.registry.pictures.damaged_prints import DamagedPrint, damaged_prints
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.registry.pictures.indexing import keep_index
from umkm_cli.screening.judging.pictures import Prepared
from umkm_cli.settings import Settings

BATCH = 50
WORKERS = min(cores(), 8)


@dataclass(frozen=True)
class Unread:
    """A picture that could not be fingerprinted again; `code` names a record that shows it, None where none does."""

    sha256: str
    code: str | None
    error: UmkmError


@dataclass(frozen=True)
class Reindexed:
    """Of `total` stored pictures, those that this run brought up to date, and those that were so already.

    `damaged` is how many fingerprints could not be read and were let go: of stored pictures new ones were made if the
    file is there, of pictures that were only checked there is none any more.
    """

    total: int
    done: int
    already: int
    unread: tuple[Unread, ...]
    damaged: int = 0


@dataclass(frozen=True)
class _Remade:
    sha256: str
    fingerprint: bytes
    hashes: PerceptualHashes


_WAITING = """
    FROM image WHERE image.stored AND image.sha256 > :after AND (image.hashes_version <> :hashes OR NOT EXISTS (
        SELECT 1 FROM fingerprint WHERE fingerprint.sha256 = image.sha256 AND fingerprint.extractor = :extractor
    ))
"""


def count_waiting(office: Office) -> int:
    """How many stored pictures lack a fingerprint by the current extractor that can be read, or today's hashes."""
    with office.reading() as reader:
        damaged = sum(item.stored and item.extractor == EXTRACTOR for item in damaged_prints(reader))
        return int(reader.value(f"SELECT count(*) {_WAITING}", **_waiting_for(""))) + damaged


def reindex(office: Office, progress: Callable[[int], None] = lambda _: None) -> Reindexed:
    """Bring every stored picture up to date. `progress` is told how many were tried; their results are committed.

    Raises `UmkmError` where something other than a picture is wrong; what was committed before stays.
    """
    damaged = _let_go_of_damaged(office)
    after, tried, done = "", 0, 0
    unread: list[Unread] = []
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="picture") as pool:
        while batch := _next(office, after):
            made = list(pool.map(partial(_remake, office.settings), batch))
            done += _store(office, [item for item in made if isinstance(item, _Remade)])
            unread += _named(office, [item for item in made if isinstance(item, UmkmError)])
            after, tried = batch[-1]["sha256"], tried + len(batch)
            progress(tried)
    finished = replace(_finish(office, done, tuple(unread)), damaged=damaged)
    keep_index(office, thoroughly=True)
    return finished


def _let_go_of_damaged(office: Office) -> int:
    """Nothing can be read from them; without them their pictures wait for new ones, as after a change of extractor."""
    with office.reading() as reader:
        damaged = damaged_prints(reader)
    gone = 0
    for start in range(0, len(damaged), BATCH):
        with office.work() as work:
            gone += sum(_let_go(work, item) for item in damaged[start : start + BATCH])
            work.record("forget", "fingerprint", EXTRACTOR, {"damaged": (None, gone)})
    return gone


def _let_go(work: Work, item: DamagedPrint) -> bool:
    """Asked again under the lock: a check of the same picture may have made a new one in between."""
    row = work.session.get(StoredFingerprint, (item.sha256, item.extractor))
    if row is None or is_whole(row.data):
        return False
    work.session.delete(row)
    work.session.flush()
    return True


def _next(office: Office, after: str) -> list[Row]:
    """Asked anew for each batch, so that what another run has stored meanwhile is not computed again."""
    with office.reading() as reader:
        return reader.rows(
            f"SELECT image.sha256 AS sha256, image.format AS format {_WAITING} ORDER BY image.sha256 LIMIT :batch",
            batch=BATCH,
            **_waiting_for(after),
        )


def _waiting_for(after: str) -> dict[str, str]:
    return {"after": after, "hashes": HASHES_VERSION, "extractor": EXTRACTOR}


def _remake(settings: Settings, image: Row) -> _Remade | UmkmError:
    sha256 = image["sha256"]
    data = read_original(settings, sha256, image["format"])
    if isinstance(data, Unfit):
        return UmkmError("stored_picture_damaged" if data is Unfit.ALTERED else "stored_picture_missing", sha256=sha256)
    prepared = Prepared(data, sha256)
    try:
        return _Remade(sha256, prepared.fingerprint.to_bytes(), prepared.hashes)
    except Exception as error:  # a reader that breaks down over one picture must not stop the others
        kind = error.code if isinstance(error, UmkmError) else type(error).__name__
        return UmkmError("stored_picture_unreadable", sha256=sha256, kind=kind)


def _store(office: Office, remade: Sequence[_Remade]) -> int:
    """How many of them were not stored by another run in the meantime."""
    if not remade:
        return 0
    with office.work() as work:
        return sum(_keep(work, item) for item in remade)


def _keep(work: Work, item: _Remade) -> bool:
    image = work.session.get(Image, item.sha256)
    assert image is not None, "pictures are never deleted"
    behind = image.hashes_version != item.hashes.version
    if behind:
        image.phash, image.dhash, image.colorhash = item.hashes.phash, item.hashes.dhash, item.hashes.colorhash
        image.hashes_version = item.hashes.version
        work.session.add(image)
    unknown = work.session.get(StoredFingerprint, (item.sha256, EXTRACTOR)) is None
    if unknown:
        work.session.add(StoredFingerprint(sha256=item.sha256, extractor=EXTRACTOR, data=item.fingerprint))
    work.session.flush()
    return behind or unknown


def _named(office: Office, errors: Sequence[UmkmError]) -> list[Unread]:
    if not errors:
        return []
    with office.reading() as reader:
        return [_unread(reader, error) for error in errors]


def _unread(reader: Reader, error: UmkmError) -> Unread:
    sha256 = error.params["sha256"]
    code = owner_code(reader, sha256)
    error.params["code"] = code or "–"
    return Unread(sha256, code, error)


def _finish(office: Office, done: int, unread: tuple[Unread, ...]) -> Reindexed:
    """Records the run; older fingerprints go once every stored picture has a current one, or is named as unread."""
    current = exists().where(
        col(StoredFingerprint.sha256) == col(Image.sha256), col(StoredFingerprint.extractor) == EXTRACTOR
    )
    stored = col(Image.stored).is_(True)
    with office.work() as work:
        total = work.session.execute(select(func.count()).select_from(Image).where(stored)).scalar_one()
        lacking = set(work.session.execute(select(col(Image.sha256)).where(stored, ~current)).scalars())
        whole = lacking <= {item.sha256 for item in unread}
        removed = _remove_older(work) if whole else 0
        counts = {"total": total, "done": done, "unread": len(unread), "removed": removed}
        if done or removed:
            work.record("reindex", "fingerprint", EXTRACTOR, {name: (None, count) for name, count in counts.items()})
    return Reindexed(total, done, total - done - len(unread), unread)


def _remove_older(work: Work) -> int:
    replaced = select(col(StoredFingerprint.sha256)).where(col(StoredFingerprint.extractor) == EXTRACTOR)
    older = col(StoredFingerprint.extractor) != EXTRACTOR, col(StoredFingerprint.sha256).in_(replaced)
    removed: int = work.session.execute(select(func.count()).select_from(StoredFingerprint).where(*older)).scalar_one()
    work.session.execute(delete(StoredFingerprint).where(*older).execution_options(synchronize_session=False))
    return removed
