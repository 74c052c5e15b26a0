"""Workbooks as people and programs make them: bounded before they are loaded, refused with a sentence of their own."""

import contextlib
import io
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import VENDOR_COLUMNS
from umkm_cli.sheets import survey
from umkm_cli.sheets.sheet import Sheet, open_sheet
from umkm_cli.sheets.workbooks import table_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_BODY = '<table:table table:name="Data">{}</table:table></office:spreadsheet>'


def opened(path: Path, sheet: str | None = None) -> Sheet:
    return open_sheet(path, VENDOR_COLUMNS.knows, sheet)


def rows(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in opened(path).rows()]


def refused(path: Path) -> UmkmError:
    with pytest.raises(UmkmError) as caught:
        opened(path)
    assert caught.value.exit_code == 1
    assert caught.value.params["path"] == path
    return caught.value


def ods(path: Path, body: str) -> Path:
    """A file of this program with other rows."""
    source = zipfile.ZipFile(io.BytesIO(table_bytes(".ods", "Data", ["Nama"], [])))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "content.xml":
                start = text.index('<table:table table:name="Data">')
                calcext = (
                    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:v'
                )
                text = text[:start] + ODS_BODY.format(body) + "</office:body></office:document-content>"
                text = text.replace("office:v", calcext, 1)
            target.writestr(name, text)
    return path


def test_row_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "DAFTAR UMKM KECAMATAN RUNGKUT")
        sheet.write_row(2, 1, ["Nama usaha", "Alamat"])
        sheet.write_row(3, 1, ["A", "dua\nbaris"])
        sheet.write_row(9, 1, ["B", " x\u00a0"])
    assert opened(path).header_row == 3
    assert rows(path) == [(4, ("", "A", "dua\nbaris")), (10, ("", "B", " x\u00a0"))]


@pytest.mark.parametrize("mac", [False, True])
def test_days_of_both_calendars(tmp_path: Path, mac: bool) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": mac}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", "Tanggal persetujuan"])
        sheet.write(1, 0, "A")
        sheet.write_datetime(1, 1, datetime(2024, 8, 17), book.add_format({"num_format": "dd/mm/yyyy"}))
    assert rows(path) == [(2, ("A", "17-Aug-2024"))]


def test_numbers_are_what_the_cell_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = [(1500000.0, "0"), (0.25, "0%"), (0.1 + 0.2, "0"), (7, "0000"), (1.234, "0"), (-7.5, "0"), (1e16, "0")]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", *"abcdefg"])
        for column, (number, form) in enumerate(cells, 1):
            sheet.write_number(1, column, number, book.add_format({"num_format": form}))
    expected = ("", "1500000", "25%", "0.3", "0007", "1.2340", "-7.5", "1.00000000000000E+16")
    assert rows(path) == [(2, expected)]


def test_hidden_rows_are_read_and_named_and_hidden_sheets_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Muka")
        hidden = book.add_worksheet("Arsip")
        hidden.write_column(0, 0, ["Nama", "X"])
        hidden.hide()
        sheet = book.add_worksheet("Data")
        sheet.write_column(0, 0, ["Nama", "A", "B"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(500, None, None, {"hidden": True})
    assert [cells[0] for _, cells in rows(path)] == ["A", "B"]
    assert [(p.rule, p.value) for p in opened(path).notices] == [("rows_hidden", "3")]
    assert [row.cells[0] for row in opened(path, "arsip").rows()] == ["X"]


def test_an_error_of_libreoffice_keeps_its_word(tmp_path: Path) -> None:
    kinds = 'office:value-type="string" calcext:value-type="error"'
    error = f"<table:table-cell {kinds}><text:p>#N/A</text:p></table:table-cell>"
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    head = f"<table:table-row>{text.format('Nama')}{text.format('Pemilik')}</table:table-row>"
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    row = f"<table:table-row>{text.format('A')}{error}</table:table-row>"
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    assert rows(ods(tmp_path / "a.ods", head + blank + row + rest)) == [(5, ("A", "#N/A"))]


# Files that would not fit into memory


def test_a_cell_in_the_last_row_is_refused_before_the_sheet_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Nama")
        sheet.write(1_048_575, 16_383, "x")
    error = refused(path)
    assert error.code == "sheet_too_large"
    assert (error.params["rows"], error.params["columns"]) == (1_048_576, 16_384)


def test_a_million_formatted_rows_of_nothing_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write(0, 0, "Nama")
        sheet.write(1, 0, "A")
        sheet.write_blank(1_048_575, 16_383, None, bold)
    assert rows(path) == [(2, ("A",))]


def test_a_repeated_cell_of_ods_is_refused(tmp_path: Path) -> None:
    kinds = 'office:value-type="string" table:number-columns-repeated="16384"'
    cell = f"<table:table-cell {kinds}><text:p>x</text:p></table:table-cell>"
    body = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert refused(ods(tmp_path / "a.ods", body)).code == "sheet_too_large"


def test_a_workbook_that_unpacks_without_end_is_refused_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "MAX_UNPACKED_BYTES", 40 * 2**20)  # of this process; the reader has one of its own
    path = tmp_path / "a.xlsx"
    path.write_bytes(table_bytes(".xlsx", "x", ["Nama"], [["A"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(50):
            part.write(bytes(2**20))
    tracemalloc.start()
    try:
        with zipfile.ZipFile(path) as archive, pytest.raises(UmkmError, match="workbook_unpacks"):
            survey.bounded(archive)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


# Files that are no workbooks


def zipped(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return data.getvalue()


DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE + bytes(2000), "workbook_damaged"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "workbook_encrypted"),
        (table_bytes(".xlsx", "x", ["Nama"], [["A"]])[:3000], "workbook_damaged"),
        (table_bytes(".ods", "x", ["Nama"], [["A"]])[:600], "workbook_damaged"),
        (table_bytes(".xlsx", "x", [], []), "table_empty"),
        (zipped(word__document_xml=b"<document/>"), "not_a_table"),
        (zipped(xl__workbook_bin=b""), "workbook_binary"),
        (zipped(xl__workbook_xml=DOCTYPE), "workbook_damaged"),
        (zipped(xl__workbook_xml=b"<workbook>"), "workbook_damaged"),
    ],
)
def test_what_is_wrong_with_a_workbook_is_said(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert refused(path).code == code


@settings(max_examples=30, deadline=None)  # each starts a process
@given(st.data())
def test_a_workbook_with_broken_bytes_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(table_bytes(data.draw(st.sampled_from([".xlsx", ".ods"])), "x", ["Nama"], [["A"], ["B"]]))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("broken") / "a.xlsx"
    path.write_bytes(content)
    with contextlib.suppress(UmkmError):
        rows(path)


SAFE = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs"), include_characters="\n"), max_size=15)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(SAFE, SAFE), min_size=1, max_size=5), st.sampled_from([".xlsx", ".ods"]))
def test_every_text_reads_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]], ending: str
) -> None:
    path = tmp_path_factory.mktemp("texts") / f"a{ending}"
    path.write_bytes(table_bytes(ending, "Data", ["Nama", "Alamat"], [("x" + a, b + "x") for a, b in table]))
    assert [cells for _, cells in rows(path)] == [("x" + a, b + "x") for a, b in table]
