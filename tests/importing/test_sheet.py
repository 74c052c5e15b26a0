"""Any CSV that an office sends reads as the same table; what is no CSV is refused with a sentence of its own."""

import csv
import io
import sys
import tracemalloc
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import VENDOR_COLUMNS
from umkm_cli.sheets.csvfile import DELIMITERS, CsvFile, open_csv
from umkm_cli.sheets.sheet import MAX_COLUMNS, open_sheet

HEADERS = ("Nama Usaha", "Alamat", "Omzet")
ROWS = (("Batik Café", "Jl. Kenanga 5, Rungkut", "1,5"), ("Sari; & Co", 'Gang "Buntu"', "12.000,00"))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refused(path: Path) -> UmkmError:
    with pytest.raises(UmkmError) as caught:
        list(open_sheet(path, VENDOR_COLUMNS.knows).rows())
    assert caught.value.exit_code == 1
    return caught.value


def read(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in open_sheet(path, VENDOR_COLUMNS.knows).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp1252"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_delimiter_and_line_end_reads_alike(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([HEADERS, *ROWS])
    if encoding.endswith("-bom"):
        data = ("\ufeff" + text.getvalue()).encode(encoding.removesuffix("-bom"))
    else:
        data = text.getvalue().encode(encoding)

    sheet = open_sheet(written(tmp_path / "a.csv", data), VENDOR_COLUMNS.knows)

    assert isinstance(sheet.file, CsvFile)
    assert sheet.file.delimiter == delimiter
    assert sheet.headers == HEADERS
    assert [row.cells for row in sheet.rows()] == list(ROWS)
    assert sheet.total == 2


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("kolom a;kolom b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("kolom a;kolom b, c\n1,5;2,5\n3,5;4,5\n", ";"),
        ("kolom a,kolom b\n1;2,3\n4,5\n", ","),
        ("nama\nToko A, B\nToko C; D\n", ";"),
        ("kolom a\tkolom b\n1,5;x\t2,5;y\n", "\t"),
        ('nama;alamat\nA;"x, y, z\nbaris dua, tiga"\nB;"p, q"\n', ";"),
        ("sep=|\nnama|a;b;c\nx|1;2;3\n", "|"),
        ('"sep=;"\r\nnama;alamat\r\nA;b\r\n', ";"),
    ],
)
def test_decimal_commas_and_commas_in_text_do_not_decide_the_delimiter(
    tmp_path: Path, text: str, delimiter: str
) -> None:
    assert open_csv(written(tmp_path / "a.csv", text.encode()), lambda _: False).delimiter == delimiter


def test_rows_carry_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    text = 'sep=;\nDAFTAR USAHA;;\n\nNama Usaha;Alamat;Omzet\nA;"dua\nbaris";1\n;;\n\nB;x;2\n'

    sheet = open_sheet(written(tmp_path / "a.csv", text.encode()), VENDOR_COLUMNS.knows)

    assert sheet.header_row == 3
    assert [(row.number, row.cells[0]) for row in sheet.rows()] == [(4, "A"), (7, "B")]
    assert sheet.total == 2


def test_the_first_data_row_is_row_two(tmp_path: Path) -> None:
    sheet = open_sheet(written(tmp_path / "a.csv", b"nama,alamat\nA,b\n"))
    assert [row.number for row in sheet.rows()] == [2]


def test_a_row_with_too_many_cells_is_refused_and_one_with_too_few_is_noted(tmp_path: Path) -> None:
    text = "nama,alamat\nA,Jl. Kenanga 5, Rungkut\nB\nC,d,,\n"
    rows = list(open_sheet(written(tmp_path / "a.csv", text.encode())).rows())

    assert [[(p.rule, p.is_error) for p in row.problems] for row in rows] == [
        [("too_many_cells", True)],
        [("too_few_cells", False)],
        [],
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_empty"),
        (b"\n\r\n;;\n", "table_empty"),
        (b"\xef\xbb\xbf", "table_empty"),
        (b"nama;alamat\nA;b\nB\0;c\n", "table_has_nul"),
        (bytes(4096), "table_has_nul"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "workbook_damaged"),
        (b"PK\x03\x04" + bytes(2000), "workbook_damaged"),
        (b"%PDF-1.7\n", "not_a_table"),
        (bytes(range(128, 256)) * 9 + b"\x01", "not_a_table"),
        (b"nama\nBatik \x81\x8d\n", "unknown_encoding"),
        (b"\xef\xbb\xbfnama\nBatik \xff\n", "unknown_encoding"),
        ("nama\nA".encode("utf-16")[:-1], "unknown_encoding"),
        (b'nama;alamat\nA;"b\nB;c\nC;d\n', "quote_not_closed"),
        (b'nama;alamat\nA;"', "quote_not_closed"),
        (b"nama\n" + b"x" * 200_000, "cell_too_long"),
        (b"a,b\n" + b"x," * 600_000, "line_too_long"),
        (b"a,b\n" + b'"x\n' + b'","\n' * 400_000, "line_too_long"),
        (",".join(f"kolom {k}" for k in range(100_000)).encode(), "line_too_long"),
        (",".join(f"k{k}" for k in range(100_000)).encode(), "too_many_columns"),
        (",".join(f"k{k}" for k in range(MAX_COLUMNS + 1)).encode(), "too_many_columns"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_before_any_row(tmp_path: Path, data: bytes, code: str) -> None:
    path = written(tmp_path / "a.csv", data)
    with pytest.raises(UmkmError) as caught:
        open_sheet(path)
    assert caught.value.code == code


def test_a_hundred_thousand_cells_in_one_row_fail_that_row_only(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", b"nama,alamat\nA,b\n" + b"1," * 100_000 + b"1\nB,c\n")
    assert [len(row.problems) for row in open_sheet(path).rows()] == [0, 1, 0]


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    assert refused(tmp_path / "tidak ada.csv").code == "file_not_found"
    assert refused(tmp_path).code == "file_is_folder"
    assert refused(tmp_path / ("n" * 300)).code == "file_not_readable"
    assert refused(tmp_path / "a.csv" / "b.csv").code == "file_not_found"
    if sys.platform != "win32":
        assert refused(Path("/dev/zero")).code == "not_a_table"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.csv", b"nama\nA\n")

    def denied(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused(path).code == "file_not_readable"


def test_a_line_of_200_megabytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"nama;alamat\n")
        for _ in range(200):
            file.write(b"x" * 2**20)
    tracemalloc.start()
    try:
        assert refused(path).code == "line_too_long"
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


CELLS = st.text(
    st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf"), exclude_characters="\0"), max_size=12
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    delimiter=st.sampled_from(DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    form=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL)]),
)
def test_what_a_csv_writer_writes_is_what_is_read(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str, encoding: str, form: tuple[str, Literal[0, 1]]
) -> None:
    path = tmp_path / "a.csv"
    end, quoting = form
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([HEADERS, *rows])

    found = read(path)

    expected = [tuple(cell.lstrip(" ") for cell in row) for row in rows if any(cell.strip() for cell in row)]
    assert [tuple(cell.lstrip(" ") for cell in row) for row in found] == expected
