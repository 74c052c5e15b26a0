"""What every refusal owes: a sentence and a document that can be shown, and a registry that is as it was."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import Result, Run

NIK = "3578015508900001"
PHONE = "081234567890"
ADDRESS = "Jalan Rahasia 5"
VENDOR, OTHER_VENDOR, MOTIF, HELD, CASE = (
    "U-SBY-00001-39",
    "U-SBY-00002-36",
    "M-SBY-00001-62",
    "M-SBY-00002-59",
    "K-SBY-00001-92",
)
PRODUCT = "P-SBY-00001-17"
CHANGING_NOTHING = (1, 2, 3)

_FORBIDDEN = re.compile(r"\b(bajakan|pembajakan|pelaku|jiplakan|palsu|tiruan|aman|lolos|asli)\b", re.IGNORECASE)
_RAW_KEY = re.compile(r"\b(error|hint|rule|field|label|verdict|usage|help)\.[a-z_]+\b")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vendors, a motif, a held copy of it with its case, and a product; made once, copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    picture(folder / "motif.png")
    home = folder / "home"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UMKM_")}
    environment |= {"UMKM_HOME": str(home), "UMKM_USER": "petugas", "UMKM_LANG": "id"}
    image = str(folder / "motif.png")
    for args in (
        ("register", "--name", "Batik A", "--nik", NIK, "--phone", PHONE, "--address", ADDRESS, "--ref", "A1"),
        ("register", "--name", "Batik B", "--nib", "1234567890123"),
        ("motif", "register", image, "--vendor", VENDOR, "--title", "Sekar"),
        ("motif", "register", image, "--vendor", OTHER_VENDOR, "--title", "Sekar juga"),
        ("product", "add", "--vendor", VENDOR, "--name", "Kain Sekar"),
    ):
        subprocess.run([sys.executable, "-m", "umkm_cli", *args], env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def small_registry(prepared: Path, home: Path) -> Path:
    shutil.copytree(prepared / "home", home)
    return home


@pytest.fixture
def refused(umkm: Run, small_registry: Path) -> Callable[..., Result]:
    """Run twice, for people and for machines, in both languages; hold everything that a refusal owes."""

    def run(*args: str | Path, exit_code: int | None = None, secret: str = "") -> Result:
        before = contents(small_registry)
        for_people, for_machines = umkm(*args), umkm(*args, "--json")
        for result in (for_people, for_machines):
            assert result.exit_code in (CHANGING_NOTHING if exit_code is None else (exit_code,)), result
            assert_presentable(result, secret)
        document = for_machines.json()
        assert document["schema"] == "umkm.error/1"
        assert document["error"] != "internal", document
        assert " " in document["message"]
        assert contents(small_registry) == before
        return for_machines

    return run


def picture(path: Path, size: int = 320) -> Path:
    """Blots that a matcher can hold on to."""
    rng = np.random.default_rng(7)
    small = rng.integers(0, 255, (size // 16, size // 16, 3), dtype=np.uint8)
    Image.fromarray(small).resize((size, size), Image.Resampling.BICUBIC).save(path)
    return path


def contents(home: Path) -> object:
    """Every row of every table, and the names of all stored pictures."""
    database = home / "umkm.db"
    if not database.is_file():
        return sorted(path.name for path in home.rglob("*")) if home.is_dir() else None
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"'))) for table in tables}
    connection.close()
    return rows, sorted(str(path) for path in (home / "images").rglob("*") if path.is_file())


def counted(home: Path, table: str) -> int:
    with sqlite3.connect(home / "umkm.db") as connection:
        number = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    connection.close()
    return int(number)


def assert_presentable(result: Result, secret: str = "") -> None:
    said = result.out + result.err
    assert "Traceback" not in said
    assert not _FORBIDDEN.search(said), said
    assert not _RAW_KEY.search(result.err), result.err
    assert not _STEERING.search(said), said
    for private in (NIK, PHONE, ADDRESS, *([secret] if secret else [])):
        assert private not in said
