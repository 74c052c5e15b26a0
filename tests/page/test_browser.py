"""A clerk's way through the page, in a browser: drop, verdict, register."""

import base64
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import SAMPLES, Run
from tests.page.conftest import Served, Watched

CROP = SAMPLES / "suspect" / "crop.jpg"
MARKUP = "<img src=x onerror=document.title='ran'>"
HAND_OVER = """([kind, name, type, text]) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, { type }));
    const given = { bubbles: true, cancelable: true };
    const event = kind === "drop"
        ? new DragEvent("drop", { ...given, dataTransfer: carried })
        : new ClipboardEvent("paste", { ...given, clipboardData: carried });
    document.getElementById("drop").dispatchEvent(event);
}"""


def hand_over(page: Page, kind: str, picture: Path, name: str = "") -> None:
    """Drop or paste a picture, as the system's events bring it."""
    data = base64.b64encode(picture.read_bytes()).decode()
    page.evaluate(HAND_OVER, [kind, name or picture.name, "image/jpeg", data])


def assert_quiet(watched: Watched, served: Served) -> None:
    """No request left the machine, and the console has nothing to say."""
    assert watched.requests
    assert [url for url in watched.requests if not url.startswith(served.origin + "/")] == []
    assert watched.complaints == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['help']}" for rule in found if rule["impact"] in ("serious", "critical")]


def test_drop_verdict_register(watched: Watched, served: Served, umkm: Run) -> None:
    page = watched.page
    vendor = umkm("register", "--name", MARKUP, "--ref", "USAHA-X", "--json").ok().json()["code"]
    assert serious(page) == []
    hand_over(page, "drop", CROP, MARKUP + ".jpg")
    card = page.locator("article.card")
    expect(card.locator(".label")).to_have_text("Perlu ditelaah – Cocok sebagian")
    expect(card.locator(".name")).to_have_text(MARKUP + ".jpg")
    expect(card.locator(".name")).to_be_focused()
    expect(card.locator(".sentences")).to_contain_text("periksa bagian yang diberi garis")
    expect(page.locator("#news")).to_contain_text("Cocok sebagian")
    for side in (".query", ".match"):
        image = card.locator(f"{side} img")
        expect(image).to_be_visible()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
        expect(card.locator(f"{side} polygon.over")).to_have_count(1)
    expect(card.locator("tbody tr")).to_have_count(1)

    page.get_by_text("Catat gambar ini sebagai motif").click()
    form = card.locator("form")
    form.locator(".search").fill("USAHA-X")
    expect(form.locator(f"option[value='{vendor}']")).to_have_text(f"{MARKUP} ({vendor})")
    form.locator(".vendor").select_option(vendor)
    form.get_by_label("Judul").fill(MARKUP)
    form.get_by_label("Referensi kantor").fill("M-X")
    assert serious(page) == []
    form.get_by_role("button", name="Catat motif").click()
    done = card.locator(".registered")
    expect(done).to_be_focused()
    expect(done).to_contain_text(MARKUP)
    expect(done).to_contain_text("Menunggu penelaahan")
    assert serious(page) == []

    motif = umkm("motif", "show", "M-X", "--json").ok().json()
    assert (motif["title"], motif["status"], motif["published"]) == (MARKUP, "held", False)
    assert motif["vendor"]["code"] == vendor
    cases = umkm("case", "list", "--json").ok().json()["cases"]
    assert [case["code"] for case in cases if case["code"] in done.inner_text()]

    hand_over(page, "paste", CROP)  # now it is found with its own title, which is text, too
    again = page.locator("article.card").first
    expect(again.locator("tbody")).to_contain_text(MARKUP)
    expect(again.locator("figure.match figcaption")).to_contain_text(MARKUP)
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page).to_have_title("Halaman gambar umkm")
    assert_quiet(watched, served)


def test_the_sender_explains_a_match_and_several_pictures_queue(watched: Watched, served: Served, umkm: Run) -> None:
    page = watched.page
    code = umkm("motif", "check", CROP, "--no-record", "--json").ok().json()["results"][0]["matches"][0]["vendor"]
    sender = page.locator("#sender")
    sender.get_by_label("Cari usaha").fill(code["code"])
    expect(sender.locator(".vendor option")).to_have_count(2)
    sender.locator(".vendor").select_option(code["code"])
    page.locator("#files").set_input_files([CROP, SAMPLES / "suspect" / "unregistered.jpg"])
    cards = page.locator("article.card")
    expect(cards).to_have_count(2)
    expect(cards.nth(1).locator(".label")).to_have_text("Motif usaha ini sendiri")
    expect(cards.nth(0).locator(".label")).to_have_text("Tidak ditemukan kemiripan")
    expect(cards.nth(0).locator("form .vendor")).to_have_value(code["code"])
    expect(cards.nth(0).locator("figure.match")).to_be_hidden()
    assert serious(page) == []
    assert_quiet(watched, served)


def test_what_browsers_cannot_show_is_shown_upright(watched: Watched, served: Served, tmp_path: Path) -> None:
    page = watched.page
    turned = tmp_path / "foto tegak.tif"
    with Image.open(CROP) as image:
        size = image.size
        exif = Image.Exif()
        exif[0x0112] = 6
        image.save(turned, "TIFF", exif=exif)
    page.locator("#files").set_input_files(turned)
    image_ = page.locator("figure.query img")
    expect(image_).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image_.element_handle())
    width, height = image_.evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert (width > height) == (size[1] > size[0])
    assert page.locator("figure.query svg").get_attribute("viewBox") == f"0 0 {size[1]} {size[0]}"
    assert_quiet(watched, served)


def test_what_is_wrong_is_a_sentence(watched: Watched, served: Served, tmp_path: Path) -> None:
    page = watched.page
    junk = tmp_path / "catatan.jpg"
    junk.write_text("bukan gambar")
    page.locator("#files").set_input_files(junk)
    card = page.locator("article.card")
    expect(card.locator(".label")).to_have_text("Belum dapat dinilai")
    expect(card.locator(".sentences")).to_contain_text("catatan.jpg bukan berkas gambar.")
    expect(card.locator("form")).to_be_hidden()

    page.locator("#files").set_input_files(CROP)
    first = page.locator("article.card").first
    first.get_by_text("Catat gambar ini sebagai motif").click()
    first.locator("form .vendor").select_option(index=1)
    first.get_by_label("Judul").fill("a\u0001b")
    first.get_by_role("button", name="Catat motif").click()
    expect(first.locator(".refused")).to_contain_text("karakter yang tidak dapat dicetak")
    expect(first.locator(".refused")).to_be_focused()
    expect(first.get_by_label("Judul")).to_have_value("a\u0001b")
    assert_quiet(watched, served)


def test_close_ends_the_program(watched: Watched, served: Served) -> None:
    watched.page.get_by_role("button", name="Tutup").click()
    expect(watched.page.get_by_text("Halaman ini sudah ditutup")).to_be_visible()
    assert served.ended() == 0
    assert_quiet(watched, served)


def test_what_is_registered_here_is_looked_for_in_past_checks(
    watched: Watched, served: Served, umkm: Run, tmp_path: Path
) -> None:
    seen = tmp_path / "WhatsApp Image.jpeg"
    with Image.open(SAMPLES / "suspect" / "unregistered.jpg") as picture:
        picture.convert("RGB").rotate(3, expand=True, fillcolor=(230, 225, 220)).save(seen, quality=70)
    umkm("motif", "check", seen, "--json").ok()
    page = watched.page
    vendor = umkm("register", "--name", "Batik Baru", "--ref", "USAHA-B", "--json").ok().json()["code"]
    hand_over(page, "drop", SAMPLES / "suspect" / "unregistered.jpg", "baru.jpg")
    page.get_by_text("Catat gambar ini sebagai motif").click()
    form = page.locator("article.card form")
    form.locator(".search").fill("USAHA-B")
    form.locator(".vendor").select_option(vendor)
    form.get_by_label("Judul").fill("Motif Baru")
    form.get_by_role("button", name="Catat motif").click()
    done = page.locator("article.card .registered")
    expect(done).to_contain_text("Motif Baru")
    (case,) = [c for c in umkm("case", "list", "--json").ok().json()["cases"] if c["kind"] == "lookback"]
    expect(done).to_contain_text(case["code"])
