"""What is in a workbook before it is loaded: how large each sheet is, and what a reader of values does not tell.

A few kilobytes can unpack to gigabytes, and one cell in the last row makes a table of 17 thousand million cells, which
a reader that keeps tables in memory dies of. So the XML is streamed through first, and what exceeds a bound is refused.
The same pass notes cells that hold an error, and formats that change what a number means (per cent, leading zeros).
"""

import itertools
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from umkm_cli.errors import UmkmError

MAX_UNPACKED_BYTES = 400 * 2**20
MAX_CELLS = 2_000_000
"""Rows times columns of the part that is filled; a reader takes up to 120 bytes for a cell."""
MAX_ELEMENTS = 8_000_000
"""Of XML in all sheets; a cell with a text of its own takes three. Each costs a microsecond or two, empty ones too."""

DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError, IndexError),
    *(expat.ExpatError, ElementTree.ParseError, OSError),
)
_CHUNK_BYTES = 1 << 16
_MAX_INDEX_BYTES = 16 * 2**20
_ZEROS = re.compile(r"0{2,20}")
_CELL_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BUILT_IN_PERCENT = frozenset({"9", "10"})

CellPlace = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Survey:
    """One sheet: the extent of what is filled, and its cells that a reader of values tells too little of.

    `errors` holds their words (`#N/A`), `forms` either `%` or the zeros of a format that pads a number.
    """

    rows: int = 0
    columns: int = 0
    hidden: bool = False
    errors: dict[CellPlace, str] = field(default_factory=dict)
    forms: dict[CellPlace, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)

    def grow(self, row: int, column: int) -> None:
        """Takes in a filled cell. Raises `UmkmError` `sheet_too_large`, without its path."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > MAX_CELLS:
            raise UmkmError("sheet_too_large", rows=self.rows, columns=self.columns, limit=MAX_CELLS)


def bounded(archive: zipfile.ZipFile) -> None:
    """Unpacks every part that a reader would keep, and keeps nothing. Raises `UmkmError` `workbook_unpacks`, without
    its path.
    """
    unpacked = 0
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            for chunk in _chunks(archive, member.filename):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES:
                    raise UmkmError("workbook_unpacks", megabytes=MAX_UNPACKED_BYTES // 2**20)


def survey_xlsx(archive: zipfile.ZipFile) -> Mapping[str, Survey]:
    """By the name of the sheet. Raises those of `DAMAGED`, and `UmkmError` `sheet_too_large`, `workbook_too_heavy`."""
    forms, elements = _forms(archive), itertools.count()
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in _index(archive, "xl/_rels/workbook.xml.rels")
        if item.get("Id")
    }
    surveys: dict[str, Survey] = {}
    for item in _index(archive, "xl/workbook.xml").iter():
        if _local(item.tag) == "sheet":
            link = next((value for name, value in item.attrib.items() if _local(name) == "id"), None)
            part = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
            if part in archive.namelist():
                survey = Survey(hidden=item.get("state", "visible") != "visible")
                _parse(archive, part, _XlsxSheet(survey, forms).handlers, elements)
                surveys[item.get("name", "")] = survey
    return surveys


def survey_ods(archive: zipfile.ZipFile) -> Mapping[str, Survey]:
    """By the name of the sheet. Raises those of `DAMAGED`, and `UmkmError` `sheet_too_large`, `workbook_too_heavy`."""
    document = _OdsDocument()
    _parse(archive, "content.xml", document.handlers, itertools.count())
    return document.surveys


Handlers = tuple[Callable[[str, dict[str, str]], None], Callable[[str], None], Callable[[str], None]]
"""For the start of an element, its end, and text."""


class _XlsxSheet:
    def __init__(self, survey: Survey, forms: Mapping[str, str]) -> None:
        self._survey = survey
        self._forms = forms
        self._row, self._column = -1, -1
        self._form: str | None = None
        self._is_error, self._in_value, self._word = False, False, ""
        self.handlers: Handlers = (self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._form = self._forms.get(attributes.get("s", ""))
            self._is_error, self._word = attributes.get("t") == "e", ""
        elif name in ("v", "is"):
            self._in_value = True
            self._survey.grow(self._row, self._column)
            if self._form:
                self._survey.forms[self._row, self._column] = self._form
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self._survey.hidden_rows.add(self._row)

    def _place(self, name: str | None) -> None:
        if name is None:
            self._column += 1
        elif found := _CELL_NAME.fullmatch(name):
            self._row, column = int(found[2]) - 1, 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
            self._column = column - 1
        else:
            raise ValueError(name)

    def _text(self, text: str) -> None:
        if self._is_error and self._in_value:
            self._word += text

    def _end(self, name: str) -> None:
        if name == "v":
            self._in_value = False
        elif name == "c" and self._is_error:
            self._survey.errors[self._row, self._column] = self._word.strip() or "#ERROR!"
            self._is_error = False


class _OdsDocument:
    def __init__(self) -> None:
        self.surveys: dict[str, Survey] = {}
        self._survey = Survey()
        self._row, self._column = 0, 0
        self._rows_alike, self._columns_alike = 1, 1
        self._is_error, self._word = False, ""
        self._style = ""
        self._hiding_styles: set[str] = set()
        self.handlers: Handlers = (self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._columns_alike = int(attributes.get("number-columns-repeated", 1))
            kind = attributes.get("value-type")
            self._is_error, self._word = kind == "error", ""
            if kind == "percentage":
                self._survey.forms[self._row, self._column] = "%"
            if kind is not None:
                self._survey.grow(self._row + self._rows_alike - 1, self._column + self._columns_alike - 1)
        elif name == "table-row":
            self._column = 0
            self._rows_alike = int(attributes.get("number-rows-repeated", 1))
            if attributes.get("visibility", "visible") != "visible":
                self._survey.hidden_rows.update(range(self._row, self._row + min(self._rows_alike, 1000)))
        elif name == "table" and "name" in attributes:
            self._survey = self.surveys[attributes["name"]] = Survey(
                hidden=attributes.get("style-name") in self._hiding_styles
            )
            self._row = 0
        elif name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hiding_styles.add(self._style)

    def _text(self, text: str) -> None:
        if self._is_error:
            self._word += text

    def _end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            if self._is_error:
                self._survey.errors[self._row, self._column] = self._word.strip() or "#ERROR!"
                self._is_error = False
            self._column += self._columns_alike
        elif name == "table-row":
            self._row += self._rows_alike


def _forms(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Of the styles of cells, by their number, those that show per cent or pad with zeros."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = _index(archive, "xl/styles.xml")
    codes = {item.get("numFmtId"): item.get("formatCode", "") for item in root.iter() if _local(item.tag) == "numFmt"}
    cells = next((item for item in root if _local(item.tag) == "cellXfs"), ())
    forms = {}
    for number, style in enumerate(cells):
        code = codes.get(style.get("numFmtId"), "")
        if style.get("numFmtId") in _BUILT_IN_PERCENT or code.rstrip('"; @').endswith("%"):
            forms[str(number)] = "%"
        elif _ZEROS.fullmatch(code):
            forms[str(number)] = code
    return forms


def _index(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A small part as a tree. Raises `ValueError` where it is not small, or declares a document type."""
    if archive.getinfo(part).file_size > _MAX_INDEX_BYTES:
        raise ValueError(part)
    text = archive.read(part)
    if b"<!DOCTYPE" in text[:4096]:
        raise ValueError(part)
    return ElementTree.fromstring(text)


def _parse(archive: zipfile.ZipFile, part: str, handlers: Handlers, elements: Iterator[int]) -> None:
    """Names and attributes reach the handlers without their namespaces; a document type is refused.

    `elements` counts them through all parts. Raises `UmkmError` `workbook_too_heavy`, without its path.
    """
    start, end, text = handlers

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    def started(name: str, attributes: dict[str, str]) -> None:
        if next(elements) >= MAX_ELEMENTS:
            raise UmkmError("workbook_too_heavy")
        start(_local(name), {_local(key): value for key, value in attributes.items()} if attributes else {})

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    for chunk in _chunks(archive, part):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk


def _local(name: str) -> str:
    return name.rpartition("}")[2]
