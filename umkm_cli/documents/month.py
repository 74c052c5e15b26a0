"""A month of the office in numbers, as scripts read it."""

from typing import Literal

from typing_extensions import TypedDict

WaitingDays = Literal["0-7", "8-30", "over_30"]


class MonthRecords(TypedDict):
    """How many came in, and how many there were at the end."""

    new: int
    total: int


class MonthMotifs(MonthRecords):
    """`recorded` have a number of DJKI, `held` wait for a person."""

    recorded_new: int
    recorded: int
    held: int


class MonthChecks(TypedDict):
    total: int
    alerts: int
    verdicts: dict[str, int]


class MonthOpenCases(TypedDict):
    total: int
    by_age_days: dict[WaitingDays, int]


class MonthCases(TypedDict):
    opened: int
    opened_by_kind: dict[str, int]
    decided: int
    outcomes: dict[str, int]
    open: MonthOpenCases


class MonthKecamatan(MonthRecords):
    """`code` is `other` for several together, whose `name` is null; both are null for businesses that name none."""

    code: str | None
    name: str | None


class MonthVendors(MonthRecords):
    kecamatan: list[MonthKecamatan]


class MonthFigures(TypedDict):
    """Counts only. A verdict, an outcome or a kind that is not known here is counted all the same."""

    motifs: MonthMotifs
    checks: MonthChecks
    cases: MonthCases
    vendors: MonthVendors
    products: MonthRecords


class MonthBefore(TypedDict):
    month: str
    figures: MonthFigures


class MonthDocument(TypedDict):
    """The figures of a month (`2026-11`) as of a moment, and those of the month before it."""

    schema: Literal["umkm.month/1"]
    month: str
    complete: bool
    as_of: str
    figures: MonthFigures
    before: MonthBefore
