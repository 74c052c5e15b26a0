"""A file of rows as a numbered table under its headers: CSV, or a workbook of Excel or LibreOffice.

What a file is, its first bytes say and not its name: a workbook that somebody named `.csv` is read as one.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from umkm_cli.errors import UmkmError
from umkm_cli.problems import Level, Problem
from umkm_cli.sheets.csvfile import HEADER_WITHIN, Known, NumberedRecord, open_csv
from umkm_cli.sheets.textfile import opened
from umkm_cli.sheets.workbook import is_workbook, open_workbook

MAX_COLUMNS = 1000
_PROSE = 0.2
"""Where there is one header, and more than this share of the rows have further cells, it is a text with commas."""

_NUMBER_CELL = re.compile(r"\(?([0-9]{1,3})\)?")
_AMOUNT = re.compile(r"[-Rp\d.,\s%]+")
_TOTALS = frozenset({"jumlah", "total", "jumlah total", "grand total", "subtotal", "sub total", "jumlah keseluruhan"})


class RecordSource(Protocol):
    """Where the records come from; `ending` is that of a file of the same kind, `padded` where no row is short."""

    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...
    @property
    def ending(self) -> str: ...
    @property
    def padded(self) -> bool: ...
    @property
    def notices(self) -> tuple[Problem, ...]: ...
    def records(self) -> Iterator[NumberedRecord]: ...


@dataclass(frozen=True)
class SheetRow:
    """A record as it stands in the file. `number` is the row that a spreadsheet shows, blank rows counted."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A readable table: `total` rows of data below the headers in row `header_row`.

    `skipped` are rows below the headers that are no data: a row of column numbers, a row of sums, the headers again.
    `named` is the name by which somebody asked for this sheet of a workbook.
    """

    file: RecordSource
    headers: tuple[str, ...]
    header_row: int
    total: int
    skipped: tuple[int, ...] = ()
    named: str | None = None

    @property
    def sha256(self) -> str:
        """Tells one list from another: of the file, and of the sheet's name where one was asked for."""
        if self.named is None:
            return self.file.sha256
        return hashlib.sha256(f"{self.file.sha256}\n{self.named}".encode("utf-8", "backslashreplace")).hexdigest()

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is to be said about the sheet as a whole."""
        if not self.skipped:
            return self.file.notices
        rows = ", ".join(map(str, self.skipped[:20])) + (", …" if len(self.skipped) > 20 else "")
        return (*self.file.notices, Problem("row", rows, "rows_skipped", Level.WARNING))

    def rows(self) -> Iterator[SheetRow]:
        """The rows of data, read afresh each time."""
        skipped = frozenset(self.skipped)
        for number, cells in self.file.records():
            if number > self.header_row and number not in skipped and _is_filled(cells):
                yield SheetRow(number, tuple(cells), _ragged(cells, len(self.headers), self.file.padded))


def open_sheet(path: Path, known: Known = lambda _: False, sheet: str | None = None) -> Sheet:
    """`known` tells headers that the caller has a use for: they show where a title stands above, and which sheet of a
    workbook is meant where `sheet` does not name one.

    Raises `UmkmError`: those of `textfile.inspect`, `CsvFile.records` and `open_workbook`, and `table_empty`,
    `too_many_columns`, `no_sheets_in_text`, `not_a_list`.
    """
    with opened(path) as file:
        start = file.read(8)
    source: RecordSource
    if is_workbook(start):
        source = open_workbook(path, known, sheet)
    elif sheet is None:
        source = open_csv(path, known)
    else:
        raise UmkmError("no_sheets_in_text", path=path)
    header_row, headers = _find_headers(itertools.islice(source.records(), HEADER_WITHIN), path, known)
    total, wider, skipped = 0, 0, list[int]()
    for number, cells in source.records():
        if number > header_row and _is_filled(cells):
            if _is_no_data(cells, headers, first=not total and not skipped):
                skipped.append(number)
            else:
                total += 1
                wider += _is_filled(cells[len(headers) :])
    if len(headers) == 1 and wider > _PROSE * total:
        raise UmkmError("not_a_list", path=path, header=headers[0], rows=wider, total=total)
    return Sheet(source, headers, header_row, total, tuple(skipped), sheet)


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _find_headers(records: Iterator[NumberedRecord], path: Path, known: Known) -> tuple[int, tuple[str, ...]]:
    """The first of the records with the most known headers; where none is known, the first that is not blank."""
    filled = [(number, cells) for number, cells in records if _is_filled(cells)]
    if not filled:
        raise UmkmError("table_empty", path=path)
    number, cells = max(filled, key=lambda record: sum(map(known, record[1])))
    headers = tuple(cell.replace("\ufeff", "").strip() for cell in cells)
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MAX_COLUMNS:
        raise UmkmError("too_many_columns", path=path, columns=len(headers), limit=MAX_COLUMNS)
    return number, headers


def _is_no_data(cells: Sequence[str], headers: tuple[str, ...], *, first: bool) -> bool:
    """What an office's forms put among the rows: (1) (2) (3) under the headers, a sum, the headers on the next page."""
    texts = [cell.strip() for cell in cells]
    filled = [text for text in texts if text]
    if len(headers) > 1 and tuple(texts[: len(headers)]) == headers:
        return True
    numbers = [int(found[1]) for text in filled if (found := _NUMBER_CELL.fullmatch(text))]
    if first and len(filled) > 2 and numbers == list(range(1, len(filled) + 1)):
        return True
    return filled[0].casefold().rstrip(" :.") in _TOTALS and all(map(_AMOUNT.fullmatch, filled[1:]))


def _ragged(cells: Sequence[str], width: int, padded: bool) -> tuple[Problem, ...]:
    """Cells past the last column mean that values moved to other columns; missing ones are what Excel leaves out."""
    beyond = [cell for cell in cells[width:] if cell.strip()]
    if beyond:
        filled = max(k for k, cell in enumerate(cells, 1) if cell.strip())
        found = filled if padded else len(cells)
        return (Problem("row", "", "too_many_cells", params={"found": found, "expected": width}),)
    if len(cells) < width and not padded:
        return (Problem("row", "", "too_few_cells", Level.WARNING, {"found": len(cells), "expected": width}),)
    return ()
