"""`umkm motif receipt`: one sheet that says what it is and what it is not, and that verifies from file and paper."""

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SAMPLES, Run
from tests.documents import forbidden_in, one_byte_changed, pdf_pictures, pdf_text, write_picture

MOTIF = "M-SBY-00001-62"
PICTURE = SAMPLES / "motifs" / "semanggi.jpg"


@pytest.fixture
def receipt(umkm: Run, tmp_path: Path) -> Path:
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A").ok()
    facts = ["--creators", "Siti Aminah; Budi", "--technique", "tulis", "--first-published", "2024-05-01"]
    umkm("motif", "register", PICTURE, "--vendor", "A", "--title", "Semanggi Suroboyo", *facts).ok()
    umkm("motif", "receipt", MOTIF, tmp_path / "tanda terima.pdf").ok()
    return tmp_path / "tanda terima.pdf"


def test_says_what_is_recorded_and_what_it_is_not(umkm: Run, receipt: Path) -> None:
    text = pdf_text(receipt)
    for said in (MOTIF, "Semanggi Suroboyo", "Batik Sekar Muara", "Siti Aminah; Budi", "tulis", "1 Mei 2024"):
        assert said in text
    assert "bukan Surat Pencatatan Ciptaan DJKI dan bukan bukti kepemilikan" in text
    assert "bukan tanda tangan elektronik tersertifikasi" in text
    assert umkm("motif", "show", MOTIF, "--json").json()["views"][0]["sha256"] in text.replace(" ", "")
    assert "petugas" not in text
    assert not forbidden_in(text)


def test_english_says_the_same(umkm: Run, receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMKM_LANG", "en")
    umkm("motif", "receipt", MOTIF, receipt).ok()
    text = pdf_text(receipt)
    assert "not proof of ownership" in text
    assert "not a certified electronic signature" in text
    assert not forbidden_in(text)
    monkeypatch.setenv("UMKM_LANG", "id")  # the process keeps the language that was asked for last
    assert umkm("verify", receipt, "--json").ok().json()["trust"] == "own"


def test_is_one_sheet_whose_metadata_tells_nothing_of_the_machine(umkm: Run, receipt: Path) -> None:
    assert len(pdf_pictures(receipt, 50)) == 1
    data = receipt.read_bytes()
    for told in (b"petugas", str(receipt.parent).encode(), b"daftar usaha"):
        assert told not in data


def test_longest_texts_and_signs_without_a_glyph_fit_and_show(umkm: Run, receipt: Path, tmp_path: Path) -> None:
    title = "漢字 " + "Sekar Wijaya Kusuma Kencana " * 7
    umkm("motif", "edit", MOTIF, "--title", title[:200], "--creators", "; ".join(["Perajin Panjang Namanya"] * 40)).ok()
    umkm("vendor", "edit", "A", "--name", "Usaha Batik " * 16).ok()
    umkm("motif", "receipt", MOTIF, receipt).ok()
    assert len(pdf_pictures(receipt, 50)) == 1
    assert "\ufffd\ufffd Sekar" in pdf_text(receipt)
    scanned = write_picture(tmp_path / "scan.png", pdf_pictures(receipt)[0])
    assert umkm("verify", scanned, "--json").json()["about"]["code"] == MOTIF


def test_of_an_unpublished_motif_says_whom_it_is_for(umkm: Run, receipt: Path) -> None:
    assert "belum diumumkan" not in pdf_text(receipt)
    umkm("motif", "edit", MOTIF, "--unpublished").ok()
    umkm("motif", "receipt", MOTIF, receipt).ok()
    assert "belum diumumkan" in pdf_text(receipt)


def test_verifies_as_file(umkm: Run, receipt: Path) -> None:
    document = umkm("verify", receipt, "--json").ok().json()
    assert document["schema"] == "umkm.verify/1"
    assert (document["kind"], document["intact"], document["trust"]) == ("receipt", True, "own")
    assert {part["name"]: part["state"] for part in document["parts"]} == dict.fromkeys(
        ("picture", "document", "signature"), "intact"
    )
    assert document["about"]["title"] == "Semanggi Suroboyo"
    assert umkm("verify", receipt).ok().out.startswith("Utuh, dan ditandatangani kantor ini.")


def test_verifies_from_a_scan_and_from_the_text_of_its_code(umkm: Run, receipt: Path, tmp_path: Path) -> None:
    from umkm_cli.screening.evidence.verifying import codes_in

    sheet = pdf_pictures(receipt)[0]
    scanned = write_picture(tmp_path / "scan.jpg", sheet)
    from_scan = umkm("verify", scanned, "--json").json()
    (text,) = codes_in(np.ascontiguousarray(sheet[..., ::-1]))
    assert umkm("verify", "--text", text, "--json").json() == from_scan
    whole = umkm("verify", receipt, "--json").json()
    assert from_scan["key"] == whole["key"]
    assert from_scan["about"]["picture"] == whole["about"]["picture"]


def test_the_codes_digest_is_that_of_the_facts(umkm: Run, receipt: Path, tmp_path: Path) -> None:
    import hashlib
    import json

    about = umkm("verify", receipt, "--json").json()["about"]
    plain = json.dumps(about, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    scanned = write_picture(tmp_path / "scan.png", pdf_pictures(receipt)[0])
    assert umkm("verify", scanned, "--json").json()["about"]["facts"] == hashlib.sha256(plain).hexdigest()


def test_any_changed_letter_of_the_codes_text_is_found(umkm: Run, receipt: Path) -> None:
    from umkm_cli.screening.evidence.verifying import codes_in

    (text,) = codes_in(np.ascontiguousarray(pdf_pictures(receipt)[0][..., ::-1]))
    for place in range(len("UMKM-TT-1|"), len(text), 7):
        if text[place] != "|":
            other = "A" if text[place] != "A" else "B"
            result = umkm("verify", "--text", text[:place] + other + text[place + 1 :], "--json")
            assert (result.exit_code, result.json()["changed"]) == (1, ["qr"]), place


def test_every_changed_byte_is_found_and_its_part_named(umkm: Run, receipt: Path, tmp_path: Path) -> None:
    data = receipt.read_bytes()
    signature, picture = data.rfind(b"%umkm-signature"), data.find(b"\xff\xd8\xff")
    places = {
        "picture": (picture, data.find(b"endstream", picture) - 1),
        "document": (data.find(b"endstream", picture), signature),
        "signature": (signature, len(data)),
    }
    changed = tmp_path / "changed.pdf"
    for name, copy in one_byte_changed(data, places, 200, seed=5):
        changed.write_bytes(copy)
        result = umkm("verify", changed, "--json")
        assert (result.exit_code, result.json()["changed"]) == (1, [name])


def test_is_the_same_file_at_the_same_moment(umkm: Run, receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("umkm_cli.db.tables.now", lambda: "2026-11-24T08:00:00Z")
    first, second = receipt.with_name("1.pdf"), receipt.with_name("2.pdf")
    umkm("motif", "receipt", MOTIF, first).ok()
    umkm("motif", "receipt", MOTIF, second).ok()
    assert first.read_bytes() == second.read_bytes()


def test_is_named_after_its_motif_and_recorded(umkm: Run, receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(receipt.parent)
    document = umkm("motif", "receipt", MOTIF, "--json").ok().json()
    assert document["file"] == f"tanda-terima-{MOTIF}.pdf"
    assert (receipt.parent / document["file"]).exists()
    assert umkm("audit", "verify", "--json").ok().json()["intact"]


def test_needs_the_picture(umkm: Run, receipt: Path, home: Path) -> None:
    for kept in (home / "images").rglob("*.jpg"):
        kept.unlink()
    umkm("motif", "receipt", MOTIF, receipt, "--json").refused("receipt_no_picture")
