"""A file is there whole, or what was there before is; nothing else is left beside it."""

import os
import stat
from pathlib import Path

import pytest

from umkm_cli.disk.whole import draft_beside, put_whole, write_whole
from umkm_cli.errors import UmkmError

LONG = "n" * 240


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"the old one, which is longer")
    put_whole(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"new", [path])


def test_on_a_full_disk_what_was_there_stays(tmp_path: Path, full_disk: None) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"old")
    with pytest.raises(UmkmError, match="disk_full"):
        write_whole(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_what_may_be_lost_is_not_waited_for(tmp_path: Path, full_disk: None) -> None:
    put_whole(tmp_path / "memory.json", b"{}", lasting=False)
    assert (tmp_path / "memory.json").read_bytes() == b"{}"


def test_a_name_as_long_as_a_system_takes_has_room_for_its_draft(tmp_path: Path) -> None:
    put_whole(tmp_path / LONG, b"new")
    assert (tmp_path / LONG).read_bytes() == b"new"


def test_a_draft_is_whole_and_goes_with_its_block(tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    with draft_beside(path, b"new") as draft:
        assert (draft.parent, draft.name[0], draft.read_bytes()) == (tmp_path, ".", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="what others may read is the system's to say")
def test_what_is_private_is_its_owners_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "private", b"", private=True)
        write_whole(tmp_path / "public", b"")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("private", "public")] == [0o600, 0o644]


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own elsewhere")
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    other, path = tmp_path / "other", tmp_path / "link"
    other.write_bytes(b"somebody's")
    path.symlink_to(other)
    write_whole(path, b"new")
    assert (other.read_bytes(), path.read_bytes(), path.is_symlink()) == (b"somebody's", b"new", False)
