"""A CSV file as a numbered table, whoever saved it: Excel in Indonesia (`;`) or abroad (`,`), a phone, a script.

The whole file is read through once when it is opened, so that what is wrong with the file itself (a quotation that
never ends, a NUL byte, an endless line) is said before a single row is used.
"""

import csv
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from umkm_cli.errors import UmkmError
from umkm_cli.importing.textfile import Lines, TextFile, inspect
from umkm_cli.registry.problems import Level, Problem

MAX_COLUMNS = 1000
DELIMITERS = (";", ",", "\t", "|")

_SAMPLE_LINES = 100
_SAMPLE_CHARS = 500_000
_HEADER_WITHIN = 20
_SEP_LINE = re.compile(r'"?sep=(\t|[^\w\s"\'])"?\s*', re.IGNORECASE)

Known = Callable[[str], bool]
Record = tuple[int, list[str]]


@dataclass(frozen=True)
class SheetRow:
    """A record as it stands in the file. `number` is the row that a spreadsheet shows, blank rows counted."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A readable table: `total` rows with something in them, below the headers in row `header_row`."""

    file: TextFile
    delimiter: str
    headers: tuple[str, ...]
    header_row: int
    total: int

    def rows(self) -> Iterator[SheetRow]:
        """The rows below the headers, blank ones left out, read afresh each time."""
        with self.file.lines() as lines:
            for number, cells in _records(lines, self.file.path, self.delimiter):
                if number > self.header_row and any(cell.strip() for cell in cells):
                    yield SheetRow(number, tuple(cells), _ragged(cells, len(self.headers)))


def open_sheet(path: Path, known: Known = lambda _: False) -> Sheet:
    """`known` tells headers that the caller has a use for: they betray the delimiter, and where a title stands above.

    Raises `UmkmError`: those of `textfile.inspect`, and `table_empty`, `table_has_nul`, `line_too_long`,
    `cell_too_long`, `quote_not_closed`, `too_many_columns`.
    """
    file = inspect(path)
    delimiter = _delimiter_of(file, known)
    with file.lines() as lines:
        records = _records(lines, path, delimiter)
        header_row, headers = _find_headers(itertools.islice(records, _HEADER_WITHIN), path, known)
    with file.lines() as lines:
        total = sum(
            number > header_row and any(cell.strip() for cell in cells)
            for number, cells in _records(lines, path, delimiter)
        )
    return Sheet(file, delimiter, headers, header_row, total)


def _records(lines: Lines, path: Path, delimiter: str) -> Iterator[Record]:
    source = _without_sep_line(lines)
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True)
    for number in itertools.count(1):
        first_line = lines.number + 1
        lines.begin_record()
        try:
            cells = next(reader)
        except csv.Error as error:
            raise UmkmError("cell_too_long", path=path, line=first_line, limit=csv.field_size_limit()) from error
        except StopIteration:
            return
        if cells and cells[-1].endswith(Lines.END):
            if cells != [Lines.END]:
                raise UmkmError("quote_not_closed", path=path, line=first_line)
            continue
        yield number, cells


def _without_sep_line(lines: Lines) -> Iterator[str]:
    """Excel's own `sep=;` line is no row to it."""
    first = next(lines)
    if not _SEP_LINE.fullmatch(first.lstrip("\ufeff")):
        yield first
    yield from lines


def _find_headers(records: Iterator[Record], path: Path, known: Known) -> tuple[int, tuple[str, ...]]:
    """The first record with a known header; else the first that is not blank."""
    filled = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        raise UmkmError("table_empty", path=path)
    number, cells = next((record for record in filled if any(map(known, record[1]))), filled[0])
    headers = tuple(cell.replace("\ufeff", "").strip() for cell in cells)
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MAX_COLUMNS:
        raise UmkmError("too_many_columns", path=path, columns=len(headers), limit=MAX_COLUMNS)
    return number, headers


def _delimiter_of(file: TextFile, known: Known) -> str:
    """Excel's `sep=` line decides; else the delimiter under which the first records look most like a table.

    Guessing by characters is fooled by decimal commas and by commas in addresses. So each candidate reads the sample,
    and what counts is, in this order: how many headers are known, the share of records that have as many cells as the
    header, and how many cells that is.
    """
    sample, chars = [], 0
    with file.lines() as lines:
        for line in itertools.islice(lines, _SAMPLE_LINES):
            lines.begin_record()
            if line == Lines.END or (chars and chars + len(line) > _SAMPLE_CHARS):
                break
            sample.append(line)
            chars += len(line)
    if sample and (stated := _SEP_LINE.fullmatch(sample[0].lstrip("\ufeff"))):
        return stated[1]
    return max(DELIMITERS, key=lambda delimiter: _tableness(sample, delimiter, known))


def _tableness(sample: list[str], delimiter: str, known: Known) -> tuple[int, float, int]:
    try:
        records = [r for r in csv.reader(sample, delimiter=delimiter, skipinitialspace=True) if any(map(str.strip, r))]
    except csv.Error:
        return (0, 0.0, 0)
    if not records:  # nothing but delimiters
        return (0, 0.0, 2)
    familiar = max(sum(map(known, record)) for record in records[:_HEADER_WITHIN])
    widths = [len(record) for record in records]
    usual = max(set(widths), key=lambda width: (width > 1, widths.count(width)))
    return (familiar, widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)


def _ragged(cells: list[str], width: int) -> tuple[Problem, ...]:
    """Cells past the last column mean that values moved to other columns; missing ones are what Excel leaves out."""
    beyond = [cell for cell in cells[width:] if cell.strip()]
    params = {"found": len(cells), "expected": width}
    if beyond:
        return (Problem("row", "", "too_many_cells", params=params),)
    if len(cells) < width:
        return (Problem("row", "", "too_few_cells", Level.WARNING, params),)
    return ()
