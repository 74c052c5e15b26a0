"""What registering says about checks that came before it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from umkm_cli.cli.kit.output import note, say
from umkm_cli.cli.kit.progress import Progress
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office

if TYPE_CHECKING:
    from umkm_cli.screening.later.looking_back import FoundLater


def look_back(office: Office) -> "list[FoundLater]":
    """Compare what was just registered with past checks.

    What was registered is committed, so neither an interrupt nor an error takes its answer away; the rest is made up
    for by whoever looks back next.
    """
    from umkm_cli.screening.later import looking_back

    try:
        waiting = looking_back.count_waiting(office)
        with Progress(max(waiting, 1), t("progress.lookback")) as progress:
            return looking_back.look_back(office, progress)
    except (KeyboardInterrupt, UmkmError):
        office.close()
        note(t("lookback.unfinished"))
        return []


def say_found(found: "Sequence[FoundLater]") -> None:
    for item in found:
        say(t("lookback.found", motif=item.motif, case=item.case))
