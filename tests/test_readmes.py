"""What every README names is there: files, links, headings, rooms, modules, commands and options."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES
from tests.reference import command_tree

ROOT = SAMPLES.parent
PACKAGE = ROOT / "umkm_cli"
READMES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", ".github/*.md", "samples/*.md", "tests/**/*.md", "umkm_cli/**/*.md")
    for path in ROOT.glob(pattern)
)
SCRIPTS = re.compile(r"(?:python3?|py) ((?:samples|tests|umkm_cli)/[\w./-]+\.py)((?: --?[\w-]+)*)")
NOT_HERE = {"--user", "--reinstall", "--force"}
"""Options of pip, pipx and uv."""


@pytest.fixture(params=READMES)
def readme(request: pytest.FixtureRequest) -> Path:
    return ROOT / str(request.param)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def code_in(text: str) -> list[str]:
    """What stands between single backticks, outside blocks."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", outside)


def commands_in(text: str) -> list[list[str]]:
    """`umkm …` in blocks and between backticks, as words."""
    blocks = re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in [*lines, *code_in(text)] if line.startswith("umkm ")]


@cache
def tree() -> dict[str, Any]:
    return dict(command_tree())


@cache
def options() -> frozenset[str]:
    commands = tree().values()
    return frozenset(
        name for command in commands for param in command.params for name in (*param.opts, *param.secondary_opts)
    )


def anchors(text: str) -> set[str]:
    """The places in a page that a link can name, as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readmes_are_those_that_people_are_sent_to() -> None:
    assert {"README.md", "umkm_cli/README.md", "umkm_cli/cli/README.md", "umkm_cli/matching/README.md"} <= set(READMES)
    linked = re.findall(r"\]\(((?:umkm_cli|tests|samples)/[\w/]*README\.md)\)", text_of(ROOT / "README.md"))
    assert {name for name in READMES if name.endswith("/README.md")} == set(linked)


def test_links_lead_somewhere(readme: Path) -> None:
    for link in re.findall(r"\]\(((?!http)[^)]+)\)", text_of(readme)):
        name, _, heading = link.partition("#")
        target = (readme.parent / name).resolve() if name else readme
        assert target.is_file(), link
        assert not heading or heading in anchors(text_of(target)), link


def test_files_that_it_names_exist(readme: Path) -> None:
    """From the root, from beside it, or from the package."""
    named = [
        code for code in code_in(text_of(readme)) if re.fullmatch(r"[\w.*/-]+(?:/|\.(?:py|toml|md|txt|po|csv))", code)
    ]
    named += [script for script, _ in SCRIPTS.findall(text_of(readme))]
    places = (ROOT, readme.parent, PACKAGE, SAMPLES)
    kept_elsewhere = {"settings.toml", "keys/", "files/"}  # in a registry's folder
    assert [name for name in named if name not in kept_elsewhere and not any(any(at.glob(name)) for at in places)] == []


def test_scripts_know_their_options(readme: Path) -> None:
    for script, given in SCRIPTS.findall(text_of(readme)):
        source = text_of(ROOT / script)
        assert [option for option in given.split() if option not in source] == [], script


def test_commands_exist_and_know_their_options(readme: Path) -> None:
    for words in commands_in(text_of(readme)):
        plain = [word for word in words if not word.startswith("-")]
        length = max(n for n in range(1, len(plain) + 1) if " ".join(plain[:n]) in tree())
        command, rest = tree()[" ".join(plain[:length])], plain[length:]
        is_group = length == 1 or hasattr(command, "commands")
        assert not is_group or not rest or rest[0].isupper(), f"no such command: {words}"
        known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= known | {"--install-completion"}, words


def test_options_that_it_speaks_of_exist(readme: Path) -> None:
    said = {code.split()[0].partition("=")[0].rstrip("*") for code in code_in(text_of(readme)) if code.startswith("--")}
    said = {name for option in said for name in option.split("/")}
    of_scripts = {option for _, given in SCRIPTS.findall(text_of(readme)) for option in given.split()}
    assert said - options() - of_scripts - NOT_HERE - {"--help"} == set()


def test_the_map_names_every_room_and_no_other() -> None:
    table = text_of(PACKAGE / "README.md").partition("## Map of the code")[2].partition("\n## ")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    rooms = {f"{path.parent.relative_to(PACKAGE).as_posix()}/" for path in PACKAGE.rglob("__init__.py")} - {"./"}
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}
    steps = {"db/migrations/versions/"}
    there = (rooms - steps) | modules | {"locales/"}
    assert not there - named, f"no row in the map of umkm_cli/README.md: {sorted(there - named)}"
    assert not named - there, f"a row, but no room: {sorted(named - there)}"


def test_modules_in_the_matching_story_exist() -> None:
    table = text_of(PACKAGE / "matching" / "README.md").partition("| module |")[2].partition("\n## ")[0]
    named = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.partition("|")[2].partition("|")[0])
    }
    modules = {path.stem for path in (PACKAGE / "matching").rglob("*.py")}
    assert len(named) > 10
    assert named - modules == set()
