"""What belongs to a person: files that hold it are their owner's only, and a NIK in a wrong place is pointed at."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

NIK = "3578035403790004"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions; folders of users are their own")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _others_may_read() -> Iterator[None]:
    """What the system would let others do with new files, whoever runs the tests."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@posix
def test_a_new_registry_is_its_owners_only(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Sekar").ok()
    assert mode(home) == 0o700
    assert {path.name: mode(path) for path in home.glob("umkm.db*")} == dict.fromkeys(
        [path.name for path in home.glob("umkm.db*")], 0o600
    )
    assert {mode(path) for path in home.iterdir() if path.is_dir()} == {0o700}


@posix
def test_one_that_others_may_read_is_closed_to_them(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Sekar").ok()
    home.chmod(0o755)
    (home / "umkm.db").chmod(0o644)
    umkm("vendor", "list").ok()
    assert (mode(home), mode(home / "umkm.db")) == (0o700, 0o600)


@posix
def test_a_folder_that_is_shared_within_a_group_on_purpose_stays_so(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Sekar").ok()
    home.chmod(0o2775)
    (home / "umkm.db").chmod(0o664)
    umkm("vendor", "list").ok()
    assert (mode(home), mode(home / "umkm.db")) == (0o2770, 0o660)


@posix
def test_a_folder_that_holds_other_things_is_left_alone_but_not_the_database(umkm: Run, home: Path) -> None:
    home.mkdir(mode=0o755)
    (home / "surat.txt").write_text("milik orang lain")
    umkm("register", "--name", "Batik Sekar").ok()
    assert (mode(home), mode(home / "umkm.db")) == (0o755, 0o600)


@posix
def test_files_with_personal_data_are_their_owners_only(umkm: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "usaha.csv"
    sheet.write_text(f"ref;nama_usaha;nik\nA-1;Batik Sekar;{NIK}\nA-2;;{NIK}\n")
    umkm("vendor", "import", sheet).ok()
    picture = SAMPLES / "motifs" / "daun-bakau.jpg"
    umkm("motif", "register", picture, "--vendor", "A-1", "--title", "Daun", "--ref", "M-1").ok()
    umkm("register", "--name", "Kain Pagi", "--ref", "A-3").ok()
    umkm("motif", "register", SAMPLES / "suspect" / "crop.jpg", "--vendor", "A-3", "--title", "Rawa").ok()
    case = umkm("case", "list", "--json").ok().json()["cases"][0]["code"]
    (tmp_path / "lama.csv").write_text("dari dulu")
    commands: list[tuple[str | Path, ...]] = [
        *(("vendor", "export", tmp_path / name, "--reveal") for name in ("lama.csv", "baru.xlsx", "baru.ods")),
        ("motif", "export", tmp_path / "motif.csv", "--reveal"),
        ("motif", "djki-pack", "M-1", tmp_path / "djki.zip"),
        *(("case", "report", case, tmp_path / name) for name in ("kasus.html", "kasus.pdf")),
        ("case", "bundle", case, tmp_path / "kasus.zip"),
    ]
    for words in commands:
        umkm(*words).ok()
    written = [path for path in tmp_path.iterdir() if path.is_file() and path != sheet]
    assert len(written) == 9, "the list of refused rows is one of them"
    assert {path.name for path in written if mode(path) != 0o600} == set()
    umkm("case", "report", case, tmp_path / "pihak.html", "--for-parties").ok()
    umkm("vendor", "export", tmp_path / "tersamar.csv").ok()
    assert mode(tmp_path / "pihak.html") == mode(tmp_path / "tersamar.csv") == 0o644


@pytest.mark.parametrize("typed", [NIK, f"Sri {NIK}", "3578 0354 0379 0004", "3578.0354.0379.0004"])
@pytest.mark.parametrize("field", ["name", "owner", "curation"])
def test_a_nik_where_everybody_sees_it_is_a_warning_that_does_not_repeat_it(umkm: Run, field: str, typed: str) -> None:
    given = {"name": "Batik Sekar"} | {field: typed}
    words = [word for name, text in given.items() for word in (f"--{name}", text)]
    (problem,) = umkm("register", *words, "--json").ok().json()["problems"]
    assert (problem["field"], problem["rule"], problem["level"]) == (field, "nik_in_text", "warning")
    assert problem["value"] == "*" * 13 + "004"
    assert "--nik" in problem["message"]
    assert typed not in problem["message"]


@pytest.mark.parametrize("typed", ["Batik 1234567890123", "ID12345678901234567", "Toko 17 Agustus 1945"])
def test_other_numbers_are_none(umkm: Run, typed: str) -> None:
    assert umkm("register", "--name", typed, "--nik", NIK, "--json").ok().json()["problems"] == []


def test_nor_are_addresses_on_the_web(umkm: Run) -> None:
    shop = f"https://toko.example/{NIK}"
    words = ("--website", shop, "--marketplaces", shop)
    assert umkm("register", "--name", "Batik Sekar", *words, "--json").ok().json()["problems"] == []


def test_in_an_import_too(umkm: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "usaha.csv"
    sheet.write_text(f"nama_usaha;pemilik\nBatik Sekar;{NIK}\n")
    (row,) = umkm("vendor", "import", sheet, "--json").ok().json()["rows"]
    assert (row["status"], [problem["rule"] for problem in row["problems"]]) == ("created", ["nik_in_text"])
    assert NIK not in umkm("vendor", "import", sheet).err
