"""A month in numbers: counted by hand here, at its borders, and as a table, a page and a workbook."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from python_calamine import load_workbook

from tests.conftest import Run
from tests.report.conftest import Opener
from umkm_cli import clock

NOVEMBER, OCTOBER = "2025-11", "2025-10"
NAME = "Toko Rahasia Bu Sari"


@pytest.fixture
def history(umkm: Run, home: Path) -> None:
    """A registry with two months of its past, written as rows; the office is where it is UTC."""
    umkm("status").ok()
    (home / "settings.toml").write_text('timezone = "UTC"\n', "utf-8")
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        fill(connection)


def fill(database: sqlite3.Connection) -> None:
    def add(table: str, **values: object) -> None:
        columns = {row[1]: (row[2], row[3]) for row in database.execute(f'PRAGMA table_info("{table}")')}
        needed = {name: "" for name, (_, required) in columns.items() if required and name not in values}
        needed |= {name: "[]" for name, (kind, required) in columns.items() if required and kind == "JSON"}
        needed |= {name: 0 for name, (kind, required) in columns.items() if required and kind in ("BOOLEAN", "INTEGER")}
        row = needed | values
        marks = ", ".join("?" * len(row))
        database.execute(f'INSERT INTO "{table}" ({", ".join(row)}) VALUES ({marks})', list(row.values()))

    vendors = (
        ("v1", "2025-09-01T00:00:00Z", "35.78.01", None),
        ("v2", "2025-10-15T00:00:00Z", "35.78.01", "2025-11-20T00:00:00Z"),
        ("v3", "2025-11-01T00:00:00Z", "35.78.02", None),
        ("v4", "2025-11-30T23:59:59Z", None, None),
        ("v5", "2025-12-01T00:00:00Z", "35.78.03", None),
    )
    for code, at, kecamatan, closed in vendors:
        add("vendor", id=code, code=code, name=NAME, created_at=at, kecamatan=kecamatan, closed_at=closed)
    motifs = (
        ("m1", "2025-10-31T23:59:59Z", "registered", None, "000123456"),
        ("m2", "2025-11-02T00:00:00Z", "held", None, ""),
        ("m3", "2025-11-03T00:00:00Z", "registered", None, "000123457"),
        ("m4", "2025-10-01T00:00:00Z", "withdrawn", "2025-11-05T00:00:00Z", None),
    )
    for code, at, status, gone, record in motifs:
        fields = {"status": status, "withdrawn_at": gone, "djki_record": record}
        add("motif", id=code, code=code, vendor_id="v1", title=NAME, created_at=at, **fields)
    checks = (
        ("2025-11-04", "copy", 1),
        ("2025-11-05", "clear", 0),
        ("2025-11-06", "clear", 0),
        ("2025-10-06", "own", 0),
    )
    for number, (day, verdict, alert) in enumerate(checks):
        add("check", id=str(number), at=f"{day}T01:00:00Z", verdict=verdict, alert=alert, document="{}")
    cases = (
        ("k1", "2025-10-01T00:00:00Z", "alert", "decided"),
        ("k2", "2025-10-20T00:00:00Z", "complaint", "open"),
        ("k3", "2025-11-10T00:00:00Z", "lookback", "open"),
        ("k4", "2025-11-29T00:00:00Z", "alert", "open"),
        ("k5", "2025-11-12T00:00:00Z", "alert", "decided"),
    )
    for code, at, kind, status in cases:
        add("case", id=code, code=code, created_at=at, kind=kind, status=status)
    decisions = (("k1", "2025-11-03T00:00:00Z", "strong"), ("k1", "2025-11-08T00:00:00Z", "weak"))
    for number, (case, at, outcome) in enumerate((*decisions, ("k5", "2025-12-02T00:00:00Z", "strong"))):
        add("decision", id=str(number), case_id=case, at=at, outcome=outcome, reason="x")
    add("product", id="p1", code="p1", vendor_id="v1", name=NAME, created_at="2025-11-09T00:00:00Z")


def month(umkm: Run, name: str) -> Any:
    return umkm("report", "month", "--month", name, "--json").ok().json()


def test_every_figure_of_a_month_that_is_over(umkm: Run, history: None) -> None:
    document = month(umkm, NOVEMBER)
    assert (document["schema"], document["month"], document["complete"]) == ("umkm.month/1", NOVEMBER, True)
    figures = document["figures"]
    assert figures["motifs"] == {"new": 2, "total": 3, "recorded_new": 1, "recorded": 2, "held": 1}
    verdicts = {name: count for name, count in figures["checks"]["verdicts"].items() if count}
    assert (figures["checks"]["total"], figures["checks"]["alerts"], verdicts) == (3, 1, {"copy": 1, "clear": 2})
    cases = figures["cases"]
    assert (cases["opened"], cases["opened_by_kind"]) == (3, {"alert": 2, "lookback": 1})
    assert (cases["decided"], cases["outcomes"]) == (1, {"strong": 0, "weak": 1}), "the later decision counts"
    assert cases["open"] == {"total": 4, "by_age_days": {"0-7": 1, "8-30": 2, "over_30": 1}}
    assert (figures["vendors"]["new"], figures["vendors"]["total"]) == (2, 3)
    assert figures["vendors"]["kecamatan"] == [
        {"code": "35.78.01", "name": "Karang Pilang", "new": 0, "total": 1},
        {"code": "35.78.02", "name": "Wonocolo", "new": 1, "total": 1},
        {"code": None, "name": None, "new": 1, "total": 1},
    ]
    assert figures["products"] == {"new": 1, "total": 1}


def test_the_month_before_is_what_its_own_report_says(umkm: Run, history: None) -> None:
    before = month(umkm, NOVEMBER)["before"]
    assert before == {"month": OCTOBER, "figures": month(umkm, OCTOBER)["figures"]}
    assert before["figures"]["motifs"]["new"] == 2
    assert before["figures"]["cases"]["open"]["total"] == 2


def test_a_case_that_was_opened_again_is_open(umkm: Run, history: None, home: Path) -> None:
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        connection.execute(
            "INSERT INTO case_event (id, case_id, at, actor, kind, document) "
            "VALUES ('e', 'k1', '2025-11-09T00:00:00Z', 'x', 'reopening', '{}')"
        )
    waiting = month(umkm, NOVEMBER)["figures"]["cases"]["open"]
    assert waiting == {"total": 5, "by_age_days": {"0-7": 1, "8-30": 2, "over_30": 2}}


@pytest.mark.parametrize(("zone", "new"), [("UTC", 2), ("Asia/Jakarta", 3), ("Asia/Jayapura", 3)])
def test_a_month_begins_at_midnight_of_the_office(umkm: Run, history: None, home: Path, zone: str, new: int) -> None:
    """m1 came a second before midnight UTC, on the morning of 1 November in all of Indonesia."""
    (home / "settings.toml").write_text(f'timezone = "{zone}"\n', "utf-8")
    document = month(umkm, NOVEMBER)
    assert document["figures"]["motifs"]["new"] == new
    assert document["as_of"] == {"UTC": "2025-12-01T00:00:00Z", "Asia/Jakarta": "2025-11-30T17:00:00Z"}.get(
        zone, "2025-11-30T15:00:00Z"
    )


def test_this_month_is_the_default_and_not_over(umkm: Run) -> None:
    umkm("register", "--name", "Batik Sekar Muara").ok()
    document = umkm("report", "month", "--json").ok().json()
    assert (document["month"], document["complete"]) == (clock.today().strftime("%Y-%m"), False)
    assert document["figures"]["vendors"]["new"] == 1
    assert "Usaha baru" in umkm("report", "month").ok().out


def test_page_opens_alone_and_prints_on_one_sheet(umkm: Run, history: None, opened: Opener, tmp_path: Path) -> None:
    file = tmp_path / "laporan.html"
    said = umkm("report", "month", file, "--month", NOVEMBER, "--json").ok().json()
    with opened(file) as seen:
        page = seen.page
        expect(page.get_by_role("heading", level=1)).to_have_text("Laporan bulan November 2025")
        row = page.get_by_role("row").filter(has_text="Kasus belum selesai")
        open_cases = said["figures"]["cases"]["open"]["total"]
        assert row.locator("td").all_inner_texts() == [str(open_cases), "2", "+2"]
        assert seen.serious() == []
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
        seen.assert_quiet()
        text = file.read_text("utf-8") + json.dumps(said)
        assert NAME not in text
        assert "<script" not in text


def test_workbook_holds_the_same_figures_as_numbers(umkm: Run, history: None, tmp_path: Path) -> None:
    file = tmp_path / "laporan.xlsx"
    umkm("report", "month", file, "--month", NOVEMBER).ok()
    workbook = load_workbook(file)
    assert workbook.sheet_names == ["November 2025"]
    header, *rows = workbook.get_sheet_by_index(0).to_python()
    assert header == ["Bagian", "Keterangan", "November 2025", "Oktober 2025", "Selisih"]
    figures = {row[1]: row[2:] for row in rows}
    assert figures["Gambar diperiksa"] == [3, 1, 2]
    assert figures["– lebih dari 30 hari"] == [1, 1, 0]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--month", "November"], "bad_month"),
        (["--month", "2025-13"], "bad_month"),
        (["--month", "0001-01"], "bad_month"),
        (["--month", "2999-01"], "month_not_yet"),
        (["laporan.doc"], "month_format"),
    ],
)
def test_what_cannot_be_reported_is_said(umkm: Run, options: list[str], code: str) -> None:
    assert umkm("report", "month", *options, "--json").refused(code)["hint"]


def test_every_verdict_and_outcome_has_its_figure() -> None:
    """A verdict that the month does not know would be dropped without a word."""
    from umkm_cli.registry.cases.case import CaseOutcome
    from umkm_cli.registry.office import month
    from umkm_cli.screening.judging.judge import Verdict

    assert tuple(Verdict) == month.VERDICTS
    assert tuple(CaseOutcome) == month.OUTCOMES
