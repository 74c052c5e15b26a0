"""A registry that is exported and imported into an empty one is exported alike: businesses, motifs and products."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

NOUNS = ("vendor", "motif", "product")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """All pictures that the lists name, in one folder."""
    folder = tmp_path / "gambar"
    folder.mkdir()
    for name in ("semanggi.jpg", "daun-bakau.jpg", "hiu-buaya.jpg"):
        shutil.copy(SAMPLES / "motifs" / name, folder)
    shutil.copy(SAMPLES / "suspect" / "crop.jpg", folder)
    return folder


def exported(umkm: Run, folder: Path, kind: str) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{noun}.{kind}" for noun in NOUNS]
    for noun, file in zip(NOUNS, files, strict=True):
        umkm(noun, "export", file, *(["--reveal"] if noun == "vendor" else [])).ok()
    return files


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_import_export(
    umkm: Run, home: Path, pictures: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ref, name in (("A-1", "Batik Kali Asin"), ("A-2", "=Kain & Co"), ("A-3", "Batik Ombak")):
        umkm("register", "--name", name, "--ref", ref, "--owner", "Siti", "--json").ok()
    motif = ("motif", "register")
    umkm(*motif, pictures / "semanggi.jpg", pictures / "hiu-buaya.jpg", "--vendor", "A-1", "--title", "Dua").ok()
    umkm(*motif, pictures / "daun-bakau.jpg", "--vendor", "A-2", "--title", "Daun", "--ref", "007").ok()
    umkm(*motif, pictures / "crop.jpg", "--vendor", "A-3", "--title", "Potongan").ok()  # held
    product = ("product", "add", "--vendor", "A-2", "--name")
    umkm(*product, "Sarung", pictures / "daun-bakau.jpg", "--price", "Rp 150.000").ok()
    umkm(*product, "Selendang", "--ref", "P-9").ok()
    before = exported(umkm, tmp_path / "before", kind)

    monkeypatch.setenv("UMKM_HOME", str(tmp_path / "kosong"))
    for noun, file in zip(NOUNS, before, strict=True):
        folder = () if noun == "vendor" else ("--images", pictures)
        report = umkm(noun, "import", file, *folder, "--json").ok().json()
        assert (report["failed"], report["conflicts"]) == (0, 0), report
        assert report["created"] == len(report["rows"]) > 0
    after = exported(umkm, tmp_path / "after", kind)
    assert [file.read_bytes() for file in after] == [file.read_bytes() for file in before]
    assert home != tmp_path / "kosong"

    code = umkm("motif", "register", pictures / "crop.jpg", "--vendor", "A-1", "--title", "Baru", "--json").ok().json()
    assert code["code"].startswith("M-SBY-00004-")  # codes go on where they were
