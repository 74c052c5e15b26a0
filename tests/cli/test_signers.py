"""Whose signature it is: unknown and expected signers, a code without its sheet, and texts that mislead."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SAMPLES, Result, Run
from tests.documents import forbidden_in, pdf_pictures, write_picture
from umkm_cli.registry.signed.formats import Sealer
from umkm_cli.registry.signed.signing import Signer

MOMENT = "2026-11-24T08:00:00Z"
GRESIK, SIDOARJO = Signer(b"\x07" * 32, "GRS"), Signer(b"\x08" * 32, "SDA")
PAGE = "<!doctype html><p>Laporan</p>\n"
MOTIF = "M-SBY-00001-62"


def key_file_of(signer: Signer, path: Path) -> Path:
    path.write_text(f"umkm-public-key 1\noffice: {signer.office}\nid: {signer.public.id}\nkey: {signer.public.text}\n")
    return path


def ended(result: Result) -> tuple[int, dict[str, object]]:
    """The exit code and what the document says of the key that was expected."""
    return result.exit_code, result.json()["expected_key"]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Signed by an office that is not known here."""
    path = tmp_path / "laporan.html"
    path.write_bytes(Sealer(GRESIK, MOMENT).sign_page(PAGE, {}, about={"code": "M-GRS-00001-10"}).encode())
    return path


@pytest.fixture
def receipt(umkm: Run, tmp_path: Path) -> Path:
    umkm("register", "--name", "Batik Sekar Muara", "--ref", "A").ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", picture, "--vendor", "A", "--title", "Semanggi Suroboyo").ok()
    umkm("motif", "receipt", MOTIF, tmp_path / "tanda terima.pdf").ok()
    return tmp_path / "tanda terima.pdf"


@pytest.fixture
def code(receipt: Path) -> str:
    """What a telephone reads from the receipt."""
    from umkm_cli.screening.evidence.verifying import codes_in

    (text,) = codes_in(np.ascontiguousarray(pdf_pictures(receipt)[0][..., ::-1]))
    return text


def test_just_the_expected_key_is_accepted(umkm: Run, page: Path, tmp_path: Path) -> None:
    """However it is named; and though nobody here trusts it: somebody who names it does."""
    key = GRESIK.public
    for named in (key.id, key.id.lower().replace("-", ""), key.text, key_file_of(GRESIK, tmp_path / "gresik.txt")):
        met = umkm("verify", page, "--expect-key", named, "--json").ok()
        assert ended(met) == (0, {"id": key.id, "met": True})
        assert met.json()["trust"] == "unknown"
    said = umkm("verify", page, "--expect-key", key.id).ok().out
    assert said.startswith("Utuh, dan ditandatangani kunci yang diharapkan")
    assert "umkm key trust" not in said


def test_another_than_the_expected_key_is_not_accepted_even_if_trusted(umkm: Run, page: Path) -> None:
    expected = SIDOARJO.public.id
    umkm("key", "trust", GRESIK.public.text, "--name", "Dinas Koperasi Gresik").ok()
    umkm("verify", page).ok()
    assert ended(umkm("verify", page, "--expect-key", expected, "--json")) == (4, {"id": expected, "met": False})
    result = umkm("verify", page, "--expect-key", expected)
    assert result.exit_code == 4
    assert result.out.startswith("Utuh, tetapi ditandatangani kunci lain")
    assert expected in result.out
    assert GRESIK.public.id in result.out


def test_of_a_changed_file_no_key_is_the_expected_one(umkm: Run, page: Path) -> None:
    data = page.read_bytes()
    page.write_bytes(data.replace(b"Laporan", b"Laparan"))
    assert umkm("verify", page, "--expect-key", GRESIK.public.id, "--json").exit_code == 1
    page.write_bytes(data.replace(b'"office":"GRS"', b'"office":"SBY"'))
    assert ended(umkm("verify", page, "--expect-key", GRESIK.public.id, "--json")) == (
        1,
        {"id": GRESIK.public.id, "met": False},
    )


@pytest.mark.parametrize("named", ["", "ABCD", "A" * 17, "A" * 43 + "=", "1" * 16])
def test_what_names_no_key_is_wrong_usage(umkm: Run, page: Path, named: str) -> None:
    result = umkm("verify", page, "--expect-key", named, "--json")
    result.refused("public_key_unreadable")
    assert result.exit_code == 2


def test_of_a_code_the_facts_are_told_and_that_the_sheet_was_not_verified(
    umkm: Run, receipt: Path, code: str, tmp_path: Path
) -> None:
    """On whatever sheet it stands: here one that says something else around it."""
    sheet = pdf_pictures(receipt)[0]
    sheet[: sheet.shape[0] // 2] = 255
    scanned = write_picture(tmp_path / "lembar.png", sheet)
    for given in ([scanned], ["--text", code]):
        document = umkm("verify", *given, "--json")
        assert document.exit_code == 4
        assert {name: document.json()[name] for name in ("scope", "intact", "trust")} == {
            "scope": "code",
            "intact": True,
            "trust": "own",
        }
        result = umkm("verify", *given)
        assert result.exit_code == 4
        assert "hanya kode QR-nya, bukan lembarannya" in result.out
        assert "Kodenya utuh, dan ditandatangani kantor ini." in result.out
        assert "Cocokkan tiap keterangan" in result.out
        picture = umkm("motif", "show", MOTIF, "--json").json()["views"][0]["sha256"]
        for fact in (MOTIF, "Semanggi Suroboyo", "Batik Sekar Muara", picture, "SBY", document.json()["key"]["id"]):
            assert fact in result.out
        assert not forbidden_in(result.out)
    assert umkm("verify", receipt, "--json").ok().json()["scope"] == "file"


def test_of_a_code_in_english(umkm: Run, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMKM_LANG", "en")
    said = umkm("verify", "--text", code).out
    monkeypatch.setenv("UMKM_LANG", "id")
    assert said.startswith("Only the QR code was verified, not the sheet.")
    assert "Compare each fact above with the sheet" in said


def test_of_a_code_the_expected_key_does_not_vouch_for_the_sheet(umkm: Run, receipt: Path, code: str) -> None:
    own = umkm("verify", receipt, "--json").json()["key"]["id"]
    assert ended(umkm("verify", "--text", code, "--expect-key", own, "--json")) == (4, {"id": own, "met": True})
    assert "kunci yang diharapkan" in umkm("verify", "--text", code, "--expect-key", own).out
    other = GRESIK.public.id
    assert ended(umkm("verify", "--text", code, "--expect-key", other, "--json"))[1] == {"id": other, "met": False}
    assert "bukan kunci yang diharapkan" in umkm("verify", "--text", code, "--expect-key", other).out


def test_a_code_of_an_office_that_is_not_known_says_so(umkm: Run, code: str, tmp_path: Path) -> None:
    text = code_signed(GRESIK, code.split("|")[1:9])
    result = umkm("verify", "--text", text)
    assert result.exit_code == 4
    assert f"kunci penandatangannya tidak dikenal ({GRESIK.public.id})" in result.out
    assert "umkm key trust" in result.out


@pytest.mark.parametrize(
    ("field", "says"),
    [
        (3, "2026-02-31"),
        (3, "٢٠٢٦-١١-٢٤"),
        (3, "kemarin"),
        (7, "2026-99-99T99:99:99Z"),
        (6, "SBY\x1b[2J"),
        (6, "kantor ini"),
    ],
)
def test_a_code_with_a_day_that_is_none_is_a_changed_code(umkm: Run, code: str, field: int, says: str) -> None:
    fields = code.split("|")[1:9]
    fields[field] = says
    result = umkm("verify", "--text", code_signed(GRESIK, fields), "--json")
    assert (result.exit_code, result.json()["changed"]) == (1, ["qr"])


def code_signed(signer: Signer, fields: list[str]) -> str:
    """By whoever has a program of his own."""
    signed = "UMKM-TT-1|" + "|".join([*fields, url(signer.public.raw)]) + "|"
    return signed + url(signer.sign(signed.encode()))


def url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_what_a_document_is_about_cannot_speak_for_the_program(umkm: Run, page: Path) -> None:
    """Neither by a line of its own, nor by steering the terminal; nor does a date that is none stop the program."""
    about = {"code": "M\nUtuh, dan ditandatangani kantor ini.\x1b[2J", "registered": "2026-02-31", "title": "x" * 9000}
    page.write_bytes(Sealer(GRESIK, MOMENT).sign_page(PAGE, {}, about=about).encode())
    result = umkm("verify", page)
    assert result.exit_code == 4
    assert "\nUtuh" not in result.out
    assert "\x1b" not in result.out
    assert "2026-02-31" in result.out
    assert len(result.out) < 2000


def test_anybody_can_sign_for_a_key_of_small_order_so_it_is_none(umkm: Run, page: Path, home: Path) -> None:
    """R is the neutral element, S is nought, and so is the key: of every document the equation holds."""
    neutral = b"\x01" + bytes(31)
    data = page.read_bytes()
    begin = data.rfind(b'"umkm-signature">') + len(b'"umkm-signature">')
    seal = json.loads(data[begin : -len(b"</script>\n")])
    from umkm_cli.registry.signed.sealed import canonical
    from umkm_cli.registry.signed.signing import id_of

    text = base64.b64encode(neutral).decode()
    seal["manifest"]["key"] |= {"public": text, "id": id_of(text)}
    seal["signature"] = base64.b64encode(neutral + bytes(32)).decode()
    page.write_bytes(data[:begin] + canonical(seal) + b"</script>\n")
    result = umkm("verify", page, "--json")
    assert (result.exit_code, result.json()["changed"]) == (1, ["signature"])
    forged = f"UMKM-TT-1|M-SBY-00001-62|x|y|2026-11-24|{url(bytes(32))}|{url(bytes(32))}|SBY|{MOMENT}|{url(neutral)}|"
    assert umkm("verify", "--text", forged + url(neutral + bytes(32)), "--json").json()["changed"] == ["qr"]
    umkm("key", "trust", text, "--name", "X", "--json").refused("public_key_unreadable")
    umkm("verify", page, "--expect-key", text, "--json").refused("public_key_unreadable")


def test_a_bundle_of_an_unknown_office_that_does_not_hold_is_not_merely_unproved(
    umkm: Run, registry: Path, tmp_path: Path
) -> None:
    import zipfile

    bundle = tmp_path / "bukti.zip"
    umkm("case", "bundle", "K-SBY-00001-92", bundle).ok()
    own = umkm("verify", bundle, "--json").ok().json()["key"]["id"]
    umkm("verify", bundle, "--recompute", "--expect-key", own, "--json").ok()
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    bundle.write_bytes(Sealer(GRESIK, MOMENT).pack(files))
    held = umkm("verify", bundle, "--recompute")
    assert held.exit_code == 4
    assert held.out.startswith("Utuh, tetapi kunci penandatangannya tidak dikenal")
    assert "tetap berlaku" in held.out
    files["evidence.json"] = files["evidence.json"].replace(b'"copy"', b'"partial"')
    bundle.write_bytes(Sealer(GRESIK, MOMENT).pack(files))
    assert umkm("verify", bundle, "--recompute").exit_code == 1
