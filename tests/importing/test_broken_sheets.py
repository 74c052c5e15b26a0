"""Sheets that are none, that are endless, or whose cells reach out: refused whole, or row by row."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, posix
from tests.refusals import VENDOR, assert_presentable, contents, counted

MAX_RSS_MB = 400

BROKEN_SHEETS: dict[str, tuple[bytes, str]] = {
    "missing column": (b"a;b\n1;2\n", "column_missing"),
    "NUL": (b"name;vendor;title;image\nA\x00B;;;\n", "table_has_nul"),
    "empty": (b"", "table_empty"),
    "binary": (bytes(range(256)) * 8, "not_a_table"),
    "open quotation": (b'name;vendor;title;image\n"A;;;\nB;;;\n', "quote_not_closed"),
    "picture": (b"\x89PNG\r\n\x1a\n", "not_a_table"),
    "100,000 columns": (b";".join(b"k%d" % n for n in range(100_000)) + b"\nx\n", "too_many_columns"),
}


@pytest.mark.parametrize("kind", ["vendor", "motif", "product"])
@pytest.mark.parametrize("case", BROKEN_SHEETS)
def test_broken_sheet_is_refused_whole(umkm: Run, small_registry: Path, tmp_path: Path, kind: str, case: str) -> None:
    sheet = tmp_path / "daftar.csv"
    data, code = BROKEN_SHEETS[case]
    sheet.write_bytes(data)
    before = contents(small_registry)
    result = umkm(kind, "import", sheet, "--json")
    assert result.exit_code == 1
    document = result.refused(code)
    assert_presentable(result)
    assert len(document["message"]) < 2000
    assert contents(small_registry) == before
    assert [path.name for path in tmp_path.glob("*.csv")] == ["daftar.csv"]


@posix
@pytest.mark.parametrize("open_quotation", [False, True])
def test_endless_line_costs_little_memory(small_registry: Path, tmp_path: Path, open_quotation: bool) -> None:
    sheet = tmp_path / "daftar.csv"
    with sheet.open("wb") as file:
        file.write(b'name\n"' if open_quotation else b"name\n")
        for _ in range(30):
            file.write((b"x" * 999 + (b"\n" if open_quotation else b"x")) * 1000)
    before = contents(small_registry)
    measured = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:]).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    command = [
        sys.executable,
        "-c",
        measured,
        sys.executable,
        "-m",
        "umkm_cli",
        "vendor",
        "import",
        str(sheet),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] != "internal"
    peak = int(done.stderr.split()[-1]) / (2**20 if sys.platform == "darwin" else 2**10)
    assert peak < MAX_RSS_MB
    assert contents(small_registry) == before


def test_picture_outside_the_folder_fails_its_row(
    umkm: Run, small_registry: Path, prepared: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "foto"
    folder.mkdir()
    outside = shutil.copy(prepared / "motif.png", tmp_path / "luar.png")
    cells = [
        "../luar.png",
        "..\\luar.png",
        str(outside),
        "/etc/passwd",
        "C:\\luar.png",
        "a/../../luar.png",
        "\\\\server\\x.png",
    ]
    try:
        (folder / "tautan.png").symlink_to(outside)
        (folder / "dalam").symlink_to(tmp_path, target_is_directory=True)
        cells += ["tautan.png", "dalam/luar.png"]
    except OSError:  # Windows lets few users make links
        pass
    sheet = tmp_path / "motif.csv"
    rows = [f"{VENDOR};Luar {number};{cell}" for number, cell in enumerate(cells)]
    sheet.write_text("vendor;title;image\n" + "\n".join(rows) + "\n", "utf-8")
    motifs = counted(small_registry, "motif")

    products = tmp_path / "produk.csv"
    products.write_text(sheet.read_text("utf-8").replace("title", "product name", 1), "utf-8")

    for noun, path in (("motif", sheet), ("product", products)):
        result = umkm(noun, "import", path, "--images", folder, "--json")

        document = result.imported()
        assert (document["created"], document["failed"]) == (0, len(cells))
        assert {row["problems"][0]["rule"] for row in document["rows"]} == {"path_outside"}
        assert_presentable(result)
    assert (counted(small_registry, "motif"), counted(small_registry, "product")) == (motifs, 1)


def test_sheet_with_odd_cells(umkm: Run, small_registry: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_text(
        "nama;ref;nik;telepon;alamat\n\x1b[31mX;1;;;\n[red]x[/red];2;;;\n=1+1;3;;;\n"
        '"Robert\'); DROP TABLE vendor;--";4;;;\nC;5;357801550890000X;rahasia 0899;Jalan Rahasia 5\nok;6;;;\x1b\n',
        "utf-8",
    )
    before = counted(small_registry, "vendor")
    document = umkm("vendor", "import", sheet, "--json").ok()
    assert_presentable(document, "357801550890000X")
    assert (document.json()["created"], document.json()["failed"]) == (3, 3)
    people = umkm("vendor", "import", sheet).ok()
    assert_presentable(people, "357801550890000X")
    assert counted(small_registry, "vendor") == before + 3
    names = [vendor["name"] for vendor in umkm("vendor", "list", "--json").json()["vendors"]]
    assert {"[red]x[/red]", "=1+1", "Robert'); DROP TABLE vendor;--"} <= set(names)
