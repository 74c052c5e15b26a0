"""The chain notices every kind of meddling, wherever it happens."""

import base64
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

ENTRIES = 8


@pytest.fixture
def registry(umkm: Run, home: Path) -> Path:
    for number in range(ENTRIES):
        umkm("register", "--name", f"Usaha {number}", "--nik", f"35780101019000{number + 1:02d}").ok()
    found = umkm("audit", "verify", "--json").ok().json()
    assert (found["schema"], found["intact"], found["entries"]) == ("umkm.audit/1", True, ENTRIES)
    return home / "umkm.db"


def meddle(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def swap(a: int, b: int) -> list[str]:
    return [
        f"UPDATE audit SET seq = 1000 WHERE seq = {a}",
        f"UPDATE audit SET seq = {a} WHERE seq = {b}",
        f"UPDATE audit SET seq = {b} WHERE seq = 1000",
    ]


COPY = "seq, at, actor, action, entity, entity_id, changes, previous, mac"
MEDDLING: dict[str, Callable[[int], list[str]]] = {
    "actor": lambda n: [f"UPDATE audit SET actor = 'orang lain' WHERE seq = {n}"],
    "time": lambda n: [f"UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = {n}"],
    "changes": lambda n: [f"UPDATE audit SET changes = '{{}}' WHERE seq = {n}"],
    "entity": lambda n: [f"UPDATE audit SET entity_id = 'x' WHERE seq = {n}"],
    "removed": lambda n: [f"DELETE FROM audit WHERE seq = {n}"],
    "removed and closed up": lambda n: [
        f"DELETE FROM audit WHERE seq = {n}",
        f"UPDATE audit SET seq = -seq WHERE seq > {n}",
        "UPDATE audit SET seq = -seq - 1 WHERE seq < 0",
        "UPDATE audit_head SET seq = seq - 1",
    ],
    "reordered": lambda n: swap(n, n % ENTRIES + 1),
    "inserted": lambda n: [
        f"UPDATE audit SET seq = -seq WHERE seq > {n}",
        "UPDATE audit SET seq = -seq + 1 WHERE seq < 0",
        f"INSERT INTO audit ({COPY}) SELECT {n} + 1, at, actor, action, entity, entity_id, changes, previous, mac "
        f"FROM audit WHERE seq = {n}",
        "UPDATE audit_head SET seq = seq + 1",
    ],
    "cut off": lambda n: [f"DELETE FROM audit WHERE seq >= {n}"],
    "cut off with its head": lambda n: [
        f"DELETE FROM audit WHERE seq >= {n}",
        f"UPDATE audit_head SET seq = {n} - 1",
    ],
    "emptied": lambda _: ["DELETE FROM audit", "DELETE FROM audit_head"],
}


@pytest.mark.parametrize("place", [1, 4, ENTRIES])
@pytest.mark.parametrize("kind", MEDDLING)
def test_meddling_is_found(umkm: Run, registry: Path, kind: str, place: int) -> None:
    meddle(registry, *MEDDLING[kind](place))
    done = umkm("audit", "verify", "--json")
    assert done.exit_code == 1
    assert done.json()["error"].startswith("audit_")
    assert "{" not in done.json()["message"]


def test_nobody_s_number_stands_in_the_chain_or_the_tables(registry: Path) -> None:
    data = registry.read_bytes()
    wal = registry.with_name("umkm.db-wal")
    data += wal.read_bytes() if wal.exists() else b""
    assert b"Usaha 3" in data
    assert b"3578010101900004" not in data


def test_actor_is_recorded(umkm: Run, registry: Path) -> None:
    connection = sqlite3.connect(registry)
    actors = {row[0] for row in connection.execute("SELECT actor FROM audit")}
    connection.close()
    assert actors == {"petugas"}


def test_another_key_writes_nothing(umkm: Run, registry: Path, home: Path) -> None:
    key = home / "keys" / "registry.key"
    right = key.read_bytes()
    key.write_bytes(base64.b64encode(bytes(range(32))))
    done = umkm("register", "--name", "Usaha baru", "--json")
    done.refused("wrong_key")
    assert done.exit_code == 3
    key.write_bytes(right)
    assert umkm("audit", "verify", "--json").ok().json()["entries"] == ENTRIES
