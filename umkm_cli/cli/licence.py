"""`umkm licence`: who may use whose motif."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.layout import table
from umkm_cli.cli.kit.output import Output, say
from umkm_cli.i18n import t
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated

if TYPE_CHECKING:
    from umkm_cli.documents.licences import LicenceDocument

app = noun("licence")
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.licence.code"), autocompletion=codes_of("licence"))]


@command(app, "licence.add")
def add(
    out: Output,
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
) -> None:
    from umkm_cli.desk import licences

    given = {"number": number, "object": object_, "valid_from": valid_from, "valid_to": valid_to}
    given |= {"territory": territory, "licensor": licensor}
    added = licences.add(read_settings(), motif, vendor, given, technique or [], exclusive=exclusive)
    out.answer(added, _said("licence.added", added))


@command(app, "licence.list")
def list_(
    out: Output,
    motif: Annotated[
        str | None, typer.Option("--motif", help=t("help.licence.motif"), autocompletion=codes_of("motif"))
    ] = None,
) -> None:
    from umkm_cli.desk import licences

    found = licences.list_(read_settings(), motif)
    out.answer({"schema": "umkm.licences/1", "licences": found}, lambda: _show_list(found))


@command(app, "licence.attach")
def attach(
    out: Output,
    code: Code,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=t("help.licence.attach.files"))],
) -> None:
    from umkm_cli.desk import licences

    licence = licences.attach(read_settings(), code, files)
    out.answer(licence, _said("licence.attached", licence))


@command(app, "licence.end")
def end(
    out: Output, code: Code, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]
) -> None:
    from umkm_cli.desk import licences

    licence = licences.end(read_settings(), code, reason)
    out.answer(licence, _said("licence.is_ended", licence))


def _said(sentence: str, licence: "LicenceDocument") -> str:
    return t(sentence, code=licence["code"], motif=licence["motif"]["code"], vendor=licence["vendor"]["name"])


def _show_list(found: "list[LicenceDocument]") -> None:
    if not found:
        say(t("licence.none"))
        return
    names = ("code", "number", "motif", "vendor", "period", "technique", "status")
    table([t(f"column.{name}") for name in names], map(_row, found))


def _row(item: "LicenceDocument") -> tuple[str, ...]:
    period = f"{dated(item['valid_from']) or '…'} – {dated(item['valid_to']) or '…'}"
    status = t(f"licence.status.{item['status']}")
    named = (item["code"], item["number"], item["motif"]["code"], item["vendor"]["name"])
    return (*named, period, ", ".join(item["techniques"]), status)
