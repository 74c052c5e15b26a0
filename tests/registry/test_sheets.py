"""Cells that a spreadsheet can neither run nor round, and that read back as they were."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm_cli.errors import UmkmError
from umkm_cli.sheets.cells import csv_text, escape_cell, unescape_cell, write_csv


@given(st.one_of(st.text(), st.text("'=+-@0123456789.,\t\r")))
def test_every_cell_reads_back(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(st.text(min_size=1))
def test_no_cell_is_a_formula(text: str) -> None:
    written = escape_cell(text)
    assert written[:1] not in "=+@\t\r"
    assert written[:1] != "-" or float(written.replace(",", ".")) <= 0


@pytest.mark.parametrize("number", ["3578011708450001", "+6281234567890", "0220102345678", "012345"])
def test_identifiers_stay_text(number: str) -> None:
    assert escape_cell(number) == f"'{number}"


def test_ordinary_cells_are_written_as_they_are() -> None:
    for text in ("Batik Sari", "'Aisyah", "-7.25", "1500000", "0", "13134", ""):
        assert escape_cell(text) == text


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_a_table_reads_back(rows: list[list[str]]) -> None:
    text = csv_text(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [[unescape_cell(cell) for cell in row] for row in read] == [["a", "b"], *rows]


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "daftar usaha.csv"
    path.write_text("old")
    write_csv(path, "é\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf\xc3\xa9\r\n"
    assert [file.name for file in tmp_path.iterdir()] == ["daftar usaha.csv"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.xlsx", "export_format"), ("no/such/folder.csv", "file_not_writable"), (".", "file_not_writable")],
)
def test_files_that_cannot_be_written(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(UmkmError) as refused:
        write_csv(tmp_path / name, "")
    assert refused.value.code == code
