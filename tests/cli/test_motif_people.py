"""`umkm motif person`, `attach`: who made a motif and holds its rights, and the papers that are kept of it."""

import hashlib
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run

PICTURE = SAMPLES / "motifs" / "daun-bakau.jpg"
ADDRESS = "Jl. Rahasia 5"


@pytest.fixture
def motif(umkm: Run) -> str:
    """The code of a motif with a creator and a holder whose addresses are known."""
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    register = ("motif", "register", PICTURE, "--vendor", "A-1", "--title", "Daun Bakau", "--ref", "M-1")
    code = umkm(*register, "--creators", "Siti; Budi", "--holders", "Siti", "--json").ok().json()["code"]
    for role in ("creator", "holder"):
        named = ("motif", "person", code, "--role", role, "--name", "Siti")
        umkm(*named, "--address", ADDRESS, "--citizenship", "Indonesia").ok()
    return str(code)


def people(umkm: Run, role: str, *options: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = umkm("motif", "show", "M-1", *options, "--json").ok().json()[role]
    return found


def test_details_are_kept_and_masked(umkm: Run, motif: str) -> None:
    assert people(umkm, "creators") == [
        {"name": "Siti", "address": "***", "citizenship": "Indonesia"},
        {"name": "Budi"},
    ]
    assert people(umkm, "creators", "--reveal")[0]["address"] == ADDRESS


@pytest.mark.parametrize(
    "command",
    [
        ("show", "M-1"),
        ("list",),
        ("export",),
        ("edit", "M-1", "--technique", "tulis"),
        ("person", "M-1", "--role", "creator", "--name", "Siti"),
        ("djki-pack", "M-1"),
        ("withdraw", "M-1", "--reason", "Permintaan"),
    ],
)
def test_an_address_is_shown_nowhere(umkm: Run, motif: str, command: tuple[str, ...]) -> None:
    for extra in ([], ["--json"]) if command[0] != "withdraw" else (["--json"],):
        result = umkm("motif", *command, *extra).ok()
        assert ADDRESS not in result.out + result.err


def test_looking_at_an_address_is_recorded(umkm: Run, motif: str) -> None:
    before = umkm("audit", "verify", "--json").ok().json()["entries"]
    assert ADDRESS in umkm("motif", "show", motif, "--reveal").ok().out
    assert ADDRESS in umkm("motif", "export", "--reveal", "--json").ok().out
    assert ADDRESS in umkm("motif", "djki-pack", motif, "--reveal").ok().out
    assert umkm("audit", "verify", "--json").ok().json()["entries"] == before + 3


def test_an_edit_of_the_names_keeps_the_details_of_who_stays(umkm: Run, motif: str) -> None:
    umkm("motif", "edit", motif, "--creators", "Budi; SITI; Ani").ok()
    kept = {"name": "SITI", "address": ADDRESS, "citizenship": "Indonesia"}
    assert people(umkm, "creators", "--reveal") == [{"name": "Budi"}, kept, {"name": "Ani"}]


def test_importing_the_export_again_changes_nothing(umkm: Run, motif: str, tmp_path: Path) -> None:
    before = people(umkm, "creators", "--reveal")
    sheet = tmp_path / "motif.csv"
    said = umkm("motif", "export", sheet).ok().err
    assert "Alamat" in said  # what the list leaves out is said
    assert ADDRESS not in sheet.read_text("utf-8-sig")
    report = umkm("motif", "import", sheet, "--images", PICTURE.parent, "--json").ok().json()
    assert (report["unchanged"], report["updated"]) == (1, 0)
    assert people(umkm, "creators", "--reveal") == before
    again = tmp_path / "lagi.csv"
    again.write_text("usaha,judul,gambar,ref,pencipta\nA-1,Daun Bakau,daun-bakau.jpg,M-1,Siti;Budi;Ani\n")
    assert umkm("motif", "import", again, "--images", PICTURE.parent, "--json").ok().json()["updated"] == 1
    assert people(umkm, "creators", "--reveal") == [*before, {"name": "Ani"}]


def test_a_name_with_a_comma_comes_back_as_one(umkm: Run, motif: str, tmp_path: Path) -> None:
    umkm("motif", "edit", motif, "--holders", "").ok()
    umkm("motif", "person", motif, "--role", "holder", "--name", "Siti Aminah, S.Pd.", "--address", ADDRESS).ok()
    before = people(umkm, "holders", "--reveal")
    umkm("motif", "export", tmp_path / "motif.csv").ok()
    report = umkm("motif", "import", tmp_path / "motif.csv", "--images", PICTURE.parent, "--json").ok().json()
    assert report["unchanged"] == 1
    assert people(umkm, "holders", "--reveal") == before == [{"name": "Siti Aminah, S.Pd.", "address": ADDRESS}]


def test_changing_clearing_and_taking_off(umkm: Run, motif: str) -> None:
    person = ("motif", "person", motif, "--role", "holder", "--name")
    umkm(*person, "Koperasi Pesisir", "--basis", "pengalihan hak").ok()
    assert people(umkm, "holders")[1] == {"name": "Koperasi Pesisir", "basis": "pengalihan hak"}
    umkm(*person, "siti", "--address", "").ok()
    assert people(umkm, "holders", "--reveal")[0] == {"name": "siti", "citizenship": "Indonesia"}
    umkm(*person, "Siti", "--remove").ok()
    assert [one["name"] for one in people(umkm, "holders")] == ["Koperasi Pesisir"]
    refused = umkm(*person, "Siti", "--remove", "--json").refused("person_not_found")
    assert "Koperasi Pesisir" in refused["message"]
    assert umkm(*person, "Siti", "--remove", "--address", "x", "--json").exit_code == 2


def test_who_cannot_be_read_is_refused(umkm: Run, motif: str) -> None:
    creator = ("motif", "person", motif, "--role", "creator", "--name")
    for name, more, rule in (
        ("Siti; Budi", (), "one_name"),
        (" ", (), "required"),
        ("Siti", ("--basis", "warisan"), "basis_of_creator"),
        ("Siti", ("--address", "x" * 501), "too_long"),
    ):
        (problem,) = umkm(*creator, name, *more, "--json").refused("invalid_fields")["problems"]
        assert problem["rule"] == rule
    assert umkm("motif", "person", "M-9", "--role", "creator", "--name", "A", "--json").refused("motif_not_found")
    assert umkm("motif", "person", motif, "--role", "owner", "--name", "A").exit_code == 2


def test_a_masked_address_is_no_address(umkm: Run, motif: str) -> None:
    said = (
        umkm("motif", "person", motif, "--role", "creator", "--name", "Siti", "--address", "***", "--json").ok().json()
    )
    assert [problem["rule"] for problem in said["problems"]] == ["masked_value"]
    assert people(umkm, "creators", "--reveal")[0]["address"] == ADDRESS


def test_the_day_of_creation(umkm: Run, motif: str, tmp_path: Path) -> None:
    edit = ("motif", "edit", motif)
    document = umkm(*edit, "--creation-date", "17 Agustus 2023", "--json").ok().json()
    assert (document["creation_date"], document["problems"]) == ("2023-08-17", [])
    assert "17 Agustus 2023" in umkm("motif", "show", motif).ok().out
    later = umkm(*edit, "--first-published", "1-1-2023", "--json").ok().json()
    assert [problem["rule"] for problem in later["problems"]] == ["created_after_published"]
    (problem,) = umkm(*edit, "--creation-date", "1-1-2999", "--json").refused("invalid_fields")["problems"]
    assert problem["rule"] == "date_in_future"
    for header in ("Tanggal penciptaan", "Date of creation", "creation_date"):
        sheet = tmp_path / "tanggal.csv"
        sheet.write_text(f"usaha;judul;gambar;ref;{header}\nA-1;Daun Bakau;daun-bakau.jpg;M-1;1-2-2021\n")
        umkm("motif", "import", sheet, "--images", PICTURE.parent, "--json").ok()
        assert umkm("motif", "show", motif, "--json").json()["creation_date"] == "2021-02-01"
        umkm(*edit, "--creation-date", "").ok()
    assert ";creation_date;" in umkm("motif", "export").ok().out


def test_files_are_listed_with_their_digest(umkm: Run, motif: str, tmp_path: Path) -> None:
    sketch, deed = tmp_path / "sketsa pertama.jpg", tmp_path / "akta.pdf"
    sketch.write_bytes((SAMPLES / "suspect" / "phone.jpg").read_bytes())
    deed.write_bytes(b"%PDF-1.4 akta")
    attach = ("motif", "attach", motif)
    umkm(*attach, sketch, "--kind", "creation", "--note", "Di kain").ok()
    listed = umkm(*attach, deed, "--kind", "deed", "--json").ok().json()["files"]
    files = sorted(listed, key=lambda file: str(file["purpose"]))  # both were handed in within one second
    assert [(f["filename"], f["purpose"], f["note"]) for f in files] == [
        ("sketsa pertama.jpg", "creation", "Di kain"),
        ("akta.pdf", "deed", None),
    ]
    assert files[1]["sha256"] == hashlib.sha256(deed.read_bytes()).hexdigest()
    shown = umkm("motif", "show", motif).ok().out
    for text in ("sketsa pertama.jpg", "bukti penciptaan", "13 B", files[1]["sha256"], "Di kain"):
        assert text in shown
    assert "sudah tersimpan" in umkm(*attach, deed, "--kind", "deed").ok().out
    assert len(umkm("motif", "show", motif, "--json").json()["files"]) == 2
    umkm(*attach, tmp_path / "tidak ada.pdf", "--kind", "deed", "--json").refused("file_not_found")
    umkm("audit", "verify").ok()
