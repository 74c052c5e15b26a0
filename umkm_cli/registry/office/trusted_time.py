"""This computer's clock against the record of changes: what is recorded later must not bear an earlier time.

A clock that runs behind the last entry is refused: whoever sets it back could otherwise make a record, or sign a
document, of a day long past. A clock far ahead of the last entry may be wrong or the office may have rested; work goes
on, a `jump` entry says so, and until somebody answers for it (`umkm audit clock`) nothing is forgotten by age.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from umkm_cli import clock
from umkm_cli.db.moments import now
from umkm_cli.db.reading import Reader
from umkm_cli.errors import MISSING, UmkmError

BEHIND = timedelta(minutes=5)
"""Clocks of computers that keep the same registry differ; so much is the customary limit (Kerberos, RFC 4120 § 8.2)."""
AHEAD = timedelta(days=31)
"""No entry for longer than this is rather a wrong clock than an office at rest: it works every month."""
REGISTRY = "registry"
"""The entity of entries about the record of changes itself."""
CLOCK, JUMP = "clock", "jump"


@dataclass(frozen=True)
class Doubt:
    """Why the clock is not believed (`behind` or `ahead`), what it says, and when the entry it is held against was."""

    kind: str
    now: str
    last: str


def at_utc(text: str) -> datetime:
    """A moment as the registry writes it. Raises `ValueError`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def is_behind(said: str, last: str) -> bool:
    """Whether a clock that says so contradicts an entry of then."""
    return at_utc(said) < at_utc(last) - BEHIND


def is_ahead(said: str, last: str) -> bool:
    return at_utc(said) > at_utc(last) + AHEAD


def clock_behind(said: str, last: str) -> UmkmError:
    return UmkmError("clock_behind", exit_code=MISSING, now=readable(said), last=readable(last))


def readable(text: str) -> str:
    """A moment of the record as a clock on the office's wall shows it."""
    if not clock.is_moment(text):
        return text
    when = clock.local(text)
    return f"{when:%Y-%m-%d %H:%M} {clock.zone_name(when)}"


def clock_in_doubt(reader: Reader) -> Doubt | None:
    """What `status` asks about; as long as there is a doubt, nothing is forgotten by its age."""
    last = reader.value("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
    if last is None:
        return None
    said = now()
    if is_behind(said, last):
        return Doubt("behind", said, last)
    if is_ahead(said, last):
        return Doubt("ahead", said, last)
    latest = reader.one(
        "SELECT seq, action FROM audit WHERE entity = :entity AND entity_id = :clock ORDER BY seq DESC LIMIT 1",
        entity=REGISTRY,
        clock=CLOCK,
    )
    if latest is None or latest["action"] != JUMP:
        return None
    before = reader.value("SELECT at FROM audit WHERE seq = :seq", seq=latest["seq"] - 1)
    return Doubt("ahead", said, str(before))
