"""Comparing what was just registered with past checks."""

from collections.abc import Callable
from dataclasses import dataclass

from umkm_cli.errors import UmkmError
from umkm_cli.registry.office.office import Office
from umkm_cli.screening.later import looking_back
from umkm_cli.screening.later.looking_back import FoundLater


@dataclass(frozen=True)
class LookedBack:
    """The cases that were opened; `finished` is False where it was stopped, and is made up for by who looks next."""

    cases: tuple[FoundLater, ...] = ()
    finished: bool = True


def look_back(office: Office, progress: Callable[[int, int], None]) -> LookedBack:
    """`progress` is told how many of how many pictures are done.

    What was registered is committed, so neither an interrupt nor an error takes its answer away.
    """
    try:
        waiting = looking_back.count_waiting(office)
        progress(0, waiting)
        return LookedBack(tuple(looking_back.look_back(office, lambda done: progress(done, waiting))))
    except (KeyboardInterrupt, UmkmError):
        office.close()
        return LookedBack(finished=False)
