"""What the README shows is true: its commands run, its pictures exist, its map names every room."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

import umkm_cli
from tests.conftest import SAMPLES, Run

ROOT = SAMPLES.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands() -> list[str]:
    """Every `umkm …` line of every block of code, in order; comments end a line."""
    blocks = re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("umkm ")]


def test_every_command_runs_in_the_order_shown(umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLES, folder / "samples", ignore=shutil.ignore_patterns("*-gagal*", "drawing"))
    monkeypatch.chdir(folder)
    shown = commands()
    assert "umkm demo" in shown
    assert any(line.startswith("umkm case decide ") for line in shown)
    for line in shown:
        done = umkm(*shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.out}\n{done.err}"


def test_the_copy_of_the_quick_start_is_held_and_released(umkm: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    start = README.partition("## Quick start")[2].partition("\n## ")[0]
    for line in (line for line in commands() if line in start and line != "umkm demo"):
        done = umkm(*shlex.split(line)[1:]).ok()
        if line.startswith("umkm motif check"):
            assert "Perlu ditelaah" in done.out
        if line.startswith("umkm motif register samples/suspect"):
            assert umkm("motif", "show", "M-2", "--json").json()["status"] == "held"
    assert umkm("motif", "show", "M-2", "--json").json()["status"] == "registered"


def test_files_and_pictures_that_it_names_exist() -> None:
    named = re.findall(r"\]\(((?!http)[^)]+)\)", README) + re.findall(r"\b((?:samples|tests)/[\w./-]+\.\w+)", README)
    assert "samples/screenshots/terminal.png" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_screenshots_are_small() -> None:
    pictures = list((SAMPLES / "screenshots").iterdir())
    assert sum(path.stat().st_size for path in pictures) < 2**20
    assert all(f"samples/screenshots/{path.name}" in README for path in pictures)


def test_the_map_names_every_room() -> None:
    drawn = README.partition("## Map of the code")[2].partition("\n## ")[0]
    package = Path(umkm_cli.__file__).parent
    rooms = {path.name for path in package.iterdir() if path.name not in ("__pycache__", "__init__.py", "__main__.py")}
    assert {name for name in rooms - {"py.typed"} if name not in drawn} == set()


def test_each_verdict_is_explained() -> None:
    from umkm_cli.screening.judging.judge import Verdict

    table = README.partition("## What a verdict means")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [verdict.value for verdict in Verdict]
