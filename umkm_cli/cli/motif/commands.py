"""`umkm motif`: register designs, check pictures against them, look after what is registered."""

from typing import Annotated

import typer

from umkm_cli.cli.kit import checking
from umkm_cli.cli.kit import shown_motifs as show_motifs
from umkm_cli.cli.kit.asides import lookback_progress, note_unfinished, note_unsearched
from umkm_cli.cli.kit.command import command, noun
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.exporting import File, answer_export
from umkm_cli.cli.kit.given import Given, field_option, with_fields
from umkm_cli.cli.kit.imports import motif_import
from umkm_cli.cli.kit.output import Output
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.cli.kit.statuses import read_status
from umkm_cli.cli.motif.editing import say_all_edited, say_edited
from umkm_cli.cli.motif.gallery import gallery
from umkm_cli.cli.motif.receipt import receipt
from umkm_cli.cli.motif.record import Reveal, attach, djki_pack, person
from umkm_cli.cli.motif.reindex import reindex
from umkm_cli.errors import REFUSED
from umkm_cli.i18n import t
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.settings import read_settings

app = noun("motif")
STATUSES = ("registered", "held", "withdrawn", "all")

Code = Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))]
Codes = Annotated[
    list[str] | None,
    typer.Argument(metavar="CODE…", help=t("help.motif.edit.codes"), autocompletion=codes_of("motif")),
]


command(app, "motif.import")(motif_import)
command(app, "motif.receipt")(receipt)
command(app, "motif.reindex")(reindex)
command(app, "motif.gallery")(gallery)
command(app, "motif.person")(person)
command(app, "motif.attach")(attach)
command(app, "motif.djki_pack")(djki_pack)


@command(app, "motif.register")
@with_fields("motif", MOTIF_FIELDS, without=("title",), first=("technique",))
def register(
    out: Output,
    images: checking.Images,
    vendor: Annotated[str, typer.Option("--vendor", help=t("help.motif.vendor"), autocompletion=codes_of("vendor"))],
    title: Annotated[str, field_option("motif", "title", MOTIF_FIELDS["title"])],
    ref: Annotated[str | None, typer.Option("--ref", help=t("help.option.ref"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=t("help.option.source"))] = None,
    *,
    given: Given,
) -> None:
    from umkm_cli.desk.registering import register_motif

    given = {"title": title, **given}
    with lookback_progress() as progress:
        done = register_motif(
            read_settings(), images, given, vendor=vendor, source=source, ref=ref, looking_back=progress
        )
    note_unfinished(finished=done.looked_back.finished)
    out.answer(done.motif, lambda: show_motifs.registered(done))


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


@command(app, "motif.list")
def list_(
    out: Output,
    vendor: Annotated[
        str | None, typer.Option("--vendor", help=t("help.motif.list.vendor"), autocompletion=codes_of("vendor"))
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help=t("help.motif.list.status"), autocompletion=one_of(STATUSES))
    ] = None,
    search: Annotated[str | None, typer.Option("--search", help=t("help.motif.list.search"))] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help=t("help.motif.list.undecided"))] = False,
) -> None:
    from umkm_cli.desk import motifs

    status = read_status(status, "motif", STATUSES) if status is not None else None
    found = motifs.list_(read_settings(), vendor=vendor, status=status, search=search, undecided=undecided)
    out.answer({"schema": "umkm.motifs/1", "motifs": found}, lambda: show_motifs.listed(found))


@command(app, "motif.show")
def show(out: Output, code: Code, reveal: Reveal = False) -> None:
    from umkm_cli.desk import motifs

    document = motifs.show(read_settings(), code, reveal=reveal)
    out.answer(document, lambda: show_motifs.shown(document))


@command(app, "motif.edit")
@with_fields("motif", MOTIF_FIELDS, first=("title", "technique"))
def edit(
    out: Output,
    codes: Codes = None,
    *,
    given: Given,
    undecided: Annotated[bool, typer.Option("--undecided", help=t("help.motif.edit.undecided"))] = False,
) -> None:
    from umkm_cli.desk import motifs

    done = motifs.edit(read_settings(), codes or [], given, undecided=undecided)
    if codes is not None and len(codes) == 1:
        say_edited(out, done[0])
    else:
        say_all_edited(out, done)


@command(app, "motif.withdraw")
def withdraw(
    out: Output, code: Code, reason: Annotated[str, typer.Option("--reason", help=t("help.option.reason"))]
) -> None:
    from umkm_cli.desk import motifs

    document = motifs.withdraw(read_settings(), code, reason)
    out.answer(document, t("motif.withdrawn", code=document["code"]))


@command(app, "motif.export")
def export(
    out: Output,
    file: File = None,
    reveal: Reveal = False,
) -> None:
    from umkm_cli.desk.papers import exports

    answer_export(out, exports.motifs(read_settings(), reveal=reveal), file)
