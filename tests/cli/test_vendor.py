"""`umkm vendor`: list, show, edit, close, export."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

NIK = "3578011708450001"
NIB = "0220102345678"


@pytest.fixture
def sari(umkm: Run) -> str:
    """The code of a vendor with something in every private field."""
    private = (
        "--nik",
        NIK,
        "--npwp",
        NIK,
        "--phone",
        "081234567890",
        "--address",
        "Jl. Rahasia 5",
        "--email",
        "s@b.example",
    )
    money = ("--capital", "1500000", "--annual-sales", "98765432", "--latitude", "-7.31", "--longitude", "112.79")
    named = ("--name", "Batik Séruni", "--kecamatan", "Rungkut", "--nib", NIB, "--ref", "R-1")
    return str(umkm("register", *named, *private, *money, "--json").ok().json()["code"])


SECRETS = (NIK, "81234567", "Rahasia", "s@b", "98765432", "1.500.000", "1500000", "112.79", "-7.31")


@pytest.mark.parametrize("command", [["list"], ["show", "R-1"], ["export"], ["list", "--search", "seruni"]])
def test_private_values_are_masked_everywhere(umkm: Run, sari: str, command: list[str]) -> None:
    for extra in ([], ["--json"]):
        result = umkm("vendor", *command, *extra).ok()
        assert "Batik Séruni" in result.out
        for secret in SECRETS:
            assert secret not in result.out + result.err


def test_revealing_shows_all_and_is_recorded(umkm: Run, sari: str) -> None:
    entries = umkm("audit", "verify", "--json").json()["entries"]
    document = umkm("vendor", "show", sari, "--reveal", "--json").ok().json()
    assert (document["nik"], document["npwp"], document["phone"]) == (NIK, NIK, "+6281234567890")
    assert (document["address"], document["capital"], document["annual_sales"]) == (
        "Jl. Rahasia 5",
        1_500_000,
        98_765_432,
    )
    umkm("vendor", "export", "--reveal", "--json").ok()
    assert umkm("audit", "verify", "--json").json()["entries"] == entries + 2
    shown = umkm("vendor", "show", sari, "--reveal").ok().out
    assert "Rp 1.500.000" in shown
    assert NIK in shown


def test_finding_one(umkm: Run, sari: str) -> None:
    for key in (sari, sari.lower().replace("-", ""), "R-1", NIB):
        assert umkm("vendor", "show", key, "--json").ok().json()["code"] == sari
    umkm("vendor", "show", "X-99", "--json").refused("vendor_not_found")
    wrong = umkm("vendor", "show", sari[:-2] + ("00" if sari[-2:] != "00" else "01"), "--json").refused("code_mistyped")
    assert sari in wrong["hint"]


def test_listing(umkm: Run, sari: str) -> None:
    umkm("register", "--name", "Keripik Jaya", "--kecamatan", "Gubeng", "--owner", "Budi").ok()

    def names(*options: str) -> list[str]:
        return [vendor["name"] for vendor in umkm("vendor", "list", *options, "--json").ok().json()["vendors"]]

    assert names() == ["Batik Séruni", "Keripik Jaya"]
    assert names("--kecamatan", "35.78.03") == names("--kecamatan", "kec. rungkut") == ["Batik Séruni"]
    assert names("--search", "batik srunii") == ["Batik Séruni"]
    assert names("--nib", "0220 1023 45678") == names("--ref", "R-1") == names("--nik", NIK) == ["Batik Séruni"]
    assert names("--nik", "3578011708450002") == []
    assert names("--limit", "1") == ["Batik Séruni"]
    table = umkm("vendor", "list").ok().out
    assert "Rungkut" in table
    assert "Keripik Jaya" in table
    umkm("vendor", "list", "--kecamatan", "Rungkt", "--json").refused("kecamatan_unknown")
    assert umkm("vendor", "list", "--limit", "0").exit_code == 2


def test_a_long_list_says_that_it_goes_on(umkm: Run) -> None:
    for name in ("A", "B", "C"):
        umkm("register", "--name", name).ok()
    result = umkm("vendor", "list", "--limit", "2").ok()
    assert "2 dari 3" in result.err


def test_editing_sets_and_clears(umkm: Run, sari: str) -> None:
    document = umkm("vendor", "edit", sari, "--owner", "Siti", "--nib", "", "--json").ok().json()
    assert (document["owner"], document["nib"]) == ("Siti", None)
    umkm("vendor", "edit", sari, "--marketplaces", "a.example; b.example").ok()
    assert umkm("vendor", "edit", sari, "--marketplaces", "", "--kbli", "", "--json").ok().json()["marketplaces"] == []
    umkm("vendor", "edit", sari, "--nik", "").ok()
    assert umkm("vendor", "show", sari, "--json").ok().json()["nik"] is None
    umkm("vendor", "edit", sari, "--name", "", "--json").refused("invalid_fields")
    assert umkm("vendor", "edit", sari, "--json").exit_code == 2
    umkm("vendor", "edit", "X-1", "--owner", "A", "--json").refused("vendor_not_found")
    umkm("audit", "verify").ok()


def test_an_edit_that_changes_nothing_is_not_recorded(umkm: Run, sari: str) -> None:
    before = umkm("audit", "verify", "--json").json()["entries"]
    umkm("vendor", "edit", sari, "--nik", NIK, "--phone", "0812 3456 7890").ok()
    assert umkm("audit", "verify", "--json").json()["entries"] == before


def test_a_nib_cannot_be_taken_over(umkm: Run, sari: str) -> None:
    other = umkm("register", "--name", "Keripik Jaya", "--json").ok().json()["code"]
    (problem,) = umkm("vendor", "edit", other, "--nib", NIB, "--json").refused("invalid_fields")["problems"]
    assert problem["rule"] == "nib_taken"
    assert sari in problem["message"]
    assert umkm("register", "--name", "Warung", "--nib", NIB, "--json").refused("invalid_fields")


def test_closing(umkm: Run, sari: str) -> None:
    umkm("vendor", "close", sari, "--reason", " ", "--json").refused("reason_missing")
    assert umkm("vendor", "close", sari).exit_code == 2
    closed = umkm("vendor", "close", sari, "--reason", "Pindah kota", "--json").ok().json()
    assert (closed["status"], closed["closed_reason"]) == ("closed", "Pindah kota")
    umkm("vendor", "close", sari, "--reason", "Lagi", "--json").refused("vendor_closed")
    assert umkm("vendor", "list", "--json").json()["vendors"] == []
    for option in ("--all", "--closed"):
        assert len(umkm("vendor", "list", option, "--json").json()["vendors"]) == 1
    assert umkm("vendor", "show", sari, "--json").ok().json()["ref"] == "R-1"


def test_an_export_is_for_excel_and_imports_again_without_a_change(umkm: Run, sari: str, tmp_path: Path) -> None:
    umkm("register", "--name", "=HYPERLINK(1)", "--owner", '@a;b"c', "--ref", "+2").ok()
    before = umkm("vendor", "export", "--reveal", "--json").ok().json()
    path = tmp_path / "daftar usaha.csv"
    umkm("vendor", "export", path, "--reveal").ok()
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert f"'{NIK}" in rows[1]
    assert not any(cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row)
    report = umkm("vendor", "import", path, "--json").ok().json()
    assert (report["unchanged"], report["updated"], report["created"], report["failed"]) == (2, 0, 0, 0), report
    assert umkm("vendor", "export", "--reveal", "--json").ok().json() == before


def test_a_masked_export_erases_nothing_when_it_is_imported(umkm: Run, sari: str, tmp_path: Path) -> None:
    before = umkm("vendor", "show", sari, "--reveal", "--json").ok().json()
    path = tmp_path / "a.csv"
    umkm("vendor", "export", path).ok()
    report = umkm("vendor", "import", path, "--json").ok().json()
    assert (report["unchanged"], report["failed"]) == (1, 0), report
    assert umkm("vendor", "show", sari, "--reveal", "--json").ok().json() == before


def test_an_export_to_where_it_cannot_go(umkm: Run, sari: str, tmp_path: Path) -> None:
    assert umkm("vendor", "export", tmp_path / "no" / "a.csv").exit_code == 3
    assert umkm("vendor", "export", tmp_path).exit_code != 0
    result = umkm("vendor", "export", tmp_path / "a.pdf")
    assert result.exit_code == 1
    assert "pdf" in result.err
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("key", ["' OR 1=1 --", "\x00", "\udcff", "x" * 5000, "🧵", ""])
def test_hostile_keys_find_nothing(umkm: Run, sari: str, key: str) -> None:
    result = umkm("vendor", "show", key, "--json")
    result.refused("not_text" if key == "\udcff" else "vendor_not_found")
    assert result.exit_code == 1
    assert umkm("vendor", "list", "--search", key or "zzz", "--json").ok().json()["vendors"] == []


@pytest.mark.parametrize("command", [["vendor", "list", "--json"], ["--help"]])
def test_reading_stays_quick(umkm: Run, sari: str, command: list[str]) -> None:
    script = (
        "import sys\nfrom umkm_cli.cli.main import run\n"
        f"code = run({command!r})\n"
        "heavy = {'cv2', 'scipy', 'PIL', 'imagehash', 'sqlmodel', 'sqlalchemy', 'alembic', 'rapidfuzz'}\n"
        "sys.stderr.write(','.join(sorted(heavy & sys.modules.keys())))\nsys.exit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""


def test_every_command_has_help_with_an_example_in_both_languages(
    umkm_process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, heading, example in (("id", "Pilihan", "Contoh"), ("en", "Options", "Example")):
        monkeypatch.setenv("UMKM_LANG", language)
        for command in (
            ["register"],
            *(["vendor", name] for name in ("list", "show", "edit", "close", "export", "import")),
        ):
            shown = umkm_process(*command, "--help").ok().out
            assert heading in shown
            assert example in shown
            assert "help." not in shown
            assert "example." not in shown
            assert ("Show this message" in shown) is (language == "en")


def test_wrong_usage_is_said_in_the_language(umkm: Run) -> None:
    for arguments, sentence in (
        (["vendor", "lst"], "perintah 'lst' tidak ada"),
        (["vendor", "list", "--foo"], "pilihan --foo tidak ada"),
        (["vendor", "show"], "belum diisi"),
        (["vendor", "list", "extra"], "isian berlebih"),
        (["vendor", "list", "--limit", "x"], "--limit"),
    ):
        result = umkm(*arguments)
        assert result.exit_code == 2
        assert sentence in result.err
        assert umkm(*arguments, "--json").json()["error"] == "usage"
