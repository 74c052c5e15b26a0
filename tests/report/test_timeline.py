"""Days on one axis, and numbers in words."""

from datetime import date

import pytest

from umkm_cli.i18n import use_language
from umkm_cli.report.evidence.numbers import expected
from umkm_cli.report.evidence.timeline import Mark, Timeline, events_of, period, timeline_of
from umkm_cli.screening.evidence.origins import Origin


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-08-17", (date(2024, 8, 17), date(2024, 8, 17))),
        ("2026-11-24T15:35:42Z", (date(2026, 11, 24), date(2026, 11, 24))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-12", (date(2023, 12, 1), date(2023, 12, 31))),
        ("1998", (date(1998, 1, 1), date(1998, 12, 31))),
        ("2024-13-01", None),
        ("entah", None),
        (None, None),
    ],
)
def test_a_period_is_as_long_as_what_is_known(text: str | None, days: tuple[date, date] | None) -> None:
    assert period(text) == days


def test_both_sides_share_one_axis_and_the_earlier_day_lies_left() -> None:
    ours = Origin("motif", created="2019", registered="2024-05-01")
    theirs = Origin("picture", seen="2026-11-24")
    assert [event.kind for event in events_of(ours)] == ["created", "registered"]
    drawn = timeline_of((("Gambar", theirs), ("Rancangan", ours)))
    assert drawn is not None
    places = {mark.kind: mark.at for mark in _marks(drawn)}
    assert places["created"] < places["registered"] < places["seen"]
    assert [mark.kind for mark in _marks(drawn) if mark.lasts] == ["created"]


def test_days_that_coincide_are_drawn_one_above_the_other() -> None:
    drawn = timeline_of((("A", Origin("motif", created="2024-05-01", registered="2024-05-02")),))
    assert drawn is not None
    assert len({mark.y for mark in _marks(drawn)}) == 2


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert timeline_of((("A", Origin("picture")), ("B", Origin("motif")))) is None


@pytest.mark.parametrize(
    ("alarms", "said"),
    [
        (0.0, "kurang dari satu kali dalam 1.000.000 pencarian"),
        (3e-5, "sekitar satu kali dalam 33.000 pencarian"),
        (0.25, "sekitar satu kali dalam 4 pencarian"),
        (2.0, "sekitar 2,0 kali tiap pencarian"),
    ],
)
def test_chance_is_told_in_searches(alarms: float, said: str) -> None:
    use_language("id")
    assert expected(alarms) == said


def _marks(drawn: Timeline) -> list[Mark]:
    return [mark for lane in drawn.lanes for mark in lane.marks]
