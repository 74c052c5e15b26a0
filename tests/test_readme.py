"""What the README and the one beside the commands show is true: their commands run, in the order shown."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

ROOT = SAMPLES.parent
README = (ROOT / "README.md").read_text("utf-8")
TASKS = (ROOT / "umkm_cli" / "cli" / "README.md").read_text("utf-8")
"""Goes on where the README ends."""
MOST_LINES = 220


def commands(text: str) -> list[str]:
    """Every `umkm …` line of every block of code, in order; comments end a line."""
    blocks = re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("umkm ")]


def section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_command_runs_in_the_order_shown(umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLES, folder / "samples", ignore=shutil.ignore_patterns("*-gagal*", "drawing"))
    monkeypatch.chdir(folder)
    shown = [*commands(README), *commands(TASKS)]
    assert "umkm demo" in shown
    assert any(line.startswith("umkm case decide ") for line in shown)
    for line in shown:
        done = umkm(*shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.out}\n{done.err}"


def test_the_copy_of_the_quick_start_is_held_and_released(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for line in (line for line in commands(section(README, "Quick start")) if line != "umkm demo"):
        done = umkm(*shlex.split(line)[1:]).ok()
        if line.startswith("umkm motif check"):
            assert "Perlu ditelaah" in done.out
        if line.startswith("umkm motif register samples/suspect"):
            assert umkm("motif", "show", "M-2", "--json").json()["status"] == "held"
    assert umkm("motif", "show", "M-2", "--json").json()["status"] == "registered"


def test_it_is_short_and_sets_up_near_the_top() -> None:
    lines = README.splitlines()
    assert len(lines) <= MOST_LINES
    for script in ("samples/run.py", "tests/run.py"):
        assert (ROOT / script).is_file()
        assert next(number for number, line in enumerate(lines) if line.startswith(f"python3 {script}")) < 40


def test_screenshots_are_small() -> None:
    pictures = list((SAMPLES / "screenshots").iterdir())
    assert sum(path.stat().st_size for path in pictures) < 2**20
    assert all(f"samples/screenshots/{path.name}" in README + TASKS for path in pictures)


def test_each_verdict_is_explained() -> None:
    from umkm_cli.screening.judging.judge import Verdict

    table = section(README, "What a verdict means")
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [verdict.value for verdict in Verdict]
