"""`umkm vendor`: look after the businesses that are registered."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import vendor_import
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.cli.kit.telling import told_fields
from umkm_cli.i18n import t, tn
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.registry.values.region_codes import kecamatan_name
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated

if TYPE_CHECKING:
    from umkm_cli.desk.vendors import Listed
    from umkm_cli.documents.vendors import VendorDocument

app = noun("vendor")
ROWS_SHOWN = 100
COLUMNS = ("code", "name", "owner", "kecamatan", "scale", "status")
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.vendor.code"), autocompletion=codes_of("vendor"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=t("help.vendor.reveal"))]

app.command("import", help=t("help.vendor.import"), epilog=t("example.vendor.import"))(vendor_import)


@command(app, "vendor.list")
def list_(
    out: Output,
    search: Annotated[str | None, typer.Option("--search", help=t("help.vendor.search"))] = None,
    kecamatan: Annotated[str | None, field_option("vendor", "kecamatan", VENDOR_FIELDS["kecamatan"])] = None,
    nib: Annotated[str | None, field_option("vendor", "nib", VENDOR_FIELDS["nib"])] = None,
    nik: Annotated[str | None, field_option("vendor", "nik", VENDOR_FIELDS["nik"])] = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    every: Annotated[bool, typer.Option("--all", help=t("help.vendor.all"))] = False,
    closed: Annotated[bool, typer.Option("--closed", help=t("help.vendor.closed"))] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help=t("help.vendor.limit"))] = None,
) -> None:
    from umkm_cli.desk import vendors

    listed = vendors.list_(
        read_settings(),
        search=search,
        kecamatan=kecamatan,
        nib=nib,
        nik=nik,
        ref=ref,
        status=None if every else "closed" if closed else "active",
        limit=limit or (None if out.as_json else ROWS_SHOWN),
    )
    out.answer({"schema": "umkm.vendors/1", "vendors": listed.vendors}, lambda: _show_list(listed))


@command(app, "vendor.show")
def show(out: Output, code: Code, reveal: Reveal = False) -> None:
    from umkm_cli.desk import vendors

    document = vendors.show(read_settings(), code, reveal=reveal)
    out.answer(document, lambda: _show(document))


@command(app, "vendor.edit")
@with_fields("vendor", VENDOR_FIELDS)
def edit(out: Output, code: Code, *, given: Given) -> None:
    from umkm_cli.desk import vendors

    done = vendors.edit(read_settings(), code, given)
    said = t(f"vendor.{done.result}", code=done.vendor["code"], name=done.vendor["name"])
    out.changed(done.vendor, done.problems, said)


@command(app, "vendor.close")
def close(
    out: Output, code: Code, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]
) -> None:
    from umkm_cli.desk import vendors

    document = vendors.close(read_settings(), code, reason)
    out.answer(document, t("vendor.closed", code=document["code"], name=document["name"]))


@command(app, "vendor.export")
def export(
    out: Output,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.export.file"))] = None,
    reveal: Reveal = False,
) -> None:
    from umkm_cli.cli.kit.exporting import export_vendors

    export_vendors(read_settings(), file, reveal=reveal, as_json=out.as_json)


def _show_list(listed: "Listed") -> None:
    if not listed.vendors:
        say(t("vendor.none"))
        return
    rows = [{**vendor, "kecamatan": kecamatan_name(vendor["kecamatan"])} for vendor in listed.vendors]
    table(
        [t(f"column.{name}") for name in COLUMNS],
        [[_status(str(row[name])) if name == "status" else row[name] for name in COLUMNS] for row in rows],
    )
    if listed.total > len(rows):
        note(tn("vendor.more", listed.total, shown=len(rows)))


def _status(status: str) -> str:
    return t(f"vendor.status.{status}")


def _show(document: "VendorDocument") -> None:
    told = {**document, **told_fields(VENDOR_FIELDS, document), "status": _status(document["status"])}
    shown = {name: value for name, value in told.items() if name != "schema"}
    pairs((t(f"field.{name}"), dated(value)) for name, value in shown.items())
