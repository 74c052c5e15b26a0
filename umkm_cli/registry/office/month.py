"""A month of the office in numbers: what came in, what was checked, what was decided, what waits. Counts only.

Months are those of the office's zone, moments in the registry are UTC. Standing figures ("in all") are as they were
at the end of the month, or are now; but what a record says of itself, such as a DJKI number, is taken as it is today,
since the registry keeps no earlier values.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from umkm_cli import clock
from umkm_cli.db.reading import Reader, Row
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.registry.values.region_codes import KECAMATAN

if TYPE_CHECKING:
    from umkm_cli.documents.month import (
        MonthCases,
        MonthChecks,
        MonthDocument,
        MonthFigures,
        MonthKecamatan,
        MonthMotifs,
        MonthRecords,
        MonthVendors,
        WaitingDays,
    )

AGES: "tuple[WaitingDays, ...]" = ("0-7", "8-30", "over_30")
"""Days that a case has been waiting."""
OUTCOMES = ("strong", "weak")
VERDICTS = ("copy", "partial", "colourway", "own", "licensed", "heritage", "decided", "clear", "not_judged")
"""Shown at 0, too. The enums stand in rooms above this one; a test holds these lists against them."""
KECAMATAN_SHOWN = 5


@dataclass(frozen=True)
class Month:
    """A month of the calendar; `name` is `2026-11`."""

    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def start(self) -> str:
        """Its first moment, as the registry writes moments."""
        return clock.moment_text(datetime(self.year, self.number, 1, tzinfo=clock.zone()))

    @property
    def before(self) -> "Month":
        return Month(self.year - 1, 12) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def after(self) -> "Month":
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)


def read_month(text: str | None, today: date) -> Month:
    """`2026-11`, by default the current one. Raises `UmkmError`: `bad_month`, `month_not_yet`."""
    if text is None:
        return Month(today.year, today.month)
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())
    if found is None or not 1970 < int(found[1]) < 9999:
        raise UmkmError("bad_month", exit_code=USAGE, value=text)
    month = Month(int(found[1]), int(found[2]))
    if (month.year, month.number) > (today.year, today.month):
        raise UmkmError("month_not_yet", exit_code=USAGE, value=text)
    return month


def month_document(reader: Reader, month: Month, now: datetime) -> "MonthDocument":
    """`umkm.month/1`: the figures of a month, and those of the month before it to compare with."""
    return {
        "schema": "umkm.month/1",
        "month": month.name,
        "complete": month.after.start <= clock.moment_text(now),
        "as_of": min(month.after.start, clock.moment_text(now)),
        "figures": _figures(reader, month, now),
        "before": {"month": month.before.name, "figures": _figures(reader, month.before, now)},
    }


def _figures(reader: Reader, month: Month, now: datetime) -> "MonthFigures":
    span = {"start": month.start, "end": month.after.start}
    return {
        "motifs": _motifs(reader, span),
        "checks": _checks(reader, span),
        "cases": _cases(reader, span, min(span["end"], clock.moment_text(now))),
        "vendors": _vendors(reader, span),
        "products": _records(reader, "product", "closed_at", span),
    }


def _records(reader: Reader, table: str, gone: str, span: dict[str, str]) -> "MonthRecords":
    row = reader.one(
        f"SELECT sum(CASE WHEN created_at >= :start AND created_at < :end THEN 1 ELSE 0 END) AS arrived, "
        f"sum(CASE WHEN created_at < :end AND ({gone} IS NULL OR {gone} >= :end) THEN 1 ELSE 0 END) AS whole "
        f"FROM {table}",
        **span,
    )
    return {"new": _count(row, "arrived"), "total": _count(row, "whole")}


def _motifs(reader: Reader, span: dict[str, str]) -> "MonthMotifs":
    row = reader.one(
        "SELECT sum(CASE WHEN created_at >= :start THEN 1 ELSE 0 END) AS recorded_new, count(*) AS recorded, "
        "(SELECT count(*) FROM motif WHERE status = 'held' AND created_at < :end) AS held FROM motif "
        "WHERE coalesce(djki_record, '') <> '' AND created_at < :end "
        "AND (withdrawn_at IS NULL OR withdrawn_at >= :end)",
        **span,
    )
    return {
        **_records(reader, "motif", "withdrawn_at", span),
        "recorded_new": _count(row, "recorded_new"),
        "recorded": _count(row, "recorded"),
        "held": _count(row, "held"),
    }


def _checks(reader: Reader, span: dict[str, str]) -> "MonthChecks":
    rows = reader.rows(
        "SELECT verdict, count(*) AS n, sum(CASE WHEN alert THEN 1 ELSE 0 END) AS alerts "
        'FROM "check" WHERE at >= :start AND at < :end GROUP BY verdict',
        **span,
    )
    counted = {row["verdict"]: int(row["n"]) for row in rows}
    return {
        "total": sum(counted.values()),
        "alerts": sum(int(row["alerts"]) for row in rows),
        "verdicts": {verdict: counted.get(verdict, 0) for verdict in dict.fromkeys((*VERDICTS, *sorted(counted)))},
    }


def _cases(reader: Reader, span: dict[str, str], as_of: str) -> "MonthCases":
    opened = reader.rows(
        'SELECT kind, count(*) AS n FROM "case" WHERE created_at >= :start AND created_at < :end GROUP BY kind', **span
    )
    decided = reader.rows(
        "SELECT case_id, outcome FROM decision WHERE at >= :start AND at < :end ORDER BY at, id", **span
    )
    last = {row["case_id"]: row["outcome"] for row in decided}
    outcomes = list(dict.fromkeys((*OUTCOMES, *sorted(last.values()))))
    waiting = [_age(row["created_at"], as_of) for row in _waiting(reader, span["end"])]
    return {
        "opened": sum(int(row["n"]) for row in opened),
        "opened_by_kind": {row["kind"]: int(row["n"]) for row in sorted(opened, key=lambda row: str(row["kind"]))},
        "decided": len(last),
        "outcomes": {outcome: list(last.values()).count(outcome) for outcome in outcomes},
        "open": {"total": len(waiting), "by_age_days": {age: waiting.count(age) for age in AGES}},
    }


def _waiting(reader: Reader, end: str) -> list[Row]:
    """Cases that had no decision at that moment, or were opened again after their last one."""
    return reader.rows(
        "SELECT created_at FROM (SELECT created_at, "
        '(SELECT max(at) FROM decision WHERE decision.case_id = "case".id AND at < :end) AS decided, '
        "(SELECT max(at) FROM case_event WHERE case_event.case_id = \"case\".id AND kind = 'reopening' AND at < :end) "
        'AS reopened FROM "case" WHERE created_at < :end) AS known '
        "WHERE decided IS NULL OR reopened >= decided",
        end=end,
    )


def _age(created_at: str, as_of: str) -> "WaitingDays":
    days = (datetime.fromisoformat(as_of) - datetime.fromisoformat(created_at)).days
    return "0-7" if days <= 7 else "8-30" if days <= 30 else "over_30"


def _vendors(reader: Reader, span: dict[str, str]) -> "MonthVendors":
    """By kecamatan: those with most vendors, then the others together; `code` is None for those that name none."""
    rows = reader.rows(
        "SELECT kecamatan, sum(CASE WHEN created_at >= :start THEN 1 ELSE 0 END) AS arrived, count(*) AS n "
        "FROM vendor WHERE created_at < :end AND (closed_at IS NULL OR closed_at >= :end) GROUP BY kecamatan",
        **span,
    )
    rows.sort(key=lambda row: (-int(row["n"]), row["kecamatan"] or "~"))
    named = [row for row in rows if row["kecamatan"]]
    first, others = named[:KECAMATAN_SHOWN], named[KECAMATAN_SHOWN:]
    places = [_place(row["kecamatan"], KECAMATAN.get(row["kecamatan"], row["kecamatan"]), [row]) for row in first]
    places += [_place("other", None, others)] if others else []
    unnamed = [row for row in rows if not row["kecamatan"]]
    places += [_place(None, None, unnamed)] if unnamed else []
    return {**_records(reader, "vendor", "closed_at", span), "kecamatan": places}


def _place(code: str | None, name: str | None, rows: list[Row]) -> "MonthKecamatan":
    new, total = sum(int(row["arrived"]) for row in rows), sum(int(row["n"]) for row in rows)
    return {"code": code, "name": name, "new": new, "total": total}


def _count(row: Row | None, name: str) -> int:
    return int(row[name] or 0) if row else 0
