"""`umkm licence`: who may use whose motif."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Json, print_json, say
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.attachments import attachments_of
from umkm_cli.registry.records.licences import (
    add_licence,
    attach_to_licence,
    end_licence,
    find_licence,
    licence_document,
    list_licences,
    read_licence,
)
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated

app = typer.Typer(help=t("help.licence"), epilog=t("example.licence"), no_args_is_help=True, add_completion=False)


@app.callback()
def licence() -> None:
    pass


@app.command(help=t("help.licence.add"), epilog=t("example.licence.add"))
def add(
    motif: Annotated[str, typer.Option("--motif", help=t("help.licence.motif"), autocompletion=codes_of("motif"))],
    vendor: Annotated[str, typer.Option("--vendor", help=t("help.licence.vendor"), autocompletion=codes_of("vendor"))],
    number: Annotated[str, typer.Option("--number", help=t("help.licence.number"))],
    licensor: Annotated[str | None, typer.Option("--licensor", help=t("help.licence.licensor"))] = None,
    object_: Annotated[str | None, typer.Option("--object", help=t("help.licence.object"))] = None,
    valid_from: Annotated[str | None, typer.Option("--from", help=t("help.licence.from"))] = None,
    valid_to: Annotated[str | None, typer.Option("--to", help=t("help.licence.to"))] = None,
    territory: Annotated[str | None, typer.Option("--territory", help=t("help.licence.territory"))] = None,
    technique: Annotated[
        list[str] | None,
        typer.Option("--technique", help=t("help.licence.technique"), autocompletion=one_of(TECHNIQUES)),
    ] = None,
    exclusive: Annotated[bool, typer.Option("--exclusive", help=t("help.licence.exclusive"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motif_fields import read_technique
    from umkm_cli.registry.records.motifs import find_motif
    from umkm_cli.registry.records.vendors import find_vendor

    given = {"number": number, "object": object_, "valid_from": valid_from, "valid_to": valid_to}
    given |= {"territory": territory, "licensor": licensor}
    values = read_licence({name: text for name, text in given.items() if text}) | {"exclusive": exclusive}
    techniques = [known for text in technique or [] if (known := read_technique(text)) is not None]
    office = Office(read_settings())
    with office.reading() as reader:
        owner, licensee = find_motif(reader, motif), find_vendor(reader, vendor)
    with office.work() as work:
        code = add_licence(work, owner, licensee, values, techniques)
    _answer(office, code, as_json, "licence.added")


@app.command("list", help=t("help.licence.list"), epilog=t("example.licence.list"))
def list_(
    motif: Annotated[
        str | None, typer.Option("--motif", help=t("help.licence.motif"), autocompletion=codes_of("motif"))
    ] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motifs import find_motif

    with Office(read_settings()).reading() as reader:
        motif_id = find_motif(reader, motif)["id"] if motif else None
        licences = [licence_document(row) for row in list_licences(reader, motif_id=motif_id)]
    if as_json:
        print_json({"schema": "umkm.licences/1", "licences": licences})
    elif not licences:
        say(t("licence.none"))
    else:
        columns = [t(f"column.{name}") for name in ("code", "number", "motif", "vendor", "period", "technique")]
        table([*columns, t("column.status")], [_row(item) for item in licences])


@app.command(help=t("help.licence.attach"), epilog=t("example.licence.attach"))
def attach(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help=t("help.licence.code"), autocompletion=codes_of("licence"))
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.licence.attach.files"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.pictures.attachments import read_evidence

    given = read_evidence(files)
    office = Office(read_settings())
    with office.reading() as reader:
        found = find_licence(reader, code)
    with office.work() as work:
        attach_to_licence(work, found["id"], given)
    _answer(office, found["code"], as_json, "licence.attached")


@app.command(help=t("help.licence.end"), epilog=t("example.licence.end"))
def end(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help=t("help.licence.code"), autocompletion=codes_of("licence"))
    ],
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    office = Office(read_settings())
    with office.reading() as reader:
        found = find_licence(reader, code)
    with office.work() as work:
        end_licence(work, found["id"], reason)
    _answer(office, found["code"], as_json, "licence.is_ended")


def _answer(office: Office, code: str, as_json: bool, sentence: str) -> None:
    with office.reading() as reader:
        row = next(row for row in list_licences(reader) if row["code"] == code)
        document = licence_document(row, attachments_of(reader, "licence", row["id"]))
    if as_json:
        print_json(document)
    else:
        say(t(sentence, code=code, motif=document["motif"]["code"], vendor=document["vendor"]["name"]))


def _row(item: dict[str, object]) -> tuple[object, ...]:
    motif, vendor, techniques = item["motif"], item["vendor"], item["techniques"]
    assert isinstance(motif, dict)
    assert isinstance(vendor, dict)
    assert isinstance(techniques, list)
    period = f"{dated(item['valid_from']) or '…'} – {dated(item['valid_to']) or '…'}"
    status = t(f"licence.status.{item['status']}")
    return (item["code"], item["number"], motif["code"], vendor["name"], period, ", ".join(techniques), status)
