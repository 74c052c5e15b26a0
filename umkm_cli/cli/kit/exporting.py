"""What the `export` commands answer: the whole list as a document, as a file, or on standard output as CSV."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.output import Output, hand_out, note
from umkm_cli.i18n import t, tn

if TYPE_CHECKING:
    from umkm_cli.desk.papers.exports import ExportedList

File = Annotated[Path | None, typer.Argument(metavar="[FILE]", help=t("help.export.file"))]


def answer_export(out: Output, exported: "ExportedList", file: Path | None) -> None:
    out.answer(exported.document, lambda: _deliver(exported, file))


def _deliver(exported: "ExportedList", file: Path | None) -> None:
    from umkm_cli.desk.papers.exports import written

    text = written(exported, file)
    if text is None:
        note(tn("export.done", len(exported.rows), path=file))
    else:
        hand_out(text.replace("\r\n", "\n").removesuffix("\n"))
    if exported.noun == "vendors" and exported.rows and not exported.private:
        note(t("export.masked"))
    if exported.detailed:
        note(tn("export.people_left", exported.detailed))
