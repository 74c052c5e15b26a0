"""`umkm report`: what the office did, in numbers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.i18n import t
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.documents.month import MonthDocument

app = noun("report")


@command(app, "report.month")
def month(
    out: Output,
    file: Annotated[Path | None, typer.Argument(metavar="[OUT]", help=t("help.report.month.out"))] = None,
    month: Annotated[str | None, typer.Option("--month", metavar="2026-11", help=t("help.report.month.month"))] = None,
) -> None:
    from umkm_cli.desk.papers.month import month as month_of

    out.writes(file)
    document = month_of(read_settings(), month, file)
    out.answer(document, lambda: None if file else _show(document))
    if file is not None:
        note(t("month.done", path=file))


def _show(document: "MonthDocument") -> None:
    from umkm_cli.report.month import lines, month_name, signed, table_columns

    say(t("month.title", month=month_name(document["month"])))
    for section in dict.fromkeys(line.section for line in lines(document)):
        own = [line for line in lines(document) if line.section == section]
        columns = [section, *table_columns(document)[2:]]
        table(columns, [(("– " if o.part else "") + o.name, o.now, o.before, signed(o.change)) for o in own])
