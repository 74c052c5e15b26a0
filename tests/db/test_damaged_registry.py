"""A registry's own files damaged, closed or full: said in a sentence, and left alone."""

import base64
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.refusals import CHANGING_NOTHING, VENDOR, assert_presentable, contents, picture

COMMANDS = (("register", "--name", "C"), ("audit", "verify"), ("vendor", "list"), ("status",))
WRITING = COMMANDS[:2]


def _garbage(home: Path) -> None:
    for path in home.glob("umkm.db*"):
        path.unlink()
    (home / "umkm.db").write_bytes(b"sampah" * 2000)


def _half(home: Path) -> None:
    data = (home / "umkm.db").read_bytes()
    (home / "umkm.db").write_bytes(data[: len(data) // 2])


def _newer(home: Path) -> None:
    with sqlite3.connect(home / "umkm.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def _database_is_folder(home: Path) -> None:
    for path in home.glob("umkm.db*"):
        path.unlink()
    (home / "umkm.db").mkdir()


def _key(data: bytes | None) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        path = home / "keys" / "registry.key"
        path.unlink()
        if data is not None:
            path.write_bytes(data)

    return damage


def _settings(data: bytes) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        (home / "settings.toml").write_bytes(data)

    return damage


def _home_is_file(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("berkas")


@dataclass(frozen=True)
class Damage:
    """What is done to a registry's folder, and what `commands` say of it; reading goes on where nothing needs it."""

    do: Callable[[Path], None]
    error: str
    exit_code: int = 3
    commands: tuple[tuple[str, ...], ...] = COMMANDS


DAMAGES = {
    "garbage": Damage(_garbage, "database_damaged"),
    "half": Damage(_half, "database_damaged", commands=WRITING),
    "newer": Damage(_newer, "database_newer"),
    "database is a folder": Damage(_database_is_folder, "database_not_writable"),
    "key lost": Damage(_key(None), "key_missing", commands=WRITING),
    "key short": Damage(_key(base64.b64encode(b"abc")), "key_damaged", commands=WRITING),
    "key garbage": Damage(_key(b"\xff\xfe!"), "key_damaged", commands=WRITING),
    "key empty": Damage(_key(b""), "key_damaged", commands=WRITING),
    "settings broken": Damage(_settings(b"a = ["), "settings_unreadable"),
    "settings not text": Damage(_settings(b"\xff\xff"), "settings_unreadable"),
    "office invalid": Damage(_settings(b'office = "x y"'), "bad_setting", exit_code=2),
    "home is a file": Damage(_home_is_file, "home_not_writable"),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damaged_registry_is_said_and_left_alone(umkm: Run, small_registry: Path, case: str) -> None:
    damage = DAMAGES[case]
    damage.do(small_registry)
    before = _files(small_registry)
    for command in damage.commands:
        result = umkm(*command, "--json")
        assert (result.exit_code, result.refused(damage.error)["error"]) == (damage.exit_code, damage.error)
        assert_presentable(result)
    assert _files(small_registry) == before


def _files(home: Path) -> dict[Path, bytes]:
    """Every file but those that SQLite keeps beside an open database."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "db-" not in path.name}


def test_home_without_permission(umkm: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_permission(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", no_permission)
    result = umkm("register", "--name", "C", "--json")
    assert result.exit_code == 3
    result.refused("home_not_writable")
    assert_presentable(result)
    assert not home.exists()


def test_full_disk_while_a_picture_is_kept(
    umkm: Run, small_registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = picture(tmp_path / "baru.png", 352)
    before = contents(small_registry)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = umkm("motif", "register", fresh, "--vendor", VENDOR, "--title", "Baru", "--json")
    assert result.exit_code in CHANGING_NOTHING
    assert result.json()["error"] != "internal", result.json()
    assert_presentable(result)
    monkeypatch.undo()
    assert before == contents(small_registry)
