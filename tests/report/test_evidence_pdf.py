"""The evidence on paper: `umkm motif check --report FILE.pdf`, `umkm case report CODE FILE.pdf`."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.catalogues import FORBIDDEN, FORBIDDEN_ENGLISH
from tests.conftest import SAMPLES, Run
from tests.documents import pdf_images, pdf_sheets, pdf_text, pdf_texts
from umkm_cli.registry.office.office import Office
from umkm_cli.report.evidence.pdf_report import evidence_pdf
from umkm_cli.screening.evidence.gathering import evidence_of_case
from umkm_cli.settings import read_settings

MOTIF = SAMPLES / "motifs" / "daun-bakau.jpg"
CROP = SAMPLES / "suspect" / "crop.jpg"
MOST_BYTES = 3_000_000
DISCLAIMERS = ("bukan bukti kepemilikan", "Bukan tanda tangan elektronik tersertifikasi", "bukan kesimpulan adanya")


@pytest.fixture
def motif(umkm: Run) -> str:
    umkm("register", "--name", "Batik Muara", "--ref", "A-1").ok()
    register = ("motif", "register", MOTIF, "--vendor", "A-1", "--title", "Daun Bakau", "--creators", "Siti Aminah")
    dates = ("--creation-date", "5-6-2021", "--first-published", "1-2-2022", "--first-published-place", "Surabaya")
    return str(umkm(*register, *dates, "--json").ok().json()["code"])


@pytest.fixture
def case(umkm: Run, motif: str) -> str:
    """A case about a motif of somebody else that is not published."""
    umkm("register", "--name", "Kain Lain", "--ref", "A-2").ok()
    held = ("motif", "register", CROP, "--vendor", "A-2", "--title", "Daun Rahasia", "--unpublished", "--ref", "M-2")
    assert umkm(*held, "--json").ok().json()["status"] == "held"
    (found,) = umkm("case", "list", "--json").ok().json()["cases"]
    return str(found["code"])


def words_in(text: str, *more: str) -> list[str]:
    return [word for word in (*FORBIDDEN, *more) if f" {word}" in f" {text.lower()}"]


def test_a_check_on_at_most_three_sheets(umkm: Run, motif: str, tmp_path: Path) -> None:
    path = tmp_path / "laporan uji.pdf"
    umkm("motif", "check", CROP, "--report", path).ok()
    sheets = pdf_sheets(path)
    assert 1 <= len(sheets) <= 3
    assert set(sheets) == {(595, 842)}
    text = pdf_text(path)
    document = umkm("motif", "check", CROP, "--json").ok().json()["results"][0]
    view = document["matches"][0]["view"]["sha256"]
    unbroken = text.replace(" ", "")
    for digest in (document["sha256"], view):
        assert digest in unbroken
    for said in (
        *("Perlu ditelaah", f'cocok dengan motif {motif} "Daun Bakau"', "5 Juni 2021", "1 Februari 2022, Surabaya"),
        *("Siti Aminah", "Dicerminkan", "Luas pada gambar", "Kepala catatan perubahan", "Urutan pencatatan"),
        *("opencv", "umkm 0."),
        *DISCLAIMERS,
    ):
        assert said in text, said
    assert all("bukan bukti kepemilikan" in sheet for sheet in pdf_texts(path))
    assert not words_in(text)


def test_the_pictures_and_the_motif_laid_over(umkm: Run, motif: str, tmp_path: Path) -> None:
    """The laid-over picture is the mean of the query and of what agrees in it; without an offset it is sharp."""
    path = tmp_path / "laporan.pdf"
    umkm("motif", "check", CROP, "--report", path).ok()
    query, design, laid = pdf_images(path)
    given = np.asarray(Image.open(CROP).convert("RGB"))
    assert query.shape == laid.shape == given.shape
    assert design.shape == np.asarray(Image.open(MOTIF)).shape
    assert np.abs(query.astype(int) - given).mean() < 6
    grey = [cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float64) for image in (query, laid)]
    inside = (slice(60, -60), slice(60, -60))
    assert np.corrcoef(grey[0][inside].ravel(), grey[1][inside].ravel())[0, 1] > 0.9


def test_a_picture_that_is_like_nothing(umkm: Run, motif: str, tmp_path: Path) -> None:
    path = tmp_path / "tidak.pdf"
    umkm("motif", "check", SAMPLES / "suspect" / "unregistered.jpg", "--report", path).ok()
    text = pdf_text(path)
    assert "bukan jaminan bahwa motif ini baru" in text
    assert len(pdf_images(path)) == 1
    assert len(pdf_sheets(path)) == 1
    assert not words_in(text)


def test_a_case_inside_the_office(umkm: Run, case: str, tmp_path: Path) -> None:
    decide = ("case", "decide", case, "--outcome", "strong", "--reason", "Potongan dari motif yang sama")
    umkm(*decide).ok()
    path = tmp_path / "kasus.pdf"
    umkm("case", "report", case, path).ok()
    text = pdf_text(path)
    for said in (case, "Daun Rahasia", "Daun Bakau", "kemiripan kuat", "Potongan dari motif yang sama", "petugas"):
        assert said in text, said
    assert len(pdf_images(path)) == 3
    assert len(pdf_sheets(path)) <= 3
    assert not words_in(text)


def test_the_parties_see_nothing_that_is_hidden(umkm: Run, case: str, tmp_path: Path) -> None:
    path = tmp_path / "para pihak.pdf"
    umkm("case", "report", case, path, "--for-parties").ok()
    text = pdf_text(path)
    for secret in ("Rahasia", "Siti Aminah", "petugas", "crop.jpg", "daun-bakau.jpg"):
        assert secret not in text
        assert secret.encode() not in path.read_bytes()
    assert "belum diumumkan" in text
    assert "Daun Bakau" in text  # the other side is published
    hidden = np.asarray(Image.open(CROP).convert("RGB")).shape
    assert [picture.shape for picture in pdf_images(path) if picture.shape == hidden] == []
    assert len(pdf_images(path)) == 1


def test_in_english(umkm: Run, motif: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UMKM_LANG", "en")
    path = tmp_path / "report.pdf"
    umkm("motif", "check", CROP, "--report", path).ok()
    text = pdf_text(path)
    assert "Daun Bakau" in text
    assert "5 June 2021" in text
    assert not words_in(text, *FORBIDDEN_ENGLISH)


def test_a_large_photograph_fits_into_three_megabytes(umkm: Run, motif: str, tmp_path: Path) -> None:
    """12 megapixels of the motif with the grain of a sensor, the worst for a JPEG."""
    design = cv2.resize(np.asarray(Image.open(MOTIF).convert("RGB")), (3000, 3222), interpolation=cv2.INTER_CUBIC)
    photo = np.full((3000, 4000, 3), 120, np.int16)
    photo[:, 500:3500] = design[100:3100]
    photo += np.random.default_rng(3).normal(0, 14, photo.shape).astype(np.int16)
    given = tmp_path / "foto.jpg"
    Image.fromarray(photo.clip(0, 255).astype(np.uint8)).save(given, quality=92)
    path = tmp_path / "besar.pdf"
    document = umkm("motif", "check", given, "--report", path, "--json").ok().json()
    assert document["results"][0]["alert"]
    assert 100_000 < path.stat().st_size < MOST_BYTES
    assert len(pdf_sheets(path)) <= 3


def test_names_that_are_odd_do_no_harm(umkm: Run, motif: str, tmp_path: Path) -> None:
    umkm("motif", "edit", motif, "--title", "Daun <b>🧵 (\\) endobj", "--creators", "x" * 290).ok()
    given = tmp_path / ("f" * 200 + ".jpg")
    given.write_bytes(CROP.read_bytes())
    umkm("motif", "check", given, "--report", tmp_path / "a.pdf").ok()
    assert "Daun <b>� (\\) endobj" in pdf_text(tmp_path / "a.pdf")
    assert len(pdf_sheets(tmp_path / "a.pdf")) <= 3


def test_the_places_of_the_pictures_are_told_for_a_signature(umkm: Run, case: str) -> None:
    evidence = evidence_of_case(Office(read_settings()), case)
    document = evidence_pdf(evidence)
    assert set(document.parts) == {"picture", "motif-1", "overlay-1"}
    for start, end in document.parts.values():
        assert document.data[start : start + 3] == b"\xff\xd8\xff"
        assert document.data[end - 2 : end] == b"\xff\xd9"
    assert evidence_pdf(evidence).data == document.data
