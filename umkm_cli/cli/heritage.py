"""`umkm heritage`: reference pictures of traditional motifs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Json, note, print_json, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings

app = typer.Typer(help=t("help.heritage"), epilog=t("example.heritage"), no_args_is_help=True, add_completion=False)


@app.callback()
def heritage() -> None:
    pass


@app.command(help=t("help.heritage.add"), epilog=t("example.heritage.add"))
def add(
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE…", help=t("help.heritage.images"))],
    name: Annotated[str, typer.Option("--name", help=t("help.heritage.name"))],
    origin: Annotated[str | None, typer.Option("--origin", help=t("help.heritage.origin"))] = None,
    source_note: Annotated[str | None, typer.Option("--source-note", help=t("help.heritage.source_note"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.registering.reference_pictures import add_references

    added = add_references(Office(read_settings()), name, images, origin=origin, source_note=source_note)
    if as_json:
        print_json({"schema": "umkm.heritage/1", **_document(added)})
    else:
        say(tn("heritage.added", added.pictures, code=added.code, name=added.name))


@app.command("import", help=t("help.heritage.import"), epilog=t("example.heritage.import"))
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=t("help.heritage.folder"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.registering.reference_pictures import import_references

    with Progress(None, t("progress.heritage")) as progress:
        added = import_references(Office(read_settings()), folder, progress)
    for error in (error for item in added for error in item.failed):
        note(t(f"error.{error.code}", **error.params))
    if as_json:
        print_json({"schema": "umkm.heritages/1", "heritages": [_document(item) for item in added]})
    else:
        for item in added:
            say(tn("heritage.added", item.pictures, code=item.code, name=item.name))


@app.command("list", help=t("help.heritage.list"), epilog=t("example.heritage.list"))
def list_(as_json: Json = False) -> None:
    from umkm_cli.registry.records.heritage import list_heritage

    with Office(read_settings()).reading() as reader:
        patterns = list_heritage(reader)
    if as_json:
        print_json({"schema": "umkm.heritages/1", "heritages": patterns})
    elif not patterns:
        say(t("heritage.none"))
    else:
        columns = [t(f"column.{name}") for name in ("code", "name", "origin", "pictures")]
        table(columns, [(p["code"], p["name"], p["origin"], p["pictures"]) for p in patterns])


def _document(added: Any) -> dict[str, Any]:
    failed = [{"error": error.code, **{k: str(v) for k, v in error.params.items()}} for error in added.failed]
    return {
        "code": added.code,
        "name": added.name,
        "created": added.created,
        "pictures": added.pictures,
        "failed": failed,
    }
