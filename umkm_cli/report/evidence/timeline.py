"""What is known of the days of both sides, drawn on one axis; nothing in it says who was first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from umkm_cli import clock
from umkm_cli.screening.evidence.origins import Origin
from umkm_cli.wording import month_name

KINDS = ("created", "first_published", "registered", "seen")
SHAPES = {
    "created": "M0-8 8 0 0 8-8 0z",
    "first_published": "M0-8 8 7-8 7z",
    "registered": "M-7-7H7V7H-7z",
    "seen": "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0z",
}
"""Their signs as paths of SVG, around 0, 0."""
_TEXT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LEFT, _RIGHT = 4.0, 96.0
_CLOSE = 3.5
"""Per cent of the width: what lies closer is drawn one above the other."""
_LANE, _STEP, _AXIS = 26, 20, 30
_STEPS_MONTHS = (1, 2, 3, 6)
_STEPS_YEARS = (1, 2, 5, 10, 20, 50, 100, 500)
_MOST_TICKS = 6


@dataclass(frozen=True)
class Event:
    """`first` and `last` are the same day, unless only the month or year is known."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Mark:
    """An event where it is drawn: `y` in pixels, the others in per cent of the width."""

    kind: str
    at: float
    left: float
    right: float
    y: int

    @property
    def lasts(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class Lane:
    """One side; its name is written at `y`, and its line lies at `axis`."""

    name: str
    y: int
    axis: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timeline:
    """Both sides on one axis, for an SVG as wide as there is room; `ticks` are texts and places, down to `foot`."""

    height: int
    foot: int
    ticks: tuple[tuple[str, float], ...]
    lanes: tuple[Lane, ...]


def events_of(origin: Origin) -> list[Event]:
    """What is known of a side, the earliest first."""
    read = [(kind, period(getattr(origin, kind))) for kind in KINDS]
    return sorted((Event(kind, *days) for kind, days in read if days), key=lambda event: (event.first, event.last))


def period(text: str | None) -> tuple[date, date] | None:
    """The first and last day that a moment, `2026-11-24`, `2026-11` or `2026` may mean."""
    found = _TEXT.match(clock.day_of(text or ""))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def timeline_of(sides: Sequence[tuple[str, Origin]]) -> Timeline | None:
    """Of both sides (name, what is known); None where no day is known."""
    known = [(name, events_of(origin)) for name, origin in sides]
    days = [day for _, events in known for event in events for day in (event.first, event.last)]
    if not days:
        return None
    scale = Scale(min(days), max(days))
    lanes: list[Lane] = []
    top = 6
    for name, events in known:
        placed = stacked(events, scale)
        rows = max([row for row, _ in placed], default=0) + 1
        axis = top + 18 + _STEP * (rows - 1) + 10
        marks = tuple(_mark(event, scale, axis - _STEP * row) for row, event in placed)
        lanes.append(Lane(name, top + 12, axis, marks))
        top = axis + _LANE
    ticks = tuple((name, scale.place(day)) for day, name in scale.ticks())
    return Timeline(top + _AXIS - 8, top - 4, ticks, tuple(lanes))


class Scale:
    """Days on the width, in per cent."""

    def __init__(self, first: date, last: date) -> None:
        room = max(45, (last - first).days // 20)
        self._first = first.toordinal() - room
        self._span = last.toordinal() + room - self._first
        self._shown = (first - timedelta(days=room), last + timedelta(days=room)) if first.year > 1 else (first, last)

    def place(self, day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day.toordinal() - self._first) / self._span

    def ticks(self) -> list[tuple[date, str]]:
        """Beginnings of years, or of months where the days lie close together, each as people write it."""
        first, last = self._shown
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next((step for step in _STEPS_MONTHS if step * _MOST_TICKS >= months), 12)
        if step < 12:
            count = range(first.year * 12 + first.month, last.year * 12 + last.month)
            days = [date(month // 12, month % 12 + 1, 1) for month in count if month % step == 0]
            return [(day, month_name(day)) for day in days]
        needed = ceil(months / 12 / _MOST_TICKS)
        years = next((years for years in _STEPS_YEARS if years >= needed), _STEPS_YEARS[-1])
        return [(date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1) if y % years == 0]


def stacked(events: Sequence[Event], scale: Scale) -> list[tuple[int, Event]]:
    """Each with a row above the axis, 0 where there is room on it."""
    taken: list[float] = []
    placed = []
    for event in events:
        left, right = scale.place(event.first), scale.place(event.last)
        at = (left + right) / 2
        row = next((row for row, end in enumerate(taken) if at - end >= _CLOSE), len(taken))
        taken[row:] = [max(right, at), *taken[row + 1 :]]
        placed.append((row, event))
    return placed


def _mark(event: Event, scale: Scale, y: int) -> Mark:
    left, right = scale.place(event.first), scale.place(event.last)
    return Mark(event.kind, (left + right) / 2, left, right, y)
