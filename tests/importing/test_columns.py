"""Headers as offices write them, in both languages, stand for the registry's fields."""

from pathlib import Path

import pytest

from umkm_cli.db.tables import Motif, Vendor
from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import IGNORED, MOTIF_COLUMNS, VENDOR_COLUMNS, ColumnNames, columns_of
from umkm_cli.sheets.sheet import open_sheet


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nama Usaha", "name"),
        ("nama_usaha", "name"),
        ("  NAMA   USAHA * ", "name"),
        ("Business name", "name"),
        ("No. HP", "phone"),
        ("No.HP/WA", "phone"),
        ("Telepon", "phone"),
        ("Omzet per tahun", "annual_sales"),
        ("Omzet (Rp)", "annual_sales"),
        ("Omset/Tahun (Rupiah)", "annual_sales"),
        ("Modal", "capital"),
        ("Modal Rp", "capital"),
        ("Kecamatan", "kecamatan"),
        ("NIK (16 digit)", "nik"),
        ("Kode Referensi", "ref"),
        ("Tenaga Kerja (orang)", "employees"),
        ("No.", IGNORED),
        ("Alasan gagal", IGNORED),
        ("Why it failed", IGNORED),
        ("Jenis Usaha", "business_line"),
        ("Bidang usaha", "business_line"),
        ("Ket.", "note"),
        ("No. HP 2", "phone2"),
        ("Golongan darah", None),
    ],
)
def test_vendor_headers(header: str, field: str | None) -> None:
    assert VENDOR_COLUMNS.field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("usaha", "vendor"),
        ("Vendor", "vendor"),
        ("Judul", "title"),
        ("gambar", "image"),
        ("Foto", "image"),
        ("Teknik", "technique"),
        ("Pencipta", "creators"),
        ("Tanggal Publikasi", "first_published"),
        ("Nomor pencatatan DJKI", "djki_record"),
    ],
)
def test_motif_headers(header: str, field: str) -> None:
    assert MOTIF_COLUMNS.field_of(header) == field


@pytest.mark.parametrize(("names", "table"), [(VENDOR_COLUMNS, Vendor), (MOTIF_COLUMNS, Motif)])
def test_every_field_is_a_column_of_the_table_or_an_identity(names: ColumnNames, table: type) -> None:
    beside = {IGNORED, "ref", "source", "code", "vendor", "image", "nik", "npwp"}
    assert set(names.fields.values()) - beside <= set(table.__annotations__)


def test_a_missing_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("usaha;gambar\nA;b.png\n")
    with pytest.raises(UmkmError) as caught:
        columns_of(open_sheet(path), MOTIF_COLUMNS)
    assert caught.value.code == "column_missing"
    assert caught.value.params["fields"] == ("title",)
    assert caught.value.params["found"] == "usaha, gambar"


def test_unknown_columns_are_one_warning_each_and_blank_headers_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("No;Nama;Golongan darah;;Hobi\n1;A;O;x;y\n")
    columns = columns_of(open_sheet(path), VENDOR_COLUMNS)
    assert [(w.value, w.rule) for w in columns.warnings] == [
        ("Golongan darah", "column_unknown"),
        ("Hobi", "column_unknown"),
    ]


def test_of_two_columns_for_one_field_the_first_that_is_filled_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama;Telepon;No HP;NIB;NIB\nA;;0811;1;1\nB;031;0812;1;2\n")
    sheet = open_sheet(path)
    columns = columns_of(sheet, VENDOR_COLUMNS)
    (a, no_problems), (b, problems) = map(columns.read, sheet.rows())

    assert [w.rule for w in columns.warnings] == ["column_repeated", "column_repeated"]
    assert (a["phone"], no_problems) == ("0811", [])
    assert b["phone"] == "031"
    assert [(p.field, p.rule, p.is_error) for p in problems] == [
        ("phone", "columns_disagree", False),
        ("nib", "columns_contradict", True),
    ]
