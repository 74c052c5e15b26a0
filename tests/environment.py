"""The project's own Python environment in `.venv`: made where it is missing, brought up to date where the pins changed,
with the catalogues compiled.

Needs Python 3.11 or newer with its `venv` module, and nothing else.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PINS = ROOT / ".ci" / "constraints.txt"


def python() -> Path:
    """The environment's interpreter, everything that the project and its tests need installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything is installed
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    interpreter = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(PINS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = FOLDER / "installed"
    if not interpreter.exists() or not stamp.exists() or stamp.read_text() != wanted:
        print("Preparing .venv …", flush=True)
        venv.create(FOLDER, with_pip=True)
        run(interpreter, "-m", "pip", "install", "--quiet", "--constraint", PINS, "--editable", f"{ROOT}[dev]")
        stamp.write_text(wanted)
    run(interpreter, ROOT / "umkm_cli" / "locales" / "hatch_build.py")
    return interpreter


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; where it fails, so does this program."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if code:
        sys.exit(code)
