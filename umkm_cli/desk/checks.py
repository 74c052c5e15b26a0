"""Checking pictures against what is registered, each answer told as soon as it is there."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from umkm_cli.desk.papers import refuse_report, report_check
from umkm_cli.documents.checks import CheckDocument
from umkm_cli.errors import INTERRUPTED, USAGE, UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design
from umkm_cli.screening.asking.checks import Checked as Checked
from umkm_cli.screening.asking.checks import Checks, sender_of
from umkm_cli.screening.asking.checks import Report as Report
from umkm_cli.screening.asking.folders import GivenPictures, given_pictures
from umkm_cli.screening.judging.judge import JudgedMatch as JudgedMatch
from umkm_cli.screening.judging.judge import Outcome as Outcome
from umkm_cli.screening.judging.registered import stored_pixels
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Told = Callable[[int, Checked], None]
"""Hears of each answer, with the picture's place among those that are checked, once it is recorded."""


@dataclass(frozen=True)
class Begun:
    """What is about to be answered: how many pictures, and `about` what (a report without answers).

    Of the folders that were named so many files and folders are left aside.
    """

    pictures: int
    about: Report
    other_files: int
    subfolders: int


Telling = Callable[[Begun], AbstractContextManager[Told]]
"""Open while answers come."""


@dataclass(frozen=True)
class Wishes:
    """What is known of the pictures (`vendor` hands them in, to use them so), and what is to come of a check.

    `top` is how many matches of each kind an answer names; `report` the file for the evidence about the one picture.
    Raises `UmkmError` `case_needs_record`.
    """

    vendor: str | None = None
    technique: str | None = None
    object_: str | None = None
    territory: str | None = None
    top: int = 5
    open_cases: bool = False
    record: bool = True
    report: Path | None = None
    for_parties: bool = False

    def __post_init__(self) -> None:
        if self.open_cases and not self.record:
            raise UmkmError("case_needs_record", exit_code=USAGE)


@dataclass(frozen=True)
class Answered:
    """All answers; `written` says whether the evidence was: there is none about a picture that cannot be read."""

    document: CheckDocument
    report: Report
    written: bool

    @property
    def readable(self) -> bool:
        return any(result.readable for result in self.report.results)

    @property
    def alert(self) -> bool:
        return any(result.outcome.alert for result in self.report.results)


def check(settings: Settings, images: Sequence[str], wishes: Wishes, telling: Telling, *also: Design) -> Answered:
    """Compare pictures (files, or folders of them) with all motifs, and with the designs of the kinds `also`.

    Raises `UmkmError`: `folder_…`, `parties_without_report`, `report_one_picture`,
    `vendor_not_found`, `unknown_technique`; `interrupted` on Ctrl+C, with what is answered by then as its details; and
    `InvalidFieldsError`.
    """
    given = given_pictures(images)
    refuse_report(len(given.paths), wishes.report, wishes.for_parties)
    office = Office(settings)
    sender = sender_of(office, wishes.vendor, wishes.technique, wishes.object_, wishes.territory)
    checks = Checks(office, sender, *also, top=wishes.top, record=wishes.record, open_cases=wishes.open_cases)
    _run(checks, given, telling)
    report = checks.report
    document = report.document()
    if given.folders:
        document["left_aside"] = {"other_files": given.other_files, "subfolders": given.subfolders}
    written = wishes.report is not None and report_check(office, report, wishes.report, wishes.for_parties)
    if written:
        document["report"] = str(wishes.report)
    return Answered(document, report, written)


def motif_pixels(settings: Settings, judged: JudgedMatch) -> "npt.NDArray[np.uint8] | None":
    """The registered picture that was matched, upright; None where it cannot be had."""
    return stored_pixels(settings, judged.standing.sha256, judged.standing.format)


def _run(checks: Checks, given: GivenPictures, telling: Telling) -> None:
    begun = Begun(len(given.paths), checks.about, given.other_files, given.subfolders)
    try:
        with telling(begun) as told:
            checks.run(given.paths, told)
    except KeyboardInterrupt as error:
        stopped = UmkmError("interrupted", exit_code=INTERRUPTED)
        stopped.details = {name: value for name, value in checks.report.document().items() if name != "schema"}
        raise stopped from error
