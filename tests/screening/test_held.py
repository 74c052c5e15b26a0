"""A look-alike is stored, held and searchable, opens a case about both, and is released by a decision."""

import hashlib
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.screening.asking import check, ref_of, rows, vendor_of, vendors
from tests.screening.conftest import SAMPLES


def held(umkm: Run) -> dict[str, Any]:
    listed = umkm("motif", "list", "--status", "held", "--json").ok().json()["motifs"]
    assert len(listed) == 1
    motif: dict[str, Any] = listed[0]
    return motif


def test_imported_look_alike_is_held_with_a_case(umkm: Run, registry: Path) -> None:
    motif = held(umkm)
    assert motif["ref"] == "M-15"
    cases = umkm("case", "list", "--json").ok().json()["cases"]
    assert [case["motif"]["code"] for case in cases] == [motif["code"]]
    case = umkm("case", "show", cases[0]["code"], "--json").ok().json()
    assert [match["ref"] for match in case["matches"]] == ["M-01"]
    assert case["matches"][0]["mirrored"]


def test_decision_releases_and_the_pair_stays_quiet_both_ways(umkm: Run, registry: Path) -> None:
    mirrored, original = SAMPLES / "suspect" / "mirrored.jpg", SAMPLES / "motifs" / "hiu-buaya.jpg"
    case = umkm("case", "list", "--json").ok().json()["cases"][0]["code"]
    refused = umkm("case", "decide", case, "--outcome", "weak", "--reason", " ", "--json")
    refused.refused("reason_missing")
    done = umkm("case", "decide", case, "--outcome", "weak", "--reason", "Disepakati kedua usaha", "--json").ok().json()
    assert done["status"] == "decided"
    assert done["decisions"][0]["actor"] == "petugas"
    assert umkm("motif", "show", "M-15", "--json").ok().json()["status"] == "registered"
    umkm("case", "decide", case, "--outcome", "weak", "--reason", "Lagi", "--json").refused("case_decided")
    for picture, sender, other in ((mirrored, "M-15", "M-01"), (original, "M-01", "M-15")):
        vendor = umkm("motif", "show", sender, "--json").ok().json()["vendor"]["code"]
        result = check(umkm, picture, "--vendor", vendor)
        assert not result["alert"]
        assert {m["ref"]: m["excuse"] for m in result["matches"] if m["ref"] == other} == {other: "decided"}


def test_decision_can_leave_the_motif_waiting(umkm: Run, registry: Path) -> None:
    case = umkm("case", "list", "--json").ok().json()["cases"][0]["code"]
    umkm("case", "decide", case, "--outcome", "strong", "--reason", "Menunggu mediasi", "--keep-held").ok()
    assert held(umkm)["ref"] == "M-15"


def test_registering_a_look_alike_by_hand_is_held_and_found_later(umkm: Run, registry: Path) -> None:
    other = next(v["ref"] for v in vendors(umkm) if v["ref"] != vendor_of(umkm, "motifs/burung-pantai.jpg"))
    picture = SAMPLES / "suspect" / "redyed.jpg"
    made = umkm("motif", "register", picture, "--vendor", other, "--title", "Burung Biru", "--ref", "H-1", "--json")
    document = made.ok().json()
    assert document["schema"] == "umkm.motif/1"
    assert (document["status"], document["screening"]["alert"]) == ("held", True)
    assert document["screening"]["verdict"] == "colourway"
    assert document["case"]
    victim = ref_of("motifs/burung-pantai.jpg")
    result = check(umkm, picture, "--vendor", other)
    assert result["alert"], "the pirate's own held copy never hides the other's motif"
    assert {m["ref"] for m in result["matches"] if m["alert"]} == {victim}
    assert "H-1" in {m["ref"] for m in result["matches"] if m["excuse"] == "own"}


def test_own_variant_is_not_held(umkm: Run, registry: Path) -> None:
    owner = vendor_of(umkm, "motifs/burung-pantai.jpg")
    picture = SAMPLES / "suspect" / "redyed.jpg"
    made = umkm("motif", "register", picture, "--vendor", owner, "--title", "Burung Biru", "--json").ok().json()
    assert (made["status"], made["screening"]["verdict"]) == ("registered", "own")


def test_originals_are_kept_byte_for_byte(umkm: Run, registry: Path) -> None:
    data = (SAMPLES / "motifs" / "semanggi.jpg").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert (registry / "images" / digest[:2] / f"{digest}.jpg").read_bytes() == data


def test_same_ref_with_another_picture_adds_a_view(umkm: Run, registry: Path) -> None:
    ref, owner = ref_of("motifs/semanggi.jpg") or "", vendor_of(umkm, "motifs/semanggi.jpg")
    title = umkm("motif", "show", ref, "--json").ok().json()["title"]
    again = ["--vendor", owner, "--title", title, "--ref", ref, "--json"]
    same = umkm("motif", "register", SAMPLES / "motifs" / "semanggi.jpg", *again).ok().json()
    assert (len(same["views"]), same["screening"]) == (1, None)
    more = umkm("motif", "register", SAMPLES / "suspect" / "traced.jpg", *again).ok().json()
    assert [view["index"] for view in more["views"]] == [0, 1]


def test_ref_of_another_owner_is_refused(umkm: Run, registry: Path) -> None:
    ref, owner = ref_of("motifs/semanggi.jpg") or "", vendor_of(umkm, "motifs/semanggi.jpg")
    other = next(v["ref"] for v in vendors(umkm) if v["ref"] != owner)
    before = rows(registry, "audit")
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", picture, "--vendor", other, "--title", "X", "--ref", ref, "--json").refused("ref_taken")
    assert rows(registry, "audit") == before


def test_withdrawn_motif_is_kept_but_no_longer_found(umkm: Run, registry: Path) -> None:
    ref, picture = ref_of("motifs/daun-bakau.jpg") or "", SAMPLES / "suspect" / "crop.jpg"
    assert check(umkm, picture)["alert"]
    umkm("motif", "withdraw", ref, "--reason", "Permintaan pemilik").ok()
    assert check(umkm, picture)["verdict"] == "clear"
    shown = umkm("motif", "show", ref, "--json").ok().json()
    assert (shown["status"], shown["withdrawn_reason"]) == ("withdrawn", "Permintaan pemilik")
    umkm("motif", "withdraw", ref, "--reason", "Lagi", "--json").refused("motif_withdrawn")


def test_complaint_keeps_pictures_and_says_what_agrees(umkm: Run, registry: Path) -> None:
    picture = SAMPLES / "suspect" / "phone.jpg"
    victim = ref_of("motifs/ceplok-teratai.jpg") or ""
    opened = umkm(
        *("case", "open", "--complainant", vendor_of(umkm, "motifs/ceplok-teratai.jpg"), "--motif", victim),
        *("--seller", "tidak diketahui", "--seen-at", "17/8/2024", "--seen-where", "Pasar", "--price", "Rp 75.000,00"),
        *("--picture", picture, "--json"),
    )
    case = opened.ok().json()
    assert (case["kind"], case["price"], case["seen_at"]) == ("complaint", 75000, "2024-08-17")
    assert [match["ref"] for match in case["matches"]] == [victim]
    assert [item["filename"] for item in case["attachments"]] == ["phone.jpg"]
    umkm("case", "decide", case["code"], "--outcome", "strong", "--reason", "Gambar sama").ok()
    assert umkm("motif", "show", victim, "--json").ok().json()["status"] == "registered"


def test_a_complaint_lists_what_was_decided_before_and_says_so(umkm: Run, registry: Path, tmp_path: Path) -> None:
    """A decision binds its parties: another seller's goods are another question."""
    picture, victim = SAMPLES / "suspect" / "crop.jpg", "M-04"
    complaint = ("case", "open", "--complainant", "A-006", "--motif", victim, "--picture", picture, "--json")
    first = umkm(*complaint).ok().json()
    assert first["matches"]
    umkm("case", "decide", first["code"], "--outcome", "strong", "--reason", "Gambar sama").ok()
    again = umkm(*complaint, "--seller", "Toko Lain").ok().json()
    assert [match["ref"] for match in again["matches"]] == [match["ref"] for match in first["matches"]]
    assert "pernah ditelaah dalam kasus lain" in umkm("case", "show", again["code"]).ok().out
    report = tmp_path / "kasus.html"
    umkm("case", "report", again["code"], report, "--for-parties").ok()
    assert "pernah ditelaah dalam kasus lain" in report.read_text("utf-8")


def test_duplicates_lists_the_pair_once(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Sekar", "--ref", "A-1").ok()
    umkm("register", "--name", "Kain Pagi", "--ref", "A-2").ok()
    pictures = ("motifs/hiu-buaya", "motifs/daun-bakau", "suspect/mirrored", "motifs/semanggi")
    for picture, vendor, ref in zip(
        pictures, ("A-1", "A-1", "A-2", "A-2"), ("M-01", "M-04", "M-15", "M-05"), strict=True
    ):
        what = ("--vendor", vendor, "--title", ref, "--ref", ref)
        umkm("motif", "register", SAMPLES / f"{picture}.jpg", *what).ok()
    pairs = umkm("motif", "duplicates", "--json").ok().json()["pairs"]
    assert [{pair["a"]["ref"], pair["b"]["ref"]} for pair in pairs] == [{"M-01", "M-15"}]


def test_compare_pictures_and_codes(umkm: Run, registry: Path) -> None:
    suspect, ref = SAMPLES / "suspect" / "crop.jpg", ref_of("motifs/daun-bakau.jpg") or ""
    code = umkm("motif", "show", ref, "--json").ok().json()["code"]
    document = umkm("motif", "compare", suspect, code, "--json").ok().json()
    assert document["match"]["code"] == code
    assert document["match"]["relation"] == "partial"
    unlike = umkm("motif", "compare", suspect, SAMPLES / "motifs" / "semanggi.jpg", "--json").ok().json()
    assert unlike["match"] is None or not unlike["match"]["alert"]


def test_hash_needs_no_registry_and_says_its_version(umkm: Run, registry: Path) -> None:
    document = umkm("motif", "hash", SAMPLES / "motifs" / "semanggi.jpg", "--json").ok().json()
    assert document["schema"] == "umkm.hash/1"
    assert len(document["results"][0]["phash"]) == 16
    assert "imagehash" in document["results"][0]["hashes_version"]


def test_edit_and_export(umkm: Run, registry: Path, tmp_path: Path) -> None:
    edited = umkm("motif", "edit", "M-01", "--philosophy", "Keberanian", "--technique", "cap", "--json").ok().json()
    assert (edited["philosophy"], edited["technique"]) == ("Keberanian", "cap")
    umkm("motif", "edit", "M-01", "--technique", "sablon ajaib", "--json").refused("invalid_fields")
    file = tmp_path / "motif.csv"
    umkm("motif", "export", file).ok()
    assert file.read_text("utf-8-sig").count("Keberanian") == 1
    assert len(umkm("motif", "export", "--json").ok().json()["motifs"]) == 27


def test_two_copies_in_a_registry_of_two_are_both_found(umkm: Run) -> None:
    original, traced = SAMPLES / "motifs" / "semanggi.jpg", SAMPLES / "suspect" / "traced.jpg"
    for name in ("A", "B"):
        umkm("register", "--name", name, "--ref", name).ok()
    umkm("motif", "register", original, "--vendor", "A", "--title", "Semanggi", "--ref", "M-A").ok()
    made = umkm("motif", "register", traced, "--vendor", "B", "--title", "Daun", "--ref", "M-B", "--json").ok().json()
    assert made["status"] == "held"
    found = check(umkm, traced)["matches"]
    assert {match["ref"] for match in found if match["alert"]} == {"M-A", "M-B"}
