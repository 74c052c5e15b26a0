"""A sheet of a workbook as records of text: XLSX, XLSM, ODS and the older XLS, read by calamine.

Each cell becomes the text that a person would have typed into a CSV file, so that the same value, and the same damage,
is one thing to the rules, whatever the file: a whole number has no decimals, a date is `17-Aug-2024`, an error is its
word. Formulas give the value that was last computed.
"""

import contextlib
import datetime
import hashlib
import io
import itertools
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.errors import UmkmError
from umkm_cli.importing.csvfile import HEADER_WITHIN, Known, Record
from umkm_cli.importing.survey import DAMAGED, MAX_CELLS, Survey, bounded, survey_ods, survey_xlsx
from umkm_cli.importing.textfile import opened
from umkm_cli.registry.problems import Level, Problem
from umkm_cli.registry.sheets import MONTHS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_FILE_BYTES = 100 * 2**20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_EXACT = 10**16
"""Excel keeps 15 digits. One more may still be right in a file that a program made; beyond that none is."""

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet, in memory. `ending` is that of the format in which a file of its rows is written again."""

    path: Path
    sha256: str
    ending: str
    values: "CalamineSheet"
    survey: Survey
    notices: tuple[Problem, ...]
    padded: bool = True

    def records(self) -> Iterator[Record]:
        errors, forms = self.survey.errors, self.survey.forms
        for row, values in enumerate(self.values.iter_rows()):
            cells = [_text(value, forms.get((row, column))) for column, value in enumerate(values)]
            if errors:
                cells = [errors.get((row, column), cell) for column, cell in enumerate(cells)]
            yield row + 1, cells


def is_workbook(start: bytes) -> bool:
    """By the first eight bytes of a file."""
    return start.startswith(_ZIP) or start == _OLE


def open_workbook(path: Path, known: Known, name: str | None) -> WorkbookSheet:
    """The sheet called `name`; else the first visible one with a known header, else the first that is not empty.

    Raises `UmkmError`: `file_too_large`, `not_a_table`, `workbook_damaged`, `workbook_encrypted`, `workbook_binary`,
    `workbook_unpacks`, `sheet_too_large`, `sheet_not_found`, `table_empty`.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
            raise UmkmError("file_too_large", path=path, megabytes=MAX_FILE_BYTES // 2**20)
        data = file.read()
    ending, surveys = _survey(path, data)
    with _damage_named(path), _calamine(data) as workbook:
        sheet, survey, others = _choose(path, workbook, surveys, known, name)
    notices = []
    if others:
        chosen = {"others": ", ".join(others)}
        notices.append(Problem("sheet", sheet.name, "sheet_chosen", Level.WARNING, chosen))
    hidden = sorted(row + 1 for row in survey.hidden_rows if row < survey.rows)
    if hidden:
        rows = ", ".join(map(str, hidden[:20])) + (", …" if len(hidden) > 20 else "")
        notices.append(Problem("row", rows, "rows_hidden", Level.WARNING))
    return WorkbookSheet(path, hashlib.sha256(data).hexdigest(), ending, sheet, survey, tuple(notices))


def _survey(path: Path, data: bytes) -> tuple[str, Mapping[str, Survey]]:
    """The ending of files of this format, and its sheets; those of XLS, which cannot be larger than its 65,536 rows,
    are not surveyed.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise UmkmError("workbook_encrypted", path=path)
        return ".xlsx", {}
    with _damage_named(path), zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.bin" in names:
            raise UmkmError("workbook_binary", path=path)
        if "xl/workbook.xml" in names:
            bounded(archive, path)
            return ".xlsx", survey_xlsx(archive)
        if "content.xml" in names and b"spreadsheet" in archive.read("mimetype"):
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UmkmError("workbook_encrypted", path=path)
            bounded(archive, path)
            surveys = survey_ods(archive)
            whole = Survey()
            whole.grow(sum(s.rows * s.columns for s in surveys.values()) - 1, 0)  # all of them are loaded at once
            return ".ods", surveys
    raise UmkmError("not_a_table", path=path)


@contextlib.contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except UmkmError as error:
        error.params.setdefault("path", path)
        raise
    except PasswordError as error:
        raise UmkmError("workbook_encrypted", path=path) from error
    except (CalamineError, *DAMAGED) as error:
        raise UmkmError("workbook_damaged", path=path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader arrives
            raise
        raise UmkmError("workbook_damaged", path=path) from error


def _calamine(data: bytes) -> "CalamineWorkbook":
    from python_calamine import load_workbook

    return load_workbook(io.BytesIO(data))


def _choose(
    path: Path, workbook: "CalamineWorkbook", surveys: Mapping[str, Survey], known: Known, wanted: str | None
) -> tuple["CalamineSheet", Survey, list[str]]:
    """The sheet, its survey, and the names of other visible sheets that are not empty."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        named = [sheet.name for sheet in tables if sheet.name.strip().casefold() == wanted.strip().casefold()]
        if not named:
            raise UmkmError("sheet_not_found", path=path, name=wanted, names=", ".join(s.name for s in tables))
        sheet = workbook.get_sheet_by_name(named[0])
        return sheet, _survey_of(sheet, surveys), []
    visible = [
        sheet.name
        for sheet in tables
        if sheet.visible == SheetVisibleEnum.Visible and not surveys.get(sheet.name, Survey()).hidden
    ]
    filled = [name for name in visible if not surveys or surveys.get(name, Survey()).rows]
    chosen: CalamineSheet | None = None
    for name in filled:  # one at a time in memory
        sheet = workbook.get_sheet_by_name(name)
        if _has_headers(sheet, known):
            chosen = sheet
            break
        if chosen is None and sheet.end is not None:
            chosen = sheet
    if chosen is None:
        raise UmkmError("table_empty", path=path)
    others = [name for name in filled if name != chosen.name and workbook.get_sheet_by_name(name).end is not None]
    return chosen, _survey_of(chosen, surveys), others


def _survey_of(sheet: "CalamineSheet", surveys: Mapping[str, Survey]) -> Survey:
    if sheet.name in surveys:
        return surveys[sheet.name]
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if rows * columns > MAX_CELLS:
        raise UmkmError("sheet_too_large", rows=rows, columns=columns, limit=MAX_CELLS)
    return Survey(rows, columns)


def _has_headers(sheet: "CalamineSheet", known: Known) -> bool:
    start = itertools.islice(sheet.iter_rows(), HEADER_WITHIN)
    return any(known(value) for values in start for value in values if isinstance(value, str))


def _text(value: Value, form: str | None) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, datetime.datetime):
        return _day(value) + value.strftime(" %H:%M:%S")
    if isinstance(value, datetime.date):
        return _day(value)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S")
    hours, seconds = divmod(int(value.total_seconds()), 3600)
    return f"{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}"


def _day(value: datetime.date) -> str:
    """With the month as a word: no order of day and month to mistake, and what Excel itself makes of `1-2`."""
    return f"{value.day:02d}-{MONTHS[value.month - 1]}-{value.year:04d}"


def _number(value: float, form: str | None) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if form == "%":
        return _plain(Decimal(f"{value:.15g}") * 100) + "%"
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value)).zfill(len(form or ""))
    return _plain(Decimal(f"{value:.15g}"))


def _plain(number: Decimal) -> str:
    """Never with exactly three decimals, which would read as thousands in one of the two ways of writing numbers."""
    text = format(number.normalize(), "f")
    return text + "0" if len(text.partition(".")[2]) == 3 else text
