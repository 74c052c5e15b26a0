"""The wheel carries all that the program needs: code, catalogues, migrations. It is run from its own files alone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("umkm-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_wheel_holds_catalogues_migrations_and_no_tests(unpacked: Path) -> None:
    names = {str(path.relative_to(unpacked).as_posix()) for path in unpacked.rglob("*") if path.is_file()}
    assert "umkm_cli/locales/id/LC_MESSAGES/umkm.mo" in names
    assert "umkm_cli/locales/en/LC_MESSAGES/umkm.mo" in names
    assert "umkm_cli/db/migrations/env.py" in names
    assert "umkm_cli/db/migrations/versions/0001_first_tables.py" in names
    assert "umkm_cli/py.typed" in names
    written = {str(path.relative_to(ROOT).as_posix()) for path in (ROOT / "umkm_cli").rglob("*.j2")}
    assert written
    assert written <= names
    assert not [name for name in names if name.startswith(("tests", "samples", ".ci"))]


def test_wheel_is_small(unpacked: Path) -> None:
    """The samples that are shown take 0.6 MB of it, the texts 0.09, the index's codebook 0.06."""
    (wheel,) = unpacked.parent.glob("umkm-*.whl")
    assert wheel.stat().st_size < 1.35 * 2**20


def test_wheel_registers_and_checks(unpacked: Path, home: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(unpacked), "UMKM_HOME": str(home)}

    def umkm(*arguments: str | Path) -> str:
        command = [sys.executable, "-m", "umkm_cli", *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = [sys.executable, "-c", "import umkm_cli; print(umkm_cli.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(found.strip()).is_relative_to(unpacked)
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A")
    umkm("motif", "register", SAMPLES / "motifs" / "semanggi.jpg", "--vendor", "A", "--title", "Semanggi")
    assert '"alert": true' in umkm("motif", "check", SAMPLES / "motifs" / "semanggi.jpg", "--json")
    for name in ("laporan.html", "laporan.pdf"):
        umkm("motif", "check", SAMPLES / "motifs" / "semanggi.jpg", "--report", name)
        assert "Utuh" in umkm("verify", name)
    assert '"as_expected": true' in umkm("demo", "--json")
