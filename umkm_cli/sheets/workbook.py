"""A sheet of a workbook as records of text: XLSX, XLSM, ODS and the older XLS.

Files come from strangers, and what a library makes of a hostile one cannot be known. So `workbook_reader` reads them,
in a process of its own with limits on memory and time, and this module tells it which file and which sheet.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from umkm_cli.errors import UmkmError
from umkm_cli.problems import Level, Problem
from umkm_cli.sheets.confined import Confined, ConfinedStoppedError, confined
from umkm_cli.sheets.csvfile import HEADER_WITHIN, Known, NumberedRecord
from umkm_cli.sheets.textfile import opened

MAX_FILE_BYTES = 100 * 2**20
MAX_READER_BYTES = 1 << 30
MAX_READER_SECONDS = 90
MAX_ROWS_BYTES = 256 * 2**20
"""Of all rows together: a cell of a workbook may refer to a text, so that a few kilobytes are gigabytes of rows."""

_READER = "umkm_cli.sheets.workbook_reader"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet, in memory: `rows` as JSON, which takes a tenth of what lists of texts take.

    `ending` is that of the format in which a file of its rows is written again.
    """

    path: Path
    sha256: str
    ending: str
    rows: Sequence[bytes] = field(repr=False)
    notices: tuple[Problem, ...]
    padded: bool = True

    def records(self) -> Iterator[NumberedRecord]:
        for number, row in enumerate(self.rows, 1):
            yield number, json.loads(row)


def is_workbook(start: bytes) -> bool:
    """By the first eight bytes of a file."""
    return start.startswith(_ZIP) or start == _OLE


def open_workbook(path: Path, known: Known, name: str | None) -> WorkbookSheet:
    """The sheet called `name`; else the first visible one with a known header, else the first that is not empty.

    Raises `UmkmError`: `file_too_large`, `not_a_table`, `workbook_damaged`, `workbook_encrypted`, `workbook_binary`,
    `workbook_unpacks`, `workbook_too_heavy`, `sheet_too_large`, `sheet_not_found`, `table_empty`.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
            raise UmkmError("file_too_large", path=path, megabytes=MAX_FILE_BYTES // 2**20)
        data = file.read()
    with _path_named(path), confined(_READER, MAX_READER_SECONDS) as reader:
        asked = {"bytes": len(data), "sheet": name, "head": HEADER_WITHIN, "most_bytes": MAX_READER_BYTES}
        reader.tell(json.dumps(asked).encode() + b"\n", data)
        opening = _answer(reader)
        others = list[str]()
        if name is None:
            chosen, others = _choose(opening["offered"], known)
            reader.tell(json.dumps(chosen).encode() + b"\n")
        sheet = _answer(reader)
        rows = tuple(_rows(reader))
    notices = tuple(_notices(sheet["name"], others, sheet["hidden"]))
    return WorkbookSheet(path, hashlib.sha256(data).hexdigest(), opening["ending"], rows, notices)


@contextlib.contextmanager
def _path_named(path: Path) -> Iterator[None]:
    try:
        yield
    except UmkmError as error:
        error.params.setdefault("path", path)
        raise
    except ConfinedStoppedError as error:
        raise UmkmError("workbook_too_heavy", path=path) from error


def _answer(reader: Confined) -> dict[str, Any]:
    return _document(reader.line())


def _document(line: bytes) -> dict[str, Any]:
    """Raises `UmkmError`, where the reader has come upon one."""
    document: dict[str, Any] = json.loads(line)
    if "error" in document:
        raise UmkmError(document["error"], **document["params"])
    return document


def _rows(reader: Confined) -> Iterator[bytes]:
    held = 0
    while (line := reader.line()).startswith(b"["):
        held += len(line)
        if held > MAX_ROWS_BYTES:
            raise ConfinedStoppedError
        yield line
    _document(line)


def _choose(offered: Sequence[dict[str, Any]], known: Known) -> tuple[str, list[str]]:
    """The name of the sheet, and those of the others. Raises `UmkmError` `table_empty`, without its path."""
    if not offered:
        raise UmkmError("table_empty")
    chosen: str = next((sheet["name"] for sheet in offered if any(map(known, sheet["head"]))), offered[0]["name"])
    return chosen, [sheet["name"] for sheet in offered if sheet["name"] != chosen]


def _notices(name: str, others: Sequence[str], hidden: Sequence[int]) -> Iterator[Problem]:
    if others:
        yield Problem("sheet", name, "sheet_chosen", Level.WARNING, {"others": ", ".join(others)})
    if hidden:
        rows = ", ".join(map(str, hidden[:20])) + (", …" if len(hidden) > 20 else "")
        yield Problem("row", rows, "rows_hidden", Level.WARNING)
