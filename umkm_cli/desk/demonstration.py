"""A small registry of samples, and one check for each verdict: what `umkm demo` walks through."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from umkm_cli import clock
from umkm_cli.documents.demonstration import ShownStepDocument
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.cases.case import CaseOutcome
from umkm_cli.registry.cases.steps import decide_case
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.licences import add_licence, read_licence
from umkm_cli.registry.records.motifs import find_motif
from umkm_cli.registry.records.registering import register_vendor
from umkm_cli.registry.records.vendors import find_vendor
from umkm_cli.screening.asking.checks import Report, check_pictures, sender_of
from umkm_cli.screening.judging.judge import Verdict
from umkm_cli.screening.judging.pictures import Upload, read_picture_file
from umkm_cli.screening.registering.by_hand import register_motif
from umkm_cli.screening.registering.reference_pictures import add_references
from umkm_cli.settings import SETTINGS_FILE, Settings

PACKAGE = Path(__file__).parents[1]
OFFICE = "DEMO"
"""In the codes of the demonstration's registry, so that nobody takes them for the office's own."""
MOTIFS = ("M-01", "M-04", "M-06", "M-12")
LICENSEE = "A-010"
TRADITION = "Parang"
SETTING_UP = len(MOTIFS) + 1


@dataclass(frozen=True)
class Step:
    """A picture to check and the verdict that it is there to show.

    `picture` lies in `samples/suspect`; `about` is the `ref` of the motif that it was made from, `sender` the `ref` of
    the business that hands it in.
    """

    shows: Verdict
    picture: str
    about: str | None = None
    sender: str | None = None
    technique: str | None = None


STEPS = (
    Step(Verdict.COPY, "mirrored.jpg", "M-01"),
    Step(Verdict.PARTIAL, "crop.jpg", "M-04"),
    Step(Verdict.COLOURWAY, "redyed.jpg", "M-06"),
    Step(Verdict.OWN, "crop.jpg", "M-04", sender="A-006"),
    Step(Verdict.LICENSED, "crop.jpg", "M-04", sender=LICENSEE, technique="cap"),
    Step(Verdict.HERITAGE, "parang-ground.jpg", "M-12"),
    Step(Verdict.DECIDED, "mirrored.jpg", "M-01"),
    Step(Verdict.CLEAR, "unregistered.jpg"),
    Step(Verdict.NOT_JUDGED, "plain.jpg"),
)


@dataclass(frozen=True)
class ShownStep:
    """A step with what the check found; `found` is the verdict, whatever it is."""

    step: Step
    report: Report

    @property
    def found(self) -> Verdict:
        return self.report.results[0].outcome.verdict

    @property
    def as_expected(self) -> bool:
        return self.found is self.step.shows

    def document(self) -> ShownStepDocument:
        return {
            "expected": self.step.shows.value,
            "found": self.found.value,
            "as_expected": self.as_expected,
            "vendor": self.step.sender,
            "technique": self.step.technique,
            "result": self.report.results[0].document(),
        }


class Demonstration:
    """A registry in a folder of its own. `set_up` first, then the steps in order: one prepares for a later one."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """`settings` are this office's; its registry is not touched. Raises `UmkmError` `demo_samples_missing`."""
        self.samples = samples_folder()
        self.folder = folder
        self.office = Office(replace(settings, home=folder, database_url=None, office=OFFICE))
        self._case = ""

    def set_up(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Register businesses, motifs, a tradition and a licence; `progress` counts to `SETTING_UP`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / SETTINGS_FILE).write_text(f'office = "{OFFICE}"\n', "utf-8")
        motifs = [row for row in self._rows("motifs.csv") if row["ref"] in MOTIFS]
        owners = {LICENSEE, *(row["usaha"] for row in motifs)}
        for row in self._rows("vendors.csv"):
            if row["ref"] in owners:
                fields = {"name": row["nama_usaha"], "owner": row["pemilik"], "kecamatan": row["kecamatan"]}
                register_vendor(self.office, fields, source=None, ref=row["ref"])
        for done, row in enumerate(motifs, 1):
            fields = {"title": row["judul"], "technique": row["teknik"], "creators": row["pencipta"]}
            picture = str(self.samples / row["gambar"])
            register_motif(self.office, [picture], fields, vendor=row["usaha"], source=None, ref=row["ref"])
            progress(done)
        add_references(self.office, TRADITION, [self.samples / "heritage" / "parang.jpg"])
        self._license()
        progress(SETTING_UP)

    def names(self, step: Step) -> dict[str, str]:
        """What a sentence about the step may name: `title` of the motif, `owner` of it, and `sender`."""
        with self.office.reading() as reader:
            sender = find_vendor(reader, step.sender)["name"] if step.sender else ""
            if step.about is None:
                return {"title": "", "owner": "", "sender": sender}
            motif = find_motif(reader, step.about)
            owner = str(reader.value("SELECT name FROM vendor WHERE id = :id", id=motif["vendor_id"]))
            return {"title": motif["title"], "owner": owner, "sender": sender}

    def show(self, step: Step) -> ShownStep:
        """Check the step's picture as `umkm motif check` does."""
        if step.shows is Verdict.DECIDED and self._case:
            with self.office.work() as work:
                decide_case(work, self._case, CaseOutcome.STRONG, "Contoh.", keep_held=False)
        picture = Upload(step.picture, read_picture_file(self.samples / "suspect" / step.picture))
        sender = sender_of(self.office, step.sender, step.technique)
        report = check_pictures(self.office, [picture], sender, open_cases=step.shows is Verdict.COPY)
        self._case = report.results[0].case or self._case
        return ShownStep(step, report)

    def close(self) -> None:
        """Let go of the registry's files."""
        self.office.close()

    def _license(self) -> None:
        """The licensee may use M-04, by stamp, until the end of next year."""
        year = clock.today().year
        end = f"31/12/{year + 1}"
        with self.office.reading() as reader:
            motif, licensee = find_motif(reader, "M-04"), find_vendor(reader, LICENSEE)
        with self.office.work() as work:
            add_licence(work, motif, licensee, read_licence({"number": f"12/IZIN/{year}", "valid_to": end}), ["cap"])

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        with (self.samples / name).open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, delimiter=";")


def samples_folder() -> Path:
    """Where the samples are: in the installed package, or beside it in the source tree."""
    for folder in (PACKAGE / "samples", PACKAGE.parent / "samples"):
        if (folder / "suspect").is_dir():
            return folder
    raise UmkmError("demo_samples_missing", exit_code=MISSING, path=PACKAGE / "samples")
