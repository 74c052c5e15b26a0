"""The one clock, and the office's zone: the record keeps moments in UTC, people read the office's days and hours.

Whatever asks for the time or for today's date asks here. Moments are text like `2026-08-17T03:04:05Z`, with or without
fractions of a second; days are `2026-08-17`.
"""

import contextlib
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

DEFAULT_ZONE = "Asia/Jakarta"
INDONESIAN = {
    "Asia/Jakarta": timezone(timedelta(hours=7), "WIB"),
    "Asia/Pontianak": timezone(timedelta(hours=7), "WIB"),
    "Asia/Makassar": timezone(timedelta(hours=8), "WITA"),
    "Asia/Jayapura": timezone(timedelta(hours=9), "WIT"),
}
"""As Keppres 41/1987 sets them, without daylight saving: where a computer has no database of zones, they work, too."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_chosen: list[tzinfo] = []


def use_zone(name: str) -> None:
    """Choose the office's zone for this process. Raises `ValueError`, see `zone_named`."""
    _chosen[:] = [zone_named(name)]


def zone_named(name: object) -> tzinfo:
    """A zone by its name in the IANA database, such as `Asia/Makassar`. Raises `ValueError` where there is none."""
    if not isinstance(name, str):
        raise ValueError("not the name of a zone")
    if name in INDONESIAN:
        return INDONESIAN[name]
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # a folder of the database's is no zone, and an OSError
        raise ValueError("no such zone") from error


def zone() -> tzinfo:
    return _chosen[0] if _chosen else INDONESIAN[DEFAULT_ZONE]


def utc_now() -> datetime:
    """What every other function here, and so the whole program, takes for the present."""
    return datetime.now(UTC)


def moment_text(when: datetime) -> str:
    """As the record writes moments, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """The office's day."""
    return utc_now().astimezone(zone()).date()


def is_moment(text: str) -> bool:
    """Whether this is a moment as the record writes it, and not a day, or something that a person typed."""
    with contextlib.suppress(ValueError):
        return _MOMENT.fullmatch(text) is not None and bool(local(text))
    return False


def local(moment: str) -> datetime:
    """A moment in the office's zone. Raises `ValueError`."""
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(zone())


def day_of(text: str) -> str:
    """The office's day of a moment; anything else, such as a day or a year, as it is."""
    return local(text).date().isoformat() if is_moment(text) else text


def zone_name(when: datetime) -> str:
    """WIB, WITA or WIT; elsewhere how far from UTC that is at this moment, such as `UTC+5:30`."""
    name = when.tzname()
    if name in {zone.tzname(None) for zone in INDONESIAN.values()}:
        return str(name)
    minutes = round((when.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "") if minutes else "UTC"
