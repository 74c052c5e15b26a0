"""Pictures for a face that takes and shows them: those that are handed over as bytes, and those that are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umkm_cli.desk.looking_back import look_back
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.files import Unfit
from umkm_cli.registry.pictures.images import read_original
from umkm_cli.screening.asking.checks import Report as Report
from umkm_cli.screening.asking.checks import check_pictures, sender_of
from umkm_cli.screening.judging.judge import JudgedMatch as JudgedMatch
from umkm_cli.screening.judging.pictures import Upload as Upload
from umkm_cli.screening.judging.registered import stored_pixels
from umkm_cli.screening.later.looking_back import FoundLater
from umkm_cli.screening.registering.by_hand import Registration, register_motif
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def check(settings: Settings, upload: Upload, *, vendor: str | None, technique: str | None) -> Report:
    """Screen a picture against all motifs, and record that. Raises as `sender_of` does."""
    office = Office(settings)
    return check_pictures(office, [upload], sender_of(office, vendor, technique))


@dataclass(frozen=True)
class RegisteredUpload:
    """A motif that was registered, and the cases about past checks that show it."""

    done: Registration
    found_later: Sequence[FoundLater]


def register(
    settings: Settings, upload: Upload, given: Mapping[str, str], *, vendor: str, ref: str | None
) -> RegisteredUpload:
    """Register a picture as a motif, and compare it with past checks. Raises as `register_motif` does."""
    office = Office(settings)
    done = register_motif(office, [upload], given, vendor=vendor, source=None, ref=ref)
    return RegisteredUpload(done, look_back(office, lambda _done, _total: None).cases)


@dataclass(frozen=True)
class MatchedPicture:
    """The registered picture of a match: its size upright, in pixels, and why its file cannot be shown."""

    width: int
    height: int
    unfit: Unfit | None


def matched(settings: Settings, matches: Sequence[JudgedMatch]) -> list[MatchedPicture]:
    with Office(settings).reading() as reader:
        sizes = [
            reader.rows("SELECT width, height FROM image WHERE sha256 = :sha256", sha256=judged.standing.sha256)[0]
            for judged in matches
        ]
    files = [read_original(settings, judged.standing.sha256, judged.standing.format) for judged in matches]
    return [
        MatchedPicture(size["width"], size["height"], file if isinstance(file, Unfit) else None)
        for size, file in zip(sizes, files, strict=True)
    ]


def view_pixels(settings: Settings, sha256: str) -> "npt.NDArray[np.uint8] | None":
    """A stored view of a motif, upright (height, width, 3); None where it is none, or cannot be had."""
    with Office(settings).reading() as reader:
        view = reader.one(
            "SELECT image.format AS format FROM view JOIN image ON image.sha256 = view.sha256 "
            "WHERE view.sha256 = :sha256 AND view.motif_id IS NOT NULL",
            sha256=sha256,
        )
    return stored_pixels(settings, sha256, view["format"]) if view else None
