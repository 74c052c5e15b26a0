"""`umkm report`: what the office did, in numbers."""

from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli import clock
from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Json, mind_standard_output, note, print_json, say
from umkm_cli.disk.places import is_standard_stream
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings

app = typer.Typer(help=t("help.report"), epilog=t("example.report"), no_args_is_help=True, add_completion=False)
PAGES, WORKBOOKS = (".html", ".htm"), (".xlsx", ".ods")


@app.callback()
def report() -> None:
    pass


@app.command(help=t("help.report.month"), epilog=t("example.report.month"))
def month(
    out: Annotated[Path | None, typer.Argument(metavar="[OUT]", help=t("help.report.month.out"))] = None,
    month: Annotated[str | None, typer.Option("--month", metavar="2026-11", help=t("help.report.month.month"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.disk.whole import refuse_name
    from umkm_cli.registry.office.month import month_document, read_month

    mind_standard_output(out, as_json)
    if out is not None:
        refuse_name(out, *PAGES, *WORKBOOKS, code="month_format")
    settings = read_settings()
    with Office(settings).reading() as reader:
        document = month_document(reader, read_month(month, clock.today()), clock.utc_now())
    if out is not None:
        _write(out, document, settings.office)
    if as_json:
        print_json(document)
    elif out is None:
        _show(document)
    if out is not None:
        note(t("month.done", path=out))


def _write(out: Path, document: dict[str, Any], office: str) -> None:
    from umkm_cli.report.kit import html
    from umkm_cli.report.month import month_name, month_page, table_columns, table_rows

    if out.suffix.lower() in PAGES or is_standard_stream(out):
        html.write(out, month_page(document, office))
        return
    from umkm_cli.disk.whole import write_whole
    from umkm_cli.sheets.workbooks import table_bytes

    title = month_name(document["month"])
    write_whole(out, table_bytes(out.suffix.lower(), title, table_columns(document), table_rows(document)))


def _show(document: dict[str, Any]) -> None:
    from umkm_cli.report.month import lines, month_name, signed, table_columns

    say(t("month.title", month=month_name(document["month"])))
    for section in dict.fromkeys(line.section for line in lines(document)):
        own = [line for line in lines(document) if line.section == section]
        columns = [section, *table_columns(document)[2:]]
        table(columns, [(("– " if o.part else "") + o.name, o.now, o.before, signed(o.change)) for o in own])
