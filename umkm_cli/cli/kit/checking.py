"""The `check` commands of `umkm motif` and `umkm product`: what they are asked, and how they answer."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.output import mind_standard_output, note, print_json, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.desk.papers import refuse_report, report_check
from umkm_cli.errors import INTERRUPTED, REFUSED, USAGE, UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.screening.asking.checks import Checked, Checks, Report

ALERT_EXIT = 10
Images = Annotated[list[str], typer.Argument(metavar="IMAGE…", help=t("help.motif.images"))]
ImagesOrFolders = Annotated[list[str], typer.Argument(metavar="IMAGE…", help=t("help.check.images"))]
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
    from umkm_cli.screening.asking.checks import Checks, sender_of
    from umkm_cli.screening.asking.folders import given_pictures

    if case and no_record:
        raise UmkmError("case_needs_record", exit_code=USAGE)
    mind_standard_output(report_file, as_json)
    given = given_pictures(images)
    refuse_report(len(given.paths), report_file, for_parties)
    office = Office(read_settings())
    sender = sender_of(office, vendor, technique, object_, territory)
    checks = Checks(office, sender, *also, top=top, record=not no_record, open_cases=case)
    _run(checks, given.paths, as_json)
    report = checks.report
    left_aside = {"other_files": given.other_files, "subfolders": given.subfolders}
    if any(left_aside.values()):
        note(t("check.left_aside", files=given.other_files, folders=given.subfolders))
    written = report_file is not None and report_check(office, report, report_file, for_parties)
    if as_json:
        aside = {"left_aside": left_aside} if given.folders else {}
        print_json(report.document() | aside | ({"report": str(report_file)} if written else {}))
    elif written:
        say(t("evidence.written", path=report_file))
    else:
        from umkm_cli.cli.kit.drawing import show_pairs

        show_pairs(office.settings, report)
    if not any(result.readable for result in report.results):
        raise typer.Exit(REFUSED)
    if exit_code and any(result.outcome.alert for result in report.results):
        raise typer.Exit(ALERT_EXIT)


def _run(checks: "Checks", images: Sequence[str], as_json: bool) -> None:
    """Show the answers as they come; where somebody stops it, what is answered is told all the same."""
    step = max(1, len(images) // 100) if as_json else 100  # answers that are shown are progress enough
    with Progress(len(images), t("progress.check"), step) as progress:
        answers = _Answers(checks.about, progress, as_json)
        try:
            checks.run(images, answers)
        except KeyboardInterrupt as error:  # typer would end the program without a word
            answers.show_rest()
            note(t("check.interrupted", done=answers.count, total=len(images)))
            stopped = UmkmError("interrupted", exit_code=INTERRUPTED)
            stopped.details = {name: value for name, value in checks.report.document().items() if name != "schema"}
            raise stopped from error


class _Answers:
    """Shows each answer once it and those before it are there, so that they stand in the order that was asked for."""

    def __init__(self, about: "Report", progress: Progress, as_json: bool) -> None:
        self._about = about
        self._progress = progress
        self._as_json = as_json
        self._waiting: dict[int, Checked] = {}
        self._next = 0
        self.count = 0

    def __call__(self, position: int, checked: "Checked") -> None:
        self._waiting[position] = checked
        self.count += 1
        while self._next in self._waiting:
            self._show(self._waiting.pop(self._next))
            self._next += 1
        self._progress(self.count)

    def show_rest(self) -> None:
        """Those that still wait for one that will not come."""
        for position in sorted(self._waiting):
            self._show(self._waiting.pop(position))

    def _show(self, checked: "Checked") -> None:
        from umkm_cli.cli.kit import shown_motifs as show_motifs

        with self._progress.aside():
            if checked.error is not None:
                note(t(f"error.{checked.error.code}", **checked.error.params))
            if not self._as_json:
                show_motifs.checked(checked, self._about)
                sys.stdout.flush()
