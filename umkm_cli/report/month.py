"""A month in numbers (`umkm.month/1`) for the head of the office: as lines, as a page on A4, as a workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from umkm_cli.documents.month import MonthDocument
from umkm_cli.i18n import language, t
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
    return [*_motifs(now, before), *_checks(now, before), *_cases(now, before), *_vendors(now, before)]


def _line(section: str, key: str, now: Any, before: Any, *path: str, part: bool = False) -> Line:
    for name in path:
        now, before = now[name], before.get(name, 0) if isinstance(before, dict) else 0
    return Line(t(f"month.section.{section}"), t(key), now, before, part)


def _motifs(now: Any, before: Any) -> Iterator[Line]:
    for name in ("new", "total", "recorded_new", "recorded", "held"):
        yield _line("motifs", f"month.motifs.{name}", now, before, "motifs", name)


def _checks(now: Any, before: Any) -> Iterator[Line]:
    yield _line("checks", "month.checks.total", now, before, "checks", "total")
    for verdict in now["checks"]["verdicts"]:
        line = _line("checks", f"verdict.{verdict}.label", now, before, "checks", "verdicts", verdict, part=True)
        if line.now or line.before:
            yield line
    yield _line("checks", "month.checks.alerts", now, before, "checks", "alerts")


def _cases(now: Any, before: Any) -> Iterator[Line]:
    yield _line("cases", "month.cases.opened", now, before, "cases", "opened")
    for kind in now["cases"]["opened_by_kind"]:
        yield _line("cases", f"case.kind.{kind}", now, before, "cases", "opened_by_kind", kind, part=True)
    yield _line("cases", "month.cases.decided", now, before, "cases", "decided")
    for outcome in now["cases"]["outcomes"]:
        yield _line("cases", f"outcome.{outcome}", now, before, "cases", "outcomes", outcome, part=True)
    yield _line("cases", "month.cases.open", now, before, "cases", "open", "total")
    for age in now["cases"]["open"]["by_age_days"]:
        yield _line("cases", f"month.age.{age}", now, before, "cases", "open", "by_age_days", age, part=True)


def _vendors(now: Any, before: Any) -> Iterator[Line]:
    yield _line("vendors", "month.vendors.new", now, before, "vendors", "new")
    yield _line("vendors", "month.vendors.total", now, before, "vendors", "total")
    earlier = {place["code"]: place["total"] for place in before["vendors"]["kecamatan"]}
    for place in now["vendors"]["kecamatan"]:
        name = place["name"] or t("month.kecamatan.other" if place["code"] else "month.kecamatan.none")
        told = None if place["code"] == "other" else earlier.get(place["code"])
        yield Line(t("month.section.vendors"), name, place["total"], told, part=True)
    yield _line("vendors", "month.products.new", now, before, "products", "new")
    yield _line("vendors", "month.products.total", now, before, "products", "total")


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
        tiles=[_tile(document, *tile) for tile in _TILES],
        sections=[_section(told, title) for title in dict.fromkeys(line.section for line in told)],
        columns=[*months, t("month.column.change")],
        signed=signed,
    )


_TILES = (("motifs", "new"), ("checks", "total"), ("checks", "alerts"), ("cases", "decided"), ("vendors", "new"))


def _tile(document: MonthDocument, section: str, name: str) -> Tile:
    figures: tuple[Mapping[str, Any], ...] = (document["figures"], document["before"]["figures"])
    now, before = (each[section][name] for each in figures)
    change = t("month.than_before", change=signed(now - before), month=month_name(document["before"]["month"]))
    return Tile(now, t(f"month.{section}.{name}"), change)


def _section(told: list[Line], title: str) -> Section:
    return Section(title, tuple(line for line in told if line.section == title))
