#!/usr/bin/env python3
"""What `--help` says of every command, as texts: the reference beside its code and the snapshots of both languages.

    python tests/reference.py --write     # write umkm_cli/cli/README.md and tests/snapshots/help-*.txt anew

`tests/cli/test_help.py` fails where they differ from what the program says.
"""

import contextlib
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "umkm_cli" / "cli" / "README.md"
SNAPSHOTS = ROOT / "tests" / "snapshots"
START, END = "<!-- commands -->\n", "<!-- /commands -->\n"
WIDTH = 80
LANGUAGES = ("id", "en")


def command_tree() -> Iterator[tuple[str, Any]]:
    """`umkm`, `umkm register`, `umkm vendor`, `umkm vendor list`, …: each with typer's command."""
    import typer

    from umkm_cli.cli.main import COMMANDS, build

    yield "umkm", typer.main.get_command(build())
    for noun, module in COMMANDS.items():
        command: Any = typer.main.get_command(importlib.import_module(module).app)
        yield f"umkm {noun}", command
        for name, below in getattr(command, "commands", {}).items():
            yield f"umkm {noun} {name}", below


def help_of(path: str) -> str:
    """What `path --help` prints in this process's language, `WIDTH` columns wide, without colour."""
    from umkm_cli.cli.main import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run([*path.split()[1:], "--help"]) == 0, path
    return "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines()) + "\n"


def snapshot() -> str:
    return "\n".join(f"$ {path} --help\n{help_of(path)}" for path, _ in command_tree())


def reference() -> str:
    """The reference, in this process's language: a line for each command with what it takes."""
    lines = []
    for path, command in command_tree():
        if path == "umkm" or hasattr(command, "commands"):
            continue
        arguments = [param.metavar for param in command.params if param.param_type_name == "argument"]
        options = [_names(param) for param in command.params if param.param_type_name == "option"]
        lines.append(
            f"- **`{' '.join([path, *arguments])}`** {command.help} {' '.join(f'`{name}`' for name in options)}"
        )
    return "\n".join(lines) + "\n"


def _names(option: Any) -> str:
    return "/".join([*option.opts, *option.secondary_opts]) + ("*" if option.required else "")


def in_language(language: str, what: str) -> str:
    """`what` ("snapshot" or "reference") said by a process of its own that speaks `language`."""
    unwanted = ("UMKM_", "TERMINAL_WIDTH", "_TYPER", "GITHUB_ACTIONS", "FORCE_COLOR", "PY_COLORS", "NO_COLOR")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"UMKM_LANG": language, "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, str(Path(__file__).resolve()), "--print", what]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def with_reference(readme: str) -> str:
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return before + START + in_language("en", "reference") + END + after


def main() -> None:
    if sys.argv[1:2] == ["--print"]:
        from umkm_cli.cli.kit.output import force_utf8
        from umkm_cli.i18n import use_language

        use_language(os.environ["UMKM_LANG"])
        force_utf8()
        sys.stdout.write({"snapshot": snapshot, "reference": reference}[sys.argv[2]]())
    elif sys.argv[1:] == ["--write"]:
        README.write_text(with_reference(README.read_text("utf-8")), "utf-8", newline="\n")
        SNAPSHOTS.mkdir(exist_ok=True)
        for language in LANGUAGES:
            (SNAPSHOTS / f"help-{language}.txt").write_text(in_language(language, "snapshot"), "utf-8", newline="\n")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
