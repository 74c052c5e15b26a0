"""Write `vendors-excel.xlsx`: a list of businesses as a kecamatan office sends it, with what Excel did to it.

The same version of xlsxwriter writes the same file.

    python samples/sheets.py [--out FOLDER]
"""

import argparse
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

NAME = "vendors-excel.xlsx"
WRITTEN = datetime(2024, 9, 2, 8, 30)
NBSP = "\u00a0"
TEXT, DAY, DAY_MONTH, SHORTENED = "@", "dd/mm/yyyy", "d-mmm", "0.00E+00"
Cell = str | int | float | tuple[object, str] | None
"""A pair is a value and the number format of its cell; text that begins with `=` is a formula, its value behind `|`."""

HEADERS = (
    *("No", "Ref", "Nama Usaha", "Nama Pemilik", "NIK", "NIB", "Kecamatan", "No HP/WA", "Modal Usaha"),
    "Tgl Persetujuan",
)
INSTRUCTIONS = ("Isi lembar Data.", "NIK dan NIB diketik sebagai teks.", "Satu usaha satu baris.")
ROWS: tuple[tuple[Cell, ...], ...] = (
    # What is well, or can be put right without asking.
    ("E-001", "Batik Tirta Wening", "Suharti Ningtyas", ("3578034107850301", TEXT), ("2207250000011", TEXT), "Rungkut",
     "0812-0000-0101", 15_000_000, (date(2024, 8, 17), DAY)),
    ("E-002", f"{NBSP}Griya{NBSP}Canting Rini{NBSP}", "Rini Astari", "'3578044208790302", ("2207250000022", TEXT),
     f"Wonokromo{NBSP}", f"0812{NBSP}0000{NBSP}0102", f"Rp{NBSP}8.500.000,00", (date(2024, 8, 19), DAY)),
    ("E-003", "Batik Jalan Kenari", "Bambang Suseno", ("3578081203700303", TEXT), 2207250000033, "gubeng",
     81200000103, 22_000_000, (date(2024, 8, 20), DAY)),
    # What goes in with a warning.
    ("E-004", "Sanggar Soga Jaya", "Murni Handayani", 3578095506880310, ("2207250000044", TEXT), "Sukolilo",
     "0812-0000-0104", 6_000_000, (date(2024, 8, 21), DAY)),
    # What only the sender can put right.
    ("E-005", "Batik Parit Lama", "Agus Wardoyo", (3578010000000000, SHORTENED), ("2207250000055", TEXT), "Genteng",
     "0812-0000-0105", 9_750_000, (date(2024, 8, 22), DAY)),
    ("E-006", "Kain Kampung Sawo", "Lilis Maryati", ("3578264709910306", TEXT), 220725000066, "Mulyorejo",
     "0812-0000-0106", 4_250_000, (date(2024, 8, 23), DAY)),
    ("E-007", "Batik Teras Hijau", "Eko Purnomo", ("3578051811660307", TEXT), ("2207250000077", TEXT), "Tegalsari",
     "0812-0000-0107", 31_000_000, 45528),
    ((date(2024, 2, 8), DAY_MONTH), "Warung Batik Delima", "Yanti Kusnadi", ("3578174412830308", TEXT),
     ("2207250000088", TEXT), "Kenjeran", "0812-0000-0108", 7_000_000, (date(2024, 8, 26), DAY)),
    ("E-009", "Batik Sudut Pasar", "=NA()|#N/A", ("3578061009750309", TEXT), ("2207250000099", TEXT), "Sawahan",
     "0812-0000-0109", 11_000_000, (date(2024, 8, 27), DAY)),
    ("E-010", "Canting Bu Wulan", "Wulan Sekarsari", ("35780246O7820311", TEXT), ("2207250000101", TEXT), "Wonocolo",
     "0812-0000-0110", "12,5 juta", (date(2024, 8, 28), DAY)),
    ("E-011", f"{NBSP} {NBSP}", "Slamet Riyanto", ("3578112301900312", TEXT), ("2207250000112", TEXT), "Simokerto",
     "0812-0000-0111", 5_500_000, "29/8/24"),
)  # fmt: skip


def write(folder: Path) -> Path:
    """The workbook's path: a sheet with instructions, and one as offices fill it in, with title and sum."""
    path = folder / NAME
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Data UMKM", "created": WRITTEN})
        styles = {form: book.add_format({"num_format": form}) for form in ("General", TEXT, DAY, DAY_MONTH, SHORTENED)}
        bold = book.add_format({"bold": True, "text_wrap": True})
        book.add_worksheet("Petunjuk").write_column(0, 0, INSTRUCTIONS)
        sheet = book.add_worksheet("Data")
        sheet.write_string(0, 0, "DATA UMKM BATIK TINGKAT KECAMATAN", bold)
        sheet.write_string(1, 0, "Keadaan Agustus 2024")
        sheet.write_row(3, 0, HEADERS, bold)
        sheet.write_row(4, 0, [f"({number})" for number in range(1, len(HEADERS) + 1)])
        for number, row in enumerate(ROWS, 1):
            _write_row(sheet, 4 + number, (number, *row), styles)
        total = len(ROWS) + 5
        sheet.write_string(total, 2, "JUMLAH", bold)
        sheet.write_formula(
            total, 8, f"=SUM(I6:I{total})", None, sum(c for row in ROWS if isinstance(c := row[7], int))
        )
        sheet.set_column(2, 3, 24)
        sheet.set_column(4, 9, 17)
    return path


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, cells: tuple[Cell, ...], styles: dict[str, object]
) -> None:
    for column, cell in enumerate(cells):
        value, form = cell if isinstance(cell, tuple) else (cell, "General")
        if isinstance(value, str) and value.startswith("="):
            formula, _, result = value.partition("|")
            sheet.write_formula(row, column, formula, styles[form], result)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, styles[form])
        elif value is not None:
            sheet.write(row, column, value, styles[form])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parent, help="folder to write in (default: this one)"
    )
    write(parser.parse_args().out)


if __name__ == "__main__":
    main()
