"""The rows that did not go in, as a sheet of their own: corrected there, it is imported like any other."""

import csv
import filecmp
import itertools
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from umkm_cli.importing.columns import simplified
from umkm_cli.importing.sheet import Sheet
from umkm_cli.registry.sheets import escape_cell, unescape_cell

Titles = tuple[str, str]
"""The headers of the two columns in front: the row in the sheet it came from, and the reasons."""


def default_place(sheet: Path, ending: str, endings: Iterable[str]) -> Path:
    """`daftar.csv` gives `daftar-gagal.csv`, and so does `daftar-gagal.csv`; `endings` are those of all languages."""
    known = "|".join(map(re.escape, endings))
    stem = re.sub(rf"-(?:{known})(?:-\d+)?$", "", sheet.stem)
    return sheet.with_name(f"{stem}-{ending}.csv")


def write_failed(sheet: Sheet, reasons: Mapping[int, str], titles: Titles, added: frozenset[str], wanted: Path) -> Path:
    """Where the file is: at `wanted`, or with a number where another file has that name.

    `added` holds headers (simplified) of such columns in every language, which are left out where the sheet has them.
    The text is UTF-8 with a mark, because Excel takes it for cp1252 otherwise, and long numbers are guarded as in
    exports, because Excel keeps 15 of their digits. Raises `OSError`.
    """
    kept = [k for k, header in enumerate(sheet.headers) if simplified(header) not in added]
    draft = wanted.with_name(f".{wanted.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=sheet.delimiter)
            writer.writerow([*titles, *(sheet.headers[k] for k in kept)])
            for row in sheet.rows():
                if row.number in reasons:
                    cells = [row.cells[k] for k in kept if k < len(row.cells)] + list(row.cells[len(sheet.headers) :])
                    guarded = (escape_cell(unescape_cell(cell)) for cell in cells)
                    writer.writerow([row.number, reasons[row.number], *guarded])
        return _put(draft, wanted)
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, wanted: Path) -> Path:
    """Never over another file; one that says the same already will do."""
    for number in itertools.count(1):
        path = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        try:
            path.open("xb").close()
        except FileExistsError:
            if path.is_file() and filecmp.cmp(draft, path, shallow=False):
                return path
            continue
        draft.replace(path)
        return path
    raise AssertionError("unreachable")
