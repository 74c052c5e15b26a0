"""The migrations make the tables that the program works with, once, and never touch a newer registry."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import umkm_cli.db.tables
from tests.conftest import Run
from umkm_cli.db.schema import HEAD, REVISIONS
from umkm_cli.disk.places import is_mounted_share, is_windows_share

MIGRATIONS = Path(umkm_cli.db.tables.__file__).parent / "migrations" / "versions"


def test_migrations_make_the_tables_of_the_classes(umkm: Run, home: Path) -> None:
    umkm("vendor", "list").ok()
    engine = create_engine(f"sqlite:///{home / 'umkm.db'}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    assert differences == []


def test_every_migration_is_known_without_loading_it() -> None:
    files = sorted(path.name[:4] for path in MIGRATIONS.glob("0*.py"))
    assert tuple(files) == REVISIONS
    assert files[-1] == HEAD


def test_registry_of_the_first_tables_is_brought_up_to_date_with_all_it_holds(home: Path, umkm: Run) -> None:
    umkm("register", "--name", "Batik Sekar Muara").ok()
    connection = sqlite3.connect(home / "umkm.db")
    (vendor,) = connection.execute("SELECT id FROM vendor").fetchone()
    connection.executescript(f"""
        ALTER TABLE vendor DROP COLUMN business_line;
        ALTER TABLE vendor DROP COLUMN phone2;
        ALTER TABLE vendor DROP COLUMN note;
        ALTER TABLE motif DROP COLUMN publication_undecided;
        DROP INDEX ix_audit_record;
        ALTER TABLE audit_head DROP COLUMN key_id;
        DROP TABLE trusted_key;
        DROP TABLE case_event;
        ALTER TABLE "case" DROP COLUMN due;
        ALTER TABLE "case" DROP COLUMN respondent_vendor_id;
        ALTER TABLE "case" DROP COLUMN respondent;
        ALTER TABLE licence DROP COLUMN licensor;
        ALTER TABLE attachment DROP COLUMN note;
        ALTER TABLE attachment DROP COLUMN bytes;
        ALTER TABLE attachment DROP COLUMN media_type;
        ALTER TABLE view DROP COLUMN looked_back;
        ALTER TABLE motif DROP COLUMN creation_date;
        DROP INDEX ix_case_match_product_pair;
        DROP INDEX ix_case_product_id;
        ALTER TABLE product_motif DROP COLUMN match;
        ALTER TABLE "case" DROP COLUMN product_id;
        DROP TABLE case_match;
        CREATE TABLE case_match (id VARCHAR NOT NULL PRIMARY KEY, case_id VARCHAR NOT NULL REFERENCES "case" (id),
            motif_id VARCHAR NOT NULL REFERENCES motif (id), sha256 VARCHAR NOT NULL, match JSON NOT NULL);
        CREATE INDEX ix_case_match_case_id ON case_match (case_id);
        CREATE INDEX ix_case_match_pair ON case_match (motif_id, sha256);
        INSERT INTO motif (id, code, created_at, updated_at, source, vendor_id, title, title_key, creators, holders,
            kind, published, status)
            VALUES ('m', 'M', '2024', '2024', '', '{vendor}', 'T', 't', '[]', '[]', 'seni batik', 1, 'held');
        INSERT INTO product (id, code, created_at, updated_at, source, vendor_id, name, name_key, status)
            VALUES ('p', 'P', '2024', '2024', '', '{vendor}', 'N', 'n', 'active');
        INSERT INTO product_motif (product_id, motif_id, state, at) VALUES ('p', 'm', 'proposed', '2024');
        INSERT INTO "case" (id, code, created_at, updated_at, kind, status, motif_id)
            VALUES ('c', 'K', '2024', '2024', 'alert', 'open', 'm');
        INSERT INTO case_match VALUES ('x', 'c', 'm', 'abc', '{{}}');
        INSERT INTO decision (id, case_id, outcome, reason, actor, at)
            VALUES ('d', 'c', 'weak', 'Lain', 'petugas', '2024');
        UPDATE alembic_version SET version_num = '0001';
    """)
    connection.close()
    umkm("vendor", "list").ok()
    connection = sqlite3.connect(home / "umkm.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    assert connection.execute("SELECT case_id, motif_id, product_id, sha256 FROM case_match").fetchall() == [
        ("c", "m", None, "abc")
    ]
    assert connection.execute('SELECT product_id FROM "case"').fetchall() == [(None,)]
    assert connection.execute("SELECT state, match FROM product_motif").fetchall() == [("proposed", "{}")]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    engine = create_engine(f"sqlite:///{home / 'umkm.db'}")
    with engine.connect() as migrated:
        differences = compare_metadata(MigrationContext.configure(migrated), SQLModel.metadata)
    engine.dispose()
    assert differences == []


def test_registry_uses_wal(umkm: Run, home: Path) -> None:
    umkm("vendor", "list").ok()
    connection = sqlite3.connect(home / "umkm.db")
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def dump(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "umkm.db")
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_newer_registry_is_refused_and_left_alone(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Sekar Muara").ok()
    connection = sqlite3.connect(home / "umkm.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = dump(home)
    for command in (["vendor", "list"], ["register", "--name", "Lain"]):
        done = umkm(*command, "--json")
        done.refused("database_newer")
        assert done.exit_code == 3
    assert dump(home) == before


def test_windows_shares_are_recognised() -> None:
    remote, fixed = (lambda _: 4), (lambda _: 3)
    assert is_windows_share("\\\\server\\bersama\\umkm", fixed)
    assert is_windows_share("\\\\?\\UNC\\server\\bersama\\umkm", fixed)
    assert is_windows_share("Z:\\umkm", remote)
    assert is_windows_share("\\\\?\\Z:\\umkm", remote)
    assert not is_windows_share("C:\\Users\\Petugas\\umkm", fixed)


def test_mounted_shares_are_recognised() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\n//server/data /mnt/data\\040kantor cifs rw 0 0\nnas:/x /srv nfs4 rw 0 0\n"
    assert is_mounted_share(Path("/mnt/data kantor/umkm"), mounts)
    assert is_mounted_share(Path("/srv/umkm"), mounts)
    assert not is_mounted_share(Path("/srv2/umkm"), mounts)
    assert not is_mounted_share(Path("/home/petugas"), mounts)


def test_network_share_is_refused_with_a_sentence(umkm: Run, home: Path, monkeypatch: object) -> None:
    import pytest

    from umkm_cli.db import ready

    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    monkeypatch.setattr(ready, "is_network_share", lambda _: True)
    done = umkm("vendor", "list", "--json")
    assert "drive jaringan" in done.refused("network_share")["message"]
    assert done.exit_code == 3
    assert not (home / "umkm.db").exists()
