"""`umkm motif djki-pack`: what a recording asks for, what of it is missing, and the papers as one zip."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.catalogues import FORBIDDEN
from tests.conftest import SAMPLES, Run
from tests.documents import pdf_text

PICTURE = SAMPLES / "motifs" / "daun-bakau.jpg"


@pytest.fixture
def motif(umkm: Run) -> str:
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    register = ("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Daun Bakau", "--ref", "M-1", "--json")
    return str(umkm(*register).ok().json()["code"])


def checklist(umkm: Run, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = umkm("motif", "djki-pack", "M-1", *options, "--json").ok().json()
    assert document["schema"] == "umkm.djki/1"
    return document


def missing(umkm: Run) -> list[str]:
    return [item["item"] for item in checklist(umkm)["items"] if not item["present"]]


def packed(umkm: Run, path: Path) -> dict[str, bytes]:
    umkm("motif", "djki-pack", "M-1", path).ok()
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def test_each_missing_thing_comes_with_the_command_that_adds_it(umkm: Run, motif: str) -> None:
    """Everything that the checklist names is given, one after the other, as it says."""
    assert missing(umkm) == [
        *("description", "first_published", "first_published_place", "creators", "holders"),
        *("ownership-statement", "identity"),
    ]
    edit = ("--description", "Daun bakau", "--first-published", "1-2-2022", "--first-published-place", "Surabaya")
    umkm("motif", "edit", motif, *edit).ok()
    creator = ("motif", "person", motif, "--role", "creator", "--name", "Siti")
    umkm(*creator).ok()
    assert checklist(umkm)["items"][4]["missing"] == ["address: Siti", "citizenship: Siti"]
    umkm(*creator, "--address", "Jl. Rahasia 5", "--citizenship", "Indonesia").ok()
    assert missing(umkm) == ["ownership-statement", "identity"]
    for kind in ("ownership-statement", "identity"):
        umkm("motif", "attach", motif, PICTURE, "--kind", kind).ok()
    assert checklist(umkm)["complete"] is True
    assert "Semua yang biasanya diminta sudah ada" in umkm("motif", "djki-pack", motif).ok().out


def test_a_holder_who_is_not_the_creator_needs_a_transfer(umkm: Run, motif: str) -> None:
    umkm("motif", "edit", motif, "--creators", "Siti", "--holders", "Koperasi Pesisir").ok()
    document = checklist(umkm)
    items = {item["item"]: item for item in document["items"]}
    assert items["transfer"]["needed_because"] == "holder_is_not_creator"
    assert items["deed"]["needed_because"] == "holder_is_a_body"
    assert "identity" not in items
    assert items["holders"]["missing"] == [f"{name}: Koperasi Pesisir" for name in ("address", "citizenship", "basis")]
    assert items["transfer"]["command"] == f"umkm motif attach {motif} FILE --kind transfer"
    umkm("motif", "edit", motif, "--holders", "siti").ok()
    assert "transfer" not in {item["item"] for item in checklist(umkm)["items"]}


def test_a_representative_needs_an_authority(umkm: Run, motif: str) -> None:
    umkm("motif", "edit", motif, "--representative", "Kantor KI Jaya").ok()
    assert "power-of-attorney" in missing(umkm)


def test_the_pack(umkm: Run, motif: str, tmp_path: Path) -> None:
    edit = ("--creators", "Siti; Budi", "--description", "Daun; bakau", "--first-published", "1-2-2022")
    umkm("motif", "edit", motif, *edit, "--heritage-class", "Parang").ok()
    person = ("motif", "person", motif, "--role", "creator", "--name", "Siti", "--address", "Jl. Rahasia 5")
    umkm(*person, "--citizenship", "Indonesia").ok()
    card = tmp_path / "..\\ktp : siti?.jpg"
    card.write_bytes((SAMPLES / "suspect" / "phone.jpg").read_bytes())
    umkm("motif", "attach", motif, card, "--kind", "identity").ok()
    entries = umkm("audit", "verify", "--json").json()["entries"]
    files = packed(umkm, tmp_path / "berkas djki.zip")
    assert umkm("audit", "verify", "--json").json()["entries"] == entries + 1

    assert sorted(files) == [
        "contoh-ciptaan/daun-bakau.jpg",
        "daftar-periksa.pdf",
        "formulir.csv",
        "formulir.json",
        "identitas/_ktp _ siti_.jpg",
        "surat-pernyataan.pdf",
    ]
    assert files["contoh-ciptaan/daun-bakau.jpg"] == PICTURE.read_bytes()
    assert files["identitas/_ktp _ siti_.jpg"] == card.read_bytes()
    form = json.loads(files["formulir.json"])["fields"]
    assert (form["jenis_ciptaan"], form["sub_jenis_ciptaan"], form["judul"]) == (
        "Karya Seni",
        "Seni Batik",
        "Daun Bakau",
    )
    siti = {"nama": "Siti", "alamat": "Jl. Rahasia 5", "kewarganegaraan": "Indonesia"}
    assert form["pencipta"] == form["pemegang_hak_cipta"] == [siti, {"nama": "Budi"}]
    rows = dict(row for row in csv.reader(io.StringIO(files["formulir.csv"].decode("utf-8-sig")), delimiter=";") if row)
    assert rows["Uraian singkat"] == "ada"
    assert rows["Tanggal pertama kali diumumkan"] == "ada"
    listed = pdf_text(files["daftar-periksa.pdf"])
    for text in ("Jl. Rahasia 5", "1 Februari 2022", "BELUM ADA", "periksa ketentuan DJKI terbaru", "Parang"):
        assert text in listed
    assert f"umkm motif attach {motif} FILE --kind ownership-statement" in listed
    statement = pdf_text(files["surat-pernyataan.pdf"])
    for text in ("Siti", "Jl. Rahasia 5", "Pasal 38", "bukan formulir resmi", "bukan bukti kepemilikan"):
        assert text in statement
    for word in FORBIDDEN:
        assert f" {word}" not in (listed + statement).lower()


def test_without_a_file_or_with_check_nothing_is_written(umkm: Run, motif: str, tmp_path: Path) -> None:
    out = tmp_path / "berkas.zip"
    said = umkm("motif", "djki-pack", motif, out, "--check").ok().out
    assert "BELUM ADA" in said
    assert f"umkm motif edit {motif}" in said
    assert not out.exists()
    assert checklist(umkm)["file"] is None
    assert umkm("motif", "djki-pack", motif, tmp_path / "berkas.rar", "--json").refused("pack_not_zip")
    assert umkm("motif", "djki-pack", motif, tmp_path / "tidak" / "ada.zip", "--json").refused("folder_not_found")


def test_a_held_motif_waits(umkm: Run, motif: str, tmp_path: Path) -> None:
    umkm("register", "--name", "Kain Lain", "--ref", "A-2").ok()
    held = ("motif", "register", SAMPLES / "suspect" / "crop.jpg", "--vendor", "A-2", "--title", "Rawa", "--ref", "M-2")
    assert umkm(*held, "--json").ok().json()["status"] == "held"
    result = umkm("motif", "djki-pack", "M-2", tmp_path / "a.zip").ok()
    assert "menunggu penelaahan" in result.out
    assert umkm("motif", "djki-pack", "M-2", "--json").ok().json()["waits_for_decision"] is True
    umkm("motif", "withdraw", motif, "--reason", "Permintaan").ok()
    umkm("motif", "djki-pack", motif, "--json").refused("motif_withdrawn")


def test_a_file_that_is_gone_is_missing(umkm: Run, motif: str, home: Path, tmp_path: Path) -> None:
    for picture in (home / "images").rglob("*.jpg"):
        picture.unlink()
    assert "sample" in missing(umkm)
    assert "contoh-ciptaan/daun-bakau.jpg" not in packed(umkm, tmp_path / "a.zip")


def test_a_sample_that_is_too_large_goes_in_as_a_smaller_copy(umkm: Run, motif: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (2700, 2700, 3), np.uint8)
    large = tmp_path / "besar.png"
    Image.fromarray(noise).save(large, compress_level=1)
    assert large.stat().st_size > 20_000_000
    umkm("motif", "attach", motif, large, "--kind", "sample").ok()
    result = umkm("motif", "djki-pack", motif, tmp_path / "a.zip").ok()
    assert "salinan yang diperkecil" in result.out
    with zipfile.ZipFile(tmp_path / "a.zip") as pack:
        copy = pack.read("contoh-ciptaan/besar-diperkecil.jpg")
    assert len(copy) <= 20_000_000
    assert Image.open(io.BytesIO(copy)).size == (2700, 2700)
