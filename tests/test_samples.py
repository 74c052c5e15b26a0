"""The samples are what their README and the scripts beside them say."""

import re
import zipfile
from pathlib import Path

from samples import sheets
from tests.conftest import SAMPLES, Run

README = (SAMPLES / "README.md").read_text("utf-8")
DESCRIBED = frozenset(re.findall(r"`([^`]+)`", README))


def test_everything_in_the_folder_is_described() -> None:
    names = {path.name + ("/" if path.is_dir() else "") for path in SAMPLES.iterdir()}
    assert {name for name in names if "gagal" not in name} - {"README.md", "__pycache__/"} <= DESCRIBED
    assert {path.name for path in (SAMPLES / "suspect").iterdir()} <= DESCRIBED


def test_the_workbook_is_what_its_script_writes(tmp_path: Path) -> None:
    ours, written = (zipfile.ZipFile(path) for path in (SAMPLES / sheets.NAME, sheets.write(tmp_path)))
    assert {name: ours.read(name) for name in ours.namelist()} == {n: written.read(n) for n in written.namelist()}


def test_each_row_of_the_workbook_is_judged_as_described(umkm: Run, tmp_path: Path) -> None:
    failed = tmp_path / "gagal.xlsx"
    document = umkm("vendor", "import", SAMPLES / sheets.NAME, "--failed", failed, "--json").ok().json()
    found = {row["row"]: [problem["rule"] for problem in row["problems"]] for row in document["rows"]}
    assert found == {
        6: [],
        7: [],
        8: [],
        9: ["nik_ends_in_zero"],
        10: ["excel_scientific"],
        11: ["excel_lost_zeros"],
        12: ["excel_date"],
        13: ["excel_became_date"],
        14: ["excel_error"],
        15: ["letter_for_digit", "money_in_words"],
        16: ["two_digit_year", "required"],
    }
    assert (document["created"], document["failed"]) == (4, 7)
    assert [warning["value"] for warning in document["warnings"]] == ["Data", "5, 17"]
    described = README.partition(f"## What Excel did in `{sheets.NAME}`")[2].partition("\n## ")[0]
    assert sorted(int(row) for row in re.findall(r"^\| (\d+) \|", described, re.MULTILINE)) == [*range(7, 17)]


def test_what_excel_left_in_a_good_row_is_taken_off(umkm: Run, tmp_path: Path) -> None:
    umkm("vendor", "import", SAMPLES / sheets.NAME, "--failed", tmp_path / "gagal.xlsx").ok()
    rini = umkm("vendor", "show", "E-002", "--reveal", "--json").ok().json()
    assert (rini["name"], rini["nik"], rini["capital"]) == ("Griya Canting Rini", "3578044208790302", 8_500_000)
    bambang = umkm("vendor", "show", "E-003", "--reveal", "--json").ok().json()
    assert (bambang["nib"], bambang["phone"]) == ("2207250000033", "+6281200000103")
