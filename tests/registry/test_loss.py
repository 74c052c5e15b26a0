"""History, key or database taken away: nothing is begun anew beside what is left, and everybody is told."""

import base64
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

NIK = "3578010101900001"
PARANG = SAMPLES / "heritage" / "parang.jpg"
REGISTER = ("register", "--name", "Usaha Baru", "--nik", "3578010101900009")
SIX = 6
NO_CHAIN = ("DELETE FROM audit", "DELETE FROM audit_head", "UPDATE counter SET last = 0")


@pytest.fixture
def held(umkm: Run, home: Path) -> Path:
    """A registry with one business and one picture; its folder."""
    umkm("register", "--name", "Batik Sari", "--nik", NIK).ok()
    umkm("heritage", "add", PARANG, "--name", "Parang").ok()
    return home


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def no_database(home: Path, *folders: str) -> None:
    for path in home.glob("umkm.db*"):
        path.unlink()
    for folder in folders:
        shutil.rmtree(home / folder)


def no_history_and_no_keys(home: Path) -> None:
    change(home, *NO_CHAIN)
    shutil.rmtree(home / "keys")


def emptied(home: Path) -> None:
    """Every row that tells anything, and the counters, as if nobody had ever been here."""
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table not in ("counter", "alembic_version"):
                connection.execute(f'DELETE FROM "{table}"')
        connection.execute("UPDATE counter SET last = 0")


TAKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "history": (lambda home: change(home, *NO_CHAIN), "audit_erased"),
    "history and businesses": (lambda home: change(home, *NO_CHAIN, "DELETE FROM vendor"), "audit_erased"),
    "head": (lambda home: change(home, "DELETE FROM audit_head"), "audit_no_head"),
    "entries": (lambda home: change(home, "DELETE FROM audit"), "audit_missing"),
    "key": (lambda home: (home / "keys" / "registry.key").unlink(), "key_missing"),
    "keys": (lambda home: shutil.rmtree(home / "keys"), "key_missing"),
    "history and key": (no_history_and_no_keys, "audit_erased"),
    "database": (no_database, "database_emptied"),
    "all rows": (emptied, "database_emptied"),
    "database and keys": (lambda home: no_database(home, "keys"), "database_emptied"),
    "database and pictures": (lambda home: no_database(home, "images"), "database_emptied"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_is_taken_away_is_never_begun_anew(umkm: Run, held: Path, tmp_path: Path, what: str) -> None:
    backup = tmp_path / "cadangan"
    shutil.copytree(held, backup)
    take, code = TAKEN[what]
    take(held)
    assert umkm("audit", "verify", "--json").refused(code)["hint"]
    for command in (REGISTER, ("heritage", "add", PARANG, "--name", "Kawung"), ("key", "show")):
        document = umkm(*command, "--json").refused(code)
        assert document["hint"]
        assert "{" not in document["message"] + document["hint"]
    status = umkm("status", "--json")
    if code == "database_emptied":
        status.refused(code)
    else:
        assert status.ok().json()["attention"]["loss"]["error"] == code
        assert status.json()["attention"]["loss"]["message"] in umkm("status").ok().out
    assert not list((held / "keys").glob("*.new"))
    shutil.rmtree(held)
    shutil.copytree(backup, held)
    umkm("audit", "verify").ok()
    umkm(*REGISTER).ok()


def test_an_office_that_begins_anew_moves_the_folder_away(umkm: Run, held: Path) -> None:
    no_database(held)
    umkm(*REGISTER, "--json").refused("database_emptied")
    held.rename(held.with_name("lama"))
    umkm(*REGISTER).ok()
    assert umkm("audit", "verify", "--json").ok().json()["entries"] == 1


def test_businesses_can_still_be_read_without_history(umkm: Run, held: Path) -> None:
    change(held, *NO_CHAIN)
    assert len(umkm("vendor", "list", "--json").ok().json()["vendors"]) == 1


def test_another_s_key_opens_nothing_and_finds_nothing(umkm: Run, held: Path) -> None:
    (held / "keys" / "registry.key").write_bytes(base64.b64encode(bytes(range(32))))
    for command in (("vendor", "list", "--nik", NIK), ("vendor", "export", "--reveal"), REGISTER, ("audit", "verify")):
        umkm(*command, "--json").refused("wrong_key")
    assert len(umkm("vendor", "list", "--json").ok().json()["vendors"]) == 1


@pytest.mark.parametrize(
    "first",
    [("key", "show"), ("heritage", "add", PARANG, "--name", "Parang"), ("vendor", "list", "--nik", NIK), ("status",)],
    ids=lambda command: " ".join(map(str, command[:2])),
)
def test_first_uses_of_every_kind(umkm: Run, home: Path, first: tuple[str | Path, ...]) -> None:
    umkm(*first).ok()
    umkm(*REGISTER).ok()
    umkm(*first).ok()
    umkm("audit", "verify").ok()
    assert (home / "keys" / "registry.key").exists()
    assert not (home / "keys" / "registry.key.new").exists()


def test_a_first_use_that_was_cut_short_goes_on(umkm: Run, home: Path) -> None:
    """The key and a picture are there, and nothing was committed."""
    umkm("vendor", "list", "--nik", NIK).ok()
    assert (home / "keys" / "registry.key.new").exists()
    picture = home / "images" / "ab" / "abc.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"x")
    key = (home / "keys" / "registry.key.new").read_bytes()
    umkm(*REGISTER).ok()
    assert (home / "keys" / "registry.key").read_bytes() == key


def test_a_key_that_was_not_given_its_name_in_time_gets_it_later(umkm: Run, held: Path) -> None:
    (held / "keys" / "registry.key").rename(held / "keys" / "registry.key.new")
    umkm("vendor", "list", "--nik", NIK).ok()
    umkm(*REGISTER).ok()
    assert (held / "keys" / "registry.key").exists()
    umkm("audit", "verify").ok()


def test_six_first_users_at_once(umkm_process: Run, umkm: Run, home: Path) -> None:
    commands = [("register", "--name", f"Usaha {number}", "--nik", NIK[:-1] + str(number)) for number in range(1, SIX)]
    with ThreadPoolExecutor(SIX) as pool:
        done = list(pool.map(lambda command: umkm_process(*command), [*commands, ("key", "show")]))
    assert [result.exit_code for result in done] == [0] * SIX, [result.err for result in done]
    umkm("audit", "verify").ok()
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["office.key", "registry.key"]
    assert len(umkm("vendor", "export", "--reveal", "--json").ok().json()["vendors"]) == SIX - 1
