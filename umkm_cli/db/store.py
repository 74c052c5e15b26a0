"""The database for writing: opened once a command, made on first use, one transaction a command or batch."""

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, text
from sqlmodel import Session

from umkm_cli.db.engines import make_engine, translated
from umkm_cli.db.examination import examine_daily
from umkm_cli.db.interrupts import postponed
from umkm_cli.db.reading import Reader
from umkm_cli.db.ready import ensure_ready
from umkm_cli.settings import Settings


class Store:
    """A registry's database, ready for use."""

    def __init__(self, settings: Settings) -> None:
        ensure_ready(settings)
        examine_daily(settings)
        self.settings = settings
        self._engine = make_engine(settings)
        self._opened: list[Any] = []
        event.listen(self._engine, "connect", lambda connection, _: self._opened.append(connection))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """All of it is kept, or nothing; writers of other processes wait their turn, and so does Ctrl+C."""
        with (
            postponed(),
            translated(self.settings),
            Session(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Let go of the database's files: Windows removes none that a connection holds.

        And of a transaction that a second Ctrl+C left open (see `interrupts`).
        """
        for connection in self._opened:
            with contextlib.suppress(Exception):  # the pool may have closed it
                connection.rollback()  # a statement that is still open would keep a closed one's lock
                connection.close()
        self._opened.clear()
        self._engine.dispose()


def session_reader(session: Session) -> Reader:
    """Plain SQL within a session's transaction."""
    connection = session.connection()
    return Reader(lambda sql, params: [dict(row) for row in connection.execute(text(sql), dict(params)).mappings()])
