"""`umkm register`, as a clerk and as a script run it."""

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

NIK = "3578011708450001"


def test_a_name_is_enough(umkm: Run) -> None:
    document = umkm("register", "--name", "Batik Sari", "--json").ok().json()
    assert document["schema"] == "umkm.vendor/1"
    assert document["name"] == "Batik Sari"
    assert document["status"] == "active"
    assert document["result"] == "created"
    assert umkm("vendor", "show", document["code"], "--json").ok().json()["name"] == "Batik Sari"


def test_every_field_can_be_given(umkm: Run) -> None:
    given = {
        **{"name": "Batik Sari", "owner": "Siti", "nik": NIK, "nib": "0220102345678", "npwp": "01.312.166.0-091.000"},
        **{
            "kbli": "13134",
            "scale": "mikro",
            "kecamatan": "rungkut",
            "kelurahan": "Kali Rungkut",
            "address": "Jl. A 5",
        },
        **{"phone": "0812-3456-7890", "email": "sari@batik.example", "website": "batik.example"},
        **{"marketplaces": "toko.example/sari", "latitude": "-7,3", "longitude": "112,7", "employees": "3"},
        **{"capital": "Rp 5.000.000,00", "annual-sales": "60.000.000", "since": "2015", "epeken": "UMKM", "mbr": "ya"},
        **{"curation": "terkurasi", "consent-date": "17/8/2024", "consent-version": "v1", "ref": "R-1"},
        **{"business-line": "Batik tulis", "phone2": "0813-3456-7890", "note": "Buka sore"},
    }
    options = [part for name, text in given.items() for part in (f"--{name}", text)]
    code = umkm("register", *options, "--json").ok().json()["code"]
    document = umkm("vendor", "show", code, "--reveal", "--json").ok().json()
    assert document | {"created_at": "", "updated_at": "", "code": ""} == {
        **{"schema": "umkm.vendor/1", "code": "", "ref": "R-1", "source": "", "name": "Batik Sari", "owner": "Siti"},
        **{"nik": NIK, "nib": "0220102345678", "npwp": "0013121660091000", "scale": "mikro", "kecamatan": "35.78.03"},
        **{"kbli": [{"code": "13134", "edition": "2020"}], "kelurahan": "35.78.03.1001", "address": "Jl. A 5"},
        **{"phone": "+6281234567890", "email": "sari@batik.example", "website": "batik.example"},
        **{"marketplaces": ["toko.example/sari"], "latitude": -7.3, "longitude": 112.7, "employees": 3},
        **{"capital": 5_000_000, "annual_sales": 60_000_000, "since": 2015, "epeken": "umkm", "mbr": True},
        **{"curation": "terkurasi", "consent_date": "2024-08-17", "consent_version": "v1", "status": "active"},
        **{"business_line": "Batik tulis", "phone2": "+6281334567890", "note": "Buka sore"},
        **{"closed_at": None, "closed_reason": None, "created_at": "", "updated_at": ""},
    }


def test_the_same_ref_updates_and_then_changes_nothing(umkm: Run) -> None:
    first = umkm("register", "--name", "Batik Sari", "--ref", "A", "--json").ok().json()
    for owner, result in (("Siti", "updated"), ("Siti", "unchanged")):
        again = umkm("register", "--name", "Batik Sari", "--ref", "A", "--owner", owner, "--json").ok().json()
        assert (again["code"], again["result"]) == (first["code"], result)


def test_what_a_ref_replaces_is_named(umkm: Run) -> None:
    """A mistyped reference would rename another business without a word."""
    umkm("register", "--ref", "A-2", "--name", "Kain Pagi Sore", "--phone", "081234567890").ok()
    other = ("register", "--ref", "A-2", "--name", "Nama Lain", "--phone", "081234567891", "--owner", "Bu Lain")
    problems = umkm(*other, "--json").ok().json()["problems"]
    assert [(problem["field"], problem["rule"]) for problem in problems] == [
        ("name", "value_replaced"),
        ("phone", "value_replaced"),
    ]
    assert 'dahulu "Kain Pagi Sore", sekarang "Nama Lain"' in problems[0]["message"]
    assert "1234567890" not in str(problems)
    assert umkm(*other, "--json").ok().json()["problems"] == []


def test_another_persons_ref_is_refused(umkm: Run) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "A", "--nik", NIK).ok()
    refused = umkm("register", "--name", "Batik Sari", "--ref", "A", "--nik", "3578015708450002", "--json")
    assert refused.exit_code == 1
    refused.refused("ref_taken")


def test_all_that_is_wrong_is_said_at_once(umkm: Run) -> None:
    result = umkm(
        "register", "--name", " ", "--nik", "123456789", "--kecamatan", "Rungkt", "--capital", "2 juta", "--json"
    )
    assert result.exit_code == 1
    document = result.refused("invalid_fields")
    rules = {(problem["field"], problem["rule"]) for problem in document["problems"]}
    assert rules == {
        ("name", "required"),
        ("nik", "nik_form"),
        ("kecamatan", "kecamatan_unknown"),
        ("capital", "money_in_words"),
    }
    assert "Rungkut" in result.err
    assert "123456789" not in result.out + result.err
    assert umkm("vendor", "list", "--all", "--json").ok().json()["vendors"] == []


def test_warnings_are_said_and_the_vendor_is_kept(umkm: Run) -> None:
    result = umkm("register", "--name", "A", "--nik", "3578011708450000", "--json").ok()
    assert [(p["rule"], p["level"]) for p in result.json()["problems"]] == [("nik_serial", "warning")]
    shown = umkm("register", "--name", "B", "--nik", "3578011708450000").ok()
    assert "Perhatian" in shown.err
    assert "3578011708450000" not in shown.out + shown.err


def test_nobody_is_asked_without_a_terminal(umkm: Run) -> None:
    result = umkm("register", "--json", stdin="Batik Sari\n")
    assert result.exit_code == 1
    assert result.refused("invalid_fields")["problems"][0]["rule"] == "required"
    assert umkm("register", stdin="Batik Sari\n").exit_code == 1


HOSTILE = [
    "x" * 300,
    "🧵\x1b[31m" * 60,
    "a\x00b",
    "a\x07b",
    "\udcff\udcfe",
    "\u202eirab",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_end_in_a_sentence(umkm: Run, name: str) -> None:
    umkm("register", "--name", "Batik Sari", "--json").ok()
    for arguments in (("--name", name), ("--name", "A", "--owner", name), ("--name", "A", "--ref", name)):
        result = umkm("register", *arguments, "--json")
        assert result.exit_code == 1
        result.refused("invalid_fields")
        assert "\x1b" not in result.out + result.err
        assert "Traceback" not in result.err
    assert len(umkm("vendor", "list", "--json").ok().json()["vendors"]) == 1


@pytest.mark.parametrize(
    "name", ["Robert'); DROP TABLE vendor;--", "' OR 1=1 --", "🧵" * 200, "{code}", "[red]Batik[/red]", "%s", "-"]
)
def test_odd_names_are_names(umkm: Run, name: str) -> None:
    code = umkm("register", "--name", name, "--json").ok().json()["code"]
    assert umkm("vendor", "show", code, "--json").ok().json()["name"] == name
    umkm("vendor", "show", code).ok()
    umkm("vendor", "list").ok()
    umkm("vendor", "list", "--search", name).ok()


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are not bytes there")
def test_an_argument_that_is_not_text(umkm_process: Run) -> None:
    result = umkm_process("register", "--name", os.fsdecode(b"Batik \xff"), "--json")
    assert result.exit_code == 1
    assert result.refused("invalid_fields")["problems"][0]["rule"] == "control_characters"


def test_a_terminal_is_asked_for_what_is_missing(home: Path) -> None:
    pty = pytest.importorskip("pty")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "umkm_cli", "register"])
    os.write(terminal, b"Batik Sari\nSiti\nRungkut\n\n")
    said = b""
    while True:
        try:
            chunk = os.read(terminal, 1024)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    text = said.decode()
    assert "Nama usaha" in text
    assert "U-SBY-00001" in text


def test_two_processes_register_side_by_side(umkm_process: Run) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(umkm_process, "register", "--name", f"Batik {n}", "--json") for n in range(8)]
        codes = {job.result().ok().json()["code"] for job in jobs}
    assert len(codes) == 8
    umkm_process("audit", "verify", "--json").ok()
