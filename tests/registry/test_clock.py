"""Clocks that are set back date nothing back, and clocks that run ahead make nothing forgotten."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES, Run

SetClock = Callable[[datetime], None]
TODAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CROP = SAMPLES / "suspect" / "crop.jpg"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets this computer's clock, as the registry asks it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("umkm_cli.clock.utc_now", lambda: moment)

    set_to(TODAY)
    return set_to


def register(umkm: Run, name: str) -> Any:
    return umkm("register", "--name", name, "--json")


def ask(home: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(home / "umkm.db")) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def begun(umkm: Run, clock: SetClock) -> None:
    """One business, registered today."""
    register(umkm, "Batik Sari").ok()


@pytest.mark.usefixtures("begun")
def test_a_clock_set_back_stores_and_signs_nothing(umkm: Run, clock: SetClock, tmp_path: Path) -> None:
    umkm("heritage", "add", SAMPLES / "heritage" / "parang.jpg", "--name", "Parang").ok()
    vendor = umkm("vendor", "list", "--json").ok().json()["vendors"][0]["code"]
    motif = umkm("motif", "register", CROP, "--vendor", vendor, "--title", "Bakau", "--json").ok().json()["code"]
    clock(datetime(2001, 1, 1, tzinfo=UTC))
    document = register(umkm, "Batik Lama").refused("clock_behind")
    assert "2001-01-01 07:00 WIB" in document["message"]
    assert "2026-11-24 15:00 WIB" in document["message"]
    receipt = tmp_path / "tanda.pdf"
    umkm("motif", "receipt", motif, receipt, "--json").refused("clock_behind")
    report = tmp_path / "bukti.html"
    umkm("motif", "check", CROP, "--no-record", "--report", report, "--json").refused("clock_behind")
    assert not receipt.exists()
    assert not report.exists()
    assert umkm("status", "--json").ok().json()["attention"]["clock"]["problem"] == "behind"
    assert "2001-01-01" in umkm("status").ok().out
    umkm("vendor", "list").ok()
    umkm("audit", "clock", "--reason", "Baterai", "--json").refused("clock_before_registry")


@pytest.mark.usefixtures("begun")
def test_minutes_between_computers_are_forgiven_and_times_never_fall(umkm: Run, clock: SetClock, home: Path) -> None:
    for minutes in (-3, 1, -4, 0):
        clock(TODAY + timedelta(minutes=minutes))
        register(umkm, f"Usaha {minutes}").ok()
    times = [at for (at,) in ask(home, "SELECT at FROM audit ORDER BY seq")]
    assert times == sorted(times)
    umkm("audit", "verify").ok()
    clock(TODAY - timedelta(minutes=7))
    register(umkm, "Usaha lain").refused("clock_behind")


@pytest.mark.usefixtures("begun")
def test_a_wrong_clock_ahead_can_be_answered_for_and_stays_visible(umkm: Run, clock: SetClock) -> None:
    clock(TODAY + timedelta(days=1600))
    register(umkm, "Batik Masa Depan").ok()
    assert umkm("status", "--json").ok().json()["attention"]["clock"]["problem"] == "ahead"
    clock(TODAY + timedelta(hours=1))
    register(umkm, "Batik Kini").refused("clock_behind")
    umkm("audit", "clock", "--reason", " ", "--json").refused("reason_missing")
    umkm("audit", "clock", "--reason", "Tanggal komputer salah", "--json").ok()
    assert umkm("status", "--json").ok().json()["attention"]["clock"] is None
    register(umkm, "Batik Kini").ok()
    found = umkm("audit", "verify", "--json").ok().json()
    assert found["clock_set_back"] == [4]
    assert any(line.rstrip(".").endswith("4") for line in umkm("audit", "verify").ok().out.splitlines())
    umkm("audit", "clock", "--reason", "Lagi", "--json").refused("clock_in_order")


def test_an_older_chain_whose_times_fall_says_where(
    umkm: Run, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(umkm, "Batik Sari").ok()
    with monkeypatch.context() as older:
        older.setattr("umkm_cli.registry.office.audit.is_behind", lambda *_: False)
        older.setattr("umkm_cli.registry.office.audit.max", lambda at, _: at, raising=False)
        clock(TODAY - timedelta(days=2))
        register(umkm, "Batik Lama").ok()
    clock(TODAY + timedelta(hours=1))
    register(umkm, "Batik Kini").ok()
    document = umkm("audit", "verify", "--json").refused("audit_backdated")
    assert "2" in document["message"]
    umkm("audit", "clock", "--reason", "Jam mundur dua hari").ok()
    assert umkm("audit", "verify", "--json").ok().json()["clock_set_back"] == [2]


@pytest.mark.parametrize("answered", [False, True])
def test_a_clock_far_ahead_forgets_nothing_until_somebody_answers_for_it(
    umkm: Run, clock: SetClock, home: Path, answered: bool
) -> None:
    register(umkm, "Batik Sari").ok()
    umkm("motif", "check", CROP).ok()
    fingerprints = "SELECT count(*) FROM fingerprint"
    assert ask(home, fingerprints) == [(1,)]
    clock(TODAY + timedelta(days=1600))
    if answered:
        umkm("audit", "clock", "--reason", "Kantor lama tutup").ok()
    vendor = register(umkm, "Batik Lain").ok().json()["code"]
    other = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", other, "--vendor", vendor, "--title", "Semanggi").ok()
    left = "SELECT count(*) FROM fingerprint WHERE sha256 NOT IN (SELECT sha256 FROM view)"
    assert ask(home, left) == [(0 if answered else 1,)]
    attention = umkm("status", "--json").ok().json()["attention"]["clock"]
    assert (attention is None) == answered
    if attention:
        assert attention["last_entry"].startswith("2026-11-24")
    umkm("audit", "verify").ok()
