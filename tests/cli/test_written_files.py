"""What the program writes goes where it belongs, or nowhere: no other file is replaced and nothing is put on record."""

from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run, posix
from tests.refusals import assert_presentable

COMMANDS = {
    "receipt": ("motif", "receipt", "M"),
    "bundle": ("case", "bundle", "K-SBY-00001-92"),
    "pack": ("motif", "djki-pack", "M"),
    "month": ("report", "month"),
    "gallery": ("motif", "gallery"),
    "report": ("case", "report", "K-SBY-00001-92"),
}


@pytest.fixture
def case(umkm: Run) -> None:
    for ref, name in (("A", "Sekar"), ("B", "Lain")):
        umkm("register", "--name", name, "--ref", ref).ok()
    daun, crop = SAMPLES / "motifs" / "daun-bakau.jpg", SAMPLES / "suspect" / "crop.jpg"
    umkm("motif", "register", daun, "--vendor", "A", "--title", "Daun", "--ref", "M").ok()
    umkm("motif", "register", crop, "--vendor", "B", "--title", "Rawa").ok()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_will_not_do_is_refused_before_any_work(
    umkm: Run, case: None, tmp_path: Path, command: str
) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"milik orang")
    ending = {"bundle": ".zip", "pack": ".zip", "receipt": ".pdf"}.get(command, ".html")
    before = umkm("audit", "verify", "--json").ok().json()["entries"]
    for name, errors in (
        (str(photo), {"file_ending", "pack_not_zip", "month_format", "page_format", "report_format"}),
        (str(tmp_path), {"file_is_folder"}),
        ("", {"file_is_folder"}),
        (str(tmp_path / "tidak" / f"ada{ending}"), {"folder_not_found"}),
    ):
        done = umkm(*COMMANDS[command], name, "--json")
        assert done.exit_code == 1
        assert done.json()["error"] in errors
    assert photo.read_bytes() == b"milik orang"
    assert umkm("audit", "verify", "--json").ok().json()["entries"] == before


def test_a_public_key_is_not_written_over_a_folder(umkm: Run, tmp_path: Path) -> None:
    umkm("key", "show", "--out", tmp_path, "--json").refused("file_is_folder")


@posix
def test_export_to_a_device_leaves_it_a_device(umkm: Run, small_registry: Path) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("no /dev/full here")
    result = umkm("vendor", "export", "/dev/full")
    assert result.exit_code == 3
    assert_presentable(result)
    assert Path("/dev/full").is_char_device()
    assert umkm("vendor", "export", "/tmp").exit_code == 3
    assert umkm("vendor", "export", small_registry / "tidak" / "ada.csv").exit_code == 3
