"""What another system would answer, asked on this one."""

import sys
from pathlib import Path

import pytest

from umkm_cli.disk import places
from umkm_cli.disk.places import is_windows_device, put_in_place
from umkm_cli.disk.whole import write_whole
from umkm_cli.errors import UmkmError


@pytest.fixture
def held_open(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Renames are refused as often as the number in the list says."""
    left, rename = [0], Path.replace

    def replace(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "The process cannot access the file because it is being used")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return left


def test_on_windows_a_file_that_is_open_is_waited_for(
    tmp_path: Path, held_open: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    draft, path, waited = tmp_path / "draft", tmp_path / "daftar usaha.csv", list[float]()
    draft.write_text("baru")
    path.write_text("lama")
    held_open[0] = 3
    put_in_place(draft, path, pause=waited.append)
    assert path.read_text() == "baru"
    assert waited == list(places.RENAME_WAITS_S[:3])


def test_a_file_that_stays_open_is_refused_and_both_are_kept(
    tmp_path: Path, held_open: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    draft, path, waited = tmp_path / "draft", tmp_path / "daftar.csv", list[float]()
    draft.write_text("baru")
    path.write_text("lama")
    held_open[0] = 99
    with pytest.raises(PermissionError):
        put_in_place(draft, path, pause=waited.append)
    assert (draft.read_text(), path.read_text()) == ("baru", "lama")


def test_elsewhere_a_refusal_is_final(tmp_path: Path, held_open: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "draft").write_text("baru")
    held_open[0] = 1
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "draft", tmp_path / "daftar.csv", pause=lambda _: pytest.fail("waited"))


@pytest.mark.parametrize(
    "name", ["CON", "nul.csv", "Com1.xlsx", "aux .csv", "usaha.", "usaha ", "a:b.csv", "daftar?.csv"]
)
def test_names_that_windows_keeps_for_itself(name: str) -> None:
    assert is_windows_device(name)


@pytest.mark.parametrize(
    "name", ["console.csv", "daftar usaha.xlsx", "com.csv", ".umkm", "Kembang – 花.csv", "com10.csv"]
)
def test_other_names_are_just_names(name: str) -> None:
    assert not is_windows_device(name)


def test_an_export_to_a_device_of_windows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UmkmError, match="file_name_reserved"):
        write_whole(tmp_path / "con.csv", b"")
    assert list(tmp_path.glob("con*")) == []
    write_whole(tmp_path / "usaha.csv", b"Kode")
    assert (tmp_path / "usaha.csv").read_bytes() == b"Kode"
