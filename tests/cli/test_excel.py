"""What Excel does to a list, as a clerk meets it: the same damage has the same name in CSV, XLSX and ODS."""

import csv
import io
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from tests.conftest import Run
from umkm_cli.i18n import catalogue
from umkm_cli.settings import LANGUAGES
from umkm_cli.sheets.workbooks import table_bytes

NIK = "3578034404800203"
NIB = "3110242752924"
DAY, DAY_MONTH = "dd/mm/yyyy", "d-mmm"
Cell = str | int | float | bool | datetime | time | tuple[object, str] | None
"""A pair is a value and its number format; text that begins with `=` is a formula, its value behind `|`."""


def workbook(path: Path, **sheets: Sequence[Sequence[Cell]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    value, form = cell if isinstance(cell, tuple) else (cell, "General")
                    style = book.add_format({"num_format": form})
                    if isinstance(value, str) and value.startswith("="):
                        formula, _, result = value.partition("|")
                        sheet.write_formula(number, column, formula, style, result)
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value, style)
                    elif value is not None:
                        sheet.write(number, column, value, style)
    return path


def read(path: Path) -> list[list[Any]]:
    return load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def imported(umkm: Run, path: Path, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = umkm("vendor", "import", path, *options, "--json").imported()
    return document


def found(document: dict[str, Any], field: str) -> list[tuple[str, str]]:
    (row,) = document["rows"]
    return [(p["rule"], p["level"]) for p in row["problems"] if p["field"] == field]


# Damage: the cell in CSV, the cell in XLSX, and what is said of both

DAMAGE: list[tuple[str, str, str, Cell, list[tuple[str, str]]]] = [
    ("nik", "NIK", "3.57803E+15", (3578030000000000, "0.00E+00"), [("excel_scientific", "error")]),
    ("nik", "NIK", "3,57803E+15", "3,57803E+15", [("excel_scientific", "error")]),
    ("nib", "NIB", "3.11024E+12", 3110240000000, [("excel_scientific", "error")]),
    ("nik", "NIK", "3578034404800210", 3578034404800210, [("nik_ends_in_zero", "warning")]),
    ("npwp", "NPWP", "3578034404800210", 3578034404800210, [("nik_ends_in_zero", "warning")]),
    ("ref", "Ref", "3578034404800210", 3578034404800210, [("ends_in_zero", "warning")]),
    ("ref", "Ref", "1.23456789012346E+17", 123456789012345678, [("excel_scientific", "error")]),
    ("nib", "NIB", "220102345678", 220102345678, [("excel_lost_zeros", "error")]),
    ("nib", "NIB", "0220102345678", (220102345678, "0000000000000"), []),
    ("npwp", "NPWP", "13000666009100", 13000666009100, [("excel_lost_zeros", "error")]),
    ("kbli", "KBLI", "1111", 1111, [("excel_lost_zeros", "error")]),
    ("phone", "No HP", "81234567890", 81234567890, []),
    ("phone", "No HP", "6281230000000", 6281230000000, [("excel_scientific", "warning")]),
    ("consent_date", "Tanggal persetujuan", "45521", 45521, [("excel_date", "error")]),
    ("consent_date", "Tanggal persetujuan", "17-Aug-2024", (datetime(2024, 8, 17), DAY), []),
    ("since", "Sejak", "45521", 45521, [("excel_date", "error")]),
    ("ref", "Ref", "01-Feb", (datetime(2024, 2, 1), DAY_MONTH), [("excel_became_date", "error")]),
    ("kecamatan", "Kecamatan", "3-Mei-78", (datetime(1978, 5, 3), DAY_MONTH), [("excel_became_date", "error")]),
    ("ref", "Ref", "01:02:00", (time(1, 2), "hh:mm"), [("excel_became_date", "error")]),
    ("owner", "Pemilik", "#N/A", "=NA()|#N/A", [("excel_error", "error")]),
    ("capital", "Modal", "#REF!", "=A9|#REF!", [("excel_error", "error")]),
    ("capital", "Modal", "########", "########", [("excel_too_narrow", "error")]),
    ("capital", "Modal", "Rp 1,5 jt", "Rp 1,5 jt", [("money_in_words", "error")]),
    ("capital", "Modal", "1500000.5", 1500000.5, [("has_cents", "error")]),
    ("nik", "NIK", "35780344O4800203", "35780344O4800203", [("letter_for_digit", "error")]),
    ("phone", "No HP", "O81234567890", "O81234567890", [("letter_for_digit", "error")]),
    ("consent_date", "Tanggal persetujuan", "17/8/24", "17/8/24", [("two_digit_year", "error")]),
]


@pytest.mark.parametrize("form", [".csv", ".xlsx"])
@pytest.mark.parametrize(("field", "header", "in_csv", "in_xlsx", "expected"), DAMAGE)
def test_damage_has_one_name_in_every_format(
    umkm: Run,
    tmp_path: Path,
    form: str,
    field: str,
    header: str,
    in_csv: str,
    in_xlsx: Cell,
    expected: list[tuple[str, str]],
) -> None:
    path = tmp_path / f"daftar{form}"
    if form == ".csv":
        path.write_text(f'Nama usaha;{header}\nBatik A;"{in_csv}"\n')
    else:
        workbook(path, Data=[["Nama usaha", header], ["Batik A", in_xlsx]])
    document = imported(umkm, path)
    assert found(document, field) == expected
    assert document["failed"] == sum(level == "error" for _, level in expected)
    for row in document["rows"]:
        for problem in row["problems"]:
            assert not problem["message"].startswith("rule.")


UNHARMED: list[tuple[str, str, Cell, object]] = [
    ("name", "Nama", "  Batik\u00a0 Sekar\u200b Muara \u00a0", "Batik Sekar Muara"),
    ("name", "Nama", "Batik\nSekar", "Batik Sekar"),
    ("nik", "NIK", f"'{NIK}", NIK),
    ("nib", "NIB", 3110242752924.0, NIB),
    ("nib", "NIB", f"{NIB}.0", NIB),
    ("kbli", "KBLI", "'13134", [{"code": "13134", "edition": "2020"}]),
    ("kbli", "KBLI", 13134.0, [{"code": "13134", "edition": "2020"}]),
    ("phone", "No HP", "81234567890.0", "+6281234567890"),
    ("capital", "Modal", 1500000.0, 1500000),
    ("capital", "Modal", "1.500.000", 1500000),
    ("capital", "Modal", "Rp\u00a01.500.000,-", 1500000),
    ("employees", "Karyawan", "5.0", 5),
    ("latitude", "Lintang", -7.257, -7.257),
    ("mbr", "MBR", True, True),
    ("mbr", "MBR", "SALAH", False),
    ("nib", "NIB", "-", None),
    ("nib", "NIB", "n/a", None),
    ("phone", "No HP", "tidak ada", None),
    ("nib", "NIB", "belum ada", None),
    ("owner", "Pemilik", "=A1|Sri", "Sri"),
    ("since", "Sejak", (datetime(2019, 5, 3), DAY), 2019),
]


@pytest.mark.parametrize(("field", "header", "cell", "stored"), UNHARMED)
def test_what_a_spreadsheet_leaves_behind_is_taken_off(
    umkm: Run, tmp_path: Path, field: str, header: str, cell: Cell, stored: object
) -> None:
    headers, row = ["Ref", header], ["R-1", cell]
    if field != "name":
        headers, row = [*headers, "Nama usaha"], [*row, "Batik A"]
    extra = {"latitude": ("Bujur", 112.75)}.get(field)
    if extra:
        headers, row = [*headers, extra[0]], [*row, extra[1]]
    document = imported(umkm, workbook(tmp_path / "a.xlsx", Data=[headers, row]))
    assert document["rows"][0]["problems"] == []
    assert umkm("vendor", "show", "R-1", "--reveal", "--json").json()[field] == stored


def test_a_fraction_never_turns_into_thousands(umkm: Run, tmp_path: Path) -> None:
    document = imported(umkm, workbook(tmp_path / "a.xlsx", D=[["Nama", "Modal", "Karyawan"], ["A", 1.234, 1.234]]))
    assert sorted(p["rule"] for p in document["rows"][0]["problems"]) == ["not_a_count", "not_money"]


def test_every_problem_of_a_row_is_said_at_once(umkm: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", D=[["Ref", "Nama", "NIB"], [(datetime(2024, 2, 1), DAY), "A", "123"]])
    (row,) = imported(umkm, path)["rows"]
    assert {p["rule"] for p in row["problems"]} == {"excel_became_date", "nib_form"}


# Forms of offices


def test_titles_column_numbers_sums_and_repeated_headers_are_no_data(umkm: Run, tmp_path: Path) -> None:
    headers = ["No", "Nama usaha", "Pemilik", "Omzet\n(Rp)"]
    rows: list[list[Cell]] = [
        ["DAFTAR UMKM KECAMATAN RUNGKUT"],
        [],
        list(headers),
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "Batik A", "Ani", 1000],
        list(headers),
        [2, "Batik B", "Budi", 2000],
        [None, "JUMLAH", None, 3000],
    ]
    document = imported(umkm, workbook(tmp_path / "a.xlsx", Data=rows))
    assert [(row["row"], row["status"]) for row in document["rows"]] == [(5, "created"), (7, "created")]
    assert [(w["rule"], w["value"]) for w in document["warnings"]] == [("rows_skipped", "4, 6, 8")]


def test_the_sheet_with_known_headers_is_read_and_the_others_are_named(umkm: Run, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Petunjuk=[["Isi lembar Data."]],
        Data=[["Nama usaha"], ["Batik A"]],
        Lama=[["Nama usaha"], ["Batik Z"]],
        Kosong=[],
    )
    document = imported(umkm, path)
    assert [(w["rule"], w["value"]) for w in document["warnings"]] == [("sheet_chosen", "Data")]
    assert "Petunjuk, Lama." in document["warnings"][0]["message"]
    assert [v["name"] for v in umkm("vendor", "list", "--json").json()["vendors"]] == ["Batik A"]

    imported(umkm, path, "--sheet", "lama")
    assert len(umkm("vendor", "list", "--json").json()["vendors"]) == 2
    assert "Kosong" in umkm("vendor", "import", path, "--sheet", "x", "--json").refused("sheet_not_found")["message"]


def test_a_csv_has_no_sheets(umkm: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama\nA\n")
    umkm("vendor", "import", path, "--sheet", "Data", "--json").refused("no_sheets_in_text")


def test_what_a_file_is_its_bytes_say(umkm: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Data=[["Nama usaha"], ["Batik A"]]).rename(tmp_path / "a.csv")
    assert imported(umkm, path)["created"] == 1
    text = tmp_path / "b.xlsx"
    text.write_text("Nama usaha\nBatik B\n")
    assert imported(umkm, text)["created"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_sentences_are_in_both_languages(language: str) -> None:
    for _, _, _, _, expected in DAMAGE:
        for rule, _ in expected:
            assert catalogue(language).gettext(f"rule.{rule}") != f"rule.{rule}"


# The rows that failed


def test_failed_rows_come_in_the_format_that_came_in(umkm: Run, tmp_path: Path) -> None:
    headers = ["Ref", "Nama usaha", "NIK", "No HP"]
    rows = [["R-1", "", NIK, "081234567890"], ["R-2", "Batik B", "", ""]]
    for ending in (".xlsx", ".ods"):
        path = tmp_path / f"daftar{ending}"
        path.write_bytes(table_bytes(ending, "Data", headers, rows))
        document = imported(umkm, path)
        failed = Path(document["failed_file"])
        assert failed == tmp_path / f"daftar-gagal{ending}"
        assert read(failed) == [
            ["Baris asal", "Alasan gagal", *headers],
            ["2", "Nama usaha wajib diisi.", "R-1", "", NIK, "081234567890"],
        ]
        assert imported(umkm, path)["failed_file"] == str(failed), "the same rows make no second file"


def test_failed_rows_that_are_corrected_go_in(umkm: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Data=[["Ref", "Nama", "NIB"], ["R-1", "Batik A", 220102345678]])
    failed = Path(imported(umkm, path)["failed_file"])
    table = read(failed)
    table[1][4] = "0220102345678"
    failed.write_bytes(table_bytes(".xlsx", "x", table[0], table[1:]))
    document = imported(umkm, failed)
    assert (document["created"], document["warnings"], document["failed_file"]) == (1, [], None)
    assert umkm("vendor", "show", "R-1", "--json").json()["nib"] == "0220102345678"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_damage_in_the_list_of_failed_rows_is_not_laundered(umkm: Run, tmp_path: Path, ending: str) -> None:
    rows: list[list[Cell]] = [[(datetime(2024, 2, 1), DAY_MONTH), "A"], ["R", "=NA()|#N/A"], [123456789012345678, "C"]]
    path = workbook(tmp_path / "a.xlsx", Data=[["Ref", "Nama"], *rows])
    first = imported(umkm, path, "--failed", str(tmp_path / f"gagal{ending}"))
    second = imported(umkm, Path(first["failed_file"]))
    assert [[p["rule"] for p in row["problems"]] for row in second["rows"]] == [
        ["excel_became_date"],
        ["excel_error", "required"],
        ["excel_scientific"],
    ]


# Exports


def test_an_export_is_text_where_it_identifies_and_a_number_where_it_counts(umkm: Run, tmp_path: Path) -> None:
    given = ["--nik", NIK, "--nib", "0220102345678", "--phone", "081234567890", "--kbli", "13134", "--ref", "007"]
    umkm("register", "--name", "=1+1", *given, "--capital", "1500000", "--employees", "5").ok()
    umkm("vendor", "export", tmp_path / "a.xlsx", "--reveal").ok()
    header, row = read(tmp_path / "a.xlsx")
    cells = dict(zip(header, row, strict=True))
    assert (cells["name"], cells["nik"], cells["nib"]) == ("=1+1", NIK, "0220102345678")
    assert (cells["phone"], cells["kbli"], cells["ref"]) == ("+6281234567890", "13134/2020", "007")
    assert (cells["capital"], cells["employees"]) == (1500000.0, 5.0)
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".xlsx"] == ["a.xlsx"]


def test_an_export_masks_as_the_csv_does(umkm: Run, tmp_path: Path) -> None:
    umkm("register", "--name", "A", "--nik", NIK, "--phone", "081234567890", "--capital", "1500000").ok()
    for name in ("a.csv", "a.xlsx", "a.ods"):
        umkm("vendor", "export", tmp_path / name).ok()
    table = read(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.ods") == table
    plain = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=";"))
    assert [[str(cell) for cell in row] for row in table] == plain
    assert NIK not in str(table)
    assert "1500000" not in str(table)


TEXT = st.text(
    st.characters(categories=("L", "M", "Nd", "P", "S", "Zs"), exclude_characters="\u3000"), min_size=1, max_size=20
)
TRICKY = st.sampled_from(
    [
        *("1-2", "01-Feb", "01-Feb-2024", "12E3", "#N/A", "-", "n/a", "tidak ada", "'0812", "''=x", "=1+1", '="0812"'),
        *("TRUE", "007", "3578034404800210", "'Aisyah", "@a", "+62", "1:02", "01:02:00", "#####", "_x0041_", "1,5"),
    ]
)
VENDORS = st.lists(
    st.fixed_dictionaries(
        {"--name": TEXT | TRICKY},
        optional={
            "--owner": TEXT | TRICKY,
            "--address": TEXT | TRICKY,
            "--nik": st.just(NIK),
            "--phone": st.sampled_from(["081234567890", "0315312345"]),
            "--capital": st.integers(0, 10**15).map(str),
            "--latitude": st.floats(-11, 6).map(lambda x: f"{x:.12f}"),
            "--longitude": st.floats(95, 141).map(lambda x: f"{x:.6f}"),
            "--since": st.integers(1900, 2020).map(str),
            "--mbr": st.sampled_from(["ya", "tidak"]),
            "--consent-date": st.dates(datetime(2000, 1, 1).date(), datetime(2024, 1, 1).date()).map(str),
            "--marketplaces": st.lists(TEXT, min_size=1, max_size=3).map(";".join),
            "--kbli": st.sampled_from(["13134", "01111/2025", "13134;14111"]),
            "--curation": TRICKY,
        },
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def elsewhere(umkm: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Registries beside each other, each new when it is first used."""

    def use(name: str, *, fresh: bool = False) -> Run:
        folder = home.with_name(name)
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        monkeypatch.setenv("UMKM_HOME", str(folder))
        return umkm

    return use


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vendors=VENDORS)
def test_export_import_into_an_empty_registry_export_is_identical(
    elsewhere: Callable[..., Run], tmp_path: Path, vendors: list[dict[str, str]]
) -> None:
    umkm = elsewhere("satu", fresh=True)
    for options in vendors:
        umkm("register", *(f"{name}={value}" for name, value in options.items()), "--ref=", "--json")
    for ending in (".csv", ".xlsx", ".ods"):
        first, second = tmp_path / f"satu{ending}", tmp_path / f"dua{ending}"
        elsewhere("satu")("vendor", "export", first, "--reveal").ok()
        document = imported(elsewhere("dua", fresh=True), first)
        assert document["failed"] == document["conflicts"] == 0, document
        umkm("vendor", "export", second, "--reveal").ok()
        assert first.read_bytes() == second.read_bytes()


def test_a_registry_comes_back_from_its_export_with_codes_and_closed_businesses(
    elsewhere: Callable[..., Run], tmp_path: Path
) -> None:
    umkm = elsewhere("satu")
    codes = [umkm("register", "--name", "Batik", "--owner", o, "--json").json()["code"] for o in ("A", "B", "C")]
    umkm("vendor", "close", codes[1], "--reason", "Pindah kota").ok()
    umkm("vendor", "export", tmp_path / "a.xlsx", "--reveal").ok()
    umkm = elsewhere("dua")
    document = imported(umkm, tmp_path / "a.xlsx")
    assert [row["code"] for row in document["rows"]] == codes
    assert umkm("vendor", "show", codes[1], "--json").json()["closed_reason"] == "Pindah kota"
    assert imported(umkm, tmp_path / "a.xlsx")["unchanged"] == 3
    assert umkm("register", "--name", "Baru", "--json").json()["code"] > codes[2]
    assert umkm("audit", "verify").exit_code == 0


def test_a_code_that_the_registry_could_have_given_away_is_not_taken_for_a_new_one(umkm: Run, tmp_path: Path) -> None:
    umkm("register", "--name", "A").ok()
    path = tmp_path / "a.csv"
    path.write_text("kode;nama\nU-LAIN-00002-00;B\nM-SBY-00002-59;C\n")
    document = imported(umkm, path)
    assert (document["created"], document["failed"]) == (0, 2)


def test_a_tiny_coordinate_is_written_as_people_write_it(umkm: Run) -> None:
    umkm("register", "--name", "Nol", "--latitude", "0.000000059605").ok()
    assert ";0.000000059605;" in umkm("vendor", "export", "--reveal").ok().out
