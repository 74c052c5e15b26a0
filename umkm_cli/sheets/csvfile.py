"""A CSV file, whoever saved it: Excel in Indonesia (`;`) or abroad (`,`), a phone, a script.

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
from umkm_cli.problems import Problem
from umkm_cli.sheets.textfile import Lines, TextFile, inspect

DELIMITERS = (";", ",", "\t", "|")
HEADER_WITHIN = 20
"""The headers stand among this many records; above them a title may stand."""

_SAMPLE_LINES = 100
_SAMPLE_CHARS = 500_000
_SEP_LINE = re.compile(r'"?sep=(\t|[^\w\s"\'])"?\s*', re.IGNORECASE)

Known = Callable[[str], bool]
NumberedRecord = tuple[int, list[str]]


@dataclass(frozen=True)
class CsvFile:
    """The records of a text file under one delimiter; numbered as a spreadsheet program shows them."""

    text: TextFile
    delimiter: str
    ending: str = ".csv"
    padded: bool = False
    notices: tuple[Problem, ...] = ()

    @property
    def path(self) -> Path:
        return self.text.path

    @property
    def sha256(self) -> str:
        return self.text.sha256

    def records(self) -> Iterator[NumberedRecord]:
        """Afresh each time. Raises `UmkmError`: `table_has_nul`, `line_too_long`, `cell_too_long`,
        `quote_not_closed`.
        """
        with self.text.lines() as lines:
            yield from _records(lines, self.path, self.delimiter)


def open_csv(path: Path, known: Known) -> CsvFile:
    """`known` tells headers that the caller has a use for: they betray the delimiter.

    Raises `UmkmError`: those of `textfile.inspect`.
    """
    text = inspect(path)
    return CsvFile(text, _delimiter_of(text, known))


def _records(lines: Lines, path: Path, delimiter: str) -> Iterator[NumberedRecord]:
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
    familiar = max(sum(map(known, record)) for record in records[:HEADER_WITHIN])
    widths = [len(record) for record in records]
    usual = max(set(widths), key=lambda width: (width > 1, widths.count(width)))
    return (familiar, widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)
