"""`umkm vendor`: look after the businesses that are registered."""

from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import vendor_import
from umkm_cli.cli.kit.layout import pairs, table
from umkm_cli.cli.kit.output import Json, answer_changed, note, print_json, say
from umkm_cli.cli.kit.telling import told_fields
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.settings import read_settings
from umkm_cli.wording import dated

app = typer.Typer(help=t("help.vendor"), epilog=t("example.vendor"), no_args_is_help=True, add_completion=False)
ROWS_SHOWN = 100
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.vendor.code"), autocompletion=codes_of("vendor"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=t("help.vendor.reveal"))]


@app.callback()
def vendor() -> None:
    pass


app.command("import", help=t("help.vendor.import"), epilog=t("example.vendor.import"))(vendor_import)


@app.command("list", help=t("help.vendor.list"), epilog=t("example.vendor.list"))
def list_(
    search: Annotated[str | None, typer.Option("--search", help=t("help.vendor.search"))] = None,
    kecamatan: Annotated[str | None, field_option("vendor", "kecamatan", VENDOR_FIELDS["kecamatan"])] = None,
    nib: Annotated[str | None, field_option("vendor", "nib", VENDOR_FIELDS["nib"])] = None,
    nik: Annotated[str | None, field_option("vendor", "nik", VENDOR_FIELDS["nik"])] = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    every: Annotated[bool, typer.Option("--all", help=t("help.vendor.all"))] = False,
    closed: Annotated[bool, typer.Option("--closed", help=t("help.vendor.closed"))] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help=t("help.vendor.limit"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.vendors import list_vendors, plain_digits, vendor_document
    from umkm_cli.registry.values.regions import kecamatan_name

    office = Office(read_settings())
    place = _kecamatan(kecamatan) if kecamatan else None
    digest = office.secrets.digest(plain_digits(nik)) if nik else None
    status = None if every else "closed" if closed else "active"
    with office.reading() as reader:
        rows = list_vendors(
            reader,
            search=search,
            kecamatan=place,
            nib=plain_digits(nib) if nib else None,
            ref=ref,
            nik_digest=digest,
            status=status,
        )
    shown = limit or (None if as_json else ROWS_SHOWN)
    vendors = [vendor_document(row) for row in rows[:shown]]
    if as_json:
        print_json({"schema": "umkm.vendors/1", "vendors": [_without_schema(document) for document in vendors]})
    elif not vendors:
        say(t("vendor.none"))
    else:
        columns = [t(f"column.{name}") for name in ("code", "name", "owner", "kecamatan", "scale", "status")]
        table(
            columns,
            [
                (v["code"], v["name"], v["owner"], kecamatan_name(v["kecamatan"]), v["scale"], _status(v))
                for v in vendors
            ],
        )
        if len(rows) > len(vendors):
            note(tn("vendor.more", len(rows), shown=len(vendors)))


@app.command(help=t("help.vendor.show"), epilog=t("example.vendor.show"))
def show(code: Code, reveal: Reveal = False, as_json: Json = False) -> None:
    from umkm_cli.registry.records.vendors import find_vendor, record_reveal, vendor_document

    office = Office(read_settings())
    with office.reading() as reader:
        row = find_vendor(reader, code)
    if reveal:
        with office.work() as work:
            record_reveal(work, [row["code"]])
    document = vendor_document(row, office.secrets if reveal else None)
    if as_json:
        print_json(document)
    else:
        _show(document)


@app.command(help=t("help.vendor.edit"), epilog=t("example.vendor.edit"))
@with_fields("vendor", VENDOR_FIELDS)
def edit(
    code: Code,
    *,
    given: Given,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.registering import read_vendor_or_refuse
    from umkm_cli.registry.records.vendors import edit_vendor, find_vendor, vendor_document

    if not given:
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    office = Office(read_settings())
    with office.reading() as reader:
        known = find_vendor(reader, code)
    values, warnings = read_vendor_or_refuse(given, partial=True, known=known)
    with office.work() as work:
        changed = edit_vendor(work, known["id"], values)
    with office.reading() as reader:
        document = vendor_document(find_vendor(reader, code))
    said = t("vendor.updated" if changed else "vendor.unchanged", code=document["code"], name=document["name"])
    answer_changed(document, warnings, said, as_json)


@app.command(help=t("help.vendor.close"), epilog=t("example.vendor.close"))
def close(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.vendors import close_vendor, find_vendor, vendor_document

    office = Office(read_settings())
    with office.reading() as reader:
        vendor_id = find_vendor(reader, code)["id"]
    with office.work() as work:
        close_vendor(work, vendor_id, reason)
    with office.reading() as reader:
        document = vendor_document(find_vendor(reader, code))
    if as_json:
        print_json(document)
    else:
        say(t("vendor.closed", code=document["code"], name=document["name"]))


@app.command(help=t("help.vendor.export"), epilog=t("example.vendor.export"))
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.export.file"))] = None,
    reveal: Reveal = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.cli.kit.exporting import export_vendors

    export_vendors(Office(read_settings()), file, reveal=reveal, as_json=as_json)


def _kecamatan(text: str) -> str:
    from umkm_cli.registry.values.regions import find_kecamatan, nearest_kecamatan
    from umkm_cli.registry.values.typed import shown

    code = find_kecamatan(text)
    if code is None:
        raise UmkmError("kecamatan_unknown", value=shown(text), nearest=nearest_kecamatan(text))
    return code


def _without_schema(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "schema"}


def _status(document: dict[str, Any]) -> str:
    return t(f"vendor.status.{document['status']}")


def _show(document: dict[str, Any]) -> None:
    shown = _without_schema(document) | told_fields(VENDOR_FIELDS, document) | {"status": _status(document)}
    pairs((t(f"field.{name}"), dated(value)) for name, value in shown.items())
