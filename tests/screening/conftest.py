"""A registry filled with the samples once, copied for each test: screening works on real pictures."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' vendors and motifs, registered by the command."""
    home = tmp_path_factory.mktemp("samples") / "registry"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UMKM_")} | {"UMKM_HOME": str(home)}
    for noun in ("vendor", "motif"):
        command = [sys.executable, "-m", "umkm_cli", noun, "import", str(SAMPLES / f"{noun}s.csv"), "--json"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def registry(home: Path, filled: Path) -> Path:
    shutil.copytree(filled, home)
    return home
