"""Writing through SQLite's own driver, for a few plain rows: the tables' libraries take a second to load on a slow
machine. Whoever writes so keeps what the tables promise (see `tables`): defaults, JSON as text, moments as text.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from umkm_cli.db.interrupts import postponed
from umkm_cli.db.reading import Reader
from umkm_cli.db.refusals import refused
from umkm_cli.db.sqlite import BUSY_TIMEOUT_S
from umkm_cli.settings import Settings


class PlainWriter:
    """One transaction on a connection of SQLite's own driver."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.reader = Reader(self._rows)

    def insert(self, table: str, row: Mapping[str, Any], *, instead: bool = False) -> None:
        """A new row; lists and documents become JSON. `instead`: of the one with the same primary key."""
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        values = [json.dumps(value) if isinstance(value, dict | list) else value for value in row.values()]
        self._connection.execute(f'INSERT {"OR REPLACE " * instead}INTO "{table}" ({names}) VALUES ({marks})', values)

    def _rows(self, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        cursor = self._connection.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


@contextlib.contextmanager
def plain_transaction(settings: Settings, database: Path) -> Iterator[PlainWriter]:
    """All of it is kept, or nothing; as with `Store.transaction` other writers wait their turn, and so does Ctrl+C.

    The registry must be ready (`ensure_ready`). Raises `UmkmError` for what the database refuses.
    """
    try:
        opened = sqlite3.connect(database, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        with closing(opened) as connection, postponed():
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield PlainWriter(connection)
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # what went wrong first is told
                    connection.rollback()
                raise
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise refused(settings, error) from error
