"""What a database or a disk says no to is called by its name, in a sentence that says what to do."""

import errno
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run
from tests.db.conftest import Database
from umkm_cli.db import engines, store
from umkm_cli.db.refusals import refused
from umkm_cli.settings import read_settings
from umkm_cli.wording import error_document

NIB = "2206241741552"
REGISTER = ("register", "--name", "Batik Sekar", "--nib", NIB, "--json")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        *(("53100", "disk_full"), ("53200", "database_overloaded"), ("53300", "database_overloaded")),
        *(("40001", "database_busy"), ("40P01", "database_busy"), ("55P03", "database_busy")),
        *(("25006", "database_read_only"), ("42501", "database_not_allowed"), ("28000", "database_not_allowed")),
        *(("57P01", "database_starting"), ("57P03", "database_starting"), ("58030", "disk_fault")),
        *(("XX001", "database_damaged"), ("XX002", "database_damaged"), ("XX000", "database_failed")),
        *(("08006", "database_unreachable"), ("3D000", "database_missing"), ("23503", "records_conflict")),
    ],
)
def test_what_postgresql_says_no_to(umkm: Run, postgres: Database, state: str, code: str) -> None:
    umkm("status").ok()
    postgres.run(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'no' USING ERRCODE = '{state}'; END $$",
        "CREATE TRIGGER no BEFORE INSERT ON vendor FOR EACH ROW EXECUTE FUNCTION no()",
    )
    answer = umkm(*REGISTER).refused(code)
    assert answer["hint"]
    assert umkm("vendor", "list", "--json").ok().json()["vendors"] == []


def test_a_database_that_is_not_there_and_a_user_who_may_not(
    umkm: Run, postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = postgres.server.url(postgres.name)
    for wrong, code in (
        (postgres.server.url("tidak_ada"), "database_missing"),
        (right.replace("umkm:", "umkm:x"), "database_not_allowed"),
        (right.replace("127.0.0.1:", "127.0.0.1:1"), "database_unreachable"),
    ):
        monkeypatch.setenv(
            "UMKM_DATABASE_URL", wrong[: wrong.rindex(":") + 1] + "1/x" if code.endswith("able") else wrong
        )
        answer = umkm("vendor", "list", "--json").refused(code)
        assert right.partition("@")[0].rpartition(":")[2] not in answer["message"] + answer["hint"], "the password"


def test_a_writer_of_postgresql_waits_and_is_told_of_whom(
    umkm: Run, postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    umkm("status").ok()
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_S", 0.2)
    with psycopg.connect(postgres.server.url(postgres.name, "postgresql")) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({engines._WRITERS})".encode())
        umkm(*REGISTER).refused("database_busy")
    umkm(*REGISTER).ok()


def test_a_full_disk_below_sqlite(umkm: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import event

    umkm("status").ok()
    make = engines.make_engine

    def small(settings: Any) -> Any:
        engine = make(settings)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        return engine

    monkeypatch.setattr(store, "make_engine", small)
    sheet = tmp_path / "usaha.csv"
    sheet.write_text("nama_usaha\n" + "".join(f"Batik {number}\n" for number in range(200)))
    answer = umkm("vendor", "import", sheet, "--json").refused("disk_full")
    assert answer["message"] == f"Tempat penyimpanan penuh: {home / 'umkm.db'}."


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("SQLITE_IOERR_READ", "disk_fault"), ("SQLITE_IOERR_FSYNC", "disk_fault"), ("SQLITE_FULL", "disk_full")),
        *(("SQLITE_CORRUPT_INDEX", "database_damaged"), ("SQLITE_NOTADB", "database_damaged")),
        *(("SQLITE_READONLY_DBMOVED", "database_not_writable"), ("SQLITE_CANTOPEN_ISDIR", "database_not_writable")),
        *(("SQLITE_BUSY_SNAPSHOT", "database_busy"), ("SQLITE_LOCKED", "database_busy")),
        *(("SQLITE_NOMEM", "database_overloaded"), ("SQLITE_ERROR", "database_failed")),
    ],
)
def test_sqlite_is_understood_by_its_codes_not_by_its_words(home: Path, name: str, code: str) -> None:
    error = sqlite3.OperationalError("words of another version")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name
    document = error_document(refused(read_settings(), error))
    assert document["error"] == code
    assert str(home / "umkm.db") in document["message"]
    assert document["hint"]


def test_a_damaged_database_is_not_called_one_that_does_not_run(umkm: Run, home: Path) -> None:
    umkm(*REGISTER).ok()
    (home / "umkm.db").write_bytes(b"bukan basis data" * 1000)
    answer = umkm("vendor", "list", "--json").refused("database_damaged")
    assert "berjalan" not in answer["hint"]


def test_what_another_record_has_is_told_by_the_name_of_the_field(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _register_twice_unseen(umkm, monkeypatch)


def test_in_postgresql_too(umkm: Run, postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _register_twice_unseen(umkm, monkeypatch)


def _register_twice_unseen(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where another process stores it between the question and the answer."""
    from umkm_cli.registry.records import vendors

    umkm(*REGISTER).ok()
    other = umkm("register", "--name", "Kain Pagi", "--json").ok().json()["code"]
    monkeypatch.setattr(vendors, "_refuse_taken_nib", lambda *_: None)
    answer = umkm("vendor", "edit", other, "--nib", NIB, "--json").refused("value_taken")
    assert answer["message"] == "Tidak ada yang disimpan: NIB yang sama sudah dipakai catatan lain."
    assert NIB not in answer["message"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EROFS, "disk_read_only"), (errno.EIO, "disk_fault")],
)
def test_a_disk_that_takes_no_picture(umkm: Run, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    vendor = umkm("register", "--name", "Batik Sekar", "--json").ok().json()["code"]

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        picture = SAMPLES / "motifs" / "daun-bakau.jpg"
        answer = umkm("motif", "register", picture, "--vendor", vendor, "--title", "Daun", "--json").refused(code)
    assert answer["hint"]
    assert umkm("motif", "list", "--json").ok().json()["motifs"] == []


def test_a_list_for_a_disk_that_is_full(umkm: Run) -> None:
    if not Path("/dev/full").exists():
        assert sys.platform != "linux"
        return
    umkm("register", "--name", "Batik Sekar").ok()
    answer = umkm("vendor", "export", "/dev/full")
    assert "penuh" in answer.err
