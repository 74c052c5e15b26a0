"""A damaged database file is noticed before it is built upon, and is never an internal error."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run
from umkm_cli.db import examination
from umkm_cli.settings import Settings

TIMES = 12
PAGE = 4096
COMMANDS: tuple[tuple[str | Path, ...], ...] = (
    ("motif", "list"),
    ("vendor", "export"),
    ("motif", "check", SAMPLES / "motifs" / "semanggi.jpg"),
    ("register", "--name", "Batik Baru"),
    ("audit", "verify"),
    ("motif", "reindex"),
)


@pytest.fixture
def small(umkm: Run, home: Path) -> Path:
    """A business with two motifs."""
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    for name in ("semanggi", "hiu-buaya"):
        umkm("motif", "register", SAMPLES / "motifs" / f"{name}.jpg", "--vendor", "A-1", "--title", name).ok()
    return home


def overwrite(database: Path, page: int, how: bytes) -> None:
    """`page` counts from 0."""
    with database.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(how)


def pages_in_use(home: Path) -> list[int]:
    """Of one file: what lay in the log is brought into it, and what no table uses is left out."""
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert database.execute("PRAGMA page_size").fetchone() == (PAGE,)
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)
        (count,) = database.execute("PRAGMA page_count").fetchone()
    return list(range(count))


def page_of(home: Path, table: str) -> int:
    """Where a table begins."""
    pages_in_use(home)
    with closing(sqlite3.connect(home / "umkm.db")) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return int(root) - 1


def test_overwritten_pages_are_noticed(umkm: Run, registry: Path, tmp_path: Path) -> None:
    rng, database = random.Random(20261124), registry / "umkm.db"
    whole = tmp_path / "whole.db"
    pages = rng.sample(pages_in_use(registry), TIMES)
    shutil.copyfile(database, whole)
    for page in pages:
        overwrite(database, page, rng.randbytes(PAGE))
        done = umkm("status", "--json")
        assert done.exit_code == 3, page
        document = done.refused("database_damaged")
        assert str(database) in document["message"]
        assert "cadangan" in document["hint"]
        shutil.copyfile(whole, database)
    umkm("status", "--json").ok()


def test_emptied_pages_are_noticed(umkm: Run, registry: Path, tmp_path: Path) -> None:
    """To SQLite an emptied page at the end of a long value is in order; the value's checksum tells, then."""
    rng, database = random.Random(20261124), registry / "umkm.db"
    whole = tmp_path / "whole.db"
    pages = rng.sample(pages_in_use(registry), TIMES)
    shutil.copyfile(database, whole)
    for page in pages:
        overwrite(database, page, bytes(PAGE))
        done = umkm("status", "--json")
        if done.exit_code:
            done.refused("database_damaged")
        else:
            assert done.json()["attention"]["damaged_fingerprints"]["pictures"] == 1, page
        shutil.copyfile(whole, database)


def test_no_command_ends_as_an_internal_error(umkm: Run, small: Path, tmp_path: Path) -> None:
    rng, database = random.Random(4), small / "umkm.db"
    whole = tmp_path / "whole.db"
    pages = rng.sample(pages_in_use(small), TIMES // 2)
    shutil.copyfile(database, whole)
    for page in pages:
        for command in COMMANDS:
            overwrite(database, page, random.Random(page).randbytes(PAGE))
            done = umkm(*command, "--json")
            if done.exit_code:
                assert done.json()["error"] == "database_damaged", (page, command, done.json())
                assert done.exit_code == 3
            (small / "examined.json").unlink(missing_ok=True)
            for log in small.glob("umkm.db-*"):
                log.unlink()
            shutil.copyfile(whole, database)


def test_the_first_command_of_a_day_that_writes_asks(umkm: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []
    examine = examination.examine

    def counted(settings: Settings, *, in_full: bool = False) -> None:
        asked.append(settings.sqlite_file)
        examine(settings, in_full=in_full)

    monkeypatch.setattr(examination, "examine", counted)
    (small / "examined.json").unlink(missing_ok=True)
    umkm("vendor", "list").ok()
    assert len(asked) == 0
    umkm("register", "--name", "Batik Pagi").ok()
    assert len(asked) == 1
    umkm("register", "--name", "Batik Siang").ok()
    assert len(asked) == 1
    memory = (small / "examined.json").read_text("utf-8")
    (small / "examined.json").write_text(memory.replace('"day": "', '"day": "19'), "utf-8")
    umkm("register", "--name", "Batik Besok").ok()
    assert len(asked) == 2


def test_nothing_is_written_upon_damage(umkm: Run, small: Path) -> None:
    overwrite(small / "umkm.db", page_of(small, "vendor"), bytes(PAGE))
    (small / "examined.json").unlink(missing_ok=True)
    umkm("register", "--name", "Batik Pagi", "--json").refused("database_damaged")
    umkm("register", "--name", "Batik Pagi", "--json").refused("database_damaged")


def test_the_history_is_verified_in_a_whole_database_only(umkm: Run, small: Path) -> None:
    """An index that lost an entry is whole page by page; only the full question sees it."""
    with closing(sqlite3.connect(small / "umkm.db")) as database:
        database.execute("PRAGMA writable_schema = ON")
        before = "SELECT sql FROM sqlite_master WHERE name = 'ix_view_sha256'"
        (sql,) = database.execute(before).fetchone()
        database.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_view_sha256'", (f"{sql} WHERE 0",))
        database.commit()
    with closing(sqlite3.connect(small / "umkm.db")) as database:
        database.execute("REINDEX ix_view_sha256")
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_view_sha256'", (sql,))
        database.commit()
    umkm("status", "--json").ok()
    umkm("audit", "verify", "--json").refused("database_damaged")


@pytest.mark.parametrize(
    ("language", "hint"), [("id", "pulihkan dari cadangan terakhir"), ("en", "restore the latest")]
)
def test_people_read_what_to_do(
    umkm: Run, small: Path, monkeypatch: pytest.MonkeyPatch, language: str, hint: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    overwrite(small / "umkm.db", page_of(small, "vendor"), bytes(PAGE))
    assert hint in umkm("status").err
