"""Engines of SQLAlchemy: how connections are opened, where a transaction begins, and what is said where one fails."""

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from umkm_cli.db.refusals import refused
from umkm_cli.db.sqlite import BUSY_TIMEOUT_S
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

_WRITERS = int.from_bytes(b"umkm", "big")
"""The number of the lock; others in the same database have theirs."""


def make_engine(settings: Settings) -> Engine:
    if settings.sqlite_file is None:
        return _one_writer_at_a_time(other_engine(settings))
    engine = create_engine(settings.url, connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says so, and nowhere else
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _one_writer_at_a_time(engine: Engine) -> Engine:
    """PostgreSQL's writers wait for each other as SQLite's do, those who make the tables and the first entry, too.

    No row is there yet that these could lock, so a lock of the transaction's own stands for the registry.
    """
    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_S}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")

    return engine


def other_engine(settings: Settings) -> Engine:
    """For a database that is no SQLite file. Raises `UmkmError` `database_url` where the URL names none.

    It keeps no connection beyond its use: who reads makes an engine for the moment.
    """
    try:
        if make_url(settings.url).get_backend_name() == "sqlite":
            raise UmkmError("database_url", exit_code=MISSING, why="sqlite:///…")
        return create_engine(settings.url, poolclass=NullPool)
    except (ArgumentError, ImportError) as error:
        raise UmkmError("database_url", exit_code=MISSING, why=type(error).__name__) from error


@contextlib.contextmanager
def translated(settings: Settings) -> Iterator[None]:
    """What the database refuses, as an error with a sentence."""
    try:
        yield
    except DBAPIError as error:
        raise refused(settings, _reason(error)) from error


def _reason(error: DBAPIError) -> BaseException:
    """The driver's error at the beginning: SQLite gives a whole transaction up where a disk is full, and whoever then
    goes back to a savepoint hears only that there is none."""
    found: BaseException = error
    earlier: BaseException | None = error
    while earlier is not None:
        if isinstance(earlier, DBAPIError):
            found = earlier.orig or earlier
        earlier = earlier.__context__
    return found
