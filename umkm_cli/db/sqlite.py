"""SQLite's own driver, for reading without the libraries that writing needs."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from umkm_cli.db.refusals import is_unwritable, refused
from umkm_cli.settings import Settings

BUSY_TIMEOUT_S = 60


@contextlib.contextmanager
def connected(settings: Settings, path: Path, timeout_s: float = BUSY_TIMEOUT_S) -> Iterator[sqlite3.Connection]:
    """A connection of SQLite's own driver, for reading only."""
    try:
        connection = _open(path, timeout_s)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise refused(settings, error) from error


def _open(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Also where nothing can be written: on a disk that is read-only, or in a folder of somebody else's.

    Even reading makes SQLite write there, an index of its log. Where it cannot, and no log holds anything that the
    file lacks, the file alone is the registry and nobody can change it meanwhile (sqlite.org/wal.html#readonly).
    """
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=timeout_s, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        if not is_unwritable(error) or _has_log(path):
            raise
    else:
        return connection
    return sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None)


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0
