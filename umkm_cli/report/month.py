"""A month in numbers (`umkm.month/1`) for the head of the office: as lines, as a page on A4, as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from umkm_cli.documents.month import MonthCases, MonthChecks, MonthDocument, MonthFigures, MonthMotifs
from umkm_cli.i18n import language, t
from umkm_cli.registry.office.month import AGES
from umkm_cli.report.kit.html import whole_page
from umkm_cli.wording import day


@dataclass(frozen=True)
class Line:
    """One figure: this month's, and the month before's where it is asked for the same; `part` is one of a sum above."""

    section: str
    name: str
    now: int
    before: int | None
    part: bool = False

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.now - self.before


def month_name(name: str, *, short: bool = False) -> str:
    """`2026-11` as `November 2026` in the user's language, `short` with the month in three letters."""
    from babel.dates import format_date

    year, number = map(int, name.split("-"))
    return format_date(date(year, number, 1), "MMM y" if short else "MMMM y", locale=language())


def lines(document: MonthDocument) -> list[Line]:
    """All figures in the order of the page."""
    now, before = document["figures"], document["before"]["figures"]
    return [
        *_motifs(now["motifs"], before["motifs"]),
        *_checks(now["checks"], before["checks"]),
        *_cases(now["cases"], before["cases"]),
        *_vendors(now, before),
    ]


def _line(section: str, key: str, now: int, before: int, *, part: bool = False) -> Line:
    return Line(t(f"month.section.{section}"), t(key), now, before, part)


def _motifs(now: MonthMotifs, before: MonthMotifs) -> Iterator[Line]:
    for name in _OF_MOTIFS:
        yield _line("motifs", f"month.motifs.{name}", now[name], before[name])


_OF_MOTIFS: tuple[Literal["new", "total", "recorded_new", "recorded", "held"], ...] = (
    "new",
    "total",
    "recorded_new",
    "recorded",
    "held",
)


def _checks(now: MonthChecks, before: MonthChecks) -> Iterator[Line]:
    yield _line("checks", "month.checks.total", now["total"], before["total"])
    for verdict, count in now["verdicts"].items():
        earlier = before["verdicts"].get(verdict, 0)
        if count or earlier:
            yield _line("checks", f"verdict.{verdict}.label", count, earlier, part=True)
    yield _line("checks", "month.checks.alerts", now["alerts"], before["alerts"])


def _cases(now: MonthCases, before: MonthCases) -> Iterator[Line]:
    yield _line("cases", "month.cases.opened", now["opened"], before["opened"])
    for kind, count in now["opened_by_kind"].items():
        yield _line("cases", f"case.kind.{kind}", count, before["opened_by_kind"].get(kind, 0), part=True)
    yield _line("cases", "month.cases.decided", now["decided"], before["decided"])
    for outcome, count in now["outcomes"].items():
        yield _line("cases", f"outcome.{outcome}", count, before["outcomes"].get(outcome, 0), part=True)
    yield _line("cases", "month.cases.open", now["open"]["total"], before["open"]["total"])
    waiting, earlier = now["open"]["by_age_days"], before["open"]["by_age_days"]
    for age in AGES:
        yield _line("cases", f"month.age.{age}", waiting[age], earlier[age], part=True)


def _vendors(now: MonthFigures, before: MonthFigures) -> Iterator[Line]:
    yield _line("vendors", "month.vendors.new", now["vendors"]["new"], before["vendors"]["new"])
    yield _line("vendors", "month.vendors.total", now["vendors"]["total"], before["vendors"]["total"])
    earlier = {place["code"]: place["total"] for place in before["vendors"]["kecamatan"]}
    for place in now["vendors"]["kecamatan"]:
        name = place["name"] or t("month.kecamatan.other" if place["code"] else "month.kecamatan.none")
        told = None if place["code"] == "other" else earlier.get(place["code"])
        yield Line(t("month.section.vendors"), name, place["total"], told, part=True)
    yield _line("vendors", "month.products.new", now["products"]["new"], before["products"]["new"])
    yield _line("vendors", "month.products.total", now["products"]["total"], before["products"]["total"])


def table_columns(document: MonthDocument) -> list[str]:
    """Headers of a table of `table_rows`."""
    months = [month_name(document["month"]), month_name(document["before"]["month"])]
    return [t("month.column.section"), t("month.column.figure"), *months, t("month.column.change")]


def table_rows(document: MonthDocument) -> list[list[str | int]]:
    """The lines as cells; what is not known of the month before is an empty text."""
    return [
        [
            line.section,
            ("– " if line.part else "") + line.name,
            line.now,
            "" if line.before is None else line.before,
            "" if line.change is None else line.change,
        ]
        for line in lines(document)
    ]


def signed(change: int | None) -> str:
    """A change with its sign: `+3`, `−2`, `0`."""
    if change is None:
        return "–"
    return f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "0"


@dataclass(frozen=True)
class Tile:
    """A figure that stands large at the head of the page."""

    number: int
    what: str
    change: str


@dataclass(frozen=True)
class Section:
    """The figures under one title; `most` is the largest of those that are one of a sum, 0 where none counts."""

    title: str
    lines: tuple[Line, ...]

    @property
    def most(self) -> int:
        return max((line.now for line in self.lines if line.part), default=0)


def month_page(document: MonthDocument, office: str) -> str:
    """The page, which prints on one sheet of A4."""
    told = lines(document)
    months = [month_name(name, short=True) for name in (document["month"], document["before"]["month"])]
    until = t("month.complete" if document["complete"] else "month.until", date=day(document["as_of"]))
    return whole_page(
        "month",
        t("month.title", month=month_name(document["month"])),
        scripted=False,
        said=f"{t('month.said', office=office)} {until}",
        tiles=_tiles(document),
        sections=[_section(told, title) for title in dict.fromkeys(line.section for line in told)],
        columns=[*months, t("month.column.change")],
        signed=signed,
    )


def _tiles(document: MonthDocument) -> list[Tile]:
    now, before, month = document["figures"], document["before"]["figures"], month_name(document["before"]["month"])
    counted = (
        (t("month.motifs.new"), now["motifs"]["new"], before["motifs"]["new"]),
        (t("month.checks.total"), now["checks"]["total"], before["checks"]["total"]),
        (t("month.checks.alerts"), now["checks"]["alerts"], before["checks"]["alerts"]),
        (t("month.cases.decided"), now["cases"]["decided"], before["cases"]["decided"]),
        (t("month.vendors.new"), now["vendors"]["new"], before["vendors"]["new"]),
    )
    return [
        Tile(count, what, t("month.than_before", change=signed(count - earlier), month=month))
        for what, count, earlier in counted
    ]


def _section(told: list[Line], title: str) -> Section:
    return Section(title, tuple(line for line in told if line.section == title))
