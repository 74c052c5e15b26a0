"""`umkm motif receipt`: the receipt that a maker takes home."""

from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of
from umkm_cli.cli.kit.output import Output
from umkm_cli.i18n import t
from umkm_cli.settings import read_settings


def receipt(
    out: Output,
    code: Annotated[str, typer.Argument(metavar="CODE", help=t("help.motif.code"), autocompletion=codes_of("motif"))],
    file: Annotated[Path | None, typer.Argument(metavar="[OUT.pdf]", help=t("help.motif.receipt.out"))] = None,
) -> None:
    from umkm_cli.desk import motif_papers

    out.writes(file)
    done = motif_papers.receipt(read_settings(), code, file)
    out.answer(done.document, t("receipt.written", code=done.code, path=done.document["file"]))
