"""The gallery in a browser, from a file: everything is shown, found and printed, and nothing in a title runs."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import SAMPLES, Run
from tests.report.conftest import Opener
from umkm_cli.report.gallery import MOST_BYTES, thumbnail

HOSTILE = "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
ATTRIBUTE = '" onmouseover="document.title=\'ran\'" style="color:red'


def register(umkm: Run, vendor: str, title: str, picture: Path, *options: str) -> str:
    made = umkm("motif", "register", picture, "--vendor", vendor, "--title", title, *options, "--json").ok().json()
    return str(made["code"])


@pytest.fixture
def motifs(umkm: Run) -> dict[str, str]:
    """Codes by what is special about them."""
    vendor = umkm("register", "--name", HOSTILE, "--json").ok().json()["code"]
    other = umkm("register", "--name", "Sanggar Élok", "--json").ok().json()["code"]
    picture = {
        name: SAMPLES / "motifs" / f"{name}.jpg" for name in ("semanggi", "layangan", "daun-bakau", "sekar-muara")
    }
    codes = {
        "hostile": register(umkm, vendor, HOSTILE, picture["semanggi"], "--technique", "tulis", "--published"),
        "attribute": register(umkm, vendor, ATTRIBUTE, picture["layangan"], "--technique", "cap", "--published"),
        "unpublished": register(umkm, other, "Belum Terbit", picture["daun-bakau"]),
        "withdrawn": register(umkm, other, "Sudah Ditarik", picture["sekar-muara"], "--published"),
    }
    umkm("motif", "withdraw", codes["withdrawn"], "--reason", "Salah catat").ok()
    return codes


def test_nothing_runs_and_nothing_is_asked_for(
    umkm: Run, motifs: dict[str, str], opened: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "galeri kantor.html"
    umkm("motif", "gallery", file).ok()
    with opened(file) as seen:
        page = seen.page
        expect(page).to_have_title("Galeri motif batik")
        expect(page.locator("li.motif")).to_have_count(2)
        expect(page.get_by_role("heading", level=2).first).to_have_text(HOSTILE)
        expect(page.get_by_role("img").nth(1)).to_have_attribute("alt", f"Motif {ATTRIBUTE}, {HOSTILE}")
        page.locator("li.motif").nth(1).hover()
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert page.locator("script").count() == 1
        expect(page).to_have_title("Galeri motif batik")
        assert seen.serious() == []
        seen.assert_quiet()


def test_search_and_filters_by_keyboard(umkm: Run, motifs: dict[str, str], opened: Opener, tmp_path: Path) -> None:
    file = tmp_path / "g.html"
    umkm("motif", "gallery", file, "--unpublished", "--withdrawn").ok()
    with opened(file) as seen:
        page = seen.page
        shown = page.locator("li.motif:not([hidden])")
        expect(shown).to_have_count(4)
        page.keyboard.press("Tab")
        expect(page.get_by_label("Cari judul")).to_be_focused()
        page.keyboard.type("SANGGAR elok")
        expect(shown).to_have_count(2)
        expect(page.get_by_role("status")).to_have_text("Ditampilkan 2 dari 4 motif")
        page.get_by_label("Status", exact=True).select_option(label="ditarik")
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text(motifs["withdrawn"])
        page.get_by_role("button", name="Tampilkan semua").press("Enter")
        expect(shown).to_have_count(4)
        page.get_by_label("Teknik", exact=True).select_option("cap")
        expect(shown.get_by_role("heading")).to_have_text([ATTRIBUTE])
        page.get_by_label("Teknik", exact=True).select_option("")
        page.get_by_label("Usaha", exact=True).select_option(label="Sanggar Élok")
        expect(shown).to_have_count(2)
        assert seen.serious() == []
        seen.assert_quiet()


def test_without_scripts_everything_is_shown(
    umkm: Run, motifs: dict[str, str], chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "g.html"
    umkm("motif", "gallery", file).ok()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("li.motif")).to_have_count(2)
    expect(page.locator("form")).to_be_hidden()
    context.close()


def test_unpublished_and_withdrawn_ones_are_left_out_unless_asked(
    umkm: Run, motifs: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "g.html"
    said = umkm("motif", "gallery", file, "--json").ok().json()
    assert (said["schema"], said["motifs"], said["bytes"]) == ("umkm.gallery/1", 2, file.stat().st_size)
    assert said["left_out"] == {"unpublished": 1, "withdrawn": 1}
    text = file.read_text("utf-8")
    for left_out in ("Belum Terbit", "Sudah Ditarik", motifs["unpublished"], motifs["withdrawn"]):
        assert left_out not in text
    umkm("motif", "gallery", file, "--unpublished").ok()
    text = file.read_text("utf-8")
    assert "Belum Terbit" in text
    assert "hanya untuk kantor" in text
    assert "Sudah Ditarik" not in text


def test_speaks_english(umkm: Run, motifs: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMKM_LANG", "en")
    umkm("motif", "gallery", tmp_path / "g.html").ok()
    text = (tmp_path / "g.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert "Gallery of batik motifs" in text


def test_empty_registry_and_lost_pictures_are_said(umkm: Run, home: Path, tmp_path: Path) -> None:
    umkm("motif", "gallery", tmp_path / "g.html").ok()
    assert "Belum ada motif" in (tmp_path / "g.html").read_text("utf-8")
    vendor = umkm("register", "--name", "A", "--json").ok().json()["code"]
    code = register(umkm, vendor, "Hilang", SAMPLES / "motifs" / "semanggi.jpg", "--published")
    for picture in (home / "images").rglob("*.jpg"):
        picture.unlink()
    said = umkm("motif", "gallery", tmp_path / "g.html", "--json").ok().json()
    assert (said["motifs"], said["without_picture"]) == (1, [code])
    assert "Gambar tidak dapat ditampilkan" in (tmp_path / "g.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "code"),
    [("folder.html", "file_is_folder"), ("galeri.pdf", "page_format"), ("tidak ada/g.html", "folder_not_found")],
)
def test_a_bad_place_is_said_and_nothing_is_written(umkm: Run, tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "folder.html").mkdir()
    before = sorted(tmp_path.rglob("*"))
    umkm("motif", "gallery", tmp_path / place, "--json").refused(code)
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and "daftar" not in str(path)] == []


def test_four_hundred_pictures_stay_below_eight_megabytes() -> None:
    """The finest drawings make the largest files: noise is the worst of them, samples are what comes."""
    rng = np.random.default_rng(5)
    noise = rng.integers(0, 256, (600, 500, 3), dtype=np.uint8)
    assert len(thumbnail(noise)) < 60_000
    samples = [cv2.imread(str(path)) for path in sorted((SAMPLES / "motifs").glob("*.jpg"))]
    sizes = [len(thumbnail(np.asarray(sample, np.uint8))) for sample in samples]
    assert max(sizes) <= MOST_BYTES * 4 / 3 + 100
    assert 400 * (max(sizes) + 1_000) < 8_000_000


def test_a_case_marks_both_designs_inside_and_neither_outside(umkm: Run, tmp_path: Path) -> None:
    for number, name in ((1, "Batik Sekar"), (2, "Kain Pagi")):
        umkm("register", "--name", name, "--ref", f"A-{number}").ok()
    file, whole = tmp_path / "g.html", SAMPLES / "motifs" / "daun-bakau.jpg"
    register(umkm, "A-1", "Daun Bakau", whole, "--published")
    register(umkm, "A-2", "Daun Rawa", SAMPLES / "suspect" / "crop.jpg", "--published")
    umkm("motif", "gallery", file).ok()
    assert "menunggu penelaahan" not in file.read_text("utf-8")
    umkm("motif", "gallery", file, "--unpublished").ok()
    assert file.read_text("utf-8").count('data-status="held"') == 2
