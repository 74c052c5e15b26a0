"""A registry in PostgreSQL, through the real command."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROCESS_TIMEOUT_S, Run
from tests.db.conftest import Database
from tests.db.walk import NIK, steps, walk

FIRST_USERS = 6
ELSEWHERE = {"umkm schema", "umkm open", "umkm demo", "umkm key renew", "umkm audit clock"}
"""A page, what has a registry of its own or reads none, and what only a lost key allows."""


def test_every_command_answers_as_with_sqlite(
    umkm: Run, postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {}
    for name in ("postgresql", "sqlite"):
        if name == "sqlite":
            monkeypatch.delenv("UMKM_DATABASE_URL")
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setenv("UMKM_HOME", str(folder / "daftar"))
        said[name] = walk(umkm, folder)
    for (command, answer), (_, expected) in zip(said["postgresql"], said["sqlite"], strict=True):
        assert answer == expected, command
    assert postgres.rows("SELECT count(*) FROM vendor") == [(4,)]  # it was there, and not in a file after all
    assert not (tmp_path / "postgresql" / "daftar" / "umkm.db").exists()


def test_of_several_first_users_none_is_refused(umkm: Run, postgres: Database) -> None:
    command = [sys.executable, "-m", "umkm_cli", "register", "--json", "--nik", NIK, "--name"]
    pipe = subprocess.PIPE
    users = [
        subprocess.Popen([*command, f"Usaha {number}"], stdout=pipe, stderr=pipe, text=True, encoding="utf-8")
        for number in range(FIRST_USERS)
    ]
    answers = [user.communicate(timeout=PROCESS_TIMEOUT_S) for user in users]
    assert [user.returncode for user in users] == [0] * FIRST_USERS, answers
    vendors = umkm("vendor", "list", "--json").ok().json()["vendors"]
    assert sorted(vendor["name"] for vendor in vendors) == [f"Usaha {number}" for number in range(FIRST_USERS)]
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def test_the_walk_leaves_out_no_command_that_reads_or_writes_the_registry(umkm: Run, tmp_path: Path) -> None:
    from tests.reference import command_tree

    walked = {" ".join(["umkm", *words[:depth]]) for words in steps(tmp_path) for depth in (0, 1, 2)}
    assert {path for path, _ in command_tree()} - walked == ELSEWHERE
