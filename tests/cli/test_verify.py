"""`umkm verify`: intact or not and which part, whose signature, offline, from hostile files too."""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Result, Run
from tests.documents import one_byte_changed
from umkm_cli.registry.signed.formats import Sealer
from umkm_cli.registry.signed.signing import Signer

MOMENT = "2026-11-24T08:00:00Z"
PICTURE = "QUJDRA" * 800
EVIDENCE = '{"pairs":[' + ",".join(f'{{"n":{n}}}' for n in range(300)) + "]}"
PAGE = (
    "<!doctype html><html lang=id><title>Laporan</title><p>Batik é</p>"
    f'<img src="data:image/jpeg;base64,{PICTURE}">'
    f'<script type="application/json" id="evidence">{EVIDENCE}</script></html>\n'
)


NO_PAIRS = b'{"engine":{"extractor":"x"},"pairs":[]}'


def sealer(seed: bytes = b"\x07" * 32, office: str = "GRS") -> Sealer:
    return Sealer(Signer(seed, office), MOMENT)


def unproved(result: Result) -> Result:
    """Intact, but nobody here knows whose it is."""
    assert result.exit_code == 4, f"exit {result.exit_code}\n{result.out}\n{result.err}"
    return result


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A report that an unknown office signed."""
    path = tmp_path / "laporan.html"
    signed = sealer().sign_page(PAGE, {"picture": PICTURE, "evidence": EVIDENCE}, about={"case": "</script><b>"})
    path.write_bytes(signed.encode())
    return path


@pytest.fixture
def bundle(umkm: Run, registry: Path, tmp_path: Path) -> Path:
    """Of the case of a held motif of the samples."""
    umkm("case", "bundle", "K-SBY-00001-92", tmp_path / "bukti.zip").ok()
    return tmp_path / "bukti.zip"


def test_an_unknown_key_is_shown_with_how_to_trust_it(umkm: Run, page: Path) -> None:
    document = unproved(umkm("verify", page, "--json")).json()
    assert (document["scope"], document["expected_key"]) == ("file", None)
    assert (document["intact"], document["trust"], document["changed"]) == (True, "unknown", [])
    said = unproved(umkm("verify", page)).out
    assert said.startswith("Utuh, tetapi kunci penandatangannya tidak dikenal")
    assert document["key"]["id"] in said
    assert f"umkm key trust {document['key']['public_key']}" in said


def test_a_trusted_office_is_named(umkm: Run, page: Path) -> None:
    key = umkm("verify", page, "--json").json()["key"]["public_key"]
    umkm("key", "trust", key, "--name", "Dinas Koperasi Gresik").ok()
    document = umkm("verify", page, "--json").ok().json()
    assert (document["trust"], document["key"]["name"]) == ("trusted", "Dinas Koperasi Gresik")
    assert "Dinas Koperasi Gresik" in umkm("verify", page).ok().out
    umkm("key", "untrust", key).ok()
    assert umkm("verify", page, "--json").json()["trust"] == "unknown"


def test_the_same_signed_by_another_is_never_this_offices(umkm: Run, bundle: Path, home: Path) -> None:
    assert umkm("verify", bundle, "--json").json()["trust"] == "own"
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["evidence.json"] = files["evidence.json"].replace(b'"copy"', b'"partial"')
    bundle.write_bytes(sealer(b"\x09" * 32, "SBY").pack(files, about={"case": "K-SBY-00001-92"}))
    document = unproved(umkm("verify", bundle, "--json")).json()
    assert (document["intact"], document["trust"], document["office"]) == (True, "unknown", "SBY")


def test_makes_nothing(umkm: Run, page: Path, home: Path) -> None:
    unproved(umkm("verify", page))
    assert not home.exists()


def test_needs_no_registry_that_can_be_read(umkm: Run, page: Path, home: Path) -> None:
    umkm("key", "show").ok()
    (home / "umkm.db").write_bytes(b"no database" * 1000)
    (home / "keys" / "office.key").write_bytes(b"no key")
    assert unproved(umkm("verify", page, "--json")).json()["trust"] == "unknown"


def test_every_changed_byte_of_a_page_is_found_and_its_part_named(umkm: Run, page: Path, tmp_path: Path) -> None:
    data = page.read_bytes()
    picture, evidence = data.find(PICTURE.encode()), data.find(EVIDENCE.encode())
    signature = data.rfind(b"<script")
    places = {
        "picture": (picture, picture + len(PICTURE)),
        "evidence": (evidence, evidence + len(EVIDENCE)),
        "page": (0, picture),
        "signature": (signature, len(data)),
    }
    changed = tmp_path / "changed.html"
    for name, copy in one_byte_changed(data, places, 200, seed=1):
        changed.write_bytes(copy)
        result = umkm("verify", changed, "--json")
        assert (result.exit_code, result.json()["changed"]) == (1, [name])


def test_every_changed_byte_of_a_bundle_is_found_and_its_part_named(umkm: Run, bundle: Path, tmp_path: Path) -> None:
    data = bundle.read_bytes()
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        places = {}
        for entry in archive.infolist():
            start = entry.header_offset + 30 + len(entry.filename)
            places[entry.filename] = (start, start + entry.file_size)
        directory, comment = archive.start_dir, len(archive.comment)
    places |= {"archive": (directory, len(data) - comment), "signature": (len(data) - comment, len(data))}
    changed = tmp_path / "changed.zip"
    for name, copy in one_byte_changed(data, places, 200, seed=2):
        changed.write_bytes(copy)
        result = umkm("verify", changed, "--json")
        assert (result.exit_code, result.json()["changed"]) == (1, [name])


def test_every_changed_byte_of_a_report_is_found_and_its_part_named(umkm: Run, registry: Path, tmp_path: Path) -> None:
    report, changed = tmp_path / "laporan.html", tmp_path / "changed.html"
    umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--report", report).ok()
    assert umkm("verify", report, "--json").ok().json()["trust"] == "own"
    data = report.read_bytes()
    begin, signature = data.find(b'id="evidence">') + len(b'id="evidence">'), data.rfind(b"<script")
    first = re.search(rb";base64,([A-Za-z0-9+/=]+)", data)
    assert first is not None
    shown = next(part["name"] for part in umkm("verify", report, "--json").json()["parts"])
    places = {
        shown: first.span(1),
        "evidence": (begin, data.find(b"</script>", begin)),
        "page": (0, data.find(b"data:image")),
        "signature": (signature, len(data)),
    }
    for name, copy in one_byte_changed(data, places, 200, seed=3):
        changed.write_bytes(copy)
        result = umkm("verify", changed, "--json")
        assert (result.exit_code, result.json()["changed"]) == (1, [name])


def test_a_printed_report_verifies(umkm: Run, registry: Path, tmp_path: Path) -> None:
    report = tmp_path / "laporan.pdf"
    umkm("motif", "check", SAMPLES / "suspect" / "crop.jpg", "--report", report).ok()
    document = umkm("verify", report, "--json").ok().json()
    assert (document["kind"], document["trust"]) == ("report", "own")
    report.write_bytes(report.read_bytes().replace(b"\xff\xd8\xff", b"\xff\xd8\xfe", 1))
    (name,) = umkm("verify", report, "--json").json()["changed"]
    assert name not in ("document", "signature")


def test_what_is_put_in_or_taken_out_is_named(umkm: Run, page: Path) -> None:
    data = page.read_bytes()
    place = data.find(PICTURE.encode()) + 100
    for copy in (data[:place] + b"x" + data[place:], data[:place] + data[place + 7 :]):
        page.write_bytes(copy)
        assert umkm("verify", page, "--json").json()["changed"] == ["picture"]
    page.write_bytes(b"\xef\xbb\xbf" + data)
    assert umkm("verify", page, "--json").json()["changed"] == ["page"]
    page.write_bytes(data + b"\n")
    assert umkm("verify", page, "--json").json()["changed"] == ["signature"]


def test_the_sentence_names_the_parts_in_words(umkm: Run, page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b"Batik", b"Batic"))
    result = umkm("verify", page)
    assert result.exit_code == 1
    assert "Berubah setelah ditandatangani: teks halaman." in result.err


def test_what_this_program_never_signed_is_no_document(umkm: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"\0" * 20_000_000)
    (tmp_path / "a.html").write_text("<!doctype html><p>umkm", "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (tmp_path / "empty").write_bytes(b"")
    for name in ("bomb.zip", "a.html", "a.pdf", "empty"):
        umkm("verify", tmp_path / name, "--json").refused("verify_not_signed")
    umkm("verify", SAMPLES / "motifs" / "semanggi.jpg", "--json").refused("verify_no_code")
    umkm("verify", tmp_path / "none.pdf", "--json").refused("file_not_found")
    umkm("verify", tmp_path, "--json").refused("file_is_folder")
    umkm("verify", "--text", "https://example.org", "--json").refused("verify_other_code")
    umkm("verify", "--json").refused("verify_one_thing")
    if os.name == "posix":
        umkm("verify", "/dev/zero", "--json").refused("file_not_regular")


@pytest.mark.parametrize(
    "seal",
    [
        b"",
        b"{}",
        b"[" * 60_000,
        b'{"manifest":' * 5_000,
        b"9" * 60_000,
        b'{"manifest":null,"signature":null}',
        b'{"manifest":{"key":{"public":1}},"signature":""}',
        b'{"manifest":[],"signature":"' + b"A" * 86 + b'=="}',
        b'{"signature":"x","signature":"y"}',
        b"\xff\xfe",
        b'"\\ud800"',
    ],
)
def test_any_seal_that_is_not_ours_is_a_changed_signature(umkm: Run, tmp_path: Path, seal: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b'<p><script type="application/json" id="umkm-signature">' + seal + b"</script>\n")
    result = umkm("verify", path, "--json")
    assert (result.exit_code, result.json()["changed"]) == (1, ["signature"])


def test_a_seal_is_written_in_one_way_only(umkm: Run, page: Path) -> None:
    data = page.read_bytes()
    begin = data.rfind(b'"umkm-signature">') + len(b'"umkm-signature">')
    seal = json.loads(data[begin : -len(b"</script>\n")])
    for other in (
        json.dumps(seal, sort_keys=True),
        json.dumps(seal, separators=(",", ":")),
        json.dumps(seal | {"more": 1}, sort_keys=True, separators=(",", ":")),
        json.dumps(seal | {"signature": seal["signature"].rstrip("=")}, sort_keys=True, separators=(",", ":")),
    ):
        page.write_bytes(data[:begin] + other.encode() + b"</script>\n")
        assert umkm("verify", page, "--json").json()["changed"] == ["signature"]


def test_a_copy_of_the_seal_fits_no_other_document(umkm: Run, page: Path, tmp_path: Path) -> None:
    data = page.read_bytes()
    other = tmp_path / "other.html"
    other.write_bytes(PAGE.replace("Laporan", "Laparan").encode() + data[data.rfind(b"<script") :])
    assert umkm("verify", other, "--json").json()["changed"] == ["page"]


def test_a_bundle_computed_anew_holds(umkm: Run, bundle: Path) -> None:
    document = umkm("verify", bundle, "--recompute", "--json").ok().json()
    assert document["recomputed"]["holds"], document["recomputed"]
    assert document["recomputed"]["pairs"]
    assert not document["recomputed"]["not_kept"]
    assert "tetap berlaku" in umkm("verify", bundle, "--recompute").ok().out


def test_evidence_that_does_not_follow_from_its_images_is_found(umkm: Run, bundle: Path) -> None:
    """Signed as it is, so that only computing it anew can tell."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    evidence = json.loads(files["evidence.json"])
    pair = evidence["pairs"][0]
    pair["match"] |= {"query_area": 0.2, "relation": "partial", "transform": [[1, 0, 90], [0, 1, 0], [0, 0, 1]]}
    query = pair["query"]["sha256"]
    files["evidence.json"] = json.dumps(evidence).encode()
    files[f"pixels/{query}.png"] = files[f"pixels/{pair['motif']['sha256']}.png"]
    files[f"fingerprints/{query}.bin"] += b"x"
    bundle.write_bytes(sealer().pack(files, about={"case": "K"}))
    result = umkm("verify", bundle, "--recompute", "--json")
    assert result.exit_code == 1
    recomputed = result.json()["recomputed"]
    assert not recomputed["holds"]
    assert recomputed["pairs"][0]["differences"] == ["relation", "query_area", "transform"]
    found = {picture["sha256"]: picture["differences"] for picture in recomputed["pictures"]}
    assert found[query] == ["pixels", "fingerprint"]
    assert "jenis kecocokan" in umkm("verify", bundle, "--recompute").out


@pytest.mark.parametrize(
    "evidence", [b"", b"[]", b"{}", b"[" * 100_000, NO_PAIRS, b'{"engine":{"extractor":1},"pairs":[{}]}']
)
def test_evidence_that_cannot_be_read_is_refused(umkm: Run, tmp_path: Path, evidence: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(sealer().pack({"evidence.json": evidence}))
    umkm("verify", path, "--recompute", "--json").refused("bundle_unreadable")


def test_only_a_bundle_is_computed_anew(umkm: Run, page: Path) -> None:
    umkm("verify", page, "--recompute", "--json").refused("recompute_needs_bundle")


def test_a_bundle_verifies_on_another_computer(umkm: Run, bundle: Path, home: Path) -> None:
    shutil.rmtree(home)
    document = unproved(umkm("verify", bundle, "--recompute", "--json")).json()
    assert (document["trust"], document["kind"]) == ("unknown", "bundle")
    assert document["recomputed"]["holds"]
    assert not home.exists()
