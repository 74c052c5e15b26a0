"""`umkm motif gallery`: the registry as a page to look at."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.output import Json, mind_standard_output, note, print_json, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import read_settings
from umkm_cli.wording import some


def motif_gallery(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help=t("help.motif.gallery.out"))],
    unpublished: Annotated[bool, typer.Option("--unpublished", help=t("help.motif.gallery.unpublished"))] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help=t("help.motif.gallery.withdrawn"))] = False,
    as_json: Json = False,
) -> None:
    from umkm_cli.report.gallery import gallery_page
    from umkm_cli.report.kit import html

    mind_standard_output(out, as_json)
    html.refuse(out)
    with Progress(None, t("progress.gallery")) as progress:
        page = gallery_page(Office(read_settings()), unpublished=unpublished, withdrawn=withdrawn, progress=progress)
    html.write(out, page.html)
    if as_json:
        left_out = {"unpublished": page.unpublished_left_out, "withdrawn": page.withdrawn_left_out}
        document = {"schema": "umkm.gallery/1", "file": str(out), "bytes": len(page.html.encode())}
        missing = list(page.without_picture)
        told = {"without_picture": missing, "altered": list(page.altered)}
        print_json(document | {"motifs": page.motifs, "left_out": left_out, **told})
        return
    say(tn("gallery.done", page.motifs, path=out))
    for name, count in (("unpublished", page.unpublished_left_out), ("withdrawn", page.withdrawn_left_out)):
        if count:
            say(tn(f"gallery.left_out.{name}", count))
    if page.altered:
        note(t("status.files_altered", n=len(page.altered), codes=some(page.altered)))
    if page.without_picture:
        note(tn("gallery.without_picture", len(page.without_picture), codes=some(page.without_picture)))
