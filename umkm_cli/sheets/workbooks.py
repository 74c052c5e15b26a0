"""Tables as workbooks: XLSX through XlsxWriter, ODS by hand.

Every text goes into a cell that is formatted as text, so that nothing in it is run, rounded or taken for a day, and
what is typed over it later is not either. ODS is written here because the maintained library for it brings a second XML
parser of many megabytes for what takes a page: one sheet of plain cells.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from umkm_cli.errors import UmkmError

MAX_CELL_CHARS = 32_767
"""What a cell of Excel holds."""

_WIDTHS = (9, 45)
_ROWS_MEASURED = 200
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")),
        *(("number", "datastyle"), ("fo", "xsl-fo-compatible")),
    )
)

Cell = str | int | float
"""Numbers are quantities, to compute with; what identifies something is text."""


def table_bytes(
    ending: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], amounts: Collection[str] = ()
) -> bytes:
    """A workbook with one sheet, `title`; `ending` is `.xlsx` or `.ods`, `amounts` the headers of sums of money.

    Texts are written as they are; see `guarded_text` for those that reading would take for something else. The same
    table gives the same bytes. Raises `UmkmError` `cell_too_long_for_excel`.
    """
    title = _NOT_IN_TITLE.sub(" ", title)[:31].strip(" '") or "umkm"
    table = [list(row) for row in rows]
    return _xlsx(title, header, table, amounts) if ending == ".xlsx" else _ods(title, header, table)


def _xlsx(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], amounts: Collection[str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2020, 1, 1)})
        heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        plain, text = workbook.add_format({"num_format": "General"}), workbook.add_format({"num_format": "@"})
        money = workbook.add_format({"num_format": "#,##0"})
        sheet = workbook.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, heading)
            sheet.set_column(column, column, _width(name, column, rows), text)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if len(cell) > MAX_CELL_CHARS:
                        raise UmkmError("cell_too_long_for_excel", row=number + 1, limit=MAX_CELL_CHARS)
                    if cell:
                        sheet.write_string(number, column, cell, text)
                else:
                    is_amount = column < len(header) and header[column] in amounts
                    sheet.write_number(number, column, cell, money if is_amount else plain)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})
    return out.getvalue()


def _width(name: str, column: int, rows: Sequence[Sequence[Cell]]) -> int:
    longest = max((len(str(row[column])) for row in rows[:_ROWS_MEASURED] if column < len(row)), default=0)
    least, most = _WIDTHS
    return min(max(least, len(name) + 2, longest + 2), most)


def _ods(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    widths = [_width(name, column, rows) for column, name in enumerate(header)]
    styles = "".join(
        f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * 0.2:.1f}cm"/></style:style>'
        for width in sorted(set(widths))
    )
    columns = "".join(
        f'<table:table-column table:style-name="w{width}" table:default-cell-style-name="text"/>' for width in widths
    )
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(cell, style) for cell in row)}</table:table-row>"
        for style, row in ((("head", header)), *(("text", row) for row in rows))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_NAMESPACES} office:version="1.3">'
        '<office:automatic-styles><number:text-style style:name="N100"><number:text-content/></number:text-style>'
        '<style:style style:name="text" style:family="table-cell" style:data-style-name="N100"/>'
        '<style:style style:name="head" style:family="table-cell" style:data-style-name="N100">'
        f'<style:text-properties fo:font-weight="bold"/></style:style>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet><table:table table:name={quoteattr(title)}>{columns}{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data, how in (
            ("mimetype", _ODS, zipfile.ZIP_STORED),  # first and not packed: so the format is told from its bytes
            ("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED),
            ("content.xml", content, zipfile.ZIP_DEFLATED),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, how)
    return out.getvalue()


def _ods_cell(cell: Cell, style: str) -> str:
    if not isinstance(cell, str):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    if not cell:
        return "<table:table-cell/>"
    lines = re.split(r"\r\n|\r|\n", _NOT_IN_XML.sub("\ufffd", cell))
    paragraphs = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in lines)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


def _ods_text(line: str) -> str:
    """ODF folds spaces that follow each other, and those at an end. A tab becomes one: readers drop its element."""
    line = line.replace("\t", " ")
    return re.sub(r"^ | $|(?<= ) +", lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
