"""A process that reads one workbook for another: XLSX, XLSM, ODS and the older XLS, by calamine.

It is told, on standard input, one line of JSON, the bytes of the file and, where no sheet was asked for by name, the
name of the one that was chosen. It answers in lines of JSON: what is in the workbook, then what is to be known of the
sheet, its rows, and `end`. Any line may be an error instead. `workbook` is the other side.

Each cell becomes the text that a person would have typed into a CSV file, so that the same value, and the same damage,
is one thing to the rules, whatever the file: a whole number has no decimals, a date is `17-Aug-2024`, an error is its
word. Formulas give the value that was last computed.
"""

import contextlib
import datetime
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from umkm_cli.errors import UmkmError
from umkm_cli.sheets.cells import MONTHS
from umkm_cli.sheets.compound import check_compound
from umkm_cli.sheets.limits import limit_memory
from umkm_cli.sheets.survey import DAMAGED, MAX_CELLS, Survey, bounded, survey_ods, survey_xlsx

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_EXACT = 10**16
"""Excel keeps 15 digits. One more may still be right in a file that a program made; beyond that none is."""

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
Message = dict[str, Any]


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    limit_memory(asked["most_bytes"])
    try:
        for document in _answers(sys.stdin.buffer.read(asked["bytes"]), asked["sheet"], asked["head"]):
            _say(document)
    except UmkmError as error:
        _say({"error": error.code, "params": error.params})
    except MemoryError:  # the rest of the memory is needed to say so
        sys.exit(1)


def _say(document: Message | list[str]) -> None:
    sys.stdout.buffer.write(json.dumps(document).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answers(data: bytes, wanted: str | None, head: int) -> Iterator[Message | list[str]]:
    """Raises `UmkmError`: `not_a_table`, `workbook_damaged`, `workbook_encrypted`, `workbook_binary`,
    `workbook_unpacks`, `workbook_too_heavy`, `sheet_too_large`, `sheet_not_found`.
    """
    with _damage_named():
        ending, surveys = _survey(data)
        workbook = _calamine(data)
        if wanted is None:
            yield {"ending": ending, "offered": list(_offered(workbook, surveys, head))}
            name = json.loads(sys.stdin.buffer.readline())
        else:
            name = _named(workbook, wanted)
            yield {"ending": ending, "offered": []}
        sheet = workbook.get_sheet_by_name(name)
        survey = _survey_of(sheet, surveys)
        yield {"name": name, "hidden": sorted(row + 1 for row in survey.hidden_rows if row < survey.rows)}
        yield from _rows(sheet, survey)
        yield {"end": True}


def _offered(workbook: "CalamineWorkbook", surveys: Mapping[str, Survey], head: int) -> Iterator[Message]:
    """The visible sheets that are not empty, and the texts in the first `head` rows; one at a time in memory."""
    from python_calamine import SheetVisibleEnum

    for found in _tables(workbook):
        if found.visible != SheetVisibleEnum.Visible or surveys.get(found.name, Survey()).hidden:
            continue
        if surveys and not surveys.get(found.name, Survey()).rows:
            continue
        sheet = workbook.get_sheet_by_name(found.name)
        if sheet.end is not None:
            start = itertools.islice(sheet.iter_rows(), head)
            yield {"name": found.name, "head": [value for row in start for value in row if isinstance(value, str)]}


def _named(workbook: "CalamineWorkbook", wanted: str) -> str:
    """The sheet that a person calls so. Raises `UmkmError` `sheet_not_found`."""
    names: list[str] = [sheet.name for sheet in _tables(workbook)]
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    raise UmkmError("sheet_not_found", name=wanted, names=", ".join(names))


def _tables(workbook: "CalamineWorkbook") -> list[Any]:
    from python_calamine import SheetTypeEnum

    return [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _rows(sheet: "CalamineSheet", survey: Survey) -> Iterator[list[str]]:
    errors, forms = survey.errors, survey.forms
    for row, values in enumerate(sheet.iter_rows()):
        cells = [_text(value, forms.get((row, column))) for column, value in enumerate(values)]
        if errors:
            cells = [errors.get((row, column), cell) for column, cell in enumerate(cells)]
        yield cells


def _survey(data: bytes) -> tuple[str, Mapping[str, Survey]]:
    """The ending of files of this format, and its sheets; those of XLS, which cannot be larger than its 65,536 rows,
    are not surveyed.
    """
    if data.startswith(OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise UmkmError("workbook_encrypted")
        check_compound(data)
        return ".xlsx", {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.bin" in names:
            raise UmkmError("workbook_binary")
        if "xl/workbook.xml" in names:
            bounded(archive)
            return ".xlsx", survey_xlsx(archive)
        if "content.xml" in names and b"spreadsheet" in archive.read("mimetype"):
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UmkmError("workbook_encrypted")
            bounded(archive)
            surveys = survey_ods(archive)
            whole = Survey()
            whole.grow(sum(s.rows * s.columns for s in surveys.values()) - 1, 0)  # all of them are loaded at once
            return ".ods", surveys
    raise UmkmError("not_a_table")


@contextlib.contextmanager
def _damage_named() -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except (UmkmError, MemoryError, BrokenPipeError):
        raise
    except PasswordError as error:
        raise UmkmError("workbook_encrypted") from error
    except (CalamineError, *DAMAGED) as error:
        raise UmkmError("workbook_damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside the reader arrives
            raise
        raise UmkmError("workbook_damaged") from error


def _calamine(data: bytes) -> "CalamineWorkbook":
    from python_calamine import load_workbook

    return load_workbook(io.BytesIO(data))


def _survey_of(sheet: "CalamineSheet", surveys: Mapping[str, Survey]) -> Survey:
    if sheet.name in surveys:
        return surveys[sheet.name]
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if rows * columns > MAX_CELLS:
        raise UmkmError("sheet_too_large", rows=rows, columns=columns, limit=MAX_CELLS)
    return Survey(rows, columns)


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


if __name__ == "__main__":
    main()
