"""The rows that an import refused: where they go, and how they come in once they are corrected."""

import codecs
import csv
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.lists import counts, vendor
from umkm_cli.i18n import catalogue
from umkm_cli.settings import LANGUAGES


def test_failed_rows_are_corrected_and_imported_again(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "daftar usaha.csv"
    path.write_text("ref,nama,nib\n1,Baik,\n2,,\n3,Salah,123\n", "cp1252")
    shown = umkm("vendor", "import", path).ok()

    failed = tmp_path / "daftar usaha-gagal.csv"
    assert str(failed) in shown.out
    assert failed.read_bytes().startswith(codecs.BOM_UTF8)
    with failed.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["Baris asal", "Alasan gagal", "ref", "nama", "nib"]
    assert [row[0] for row in table[1:]] == ["3", "4"]
    assert [row[2:] for row in table[1:]] == [["2", "", ""], ["3", "Salah", "123"]]
    assert all(row[1] for row in table[1:])

    failed.write_text(failed.read_text("utf-8-sig").replace("2,,", "2,Sekarang bernama,").replace(",123", ","), "utf-8")
    again = umkm("vendor", "import", failed, "--json").ok().json()
    assert counts(again) == (2, 0, 0, 0, 0, 0)
    assert (again["warnings"], again["failed_file"]) == ([], None)


def test_long_numbers_in_the_list_of_failed_rows_survive_a_spreadsheet(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama;nik;telepon;alamat\n1;;3578034404800203;'081234567890;=1+1\n")
    failed = Path(umkm("vendor", "import", path, "--json").json()["failed_file"])
    assert failed.read_text("utf-8-sig").splitlines()[1].endswith("1;;'3578034404800203;'081234567890;'=1+1")

    failed.write_text(failed.read_text("utf-8-sig").replace("1;;'", "1;Batik A;'"), "utf-8")
    umkm("vendor", "import", failed, "--json").ok()
    stored = umkm("vendor", "show", "1", "--reveal", "--json").json()
    assert (stored["nik"], stored["phone"], stored["address"]) == ("3578034404800203", "+6281234567890", "=1+1")


def test_a_list_of_failed_rows_that_fails_again_keeps_its_shape_and_overwrites_nothing(
    umkm: Run, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama\n1;Baik\n2;\n")
    first = umkm("vendor", "import", path, "--json").json()["failed_file"]
    content = Path(first).read_bytes()
    second = umkm("vendor", "import", path, "--json").json()["failed_file"]
    assert first == second == str(tmp_path / "a-gagal.csv")
    third = umkm("vendor", "import", first, "--json").json()["failed_file"]

    assert third == str(tmp_path / "a-gagal-2.csv")
    Path(third).write_text(Path(third).read_text("utf-8-sig").replace("2;", "3;"), "utf-8")
    assert umkm("vendor", "import", third, "--json").json()["failed_file"] == str(tmp_path / "a-gagal-3.csv")
    assert Path(first).read_bytes() == content
    assert Path(third).read_text("utf-8-sig").splitlines()[0] == "Baris asal;Alasan gagal;ref;nama"


def test_the_list_of_failed_rows_goes_where_it_is_told(umkm: Run, tmp_path: Path) -> None:
    path, wanted = tmp_path / "a.csv", tmp_path / "lain.csv"
    path.write_text("ref;nama\n1;\n")
    wanted.write_text("milik orang lain")
    document = umkm("vendor", "import", path, "--failed", wanted, "--json").imported()
    assert document["failed_file"] == str(tmp_path / "lain-2.csv")
    assert wanted.read_text() == "milik orang lain"


def test_the_next_step_repeats_the_options_that_still_matter(umkm: Run, tmp_path: Path) -> None:
    path, folder = tmp_path / "a-failed.csv", tmp_path / "foto"
    folder.mkdir()
    path.write_text("ref;nama\n1;\n")
    shown = umkm("vendor", "import", path, "--source", "Kecamatan Rungkut").out
    assert f'umkm vendor import "{tmp_path / "a-gagal.csv"}" --source "Kecamatan Rungkut"' in shown
    path.write_text("usaha;judul;gambar\nx;Satu;m.png\n")
    shown = umkm("motif", "import", path, "--images", folder).out
    assert f'umkm motif import "{tmp_path / "a-gagal-2.csv"}" --images "{folder}"' in shown


@pytest.mark.parametrize(
    ("rows", "code"),
    [("1;\n2;\n", 1), ("1;\n2;Baik\n", 0), ("", 0), ("1;Batik Ombak\n", 0), ("R-1;Kerupuk\n", 1)],
    ids=["all failed", "some failed", "none", "unchanged", "conflict"],
)
def test_an_import_of_which_every_row_was_refused_exits_1_with_its_document(
    umkm: Run, tmp_path: Path, rows: str, code: int
) -> None:
    vendor(umkm, "Batik Ombak", "--ref", "1")
    vendor(umkm, "Batik Seroja", "--ref", "R-1", "--owner", "Siti Aminah")
    path = tmp_path / "a.csv"
    path.write_text("ref;nama;pemilik\n" + rows.replace("Kerupuk", "Kerupuk;Budi Santoso").replace(";\n", ";;\n"))
    done = umkm("vendor", "import", path, "--json")
    assert done.exit_code == code
    assert len(done.json()["rows"]) == rows.count("\n")
    assert umkm("vendor", "import", path).exit_code == code


def test_nothing_failed_leaves_no_file(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama\nBaik\n")
    umkm("vendor", "import", path).ok()
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".csv"] == ["a.csv"]


def test_a_place_that_cannot_be_written_does_not_undo_the_import(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama\n1;\n2;Baik\n")
    done = umkm("vendor", "import", path, "--failed", tmp_path / "tidak ada" / "x.csv", "--json").ok()
    assert counts(done.json())[0] == 1
    assert "--failed" in done.err


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_columns_that_are_added_are_known_in_every_language(name: str) -> None:
    from umkm_cli.importing.columns import IGNORED, MOTIF_COLUMNS, VENDOR_COLUMNS

    for key in ("import.failed.row", "import.failed.reasons"):
        title = catalogue(name).gettext(key)
        assert VENDOR_COLUMNS.field_of(title) == MOTIF_COLUMNS.field_of(title) == IGNORED
