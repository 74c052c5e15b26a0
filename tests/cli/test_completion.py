"""The Tab key in four shells, by the protocol that typer's scripts speak."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Result, Run

NASTY = 'Kembang "Bungur"; [bold]$(touch x) \\ `z` :::'
HEAVY = ("cv2", "numpy", "PIL", "sqlalchemy", "sqlmodel", "alembic", "babel")


def tab(line: str, shell: str = "bash", **more: str) -> Result:
    """What the shell gets for the Tab key at the end of `line`."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    asked |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    environment = os.environ | asked | more | {"_UMKM_COMPLETE": f"complete_{shell}"}
    done = subprocess.run([sys.executable, "-m", "umkm_cli"], env=environment, capture_output=True, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@dataclass(frozen=True)
class Two:
    """Codes of two businesses, the second of which has a name that shells must not see as anything but words."""

    plain: str
    nasty: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.plain, self.nasty))


@pytest.fixture
def two(umkm: Run) -> Two:
    names = [("Batik Sekar Muara", "A-1"), (NASTY, "B-1")]
    first, second = (umkm("register", "--name", name, "--ref", ref, "--json").json()["code"] for name, ref in names)
    return Two(first, second)


def test_codes_and_titles_in_every_shell(two: Two) -> None:
    line = "umkm vendor show "
    assert tab(line).out.split() == [*two]
    zsh = tab(line, "zsh").out
    assert f'"{two.plain}":"Batik Sekar Muara"' in zsh
    fish = tab(line, "fish", _TYPER_COMPLETE_FISH_ACTION="get-args").out
    assert f"{two.plain}\tBatik Sekar Muara\n" in fish
    for shell in ("powershell", "pwsh"):
        assert f"{two.plain}:::Batik Sekar Muara" in tab(line, shell).out.splitlines()


def test_codes_and_references_go_on_from_what_is_typed(two: Two) -> None:
    assert tab("umkm motif check foto.jpg --vendor U-").out.split() == [*two]
    assert tab(f"umkm vendor show {two.nasty[:-3]}").out.split() == [two.nasty]
    assert tab("umkm vendor show B").out.split() == ["B-1"]
    assert tab("umkm vendor show %").out.strip() == ""


def test_commands_options_and_known_words(home: Path) -> None:
    assert tab("umkm mo").out.split() == ["motif"]
    assert tab("umkm motif check --ven").out.split() == ["--vendor"]
    assert tab("umkm motif list --status h").out.split() == ["held"]
    assert tab("umkm motif check x.jpg --technique ").out.split() == ["tulis", "cap", "kombinasi", "printing"]


def test_no_title_reaches_a_shell_as_anything_but_words(two: Two) -> None:
    for shell in ("zsh", "fish", "powershell"):
        said = tab("umkm vendor show ", shell, _TYPER_COMPLETE_FISH_ACTION="get-args")
        assert not re.search(r"[$`\\;\[\]]", said.out.replace("((", "").replace("\\\\", "")), said.out
        assert said.out.count(":::") == (2 if shell == "powershell" else 0)


def test_fish_asks_whether_there_is_anything(two: Two) -> None:
    asks = {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert tab("umkm vendor show ", "fish", **asks).exit_code == 0
    assert tab("umkm motif check ", "fish", **asks).exit_code == 1


def test_no_registry_is_made_and_nothing_is_said(home: Path) -> None:
    for line in ("umkm vendor show ", "umkm case show K", "umkm vendor list --limit x "):
        said = tab(line)
        assert (said.out.strip(), said.err) == ("", ""), line
    assert not home.exists()


@pytest.mark.parametrize("what", ["umkm.db", "settings.toml"])
def test_a_damaged_registry_offers_nothing_and_says_nothing(home: Path, what: str) -> None:
    home.mkdir()
    (home / what).write_bytes(b"\x00 = this is neither" * 100)
    said = tab("umkm motif show ")
    assert (said.out.strip(), said.err) == ("", "")
    assert [path.name for path in home.iterdir()] == [what]


def test_nothing_heavy_is_loaded(two: Two) -> None:
    script = f"import sys\nfrom umkm_cli.cli.main import run\nrun([])\nprint([n for n in {HEAVY} if n in sys.modules])"
    asked = {"COMP_WORDS": "umkm vendor show ", "COMP_CWORD": "3", "_UMKM_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n") == [*two, "[]", ""]
