"""The month counts every verdict and every outcome that there is; none is dropped because a list was forgotten."""

import contextlib
import sqlite3
from pathlib import Path

from tests.conftest import SAMPLES, Run
from umkm_cli.registry.cases.case import CaseOutcome
from umkm_cli.registry.office.month import OUTCOMES, VERDICTS
from umkm_cli.screening.judging.judge import Verdict


def test_the_month_knows_every_verdict_and_every_outcome() -> None:
    assert tuple(verdict.value for verdict in Verdict) == VERDICTS
    assert tuple(outcome.value for outcome in CaseOutcome) == OUTCOMES


def test_a_verdict_of_another_version_is_counted(umkm: Run, home: Path) -> None:
    umkm("motif", "check", SAMPLES / "suspect" / "plain.jpg").ok()
    with contextlib.closing(sqlite3.connect(next(home.glob("*.db")))) as database, database:
        database.execute("UPDATE \"check\" SET verdict = 'of_tomorrow'")
    checks = umkm("report", "month", "--json").ok().json()["figures"]["checks"]
    assert checks["verdicts"]["of_tomorrow"] == 1
    assert sum(checks["verdicts"].values()) == checks["total"] == 1
