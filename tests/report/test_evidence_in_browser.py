"""The page of evidence in a browser: it opens from the disk, is understood by everybody, moves, and prints."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.catalogues import FORBIDDEN, FORBIDDEN_ENGLISH
from tests.conftest import SAMPLES, Run
from tests.report.conftest import Opener

CROP = SAMPLES / "suspect" / "crop.jpg"
MARKUP = "<img src=x onerror=document.title='ran'></script><script>document.title='ran'</script>"
MOST_SHEETS = 3
NATURAL_WIDTH = """(source) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(image.naturalWidth);
    image.onerror = () => done(0);
    image.src = source;
})"""
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_WORDS = re.compile(rf"\b({'|'.join((*FORBIDDEN, *FORBIDDEN_ENGLISH))})\b", re.IGNORECASE)


@pytest.fixture
def page(umkm: Run, registry: Path, tmp_path: Path) -> Path:
    """A report on a crop of a sample motif."""
    file = tmp_path / "laporan.html"
    umkm("motif", "check", CROP, "--report", file).ok()
    return file


@pytest.mark.parametrize("edition", ["internal", "parties"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_opens_offline_for_everybody(
    umkm: Run,
    registry: Path,
    tmp_path: Path,
    opened: Opener,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    edition: str,
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    file = tmp_path / "laporan kasus.html"
    umkm("motif", "check", CROP, "--report", file, *(["--for-parties"] if edition == "parties" else [])).ok()
    with opened(file) as seen:
        shown = seen.page
        assert shown.locator("html").get_attribute("lang") == language
        expect(shown.locator("h1")).to_have_count(1)
        expect(shown.locator(".both svg.canvas")).to_have_count(2)
        expect(shown.locator(".both polygon.over")).to_have_count(2)
        said = shown.locator("body").inner_text()
        assert "M-SBY-" in said
        assert ("crop.jpg" in said) is (edition == "internal")
        assert "%" in said
        assert not _WORDS.search(said), _WORDS.search(said)
        assert seen.serious() == []
        seen.assert_quiet()


def test_parts_have_the_same_colours_and_numbers_on_both_sides(page: Path, opened: Opener) -> None:
    with opened(page) as seen:
        sides = seen.page.locator(".both figure")
        strokes, numbers = [], []
        for side in (sides.nth(0), sides.nth(1)):
            strokes.append([line.get_attribute("stroke") for line in side.locator("polygon.over").all()])
            numbers.append(side.locator("g.number text").all_text_contents())
        assert strokes[0] == strokes[1] != []
        assert numbers[0] == numbers[1] == [str(number) for number in range(1, len(strokes[0]) + 1)]


def test_the_pictures_are_there_and_the_points_come_when_asked(page: Path, opened: Opener) -> None:
    with opened(page) as seen:
        shown = seen.page
        for image in shown.locator("svg image").all():
            assert shown.evaluate(NATURAL_WIDTH, image.get_attribute("href")) > 100
        points = shown.locator(".both g.points")
        expect(points).to_have_count(2)
        expect(points.first).to_be_hidden()
        shown.locator("input.show-points").press("Space")
        for side in (points.nth(0), points.nth(1)):
            expect(side).to_be_visible()
        left, right = (points.nth(n).locator("text").all_text_contents() for n in (0, 1))
        assert left == right
        assert 20 < len(left) <= 150
        seen.assert_quiet()


def test_the_slider_works_by_mouse_and_by_keyboard(page: Path, opened: Opener) -> None:
    with opened(page) as seen:
        laid, slider = seen.page.locator(".laid"), seen.page.locator("input[type=range]")
        assert _opacity(laid) == 0.5
        slider.focus()
        slider.press("ArrowRight")
        assert _opacity(laid) == 0.51
        slider.press("Home")
        assert _opacity(laid) == 0
        box = slider.bounding_box()
        assert box is not None
        seen.page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
        assert 0.7 < _opacity(laid) < 0.8
        expect(seen.page.locator("output")).to_have_text(re.compile(r"7\d %"))
        seen.assert_quiet()


def test_it_blinks_once_a_second_when_asked_by_mouse_or_keyboard(page: Path, opened: Opener) -> None:
    with opened(page, stopped_clock=True) as seen:
        laid, button, clock = seen.page.locator(".laid"), seen.page.get_by_role("button"), seen.page.clock
        clock.run_for(5000)
        assert _opacity(laid) == 0.5
        for key in (None, "Enter"):
            if key is None:
                button.click()
            else:
                button.press(key)
            expect(button).to_have_attribute("aria-pressed", "true")
            seen_in_turn = [_opacity(laid)]
            for _ in range(4):
                clock.run_for(500)
                seen_in_turn.append(_opacity(laid))
            assert seen_in_turn == [1, 0, 1, 0, 1]
            button.press("Space")
            expect(button).to_have_attribute("aria-pressed", "false")
            clock.run_for(5000)
            assert _opacity(laid) == 0.5
        seen.assert_quiet()


def test_nothing_moves_by_itself_where_less_motion_is_wished(page: Path, opened: Opener) -> None:
    with opened(page, stopped_clock=True, reduced_motion="reduce") as seen:
        laid, button = seen.page.locator(".laid"), seen.page.get_by_role("button")
        button.click()
        for _ in range(4):
            assert _opacity(laid) == 1
            seen.page.clock.run_for(500)
        button.click()
        assert _opacity(laid) == 0.5


@pytest.mark.parametrize("name", ["crop", "phone", "pasted", "unregistered"])
def test_it_prints_on_a_few_sheets(umkm: Run, registry: Path, tmp_path: Path, opened: Opener, name: str) -> None:
    file = tmp_path / "laporan.html"
    umkm("motif", "check", SAMPLES / "suspect" / f"{name}.jpg", "--report", file).ok()
    with opened(file) as seen:
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert 1 <= len(_PAGE.findall(printed)) <= MOST_SHEETS
        seen.page.emulate_media(media="print")
        for control in seen.page.locator("input, button").all():
            expect(control).to_be_hidden()


def test_a_case_with_its_history_prints_on_a_few_sheets(
    umkm: Run, registry: Path, tmp_path: Path, opened: Opener
) -> None:
    (case,) = umkm("case", "list", "--json").ok().json()["cases"]
    umkm("case", "review", case["code"]).ok()
    umkm("case", "note", case["code"], "--text", MARKUP).ok()
    umkm("case", "due", case["code"], "2030-02-01").ok()
    umkm("case", "attach", case["code"], CROP).ok()
    umkm("case", "decide", case["code"], "--outcome", "weak", "--reason", "Pola dasarnya saja").ok()
    umkm("case", "reopen", case["code"], "--reason", "Ada bukti baru").ok()
    file = tmp_path / "kasus.html"
    umkm("case", "report", case["code"], file).ok()
    with opened(file) as seen:
        history = seen.page.locator("section.case tbody tr")
        assert history.count() == 7
        expect(history.nth(2)).to_contain_text(MARKUP)
        expect(history.nth(3)).to_contain_text("1 Februari 2030")
        assert seen.serious() == []
        assert len(_PAGE.findall(seen.page.pdf(prefer_css_page_size=True))) <= MOST_SHEETS
        seen.assert_quiet()


def test_nothing_from_a_title_or_a_name_runs(umkm: Run, home: Path, tmp_path: Path, opened: Opener) -> None:
    umkm("register", "--name", MARKUP[:150], "--ref", "A").ok()
    umkm("motif", "register", SAMPLES / "motifs" / "daun-bakau.jpg", "--vendor", "A", "--title", MARKUP).ok()
    hostile = tmp_path / "<img src=x onerror=document.title='ran'>.jpg"
    hostile.write_bytes(CROP.read_bytes())
    file = tmp_path / "laporan.html"
    umkm("motif", "check", hostile, "--report", file).ok()
    with opened(file) as seen:
        assert "onerror" in seen.page.locator("main").inner_text()
        expect(seen.page).to_have_title("Laporan pembandingan gambar")
        expect(seen.page.locator("img")).to_have_count(0)
        assert seen.page.locator("script:not([type])").count() == 1
        assert seen.page.evaluate("JSON.parse(document.getElementById('evidence').text).pairs[0].match.title") == MARKUP
        seen.assert_quiet()


def _opacity(laid: Locator) -> float:
    return float(laid.get_attribute("opacity") or "nan")
