"""The `check` commands of `umkm motif` and `umkm product`: what they are asked, and how they answer."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from umkm_cli.cli.kit.command import command
from umkm_cli.cli.kit.completion import codes_of, one_of
from umkm_cli.cli.kit.output import Output, note
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import REFUSED
from umkm_cli.i18n import t
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.registry.records.motif_fields import TECHNIQUES
from umkm_cli.settings import read_settings

if TYPE_CHECKING:
    from umkm_cli.desk.checks import Begun, Checked, Report, Wishes

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
ReportFile = Annotated[Path | None, typer.Option("--report", metavar="FILE", help=t("help.motif.check.report"))]
ForParties = Annotated[bool, typer.Option("--for-parties", help=t("help.motif.check.for_parties"))]
ExitCode = Annotated[bool, typer.Option("--exit-code", help=t("help.motif.check.exit_code"))]


def check_command(app: typer.Typer, key: str, *also: Design) -> None:
    """The command `key`: compares pictures with all motifs, and with the designs of the kinds `also`."""

    @command(app, key)
    def check(
        out: Output,
        images: ImagesOrFolders,
        vendor: Sender = None,
        technique: Technique = None,
        object_: Object = None,
        territory: Territory = None,
        top: Top = 5,
        case: OpenCase = False,
        no_record: NoRecord = False,
        exit_code: ExitCode = False,
        report: ReportFile = None,
        for_parties: ForParties = False,
    ) -> None:
        from umkm_cli.desk.checks import Wishes

        used = (vendor, technique, object_, territory)
        wishes = Wishes(*used, top, open_cases=case, record=not no_record, report=report, for_parties=for_parties)
        _answer(out, images, wishes, *also, exit_code=exit_code)


def _answer(out: Output, images: Sequence[str], wishes: "Wishes", *also: Design, exit_code: bool) -> None:
    """Answers are shown as they come; with `exit_code` an alert among them ends the program with `ALERT_EXIT`."""
    from umkm_cli.cli.kit.drawing import show_pairs
    from umkm_cli.desk import checks

    out.writes(wishes.report)
    settings = read_settings()
    done = checks.check(settings, images, wishes, lambda begun: _telling(begun, as_json=out.as_json), *also)
    if done.written:
        out.answer(done.document, t("evidence.written", path=wishes.report))
    else:
        out.answer(done.document, lambda: show_pairs(settings, done.report))
    if not done.readable:
        raise typer.Exit(REFUSED)
    if exit_code and done.alert:
        raise typer.Exit(ALERT_EXIT)


@contextlib.contextmanager
def _telling(begun: "Begun", *, as_json: bool) -> "Iterator[_Answers]":
    """Where somebody stops it, what is answered is told all the same."""
    step = max(1, begun.pictures // 100) if as_json else 100  # answers that are shown are progress enough
    with Progress(begun.pictures, t("progress.check"), step) as progress:
        answers = _Answers(begun.about, progress, as_json)
        try:
            yield answers
        except KeyboardInterrupt:  # typer would end the program without a word
            answers.show_rest()
            note(t("check.interrupted", done=answers.count, total=begun.pictures))
            raise
    if begun.other_files or begun.subfolders:
        note(t("check.left_aside", files=begun.other_files, folders=begun.subfolders))


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
