"""`umkm product`: what makers sell, and which registered motifs it shows."""

from pathlib import Path
from typing import Annotated, Any

import typer

from umkm_cli.cli.kit import checking
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import product_import
from umkm_cli.cli.kit.index_notes import note_index
from umkm_cli.cli.kit.output import Json, error_document, note, print_json, say
from umkm_cli.cli.kit.progress import stored_progress
from umkm_cli.cli.kit.statuses import read_status
from umkm_cli.cli.product import showing as show_products
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.settings import read_settings

app = typer.Typer(help=t("help.product"), epilog=t("example.product"), no_args_is_help=True, add_completion=False)
STATUSES = ("active", "closed", "all")
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.product.code"), autocompletion=codes_of("product"))]
Motif = Annotated[str, typer.Argument(metavar="MOTIF", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Name = field_option("product", "product_name", PRODUCT_FIELDS["product_name"])
Motifs = Annotated[
    list[str] | None, typer.Option("--motif", help=t("help.product.motif"), autocompletion=codes_of("motif"))
]
Pictures = Annotated[list[str] | None, typer.Option("--image", help=t("help.product.image"))]


@app.callback()
def product() -> None:
    pass


app.command("import", help=t("help.product.import"), epilog=t("example.product.import"))(product_import)


@app.command(help=t("help.product.add"), epilog=t("example.product.add"))
@with_fields("product", PRODUCT_FIELDS, without=("product_name",))
def add(
    vendor: Annotated[str, typer.Option("--vendor", help=t("help.product.vendor"), autocompletion=codes_of("vendor"))],
    name: Annotated[str, Name],
    images: Annotated[list[str] | None, typer.Argument(metavar="[IMAGE…]", help=t("help.motif.images"))] = None,
    image: Pictures = None,
    motif: Motifs = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.registering.by_hand import register_product

    raw = {"product_name": name, **given}
    pictures = [*(images or []), *(image or [])]
    office = Office(read_settings())
    done = register_product(office, pictures, raw, motif or [], vendor=vendor, source=source, ref=ref)
    if as_json:
        print_json(done.document)
    else:
        show_products.registered(done)


@app.command("list", help=t("help.product.list"), epilog=t("example.product.list"))
def list_(
    vendor: Annotated[
        str | None, typer.Option("--vendor", help=t("help.product.list.vendor"), autocompletion=codes_of("vendor"))
    ] = None,
    motif: Annotated[
        str | None, typer.Option("--motif", help=t("help.product.list.motif"), autocompletion=codes_of("motif"))
    ] = None,
    search: Annotated[str | None, typer.Option("--search", help=t("help.product.list.search"))] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help=t("help.product.list.proposed"))] = False,
    status: Annotated[
        str, typer.Option("--status", help=t("help.product.list.status"), autocompletion=one_of(STATUSES))
    ] = "active",
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motifs import find_motif
    from umkm_cli.registry.records.product_motifs import all_links
    from umkm_cli.registry.records.products import brief_product, list_products
    from umkm_cli.registry.records.vendors import find_vendor

    status = read_status(status, "product", STATUSES)
    with Office(read_settings()).reading() as reader:
        vendor_id = find_vendor(reader, vendor)["id"] if vendor else None
        motif_id = find_motif(reader, motif)["id"] if motif else None
        rows = list_products(
            reader, vendor_id=vendor_id, motif_id=motif_id, status=status, search=search, proposed=proposed
        )
        links = all_links(reader)
    products = [brief_product(row, links.get(row["id"], ())) for row in rows]
    if as_json:
        print_json({"schema": "umkm.products/1", "products": products})
    else:
        show_products.listed(products)


@app.command(help=t("help.product.show"), epilog=t("example.product.show"))
def show(code: Code, as_json: Json = False) -> None:
    from umkm_cli.registry.pictures.stocktaking import with_states

    office = Office(read_settings())
    with office.reading() as reader:
        document = with_states(office.settings, reader, _document(office, code))
    if as_json:
        print_json(document)
    else:
        show_products.shown(document)


@app.command(help=t("help.product.edit"), epilog=t("example.product.edit"))
@with_fields("product", PRODUCT_FIELDS, without=("product_name",))
def edit(
    code: Code,
    name: Annotated[str | None, Name] = None,
    image: Pictures = None,
    motif: Motifs = None,
    *,
    given: Given,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.registering.by_hand import change_product

    raw = given if name is None else {"product_name": name, **given}
    if not (raw or image or motif):
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    done = change_product(Office(read_settings()), code, image or [], raw, motif or [])
    if as_json:
        print_json(done.document)
    else:
        show_products.registered(done)


@app.command(help=t("help.product.link"), epilog=t("example.product.link"))
def link(code: Code, motif: Motif, as_json: Json = False) -> None:
    _decide(code, motif, "confirmed", as_json)


@app.command(help=t("help.product.unlink"), epilog=t("example.product.unlink"))
def unlink(code: Code, motif: Motif, as_json: Json = False) -> None:
    _decide(code, motif, "rejected", as_json)


@app.command(help=t("help.product.rescreen"), epilog=t("example.product.rescreen"))
def rescreen(as_json: Json = False) -> None:
    from umkm_cli.screening.later.later_motifs import propose_later_motifs

    office = Office(read_settings())
    note_index(office, Design.MOTIF)
    with stored_progress(None, t("progress.rescreen"), lambda n: tn("rescreen.interrupted", n)) as progress:
        news, unread = propose_later_motifs(office, progress)
    for error in unread:
        note(error_document(error)["message"])
    if as_json:
        problems = [{k: v for k, v in error_document(error).items() if k != "schema"} for error in unread]
        print_json({"schema": "umkm.rescreen/1", "proposed": [vars(item) for item in news], "problems": problems})
    else:
        show_products.rescreened(news)


@app.command(help=t("help.product.close"), epilog=t("example.product.close"))
def close(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.products import close_product, find_product

    office = Office(read_settings())
    with office.reading() as reader:
        product_id = find_product(reader, code)["id"]
    with office.work() as work:
        close_product(work, product_id, reason)
    document = _document(office, code)
    if as_json:
        print_json(document)
    else:
        say(t("product.closed", code=document["code"], name=document["name"]))


checking.check_command(app, "product.check", Design.PRODUCT)


@app.command(help=t("help.product.export"), epilog=t("example.product.export"))
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.export.file"))] = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.cli.kit.exporting import export_products

    export_products(Office(read_settings()), file, as_json)


def _decide(code: str, motif: str, state: str, as_json: bool) -> None:
    from umkm_cli.registry.records.motifs import find_motif
    from umkm_cli.registry.records.product_motifs import LinkState, decide_link
    from umkm_cli.registry.records.products import find_product

    office = Office(read_settings())
    with office.reading() as reader:
        shown, motif_row = find_product(reader, code), find_motif(reader, motif)
    with office.work() as work:
        decide_link(work, shown, motif_row, LinkState(state))
    document = _document(office, shown["code"])
    if as_json:
        print_json(document)
    else:
        say(t(f"product.link.{state}", code=shown["code"], name=shown["name"], motif=motif_row["code"]))


def _document(office: Office, code: str) -> dict[str, Any]:
    from umkm_cli.registry.records.products import find_product, product_document

    with office.reading() as reader:
        return product_document(reader, find_product(reader, code))
