"""Reports as files: what is written where, what the edition for the parties leaves out, and how large they are."""

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.bench.overlay import stored_in
from tests.conftest import SAMPLES, Run
from tests.schemas import validated

CROP = SAMPLES / "suspect" / "crop.jpg"
LEAF = SAMPLES / "motifs" / "daun-bakau.jpg"
MOST_BYTES = 3_000_000
_PICTURES = re.compile(r"data:image/(?:jpeg|webp);base64,([A-Za-z0-9+/=]+)")


@pytest.mark.parametrize("noun", ["motif", "product"])
def test_a_check_writes_a_report(umkm: Run, registry: Path, tmp_path: Path, noun: str) -> None:
    file = tmp_path / "Laporan Pasar.html"
    file.write_text("lama")
    document = umkm(noun, "check", CROP, "--report", file, "--json").ok().json()
    assert document["report"] == str(file)
    stored = validated(stored_in(file))
    assert stored["schema"] == "umkm.evidence/1"
    assert stored["edition"] == "internal"
    assert stored["check"]["sha256"] == document["results"][0]["sha256"]
    assert stored["pairs"][0]["match"]["code"] == document["results"][0]["matches"][0]["code"]
    assert f"Laporan ditulis ke {file}." in umkm(noun, "check", CROP, "--report", file).ok().out


@pytest.mark.parametrize(("name", "says"), [("unregistered", "Tidak ditemukan kemiripan"), ("plain", "Belum dapat")])
def test_without_a_likeness_the_report_says_so_and_shows_the_picture(
    umkm: Run, registry: Path, tmp_path: Path, name: str, says: str
) -> None:
    file = tmp_path / "laporan.html"
    umkm("motif", "check", SAMPLES / "suspect" / f"{name}.jpg", "--report", file).ok()
    page = file.read_text("utf-8")
    assert says in page
    assert len(_PICTURES.findall(page)) == 1


def test_a_picture_that_cannot_be_read_has_no_report(umkm: Run, registry: Path, tmp_path: Path) -> None:
    junk, file = tmp_path / "catatan.jpg", tmp_path / "laporan.html"
    junk.write_text("bukan gambar")
    done = umkm("motif", "check", junk, "--report", file, "--json")
    assert done.exit_code == 1
    assert "report" not in done.json()
    assert not file.exists()


def test_what_cannot_be_written_is_said_before_anything_is_recorded(umkm: Run, registry: Path, tmp_path: Path) -> None:
    before = umkm("status", "--json").ok().json()
    page = tmp_path / "laporan.html"
    wrong: list[tuple[str | Path, ...]] = [
        ("report_one_picture", CROP, LEAF, "--report", page),
        ("parties_without_report", CROP, "--for-parties"),
        ("file_is_folder", CROP, "--report", tmp_path),
        ("report_format", CROP, "--report", tmp_path / "laporan.docx"),
        ("folder_not_found", CROP, "--report", tmp_path / "tidak-ada" / "laporan.html"),
    ]
    for error, *arguments in wrong:
        umkm("motif", "check", *arguments, "--json").refused(str(error))
    assert not page.exists()
    assert umkm("status", "--json").ok().json() == before
    umkm("case", "report", "K-SBY-99999-99", page, "--json").refused("code_mistyped")
    assert not page.exists()


def test_a_case_has_a_report_of_its_own_name(
    umkm: Run, registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (case,) = umkm("case", "list", "--json").ok().json()["cases"]
    umkm("case", "decide", case["code"], "--outcome", "strong", "--reason", "Cermin dari motif yang sama").ok()
    document = umkm("case", "report", case["code"], "--json").ok().json()
    assert document == {"schema": "umkm.report/1", "case": case["code"], "report": f"{case['code']}.html"}
    page = (tmp_path / f"{case['code']}.html").read_text("utf-8")
    for said in ("Ditelaah: kemiripan kuat", "Cermin dari motif yang sama", "petugas", case["vendor"]["name"]):
        assert said in page
    umkm("case", "report", case["code"], "pihak.html", "--for-parties").ok()
    for name in (f"{case['code']}.html", "pihak.html"):
        assert validated(stored_in(tmp_path / name))["case"]["code"] == case["code"]
    given = (tmp_path / "pihak.html").read_text("utf-8")
    assert "Cermin dari motif yang sama" in given
    assert "petugas" not in given


def test_parties_never_see_what_is_not_published(umkm: Run, registry: Path, tmp_path: Path) -> None:
    secret = tmp_path / "sungai-tersembunyi.jpg"
    secret.write_bytes(CROP.read_bytes())
    umkm("register", "--name", "Batik Pihak Lain", "--owner", "Siti Rahayu", "--ref", "LAIN").ok()
    document = (
        umkm(
            *("motif", "register", secret, "--vendor", "LAIN", "--title", "Sungai Rahasia", "--unpublished"),
            *("--creators", "Wulan Tersembunyi", "--ref", "REF-TERSEMBUNYI", "--json"),
        )
        .ok()
        .json()
    )
    (code,) = {case["code"] for case in umkm("case", "list", "--json").ok().json()["cases"] if _is(case, document)}
    told = ("Sungai Rahasia", "sungai-tersembunyi", "Wulan Tersembunyi", "Yoga Tirtayasa")
    whole, given = tmp_path / "dalam.html", tmp_path / "pihak.html"
    umkm("case", "report", code, whole).ok()
    umkm("case", "report", code, given, "--for-parties").ok()
    inside, outside = whole.read_text("utf-8"), given.read_text("utf-8")
    assert [word for word in told if word not in inside] == []
    assert [word for word in told if word in outside] == []
    assert "belum diumumkan" in outside
    assert len(_PICTURES.findall(inside)) == 3
    assert len(_PICTURES.findall(outside)) == 1
    assert all(pair["layers"] == [] for pair in stored_in(given)["pairs"])
    assert "Daun Bakau" in outside

    umkm("motif", "withdraw", "M-04", "--reason", "Uji").ok()  # now the registered side is the unpublished one
    umkm("motif", "check", LEAF, "--report", whole).ok()
    umkm("motif", "check", LEAF, "--report", given, "--for-parties").ok()
    inside, outside = whole.read_text("utf-8"), given.read_text("utf-8")
    told = ("Sungai Rahasia", "sungai-tersembunyi", "Wulan Tersembunyi", "REF-TERSEMBUNYI")
    assert [word for word in told if word not in inside] == []
    assert [word for word in told if word in outside] == []
    assert document["code"] in outside
    assert len(_PICTURES.findall(outside)) == 1


def test_a_report_on_a_phone_photograph_can_be_sent(umkm: Run, registry: Path, tmp_path: Path) -> None:
    photo, file = tmp_path / "WhatsApp Image 2026-11-24 at 10.11.12.jpeg", tmp_path / "laporan.html"
    rng = np.random.default_rng(5)
    with Image.open(SAMPLES / "motifs" / "burung-pantai.jpg") as image:
        large = np.asarray(image.convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC), np.int16)
    noisy = np.clip(large + rng.normal(0, 12, large.shape), 0, 255).astype(np.uint8)
    Image.fromarray(noisy).save(photo, quality=92)
    umkm("motif", "check", photo, "--report", file).ok()
    assert stored_in(file)["pairs"]
    assert file.stat().st_size < MOST_BYTES
    widths = [Image.open(_decoded(text)).width for text in _PICTURES.findall(file.read_text("utf-8"))]
    assert max(widths) <= 1600


def test_parts_stand_in_the_page_once_each(registry: Path) -> None:
    from umkm_cli.registry.office.office import Office
    from umkm_cli.report.evidence.html_report import evidence_page
    from umkm_cli.screening.asking.checks import check_pictures, sender_of
    from umkm_cli.screening.evidence.gathering import evidence_of_check
    from umkm_cli.settings import read_settings

    office = Office(read_settings())
    for name, expected in (
        ("crop", {"picture", "motif-1", "overlay-1", "evidence"}),
        ("mirrored", {"picture", "overlay-1", "motif-2", "overlay-2", "evidence"}),
        ("unregistered", {"picture", "evidence"}),
    ):
        report = check_pictures(office, [str(SAMPLES / "suspect" / f"{name}.jpg")], sender_of(office, None, None))
        page = evidence_page(evidence_of_check(office, report, report.results[0]))
        assert set(page.parts) == expected
        assert [part for part, text in page.parts.items() if page.html.count(text) != 1] == []


def _is(case: dict[str, dict[str, str]], motif: dict[str, str]) -> bool:
    return bool(case["motif"]) and case["motif"]["code"] == motif["code"]


def _decoded(text: str) -> io.BytesIO:
    return io.BytesIO(base64.b64decode(text))
