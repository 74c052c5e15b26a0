"""`licensed` only where technique, object, territory and period cover the case; what is missing is said."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.screening.asking import check, ref_of, vendor_of, vendors
from tests.screening.conftest import SAMPLES

PICTURE, MOTIF = SAMPLES / "suspect" / "crop.jpg", "motifs/daun-bakau.jpg"
NUMBER = "7/IZIN/2026"


def other_vendors(umkm: Run) -> list[str]:
    return [v["ref"] for v in vendors(umkm) if v["ref"] != vendor_of(umkm, MOTIF)]


def added(umkm: Run, vendor: str, *terms: str) -> Any:
    licence = ("--motif", ref_of(MOTIF) or "", "--vendor", vendor, *terms)
    return umkm("licence", "add", *licence, "--json").ok().json()


@pytest.fixture
def holder(umkm: Run, registry: Path) -> str:
    """Who may make shirts by stamp, in Surabaya and Sidoarjo."""
    vendor = other_vendors(umkm)[0]
    terms = ("--technique", "cap", "--object", "Kemeja, kain panjang", "--territory", "Surabaya, Sidoarjo")
    licence = added(umkm, vendor, "--number", NUMBER, *terms, "--licensor", "Koperasi Mangrove")
    assert licence["licensor"] == "Koperasi Mangrove"
    return vendor


def test_all_of_it_covers_the_case(umkm: Run, holder: str) -> None:
    stated = ("--technique", "cap", "--object", "kemeja", "--territory", "SIDOARJO")
    assert check(umkm, PICTURE, "--vendor", holder, *stated)["verdict"] == "licensed"


def test_what_was_not_stated_is_named(umkm: Run, holder: str) -> None:
    command = ("motif", "check", PICTURE, "--vendor", holder, "--technique", "cap")
    result = check(umkm, *command[2:])
    assert (result["alert"], result["reasons"]) == (True, ["licence_scope_unknown"])
    said = umkm(*command).ok().out
    for text in (NUMBER, "objek (--object)", "wilayah (--territory)"):
        assert text in said
    assert "teknik (--technique)" not in said


def test_what_goes_beyond_is_named(umkm: Run, holder: str) -> None:
    command = ("motif", "check", PICTURE, "--vendor", holder, "--technique", "cap", "--object", "tas")
    result = check(umkm, *command[2:])
    assert (result["alert"], result["reasons"]) == (True, ["licence_out_of_scope"])
    said = umkm(*command).ok().out
    assert f"{NUMBER}" in said
    assert "objek (--object)" in said
    assert "di luar cakupannya" in said
    stranger = other_vendors(umkm)[1]
    assert check(umkm, PICTURE, "--vendor", stranger)["reasons"] == [], "who has no licence hears of none"


def test_a_licence_for_the_country_asks_for_no_place(umkm: Run, registry: Path) -> None:
    vendor = other_vendors(umkm)[0]
    added(umkm, vendor, "--number", "1", "--territory", "Indonesia")
    assert check(umkm, PICTURE, "--vendor", vendor)["verdict"] == "licensed"


@pytest.mark.parametrize("later_is_exclusive", [True, False])
def test_nobody_else_beside_an_exclusive_licence(umkm: Run, registry: Path, later_is_exclusive: bool) -> None:
    one, two = other_vendors(umkm)[:2]
    sole, other = ("--exclusive",) if not later_is_exclusive else (), ("--exclusive",) if later_is_exclusive else ()
    first = added(umkm, one, "--number", "1", "--from", "1/1/2026", "--to", "31/12/2026", *sole)
    beside = ("--motif", ref_of(MOTIF) or "", "--number", "2", *other, "--json")
    overlapping = umkm("licence", "add", *beside, "--vendor", two, "--from", "31/12/2026")
    assert first["code"] in overlapping.refused("licence_not_exclusive")["message"]
    umkm("licence", "add", *beside, "--vendor", two, "--from", "1/1/2027").ok()
    umkm("licence", "add", *beside, "--vendor", one, "--from", "1/6/2026", "--to", "1/9/2026").ok()
    umkm("licence", "add", *beside, "--number", "3", "--vendor", two, "--to", "1/2/2026").refused(
        "licence_not_exclusive"
    )


def test_the_document_of_a_licence_is_kept(umkm: Run, registry: Path, tmp_path: Path) -> None:
    code = added(umkm, other_vendors(umkm)[0], "--number", "1")["code"]
    document = tmp_path / "surat izin.pdf"
    document.write_bytes(b"%PDF-1.4 izin")
    (kept,) = umkm("licence", "attach", code, document, "--json").ok().json()["attachments"]
    digest = hashlib.sha256(document.read_bytes()).hexdigest()
    assert (kept["filename"], kept["sha256"], kept["media_type"]) == ("surat izin.pdf", digest, "application/pdf")
    assert (registry / "files" / digest[:2] / digest).read_bytes() == document.read_bytes()
