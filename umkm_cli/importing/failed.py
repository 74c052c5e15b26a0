"""The rows that did not go in, as a sheet of their own: corrected there, it is imported like any other."""

import csv
import filecmp
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from umkm_cli.disk.places import put_in_place
from umkm_cli.disk.whole import draft_beside
from umkm_cli.importing.columns import as_typed, simplified
from umkm_cli.sheets.cells import escape_cell, is_shortened, is_special
from umkm_cli.sheets.csvfile import CsvFile
from umkm_cli.sheets.sheet import Sheet
from umkm_cli.sheets.workbooks import MAX_CELL_CHARS, table_bytes

Titles = tuple[str, str]
"""The headers of the two columns in front: the row in the sheet it came from, and the reasons."""


def default_place(sheet: Sheet, ending: str, endings: Iterable[str]) -> Path:
    """`daftar.xlsx` gives `daftar-gagal.xlsx`, and so does `daftar-gagal.xlsx`; `endings` are those of all languages.

    The format is the one that came in, whatever its name said.
    """
    path = sheet.file.path
    known = "|".join(map(re.escape, endings))
    stem = re.sub(rf"-(?:{known})(?:-\d+)?$", "", path.stem)
    return path.with_name(f"{stem}-{ending}{sheet.file.ending}")


def write_failed(sheet: Sheet, reasons: Mapping[int, str], titles: Titles, added: frozenset[str], wanted: Path) -> Path:
    """Where the file is: at `wanted`, or with a number where another file has that name.

    The ending of `wanted` says the format. `added` holds headers (simplified) of such columns in every language, which
    are left out where the sheet has them. CSV is UTF-8 with a mark, because Excel takes it for cp1252 otherwise, and
    long numbers are guarded as in exports, because Excel keeps 15 of their digits. Raises `OSError`, `UmkmError`.
    """
    kept = [k for k, header in enumerate(sheet.headers) if simplified(header) not in added]
    header = [*titles, *(sheet.headers[k] for k in kept)]
    rows = _failed_rows(sheet, reasons, kept)
    ending = wanted.suffix.lower()
    if ending in (".xlsx", ".ods"):
        data = table_bytes(ending, wanted.stem, header, rows)
    else:
        data = _csv_bytes(header, rows, sheet.file.delimiter if isinstance(sheet.file, CsvFile) else ";")
    with draft_beside(wanted, data, private=True) as draft:
        return _put(draft, wanted)


def _failed_rows(sheet: Sheet, reasons: Mapping[int, str], kept: list[int]) -> Iterator[list[str]]:
    for row in sheet.rows():
        if row.number in reasons:
            cells = [row.cells[k] for k in kept if k < len(row.cells)] + list(row.cells[len(sheet.headers) :])
            while len(cells) > len(kept) and not cells[-1]:
                cells.pop()
            yield [str(row.number), reasons[row.number][:MAX_CELL_CHARS], *cells]


def _csv_bytes(header: list[str], rows: Iterable[list[str]], delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    for number, reason, *cells in rows:
        writer.writerow([number, escape_cell(reason), *map(_guarded, cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    """What is damage stays what it is: an apostrophe would say that it is meant so."""
    return cell if is_special(cell) or is_shortened(cell) else escape_cell(as_typed(cell))


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
        put_in_place(draft, path)
        return path
    raise AssertionError("unreachable")
