"""A picture is checked, the motif is registered later: whoever checked it finds out, once, and nobody else."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.conftest import PROCESS_TIMEOUT_S, Run
from tests.screening.conftest import SAMPLES

MOTIF = SAMPLES / "motifs" / "daun-bakau.jpg"
CROP = SAMPLES / "suspect" / "crop.jpg"
OTHER = SAMPLES / "motifs" / "semanggi.jpg"
KILLED = 9
DYING = f"""
import os, sys
from umkm_cli.cli.main import run
from umkm_cli.screening.later import looking_back
looking_back._compared = lambda *_: os._exit({KILLED})
run(sys.argv[1:])
"""


@dataclass(frozen=True)
class Makers:
    """Codes of two businesses: `owner` registers the motif, `other` hands pictures in."""

    owner: str
    other: str


@pytest.fixture
def vendors(umkm: Run) -> Makers:
    made = [umkm("register", "--name", name, "--json").ok().json()["code"] for name in ("Sanggar Bakau", "Toko Lain")]
    return Makers(*made)


def register(umkm: Run, vendor: str, picture: Path = MOTIF, title: str = "Daun Bakau") -> Any:
    return umkm("motif", "register", picture, "--vendor", vendor, "--title", title, "--json").ok().json()


def check(umkm: Run, picture: Path = CROP, *options: str) -> None:
    umkm("motif", "check", picture, *options, "--json").ok()


def lookbacks(umkm: Run) -> list[Any]:
    cases = umkm("case", "list", "--json").ok().json()["cases"]
    return [case for case in cases if case["kind"] == "lookback"]


def ask(home: Path, sql: str, *params: object) -> list[Any]:
    with closing(sqlite3.connect(home / "umkm.db")) as connection:
        return connection.execute(sql, params).fetchall()


def make_older(home: Path, days: int) -> None:
    """As if all checks so far had been made so many days earlier."""
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        connection.execute(
            "UPDATE \"check\" SET at = strftime('%Y-%m-%dT%H:%M:%SZ', at, ?)",
            [f"-{days} days"],
        )


def keep_days(home: Path, days: object) -> None:
    (home / "settings.toml").write_text(f"keep_checks_days = {days}\n", "utf-8")


def fingerprints_of_checks(home: Path) -> int:
    sql = 'SELECT count(*) FROM fingerprint WHERE sha256 IN (SELECT sha256 FROM "check")'
    return int(ask(home, sql)[0][0])


def test_registered_later_opens_a_case_that_says_the_picture_is_gone(umkm: Run, home: Path, vendors: Makers) -> None:
    check(umkm, CROP, "--vendor", vendors.other)
    check(umkm, OTHER)
    done = register(umkm, vendors.owner)
    (case,) = lookbacks(umkm)
    assert done["found_later"] == [case["code"]]
    assert (case["motif"]["code"], case["subject"]) == (done["code"], "crop.jpg")
    assert umkm("status", "--json").ok().json()["attention"]["lookback_cases"] == 1
    assert "temuan ulang" in umkm("status").ok().out
    document = umkm("case", "show", case["code"], "--json").ok().json()
    (match,) = document["matches"]
    assert match["relation"] == "partial"
    assert match["check"]["vendor"] == {"code": vendors.other, "name": "Toko Lain"}
    assert match["motif_area"] < 0.6 < match["query_area"], "the crop is a part of the motif, not the other way round"
    shown = umkm("case", "show", case["code"]).ok().out
    assert "crop.jpg" in shown
    assert "berkas gambarnya tidak disimpan" in " ".join(shown.split())
    umkm("audit", "verify").ok()


def test_transform_of_the_case_leads_from_the_motif_to_the_picture(umkm: Run, vendors: Makers) -> None:
    check(umkm)
    register(umkm, vendors.owner)
    (case,) = lookbacks(umkm)
    (later,) = umkm("case", "show", case["code"], "--json").ok().json()["matches"]
    (now,) = umkm("motif", "check", CROP, "--no-record", "--json").ok().json()["results"][0]["matches"]
    centre = np.array(later["motif_region"], np.float64).mean(axis=0).reshape(1, 1, 2)
    there, asked = (cv2.perspectiveTransform(centre, np.array(match["transform"])) for match in (later, now))
    assert np.abs(there - asked).max() < 0.02 * max(later["query_region"][2])


def test_owner_same_file_and_what_was_said_at_the_check_are_no_news(umkm: Run, vendors: Makers) -> None:
    check(umkm, CROP, "--vendor", vendors.owner)
    check(umkm, MOTIF)
    assert register(umkm, vendors.owner)["found_later"] == []
    check(umkm)  # finds the motif, and says so
    second = register(umkm, vendors.owner, OTHER, "Semanggi")
    assert second["found_later"] == []
    assert lookbacks(umkm) == []


def test_a_picture_that_somebody_else_checked_too_is_news(umkm: Run, vendors: Makers) -> None:
    check(umkm, CROP, "--vendor", vendors.owner)
    check(umkm, CROP, "--vendor", vendors.other)
    assert len(register(umkm, vendors.owner)["found_later"]) == 1


def test_licensed_maker_is_no_news(umkm: Run, vendors: Makers) -> None:
    new_view = ["--vendor", vendors.owner, "--title", "Daun Bakau", "--ref", "B-1", "--json"]
    code = umkm("motif", "register", OTHER, *new_view).ok().json()["code"]
    umkm("licence", "add", "--motif", code, "--vendor", vendors.other, "--number", "1/IZIN").ok()
    check(umkm, CROP, "--vendor", vendors.other)
    assert umkm("motif", "register", MOTIF, *new_view).ok().json()["code"] == code
    assert lookbacks(umkm) == []


def test_import_looks_back_once_at_its_end(umkm: Run, home: Path) -> None:
    umkm("vendor", "import", SAMPLES / "vendors.csv").ok()
    suspects = [SAMPLES / "suspect" / f"{name}.jpg" for name in ("crop", "mirrored", "redyed", "plain", "unregistered")]
    umkm("motif", "check", *suspects, "--json").ok()
    done = umkm("motif", "import", SAMPLES / "motifs.csv", "--json").ok().json()
    cases = lookbacks(umkm)
    assert sorted(done["found_later"]) == sorted(case["code"] for case in cases)
    assert sorted(case["subject"] for case in cases) == ["crop.jpg", "redyed.jpg"], "the other is a motif itself by now"
    assert ask(home, "SELECT count(*) FROM view WHERE NOT looked_back") == [(0,)]
    assert umkm("motif", "import", SAMPLES / "motifs.csv", "--json").ok().json()["found_later"] == []
    assert len(lookbacks(umkm)) == len(cases)


@pytest.mark.parametrize("later", ["registration", "reindex"])
def test_killed_in_between_is_made_up_for(umkm: Run, home: Path, vendors: Makers, later: str) -> None:
    check(umkm)
    arguments = ["motif", "register", str(MOTIF), "--vendor", vendors.owner, "--title", "Daun Bakau"]
    died = subprocess.run(
        [sys.executable, "-c", DYING, *arguments],
        env=dict(os.environ),
        capture_output=True,
        timeout=PROCESS_TIMEOUT_S,
        check=False,
    )
    assert died.returncode == KILLED, died.stderr
    assert ask(home, "SELECT count(*) FROM motif") == [(1,)], "registered is registered"
    assert lookbacks(umkm) == []
    if later == "registration":
        register(umkm, vendors.other, OTHER, "Semanggi")
    else:
        umkm("motif", "reindex").ok()
    (case,) = lookbacks(umkm)
    assert case["motif"]["title"] == "Daun Bakau"
    umkm("audit", "verify").ok()


def test_interrupt_takes_no_registration_away(umkm: Run, vendors: Makers, monkeypatch: pytest.MonkeyPatch) -> None:
    check(umkm)
    with monkeypatch.context() as patched:

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        patched.setattr("umkm_cli.screening.later.looking_back._compared", interrupted)
        made = umkm("motif", "register", MOTIF, "--vendor", vendors.owner, "--title", "Daun Bakau", "--json").ok()
    assert made.json()["status"] == "registered"
    assert "belum selesai" in made.err
    umkm("motif", "reindex").ok()
    assert len(lookbacks(umkm)) == 1


def test_fingerprints_of_old_checks_go_and_the_checks_stay(umkm: Run, home: Path, vendors: Makers) -> None:
    check(umkm)
    keep_days(home, 30)
    make_older(home, 40)
    check(umkm, OTHER)
    assert fingerprints_of_checks(home) == 2
    assert register(umkm, vendors.owner)["found_later"] == []
    assert fingerprints_of_checks(home) == 1
    assert ask(home, 'SELECT count(*) FROM "check"') == [(2,)]
    assert ask(home, "SELECT count(*) FROM audit WHERE action = 'forget'") == [(1,)]
    (made_older,) = umkm("audit", "verify", "--json").refused("audit_rows_differ")["differences"]
    assert (made_older["table"], made_older["field"]) == ("check", "at"), "by this test, and nothing else is"


def test_fingerprints_that_others_need_stay(umkm: Run, home: Path, vendors: Makers) -> None:
    check(umkm, OTHER)
    register(umkm, vendors.owner)
    check(umkm, CROP, "--case")
    register(umkm, vendors.other, OTHER, "Semanggi")
    keep_days(home, 1)
    make_older(home, 400)
    register(umkm, vendors.other, SAMPLES / "motifs" / "layangan.jpg", "Layangan")
    assert fingerprints_of_checks(home) == 2, "one is a motif's picture now, one is named by a case"


def test_nothing_is_kept_where_the_setting_says_so(umkm: Run, home: Path, vendors: Makers) -> None:
    keep_days(home, 0)
    check(umkm)
    assert fingerprints_of_checks(home) == 0
    assert register(umkm, vendors.owner)["found_later"] == []


@pytest.mark.parametrize("value", ["-1", '"lama"', "true", "1.5"])
def test_a_setting_that_is_no_number_of_days_is_said(umkm: Run, home: Path, value: str) -> None:
    home.mkdir()
    keep_days(home, value)
    assert "keep_checks_days" in umkm("status", "--json").refused("bad_setting")["message"]


def test_rescreening_finds_registered_pairs_that_no_case_names(umkm: Run, home: Path, vendors: Makers) -> None:
    register(umkm, vendors.owner)
    held = register(umkm, vendors.other, CROP, "Potongan")
    umkm("motif", "reindex", "--rescreen").ok()
    assert lookbacks(umkm) == [], "the case of the registration names them"
    with closing(sqlite3.connect(home / "umkm.db")) as connection, connection:
        for table in ("case_match", '"case"'):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE motif SET status = 'registered'")
    assert umkm("motif", "reindex", "--json").ok().json()["found_later"] == [], "only when asked, or when re-read"
    done = umkm("motif", "reindex", "--rescreen", "--json").ok().json()
    (case,) = lookbacks(umkm)
    assert done["found_later"] == [case["code"]]
    assert case["motif"]["code"] == held["code"], "about the one that came later"
    assert umkm("motif", "show", held["code"], "--json").ok().json()["status"] == "registered"
    assert "tidak disimpan" not in umkm("case", "show", case["code"]).ok().out
    umkm("motif", "reindex", "--rescreen").ok()
    assert len(lookbacks(umkm)) == 1
