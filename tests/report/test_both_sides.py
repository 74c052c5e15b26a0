"""Where both sides are on record neither is a picture of the other, and nobody is accused: Motif A and Motif B."""

import html
import re
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, Run
from tests.documents import pdf_text
from umkm_cli.registry.cases.sides import letter

CASE, FIRST, SECOND = "K-SBY-00001-92", "M-SBY-00001-62", "M-SBY-00002-59"
CROP = SAMPLES / "suspect" / "crop.jpg"
SIDES = ("Motif A (Kain Pagi Sore)", "Motif B (Batik Sekar Muara)")
UNEQUAL = {
    "id": ("Gambar yang diperiksa", "gambar ini", "terdaftar", "tercatat atas nama", "Teradu", "termohon", "Pengadu"),
    "en": ("picture checked", "this picture", "registered", "recorded motif", "espondent", "omplainant"),
}


@pytest.fixture
def held(umkm: Run) -> str:
    """What registering the look-alike says."""
    for ref, name in (("A", "Batik Sekar Muara"), ("B", "Kain Pagi Sore")):
        umkm("register", "--name", name, "--ref", ref).ok()
    picture = SAMPLES / "motifs" / "daun-bakau.jpg"
    umkm("motif", "register", picture, "--vendor", "A", "--title", "Daun Bakau", "--published").ok()
    return umkm("motif", "register", CROP, "--vendor", "B", "--title", "Daun Rawa", "--published").ok().out


def text_of(file: Path) -> str:
    """What people read in a report: no pictures, no data, no styles."""
    if file.suffix == ".pdf":
        return pdf_text(file)
    shown = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", file.read_text("utf-8"))
    labels = re.findall(r'aria-label="([^"]*)"', shown)
    return html.unescape(" ".join([*re.sub(r"<[^>]+>", " ", shown).split(), *labels]))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("edition", [[], ["--for-parties"]])
def test_reports_call_both_sides_alike(
    umkm: Run, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, edition: list[str]
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    for name in ("kasus.html", "kasus.pdf"):
        umkm("case", "report", CASE, tmp_path / name, *edition).ok()
        text = text_of(tmp_path / name)
        for side in SIDES:
            assert text.count(side) >= 4, "heading, caption, line of time, and head of the table"
        assert f'{SECOND} "Daun Rawa"' in text
        assert not [word for word in UNEQUAL[language] if word in text], name


@pytest.mark.parametrize("language", ["id", "en"])
def test_screens_call_both_sides_alike(umkm: Run, held: str, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    shown = umkm("case", "show", CASE).ok().out
    assert re.search(rf"Motif A +{SECOND} Daun Rawa \(Kain Pagi Sore\)", shown)
    assert re.search(rf"Motif B +{FIRST} Daun Bakau \(Batik Sekar Muara\)", shown)
    listed = umkm("case", "list").ok().out
    for told in (FIRST, SECOND, "Kain Pagi Sore", "Batik Sekar Muara"):
        assert told in listed
    for text in (shown, listed):
        assert not [word for word in UNEQUAL[language] if word in text]


def test_registering_a_look_alike_names_both(held: str) -> None:
    assert f'Motif {SECOND} "Daun Rawa"' in held
    assert f'Motif {FIRST} "Daun Bakau"' in held
    assert "gambar ini" not in held.lower()
    assert "Bagian gambar" not in held


def test_scripts_see_both_sides_and_whose_view_a_picture_is(umkm: Run, held: str) -> None:
    document = umkm("case", "show", CASE, "--json").ok().json()
    assert [(side["kind"], side["code"], side["vendor"]["name"]) for side in document["sides"]] == [
        ("motif", SECOND, "Kain Pagi Sore"),
        ("motif", FIRST, "Batik Sekar Muara"),
    ]
    assert [(match["picture_of"], match["code"]) for match in document["matches"]] == [(SECOND, FIRST)]
    assert (document["respondent"], document["complainant"]) == (None, None)
    (listed,) = umkm("case", "list", "--json").ok().json()["cases"]
    assert listed["sides"] == document["sides"]


def test_a_strangers_photograph_is_a_picture_and_the_motif_is_recorded(umkm: Run, held: str, tmp_path: Path) -> None:
    report = tmp_path / "laporan.html"
    checked = umkm("motif", "check", CROP, "--report", report, "--json").ok().json()
    assert checked["results"][0]["alert"]
    text = text_of(report)
    assert "Gambar yang diperiksa" in text
    assert "Motif tercatat" in text
    assert "Motif A" not in text
    assert "terdaftar" not in text


def test_a_complaint_has_a_respondent_and_its_picture_is_a_picture(umkm: Run, held: str, tmp_path: Path) -> None:
    seen = SAMPLES / "suspect" / "pasted.jpg"
    options = ("--complainant", "A", "--about", "Kain di pasar", "--picture", seen)
    document = umkm("case", "open", *options, "--json").ok().json()
    assert document["sides"] == []
    shown = umkm("case", "show", document["code"]).ok().out
    assert "Pengadu" in shown
    assert re.search("Teradu +belum diketahui", shown)


def test_who_is_named_where_nobody_complained_is_no_respondent(umkm: Run, held: str) -> None:
    said = umkm("case", "respondent", CASE, "--name", "Toko Harapan").ok().out
    shown = umkm("case", "show", CASE).ok().out
    for text in (said, shown):
        assert "Teradu" not in text
        assert "teradu" not in text
        assert "ihak terkait" in text


def test_a_product_keeps_the_name_of_its_kind(umkm: Run, held: str, tmp_path: Path) -> None:
    umkm("register", "--name", "Toko Tas", "--ref", "C").ok()
    umkm("product", "add", SAMPLES / "motifs" / "daun-bakau.jpg", "--vendor", "C", "--name", "Tas").ok()
    case = umkm("case", "list", "--json").ok().json()["cases"][-1]
    shown = umkm("case", "show", case["code"]).ok().out
    assert "Produk A" in shown
    assert "Motif B" in shown
    umkm("case", "report", case["code"], tmp_path / "kasus.html").ok()
    assert "Produk A (Toko Tas)" in text_of(tmp_path / "kasus.html")


def test_letters_go_on_behind_z() -> None:
    assert [letter(number) for number in (0, 1, 25, 26, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
