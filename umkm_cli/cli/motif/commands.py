"""`umkm motif`: register designs, check pictures against them, look after what is registered."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit import checking
from umkm_cli.cli.kit import shown_motifs as show_motifs
from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import motif_import
from umkm_cli.cli.kit.index_notes import note_unsearched
from umkm_cli.cli.kit.looking_back import look_back, say_found
from umkm_cli.cli.kit.output import Json, Output, print_json, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.cli.kit.statuses import read_status
from umkm_cli.cli.motif.gallery import motif_gallery
from umkm_cli.cli.motif.receipt import motif_receipt
from umkm_cli.cli.motif.record import Reveal, attach, djki_pack, person
from umkm_cli.cli.motif.reindex import reindex
from umkm_cli.errors import REFUSED
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.settings import read_settings

app = typer.Typer(help=t("help.motif"), epilog=t("example.motif"), no_args_is_help=True, add_completion=False)
STATUSES = ("registered", "held", "withdrawn", "all")

Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Codes = Annotated[
    list[str] | None,
    typer.Argument(metavar="CODE…", help=t("help.motif.edit.codes"), autocompletion=codes_of("motif")),
]


@app.callback()
def motif() -> None:
    pass


app.command("import", help=t("help.motif.import"), epilog=t("example.motif.import"))(motif_import)
app.command("receipt", help=t("help.motif.receipt"), epilog=t("example.motif.receipt"))(motif_receipt)
command(app, "motif.reindex")(reindex)
app.command("gallery", help=t("help.motif.gallery"), epilog=t("example.motif.gallery"))(motif_gallery)
app.command("person", help=t("help.motif.person"), epilog=t("example.motif.person"))(person)
app.command("attach", help=t("help.motif.attach"), epilog=t("example.motif.attach"))(attach)
app.command("djki-pack", help=t("help.motif.djki_pack"), epilog=t("example.motif.djki_pack"))(djki_pack)


@app.command(help=t("help.motif.register"), epilog=t("example.motif.register"))
@with_fields("motif", MOTIF_FIELDS, without=("title",), first=("technique",))
def register(
    images: checking.Images,
    vendor: Annotated[str, typer.Option("--vendor", help=t("help.motif.vendor"), autocompletion=codes_of("vendor"))],
    title: Annotated[str, field_option("motif", "title", MOTIF_FIELDS["title"])],
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
    as_json: Json = False,
) -> None:
    from umkm_cli.screening.registering.by_hand import register_motif

    office = Office(read_settings())
    done = register_motif(office, images, {"title": title, **given}, vendor=vendor, source=source, ref=ref)
    found = look_back(office)
    if as_json:
        print_json(done.document | {"found_later": [item.case for item in found]})
    else:
        show_motifs.registered(done)
        say_found(found)


checking.check_command(app, "motif.check")


@command(app, "motif.compare")
def compare(
    out: Output,
    a: Annotated[
        str,
        typer.Argument(metavar="A", help=t("help.motif.compare.a"), autocompletion=codes_of("motif", unasked=False)),
    ],
    b: Annotated[
        str,
        typer.Argument(metavar="B", help=t("help.motif.compare.b"), autocompletion=codes_of("motif", unasked=False)),
    ],
) -> None:
    from umkm_cli.desk import comparing

    compared = comparing.compare(read_settings(), a, b)
    out.answer(compared.document(), lambda: show_motifs.compared(compared))


@command(app, "motif.hash")
def hash_(out: Output, images: checking.Images) -> None:
    from umkm_cli.desk import comparing

    hashed = comparing.hash_(images)
    out.answer(hashed.document, lambda: show_motifs.hashed(hashed.results))
    if all(item.error for item in hashed.results):
        raise typer.Exit(REFUSED)


@command(app, "motif.duplicates")
def duplicates(out: Output) -> None:
    from umkm_cli.desk import comparing

    found = comparing.duplicates(read_settings(), note_unsearched, lambda n: Progress(n, t("progress.duplicates")))
    out.answer(found.document, lambda: show_motifs.duplicates(found.pairs))


@app.command("list", help=t("help.motif.list"), epilog=t("example.motif.list"))
def list_(
    vendor: Annotated[
        str | None, typer.Option("--vendor", help=t("help.motif.list.vendor"), autocompletion=codes_of("vendor"))
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help=t("help.motif.list.status"), autocompletion=one_of(STATUSES))
    ] = None,
    search: Annotated[str | None, typer.Option("--search", help=t("help.motif.list.search"))] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help=t("help.motif.list.undecided"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motifs import brief_document, list_motifs
    from umkm_cli.registry.records.vendors import find_vendor

    status = read_status(status, "motif", STATUSES) if status is not None else None
    with Office(read_settings()).reading() as reader:
        vendor_id = find_vendor(reader, vendor)["id"] if vendor else None
        found = list_motifs(reader, vendor_id=vendor_id, status=status, search=search, undecided=undecided)
        motifs = [brief_document(row) for row in found]
    if as_json:
        print_json({"schema": "umkm.motifs/1", "motifs": motifs})
    else:
        show_motifs.listed(motifs)


@app.command(help=t("help.motif.show"), epilog=t("example.motif.show"))
def show(code: Code, reveal: Reveal = False, as_json: Json = False) -> None:
    from umkm_cli.registry.pictures.stocktaking import with_states
    from umkm_cli.registry.records.motifs import find_motif, motif_document, record_motif_reveal
    from umkm_cli.screening.asking.repeats import with_repeats

    office = Office(read_settings())
    with office.reading() as reader:
        row = find_motif(reader, code)
        document = with_states(office.settings, reader, motif_document(reader, row, reveal=reveal))
    if reveal:
        with office.work() as work:
            record_motif_reveal(work, [row["id"]])
    document = with_repeats(office.settings, document)
    if as_json:
        print_json(document)
    else:
        show_motifs.shown(document)


@app.command(help=t("help.motif.edit"), epilog=t("example.motif.edit"))
@with_fields("motif", MOTIF_FIELDS, first=("title", "technique"))
def edit(
    codes: Codes = None,
    *,
    given: Given,
    undecided: Annotated[bool, typer.Option("--undecided", help=t("help.motif.edit.undecided"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.cli.motif.editing import edit_motifs

    edit_motifs(Office(read_settings()), codes or [], given, undecided=undecided, as_json=as_json)


@app.command(help=t("help.motif.withdraw"), epilog=t("example.motif.withdraw"))
def withdraw(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))],
    as_json: Json = False,
) -> None:
    from umkm_cli.registry.records.motifs import find_motif, motif_document, withdraw_motif

    office = Office(read_settings())
    with office.reading() as reader:
        motif_id = find_motif(reader, code)["id"]
    with office.work() as work:
        withdraw_motif(work, motif_id, reason)
    with office.reading() as reader:
        document = motif_document(reader, find_motif(reader, code))
    if as_json:
        print_json(document)
    else:
        say(t("motif.withdrawn", code=document["code"]))


@app.command(help=t("help.motif.export"), epilog=t("example.motif.export"))
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.export.file"))] = None,
    reveal: Reveal = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.cli.kit.exporting import export_motifs

    export_motifs(Office(read_settings()), file, reveal=reveal, as_json=as_json)
