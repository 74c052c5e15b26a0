"""Reading through plain SQL: the quick way for lists, single records and fingerprints.

Importing SQLModel costs 0.4 s of processor time, several times what a list takes; so reading has SQL of its own, which
SQLite's driver runs directly and any other database runs through SQLAlchemy's `text`. Writing goes through the tables.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from umkm_cli.db.ready import ensure_ready
from umkm_cli.db.schema import HEAD
from umkm_cli.db.sqlite import BUSY_TIMEOUT_S, connected
from umkm_cli.settings import Settings

Row = dict[str, Any]
GLANCE_TIMEOUT_S = 1.0


class Reader:
    """Runs SELECTs with named parameters (`:name`); rows come as dictionaries by column name."""

    def __init__(self, run: Any) -> None:
        self._run = run

    def rows(self, sql: str, **params: Any) -> list[Row]:
        found: list[Row] = self._run(sql, params)
        return found

    def one(self, sql: str, **params: Any) -> Row | None:
        found = self.rows(sql, **params)
        return found[0] if found else None

    def value(self, sql: str, **params: Any) -> Any:
        found = self.one(sql, **params)
        return next(iter(found.values())) if found else None


@contextlib.contextmanager
def reading(settings: Settings, *, unchanging: bool = False) -> Iterator[Reader]:
    """A reader over the registry, which is made on first use; see `reading_only`."""
    ensure_ready(settings)
    with reading_only(settings, unchanging=unchanging) as reader:
        yield reader


@contextlib.contextmanager
def reading_only(
    settings: Settings, timeout_s: float = BUSY_TIMEOUT_S, *, unchanging: bool = False
) -> Iterator[Reader]:
    """A reader over a registry that is known to be there; `timeout_s` is how long an SQLite file may be busy.

    What is read `unchanging` is the registry of one moment, however many questions are asked and whoever writes.
    """
    if settings.sqlite_file is not None:
        with connected(settings, settings.sqlite_file, timeout_s) as connection:
            if unchanging:
                connection.execute("BEGIN")

            def run(sql: str, params: Mapping[str, Any]) -> list[Row]:
                try:
                    return asked(sql, params)
                except sqlite3.OperationalError as error:
                    if "decode to UTF-8" not in str(error):
                        raise
                connection.text_factory = _whatever_it_holds  # one damaged cell stops no other
                return asked(sql, params)

            def asked(sql: str, params: Mapping[str, Any]) -> list[Row]:
                cursor = connection.execute(sql, params)
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor]

            yield Reader(run)
        return
    from sqlalchemy import text

    from umkm_cli.db.engines import other_engine, translated

    with translated(settings), other_engine(settings).connect() as other:
        if unchanging:
            other.execution_options(isolation_level="REPEATABLE READ")
        yield Reader(lambda sql, params: [dict(row) for row in other.execute(text(sql), dict(params)).mappings()])


def _whatever_it_holds(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@contextlib.contextmanager
def glance(settings: Settings, *, any_version: bool = False) -> Iterator[Reader | None]:
    """A reader over the registry as it is, None where there is none or its tables are another version's.

    Makes and changes nothing and hardly waits; raises whatever the database does. For what nobody asked for, such as
    completing a word. With `any_version` the tables may be older or newer than this program's.
    """
    database = settings.sqlite_file
    if database is not None and not database.exists():
        yield None
        return
    with reading_only(settings, timeout_s=GLANCE_TIMEOUT_S) as reader:
        known = any_version or reader.value("SELECT version_num FROM alembic_version") == HEAD
        yield reader if known else None


def narrowed(**filters: tuple[str, Any]) -> tuple[str, Row]:
    """The WHERE clause of those filters that are given, and its parameters; empty where none is.

    `narrowed(vendor=("motif.vendor_id = :vendor", vendor_id))`: without a vendor (None) no vendor is asked for. Never
    write `:vendor IS NULL OR …` instead: PostgreSQL refuses a parameter whose type nothing tells.
    """
    given = {name: value for name, (_, value) in filters.items() if value is not None}
    conditions = " AND ".join(f"({filters[name][0]})" for name in given)
    return f"WHERE {conditions}" if given else "", given


def listed(value: Any) -> Any:
    """A JSON column as Python sees it: SQLite's driver gives text, others the parsed value."""
    return json.loads(value) if isinstance(value, str) else value
