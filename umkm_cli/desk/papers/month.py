"""A month in numbers: the figures, and a page or workbook of them."""

from pathlib import Path

from umkm_cli import clock
from umkm_cli.disk.places import is_standard_stream
from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.documents.month import MonthDocument
from umkm_cli.registry.office.month import month_document, read_month
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import Settings

PAGES, WORKBOOKS = (".html", ".htm"), (".xlsx", ".ods")


def month(settings: Settings, named: str | None, file: Path | None = None) -> MonthDocument:
    """The month `named` (`2026-11`), by default the current one; also written to `file`, in the form its name asks for.

    Raises `UmkmError`: `bad_month`, `month_not_yet`, `month_format`, `file_not_writable`.
    """
    if file is not None:
        refuse_name(file, *PAGES, *WORKBOOKS, code="month_format")
    with Office(settings).reading() as reader:
        document = month_document(reader, read_month(named, clock.today()), clock.utc_now())
    if file is not None:
        _write(file, document, settings.office)
    return document


def _write(file: Path, document: MonthDocument, office: str) -> None:
    from umkm_cli.report.kit import html
    from umkm_cli.report.month import month_name, month_page, table_columns, table_rows

    if file.suffix.lower() in PAGES or is_standard_stream(file):
        html.write(file, month_page(document, office))
        return
    from umkm_cli.sheets.workbooks import table_bytes

    title = month_name(document["month"])
    write_whole(file, table_bytes(file.suffix.lower(), title, table_columns(document), table_rows(document)))
