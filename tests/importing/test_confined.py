"""Workbooks of strangers are read in a process with limits: what is too much for it fails in a sentence."""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.old_excel import compound, old_excel, text_cell, workbook
from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import VENDOR_COLUMNS
from umkm_cli.sheets import workbook as module
from umkm_cli.sheets.compound import check_compound
from umkm_cli.sheets.sheet import open_sheet
from umkm_cli.sheets.windows_job import BasicLimits, ExtendedLimits, memory_limits
from umkm_cli.sheets.workbooks import table_bytes

ROWS: list[list[str | float]] = [["Nama", "Modal"], ["Batik Sekar", 1500000.0], ["Batik Muara", 2.5]]
DIRECTORY = 9
"""The sector of the directory in `old_excel(ROWS)`: eight of the stream, one of the table, then it."""
MAX_RSS_MB = 200
FAR_CELLS = compound(workbook(*[text_cell(0, 0, "Nama") + text_cell(65_535, 255, "x")] * 8))
"""Eight sheets of 16.8 million cells, two of them filled, in 5.6 KB; the reader makes a table of each."""


def saved(folder: Path, data: bytes, name: str = "daftar.xls") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path) -> UmkmError:
    with pytest.raises(UmkmError) as caught:
        open_sheet(path, VENDOR_COLUMNS.knows)
    assert caught.value.params == {"path": path}
    return caught.value


def test_an_older_workbook_is_read(tmp_path: Path) -> None:
    sheet = open_sheet(saved(tmp_path, old_excel(ROWS)), VENDOR_COLUMNS.knows)
    assert [row.cells for row in sheet.rows()] == [("Batik Sekar", "1500000"), ("Batik Muara", "2.5")]


@pytest.mark.skipif(os.name != "posix", reason="memory is measured by resource")
@pytest.mark.parametrize(
    ("data", "code"),
    [(old_excel(ROWS, changed={DIRECTORY: DIRECTORY}), "workbook_damaged"), (FAR_CELLS, "workbook_too_heavy")],
    ids=["a chain that returns to itself", "tables of nothing"],
)
def test_a_hostile_workbook_is_refused_in_little_memory(
    umkm: Run, home: Path, tmp_path: Path, data: bytes, code: str
) -> None:
    umkm("register", "--name", "Batik Lama").ok()
    path = saved(tmp_path, data)
    measured = (
        "import resource, subprocess, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"  # so that a failure of this test stays one
        "code = subprocess.run(sys.argv[1:]).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    command = [sys.executable, "-c", measured, sys.executable, "-m", "umkm_cli", "vendor", "import", str(path)]
    done = subprocess.run([*command, "--json"], capture_output=True, timeout=60, check=False)
    error = json.loads(done.stdout)
    assert (done.returncode, error["error"]) == (1, code)
    assert str(path) in error["message"]
    assert error["hint"]
    if code == "workbook_damaged":  # the other one reaches the limit, which is what it is for
        assert int(done.stderr.split()[-1]) / (2**20 if sys.platform == "darwin" else 2**10) < MAX_RSS_MB
    assert [vendor["name"] for vendor in umkm("vendor", "list", "--json").json()["vendors"]] == ["Batik Lama"]


@pytest.mark.parametrize("changed", [{0: 0}, {7: 0}, {3: 2}, {DIRECTORY: 8, 8: DIRECTORY}, {60: 61, 61: 60}])
def test_a_chain_of_sectors_that_returns_is_found_wherever_it_is(changed: dict[int, int]) -> None:
    check_compound(old_excel(ROWS))
    with pytest.raises(ValueError, match="returns to sector"):
        check_compound(old_excel(ROWS, changed=changed))


def _with(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + number.to_bytes(4, "little") + data[at + 4 :]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda data: _with(data, 68, 3), "list of the allocation table"),
        (lambda data: data[:76] + bytes(436) + data[512:], "more sectors"),
        (lambda data: data[:30] + b"\x1f" + data[31:], "to the 31"),
        (lambda data: data[:400], "shorter"),
    ],
)
def test_a_header_that_makes_no_sense_is_refused(spoil: Callable[[bytes], bytes], said: str) -> None:
    data = bytearray(old_excel(ROWS))
    data[512 + 3 * 512 : 512 + 4 * 512] = (3).to_bytes(4, "little") * 128  # a sector that names itself
    with pytest.raises(ValueError, match=said):
        check_compound(spoil(bytes(data)))


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_READER_SECONDS", 0)
    assert refused(saved(tmp_path, old_excel(ROWS))).code == "workbook_too_heavy"


def test_rows_without_end_are_not_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROWS_BYTES", 30)
    assert refused(saved(tmp_path, old_excel(ROWS))).code == "workbook_too_heavy"


def test_the_limit_is_set_before_a_byte_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_READER_BYTES", 1 << 20)
    assert refused(saved(tmp_path, old_excel(ROWS))).code == "workbook_too_heavy"


def test_nothing_is_run_from_the_folder_where_somebody_stands(
    umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "umkm_cli.py", "python_calamine.py", "sitecustomize.py"):
        (tmp_path / name).write_text("import pathlib; pathlib.Path('dijalankan').touch()")
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, table_bytes(".xlsx", "Data", ["Nama"], [["Batik Sekar"]]), "daftar.xlsx")
    assert umkm("vendor", "import", "daftar.xlsx", "--json").ok().json()["created"] == 1
    assert not (tmp_path / "dijalankan").exists()


def test_windows_is_told_the_limit_where_it_looks_for_it() -> None:
    """Sizes and offsets by the headers of Windows, for 64 bits."""
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert (BasicLimits.LimitFlags.offset, ExtendedLimits.ProcessMemoryLimit.offset) == (16, 112)
    told = bytes(memory_limits(1 << 30))
    assert int.from_bytes(told[16:20], "little") & 0x100
    assert int.from_bytes(told[112:120], "little") == 1 << 30
