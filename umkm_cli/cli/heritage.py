"""`umkm heritage`: reference pictures of traditional motifs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.i18n import t, tn
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.documents.licences import AddedHeritage, ListedHeritage

app = noun("heritage")


@command(app, "heritage.add")
def add(
    out: Output,
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE…", help=t("help.heritage.images"))],
    name: Annotated[str, typer.Option("--name", help=t("help.heritage.name"))],
    origin: Annotated[str | None, typer.Option("--origin", help=t("help.heritage.origin"))] = None,
    source_note: Annotated[str | None, typer.Option("--source-note", help=t("help.heritage.source_note"))] = None,
) -> None:
    from umkm_cli.desk import heritage

    added = heritage.add(read_settings(), name, images, origin=origin, source_note=source_note)
    out.answer({"schema": "umkm.heritage/1", **added}, lambda: _show_added([added]))


@command(app, "heritage.import")
def import_(
    out: Output, folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=t("help.heritage.folder"))]
) -> None:
    from umkm_cli.desk import heritage

    with Progress(None, t("progress.heritage")) as progress:
        added, failed = heritage.import_(read_settings(), folder, progress)
    for error in failed:
        note(t(f"error.{error.code}", **error.params))
    out.answer({"schema": "umkm.heritages/1", "heritages": added}, lambda: _show_added(added))


@command(app, "heritage.list")
def list_(out: Output) -> None:
    from umkm_cli.desk import heritage

    patterns = heritage.list_(read_settings())
    out.answer({"schema": "umkm.heritages/1", "heritages": patterns}, lambda: _show_list(patterns))


def _show_added(added: "list[AddedHeritage]") -> None:
    for item in added:
        say(tn("heritage.added", item["pictures"], code=item["code"], name=item["name"]))


def _show_list(patterns: "list[ListedHeritage]") -> None:
    if not patterns:
        say(t("heritage.none"))
        return
    columns = [t(f"column.{name}") for name in ("code", "name", "origin", "pictures")]
    table(columns, [(item["code"], item["name"], item["origin"], item["pictures"]) for item in patterns])
