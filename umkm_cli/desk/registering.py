"""Registering a motif by hand: screened, recorded, and compared with the checks before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from umkm_cli.desk.looking_back import LookedBack, look_back
from umkm_cli.documents.motifs import MotifDocument
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.registering.by_hand import Registration as Registration
from umkm_cli.screening.registering.by_hand import register_motif as register_by_hand
from umkm_cli.settings import Settings


@dataclass(frozen=True)
class RegisteredMotif:
    """The motif, what screening says of it, and what comparing it with past checks found."""

    motif: MotifDocument
    registration: Registration
    looked_back: LookedBack


def register_motif(
    settings: Settings,
    images: Sequence[str],
    given: Mapping[str, str],
    *,
    vendor: str,
    source: str | None,
    ref: str | None,
    looking_back: Callable[[int, int], None],
) -> RegisteredMotif:
    """`images` are paths; `looking_back` is told how many of how many pictures are compared with past checks.

    Raises as `by_hand.register_motif` does.
    """
    office = Office(settings)
    done = register_by_hand(office, images, given, vendor=vendor, source=source, ref=ref)
    later = look_back(office, looking_back)
    motif = done.document
    motif["found_later"] = [item.case for item in later.cases]
    return RegisteredMotif(motif, done, later)
