"""An import whose process was killed: whoever looks next says so, and never of one that still runs."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from umkm_cli.db.reading import reading
from umkm_cli.disk.held import HeldFile, left_behind
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import read_settings

ROWS = 4000


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("ref;nama\n" + "".join(f"{n};Usaha {n}\n" for n in range(ROWS)))
    return path


@pytest.fixture
def living(home: Path, sheet: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """An import that is under way: its first rows are stored."""
    command = [sys.executable, "-m", "umkm_cli", "vendor", "import", str(sheet), "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline()
        yield process
        process.kill()


def states() -> list[str]:
    with reading(read_settings()) as reader:
        return [row["state"] for row in reader.rows("SELECT state FROM import_run ORDER BY at, state DESC")]


def unfinished(umkm: Run) -> list[Any]:
    found: list[Any] = umkm("status", "--json").ok().json()["attention"]["unfinished_imports"]
    return found


def test_status_marks_a_killed_import_as_interrupted(
    umkm: Run, home: Path, living: "subprocess.Popen[bytes]", sheet: Path
) -> None:
    if sys.platform != "win32":
        living.send_signal(signal.SIGSTOP)  # it lives, and goes no further
    assert [run["state"] for run in unfinished(umkm)] == ["running"]
    assert "sedang berjalan" in umkm("status").ok().out
    assert states() == ["running"]

    living.kill()
    living.wait()
    assert [run["state"] for run in unfinished(umkm)] == ["interrupted"]
    assert states() == ["interrupted"]
    assert "belum selesai" in umkm("status").ok().out
    assert list((home / "running").iterdir()) == []
    assert umkm("audit", "verify").exit_code == 0

    umkm("vendor", "import", sheet, "--json").ok()
    assert unfinished(umkm) == []


def test_the_next_import_marks_it_too(umkm: Run, living: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    living.kill()
    living.wait()
    other = tmp_path / "b.csv"
    other.write_text("nama\nLain\n")
    umkm("vendor", "import", other, "--json").ok()
    assert sorted(states()) == ["done", "interrupted"]


def test_a_run_from_before_such_files_were_kept_is_marked(
    umkm: Run, home: Path, living: "subprocess.Popen[bytes]"
) -> None:
    living.kill()
    living.wait()
    for path in (home / "running").iterdir():
        path.unlink()
    assert [run["state"] for run in unfinished(umkm)] == ["interrupted"]


def test_status_tells_even_where_nothing_can_be_written(
    umkm: Run, living: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    living.kill()
    living.wait()

    def refuse(*_: object) -> None:
        raise UmkmError("database_not_writable", exit_code=MISSING, path="x")

    monkeypatch.setattr("umkm_cli.registry.office.office.Office.work", refuse)
    assert len(unfinished(umkm)) == 1


def test_an_import_that_ends_leaves_no_file(umkm: Run, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama\nA\n")
    umkm("vendor", "import", path, "--json").ok()
    assert list((home / "running").iterdir()) == []


def test_a_file_is_left_behind_only_when_nobody_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "x" / "a.lock"
    with left_behind(path) as gone:
        assert not gone
    with HeldFile(path), left_behind(path) as gone:
        assert not gone
        assert path.exists()
        with pytest.raises(FileExistsError):
            HeldFile(path)
    assert not path.exists()
    path.touch()
    with left_behind(path) as gone:
        assert gone
    assert not path.exists()
