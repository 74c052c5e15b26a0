"""`umkm motif gallery`: the registry as a page to look at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.output import Output, note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.i18n import t, tn
from umkm_cli.settings import read_settings
from umkm_cli.wording import some

if TYPE_CHECKING:
    from umkm_cli.documents.motifs import GalleryDocument


def gallery(
    out: Output,
    file: Annotated[Path, typer.Argument(metavar="OUT.html", help=t("help.motif.gallery.out"))],
    unpublished: Annotated[bool, typer.Option("--unpublished", help=t("help.motif.gallery.unpublished"))] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help=t("help.motif.gallery.withdrawn"))] = False,
) -> None:
    from umkm_cli.desk import motif_papers

    out.writes(file)
    page = motif_papers.gallery(
        read_settings(),
        file,
        unpublished=unpublished,
        withdrawn=withdrawn,
        counting=lambda n: Progress(n, t("progress.gallery")),
    )
    out.answer(page, lambda: _show(page))


def _show(page: "GalleryDocument") -> None:
    say(tn("gallery.done", page["motifs"], path=page["file"]))
    left_out = page["left_out"]
    for name, count in (("unpublished", left_out["unpublished"]), ("withdrawn", left_out["withdrawn"])):
        if count:
            say(tn(f"gallery.left_out.{name}", count))
    if page["altered"]:
        note(t("status.files_altered", n=len(page["altered"]), codes=some(page["altered"])))
    if page["without_picture"]:
        note(tn("gallery.without_picture", len(page["without_picture"]), codes=some(page["without_picture"])))
