"""What was found to slip past the record of changes, and what must not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import SAMPLES, Run

MOTIF = SAMPLES / "motifs" / "semanggi.jpg"


def changed(home: Path, sql: str) -> None:
    with closing(sqlite3.connect(home / "umkm.db")) as connection:
        connection.executescript(sql)


def registered(umkm: Run) -> None:
    umkm("register", "--name", "Batik Sekar", "--ref", "A-1").ok()
    umkm("motif", "register", MOTIF, "--vendor", "A-1", "--title", "Semanggi", "--ref", "M-1").ok()


def test_a_row_without_a_name_is_seen(umkm: Run, home: Path) -> None:
    registered(umkm)
    changed(home, "INSERT INTO trusted_key VALUES ('', 'Dinas Lain', 'AAAA', '2026-11-24T00:00:00Z')")
    umkm("audit", "verify", "--json").refused("audit_rows_differ")


def test_an_entry_with_a_number_below_all_is_seen(umkm: Run, home: Path) -> None:
    registered(umkm)
    changed(
        home,
        "INSERT INTO audit SELECT -2147483648, at, actor, action, entity, 'zz', changes, previous, mac "
        "FROM audit LIMIT 1",
    )
    assert umkm("audit", "verify").exit_code == 1


def test_a_renamed_key_begins_nothing_anew(umkm: Run, home: Path, tmp_path: Path) -> None:
    registered(umkm)
    umkm("motif", "receipt", "M-1", tmp_path / "terima.pdf").ok()
    for file in home.glob("umkm.db*"):
        file.unlink()
    (home / "keys" / "registry.key").rename(home / "keys" / "registry.key.new")
    umkm("vendor", "list", "--json").refused("database_emptied")
    umkm("register", "--name", "Baru", "--json").refused("database_emptied")


def test_a_fingerprint_of_another_type_stops_no_check(umkm: Run, home: Path) -> None:
    registered(umkm)
    changed(home, "UPDATE fingerprint SET data = data || x'00'")
    result = (
        umkm("motif", "check", SAMPLES / "motifs" / "layangan.jpg", "--no-record", "--json").ok().json()["results"][0]
    )
    assert len(result["damaged_fingerprints"]) == 1
    assert umkm("status", "--json").ok().json()["attention"]["damaged_fingerprints"]["pictures"] == 1


def test_two_files_that_show_the_same_are_reported(umkm: Run, home: Path, tmp_path: Path) -> None:
    registered(umkm)
    other = tmp_path / "sama.jpg"
    other.write_bytes(MOTIF.read_bytes() + b"x")
    report = tmp_path / "laporan.html"
    umkm("motif", "check", other, "--report", report).ok()
    umkm("verify", report).ok()
