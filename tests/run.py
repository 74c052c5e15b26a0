#!/usr/bin/env python3
"""Everything that must hold, in one command: `python3 tests/run.py`. Further arguments go to pytest."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser import provide
from tests.environment import python, run

interpreter = python()
provide()
run(interpreter, "-m", "ruff", "check", ".")
run(interpreter, "-m", "ruff", "format", "--check", ".")
run(interpreter, "-m", "mypy")
run(interpreter, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
run(interpreter, "-m", "pytest", "-n", "auto", *sys.argv[1:])
