"""Start-up is a feature: what `--help` and lists must not load."""

import subprocess
import sys

from tests.conftest import SAMPLES, Run

HEAVY = (
    "cv2",
    "scipy",
    "PIL",
    "imagehash",
    "numpy",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "python_calamine",
    "xlsxwriter",
    "fpdf",
    "fontTools",
    "segno",
    "cryptography",
    "jinja2",
)
SCRIPT = """
import sys
from umkm_cli.cli.main import run
code = run(sys.argv[1:])
loaded = [name for name in {heavy!r} if name in sys.modules]
sys.stderr.write("LOADED " + ",".join(loaded))
sys.exit(code)
"""


def loaded_by(*arguments: str) -> list[str]:
    script = SCRIPT.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    names = done.stderr.rpartition("LOADED ")[2].strip()
    return names.split(",") if names else []


def test_help_loads_nothing_heavy(home: object) -> None:
    assert loaded_by("--help") == []


def test_reading_loads_nothing_heavy(umkm: Run) -> None:
    umkm("register", "--name", "Batik Sekar Muara").ok()
    for arguments in (
        ["vendor", "list"],
        ["vendor", "list", "--json"],
        ["motif", "list"],
        ["product", "list"],
        ["product", "list", "--json"],
        ["case", "list"],
        ["status"],
        ["report", "month"],
    ):
        assert loaded_by(*arguments) == [], arguments


def test_a_check_loads_only_what_compares_pictures(umkm: Run) -> None:
    """That it is recorded, and by which libraries others record, is no reason to load these."""
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A-1").ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", picture, "--vendor", "A-1", "--title", "Semanggi").ok()
    for arguments in (
        ["motif", "check", str(picture), "--json"],
        ["motif", "check", str(SAMPLES / "suspect" / "unregistered.jpg"), "--json"],
        ["product", "check", str(picture), "--json"],
    ):
        assert loaded_by(*arguments) == ["cv2", "PIL", "numpy"], arguments
    umkm("audit", "verify").ok()


def test_group_help_loads_nothing_heavy(home: object) -> None:
    nouns = (
        "vendor",
        "motif",
        "product",
        "case",
        "licence",
        "heritage",
        "report",
        "verify",
        "key",
        "audit",
        "open",
        "demo",
    )
    for noun in nouns:
        assert loaded_by(noun, "--help") == [], noun
