"""A registry that nothing can be written to, as on a CD, a card with its lock on, or a folder of somebody else's.

As root, permissions refuse nothing, so SQLite is kept from writing another way: its log cannot be made.
"""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run

CROP = SAMPLES / "suspect" / "crop.jpg"


@pytest.fixture
def read_only(registry: Path) -> Path:
    """The samples' registry, closed whole."""
    assert not (registry / "umkm.db-wal").exists()
    (registry / "umkm.db-wal").mkdir()
    return registry


@pytest.mark.parametrize(
    "words",
    [
        *(("vendor", "list"), ("vendor", "show", "A-001"), ("vendor", "export"), ("product", "list"), ("case", "list")),
        *(("motif", "list"), ("motif", "show", "M-01")),
        *(("motif", "check", CROP, "--no-record"), ("audit", "verify"), ("status",), ("report", "month")),
        *(("licence", "list"), ("heritage", "list"), ("key", "list")),
    ],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_what_only_reads_works(umkm: Run, read_only: Path, words: tuple[str | Path, ...]) -> None:
    notes = {"compared.json"}  # what may be lost is left where it can be: here only SQLite is refused
    before = {path.name for path in read_only.iterdir()}
    umkm(*words).ok()
    assert {path.name for path in read_only.iterdir()} - notes == before - notes


def test_the_answers_are_the_same(umkm: Run, read_only: Path) -> None:
    there = [umkm(noun, "list", "--json").ok().out for noun in ("vendor", "motif")]
    assert umkm("audit", "verify", "--json").ok().json()["intact"]
    (read_only / "umkm.db-wal").rmdir()
    assert [umkm(noun, "list", "--json").ok().out for noun in ("vendor", "motif")] == there


@pytest.mark.parametrize(
    "words",
    [
        ("register", "--name", "Batik Sekar"),
        ("vendor", "show", "A-001", "--reveal"),
        ("vendor", "import", SAMPLES / "vendors.csv"),
        ("motif", "check", CROP),
    ],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_what_must_write_says_so(umkm: Run, read_only: Path, words: tuple[str | Path, ...]) -> None:
    answer = umkm(*words, "--json").refused("database_not_writable")
    assert "--no-record" in answer["hint"]


def test_changes_that_stand_in_the_log_alone_are_not_passed_over(
    umkm: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored last is in no other place: an answer without it would be a wrong one."""
    connect = sqlite3.connect

    def where_nothing_can_be_written(path: str | Path, **how: Any) -> sqlite3.Connection:
        if "immutable" not in str(path):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        opened: sqlite3.Connection = connect(path, **how)
        return opened

    monkeypatch.setattr("umkm_cli.db.sqlite.sqlite3.connect", where_nothing_can_be_written)
    umkm("vendor", "list").ok()
    (registry / "umkm.db-wal").write_bytes(b"what came last")
    umkm("vendor", "list", "--json").refused("database_not_writable")
