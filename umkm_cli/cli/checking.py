"""The `check` commands of `umkm motif` and `umkm product`: what they are asked, and how they answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from umkm_cli.cli.completion import codes_of, one_of
from umkm_cli.cli.output import Progress, mind_standard_output, note, print_json, say
from umkm_cli.cli.reporting import refuse_report, report_check
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.designs import Design
from umkm_cli.registry.motifs import TECHNIQUES
from umkm_cli.registry.office import Office
from umkm_cli.settings import read_settings

ALERT_EXIT = 10
Images = Annotated[list[str], typer.Argument(metavar="IMAGE…", help=t("help.motif.images"))]
Sender = Annotated[
    str | None, typer.Option("--vendor", help=t("help.motif.check.vendor"), autocompletion=codes_of("vendor"))
]
Technique = Annotated[
    str | None, typer.Option("--technique", help=t("help.motif.technique"), autocompletion=one_of(TECHNIQUES))
]
Object = Annotated[str | None, typer.Option("--object", help=t("help.motif.check.object"))]
Territory = Annotated[str | None, typer.Option("--territory", help=t("help.motif.check.territory"))]
Top = Annotated[int, typer.Option("--top", min=1, max=50, help=t("help.motif.check.top"))]
OpenCase = Annotated[bool, typer.Option("--case", help=t("help.motif.check.case"))]
NoRecord = Annotated[bool, typer.Option("--no-record", help=t("help.motif.check.no_record"))]
ExitCode = Annotated[bool, typer.Option("--exit-code", help=t("help.motif.check.exit_code"))]


def answer_check(
    images: Sequence[str],
    *also: Design,
    vendor: str | None,
    technique: str | None,
    object_: str | None,
    territory: str | None,
    top: int,
    case: bool,
    no_record: bool,
    exit_code: bool,
    report_file: Path | None,
    for_parties: bool,
    as_json: bool,
) -> None:
    """Compare the pictures with all motifs, and with the designs of the kinds `also`."""
    from umkm_cli.cli import show_motifs
    from umkm_cli.screening.checks import check_pictures, sender_of

    if case and no_record:
        raise UmkmError("case_needs_record", exit_code=2)
    mind_standard_output(report_file, as_json)
    refuse_report(len(images), report_file, for_parties)
    office = Office(read_settings())
    sender = sender_of(office, vendor, technique, object_, territory)
    with Progress(len(images), t("progress.check")) as progress:
        report = check_pictures(
            office, images, sender, *also, top=top, record=not no_record, open_cases=case, progress=progress
        )
    for result in report.results:
        if result.error is not None:
            note(t(f"error.{result.error.code}", **result.error.params))
    written = report_file is not None and report_check(office, report, report_file, for_parties)
    if as_json:
        print_json(report.document() | ({"report": str(report_file)} if written else {}))
    else:
        from umkm_cli.cli.drawing import show_pairs

        show_motifs.checked(report)
        if written:
            say(t("evidence.written", path=report_file))
        else:
            show_pairs(office.settings, report)
    if all(result.prepared is None for result in report.results):
        raise typer.Exit(1)
    if exit_code and any(result.outcome.alert for result in report.results):
        raise typer.Exit(ALERT_EXIT)
