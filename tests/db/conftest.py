"""A registry in PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.db.server import Server, serving


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Started for the first test that needs it."""
    with serving() as server:
        yield server


@dataclass(frozen=True)
class Database:
    """One of its databases; `UMKM_DATABASE_URL` names it."""

    server: Server
    name: str

    def run(self, *statements: str) -> None:
        self.server.run(self.name, *statements)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self.server.rows(self.name, statement)


@pytest.fixture
def postgres(home: Path, postgres_server: Server, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An empty database for one test, which the command works with from here on."""
    name = postgres_server.new_database()
    monkeypatch.setenv("UMKM_DATABASE_URL", postgres_server.url(name))
    return Database(postgres_server, name)
