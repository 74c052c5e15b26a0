"""`umkm product`: what makers sell, and which registered motifs it shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated

import typer

from umkm_cli.cli.kit import checking
from umkm_cli.cli.kit.asides import note_unsearched
from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.exporting import File, answer_export
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import product_import
from umkm_cli.cli.kit.output import Output, note
from umkm_cli.cli.kit.progress import stored_progress
from umkm_cli.cli.kit.statuses import read_status
from umkm_cli.cli.product import showing as show_products
from umkm_cli.i18n import t, tn
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.settings import read_settings

app = noun("product")
STATUSES = ("active", "closed", "all")
Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.product.code"), autocompletion=codes_of("product"))]
Motif = Annotated[str, typer.Argument(metavar="MOTIF", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Name = field_option("product", "product_name", PRODUCT_FIELDS["product_name"])
Motifs = Annotated[
    list[str] | None, typer.Option("--motif", help=t("help.product.motif"), autocompletion=codes_of("motif"))
]
Pictures = Annotated[list[str] | None, typer.Option("--image", help=t("help.product.image"))]

command(app, "product.import")(product_import)


@command(app, "product.add")
@with_fields("product", PRODUCT_FIELDS, without=("product_name",))
def add(
    out: Output,
    vendor: Annotated[str, typer.Option("--vendor", help=t("help.product.vendor"), autocompletion=codes_of("vendor"))],
    name: Annotated[str, Name],
    images: Annotated[list[str] | None, typer.Argument(metavar="[IMAGE…]", help=t("help.motif.images"))] = None,
    image: Pictures = None,
    motif: Motifs = None,
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
) -> None:
    from umkm_cli.desk import products

    raw, pictures = {"product_name": name, **given}, [*(images or []), *(image or [])]
    done = products.add(read_settings(), pictures, raw, motif or [], vendor=vendor, source=source, ref=ref)
    out.answer(done.product, lambda: show_products.written(done))


@command(app, "product.list")
def list_(
    out: Output,
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
) -> None:
    from umkm_cli.desk import products

    status = read_status(status, "product", STATUSES)
    listed = products.list_(
        read_settings(), vendor=vendor, motif=motif, search=search, proposed=proposed, status=status
    )
    out.answer({"schema": "umkm.products/1", "products": listed}, lambda: show_products.listed(listed))


@command(app, "product.show")
def show(out: Output, code: Code) -> None:
    from umkm_cli.desk import products

    document = products.show(read_settings(), code)
    out.answer(document, lambda: show_products.shown(document))


@command(app, "product.edit")
@with_fields("product", PRODUCT_FIELDS, without=("product_name",))
def edit(
    out: Output,
    code: Code,
    name: Annotated[str | None, Name] = None,
    image: Pictures = None,
    motif: Motifs = None,
    *,
    given: Given,
) -> None:
    from umkm_cli.desk import products

    raw = given if name is None else {"product_name": name, **given}
    done = products.edit(read_settings(), code, image or [], raw, motif or [])
    out.answer(done.product, lambda: show_products.written(done))


@command(app, "product.link")
def link(out: Output, code: Code, motif: Motif) -> None:
    from umkm_cli.desk import products

    document, linked = products.link(read_settings(), code, motif)
    out.answer(document, t("product.link.confirmed", code=document["code"], name=document["name"], motif=linked))


@command(app, "product.unlink")
def unlink(out: Output, code: Code, motif: Motif) -> None:
    from umkm_cli.desk import products

    document, unlinked = products.unlink(read_settings(), code, motif)
    out.answer(document, t("product.link.rejected", code=document["code"], name=document["name"], motif=unlinked))


@command(app, "product.rescreen")
def rescreen(out: Output) -> None:
    from umkm_cli.desk import products

    def counting() -> AbstractContextManager[Callable[[int], None]]:
        return stored_progress(None, t("progress.rescreen"), lambda n: tn("rescreen.interrupted", n))

    document = products.rescreen(read_settings(), note_unsearched, counting)
    for problem in document["problems"]:
        note(problem["message"])
    out.answer(document, lambda: show_products.rescreened(document["proposed"]))


@command(app, "product.close")
def close(
    out: Output, code: Code, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]
) -> None:
    from umkm_cli.desk import products

    document = products.close(read_settings(), code, reason)
    out.answer(document, t("product.closed", code=document["code"], name=document["name"]))


checking.check_command(app, "product.check", Design.PRODUCT)


@command(app, "product.export")
def export(out: Output, file: File = None) -> None:
    from umkm_cli.desk.papers import exports

    answer_export(out, exports.products(read_settings()), file)
