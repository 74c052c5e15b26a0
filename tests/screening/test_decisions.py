"""A decision holds for later photographs of what was decided on, and for nothing that shows more or something else."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.conftest import Run
from tests.screening.asking import check, ref_of, vendor_of, vendors
from tests.screening.conftest import SAMPLES

MOTIF = "motifs/burung-pantai.jpg"
PHOTOGRAPHS = 20


def part_of(picture: str, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """A part, by fractions of the sides."""
    with Image.open(SAMPLES / picture) as opened:
        whole = opened.convert("RGB")
    width, height = whole.size
    return whole.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))


def photograph(picture: Image.Image, number: int) -> Image.Image:
    """Taken by hand: a little turned and askew, cut by up to 3 %, brighter or darker, smaller, and compressed."""
    chance = np.random.default_rng(number)
    width, height = picture.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + chance.uniform(-0.02, 0.02, (4, 2)) * (width, height)
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.uniform(-4, 4)), 1.0)
    bent = cv2.warpPerspective(
        np.asarray(picture),
        np.vstack([turned, [0, 0, 1]]) @ cv2.getPerspectiveTransform(corners, moved.astype(np.float32)),
        (width, height),
        borderMode=cv2.BORDER_REPLICATE,
    )
    left, top, right, bottom = chance.uniform(0, 0.03, 4) * (width, height, width, height)
    cut = Image.fromarray(bent).crop((int(left), int(top), int(width - right), int(height - bottom)))
    lit = ImageEnhance.Brightness(cut).enhance(float(chance.uniform(0.8, 1.2)))
    scale = float(chance.uniform(0.75, 1.1))
    sized = lit.resize((int(lit.width * scale), int(lit.height * scale)), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    sized.save(data, "JPEG", quality=int(chance.integers(60, 92)))
    return Image.open(data)


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path, quality=95)
    return path


def decided(umkm: Run, picture: Path, *options: str | Path, outcome: str = "weak") -> str:
    """A case opened by a check of the picture, decided; its code."""
    document = umkm("motif", "check", picture, *options, "--case", "--json").ok().json()
    case: str = document["results"][0]["case"]
    umkm("case", "decide", case, "--outcome", outcome, "--reason", "Sudah dilihat").ok()
    return case


def other_vendors(umkm: Run) -> list[str]:
    return [v["code"] for v in vendors(umkm) if v["ref"] != vendor_of(umkm, MOTIF)]


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return saved(part_of(MOTIF, 0.0, 0.0, 0.55, 0.6), tmp_path / "sebagian.jpg")


def test_photographs_of_a_decided_picture_stay_quiet(umkm: Run, registry: Path, tmp_path: Path, part: Path) -> None:
    decided(umkm, part)
    with Image.open(part) as opened:
        taken = [saved(photograph(opened.convert("RGB"), n), tmp_path / f"{n}.jpg") for n in range(PHOTOGRAPHS)]
    results = umkm("motif", "check", *taken, "--json").ok().json()["results"]
    assert [result["verdict"] for result in results] == ["decided"] * PHOTOGRAPHS
    assert not any(result["alert"] for result in results)


def test_a_fuller_copy_and_a_third_design_still_alert(umkm: Run, registry: Path, tmp_path: Path, part: Path) -> None:
    decided(umkm, part)
    fuller = saved(photograph(part_of(MOTIF, 0.0, 0.0, 0.95, 0.95), 1), tmp_path / "lebih lengkap.jpg")
    other_part = saved(photograph(part_of(MOTIF, 0.45, 0.4, 1.0, 1.0), 2), tmp_path / "bagian lain.jpg")
    for picture in (fuller, other_part):
        result = check(umkm, picture)
        assert result["alert"], picture.name
        assert {m["ref"] for m in result["matches"] if m["alert"]} == {ref_of(MOTIF)}
    both = Image.new("RGB", (1000, 420), (250, 245, 230))
    both.paste(part_of(MOTIF, 0.45, 0.4, 1.0, 1.0).resize((480, 400)), (10, 10))
    both.paste(part_of("motifs/semanggi.jpg", 0.0, 0.0, 1.0, 1.0).resize((480, 400)), (510, 10))
    third = check(umkm, saved(both, tmp_path / "tata letak lain.jpg"))
    assert ref_of(MOTIF) in {m["ref"] for m in third["matches"] if m["alert"]}


def test_two_registered_designs_stay_quiet_both_ways_when_photographed(
    umkm: Run, registry: Path, tmp_path: Path
) -> None:
    case = umkm("case", "list", "--json").ok().json()["cases"][0]["code"]
    umkm("case", "decide", case, "--outcome", "weak", "--reason", "Disepakati kedua usaha").ok()
    sides = (
        (SAMPLES / "suspect" / "mirrored.jpg", "M-15", "M-01"),
        (SAMPLES / "motifs" / "hiu-buaya.jpg", "M-01", "M-15"),
    )
    for number, (file, mine, theirs) in enumerate(sides):
        with Image.open(file) as opened:
            taken = saved(photograph(opened.convert("RGB"), number), tmp_path / f"{mine}.jpg")
        vendor = umkm("motif", "show", mine, "--json").ok().json()["vendor"]["code"]
        result = check(umkm, taken, "--vendor", vendor)
        assert {m["ref"]: m["excuse"] for m in result["matches"] if m["score"] > 0.5} == {
            mine: "own",
            theirs: "decided",
        }
        stranger = next(v["code"] for v in vendors(umkm) if v["code"] not in (vendor, *_owners(umkm, mine, theirs)))
        assert check(umkm, taken, "--vendor", stranger)["alert"], "the decision is about two others"


def _owners(umkm: Run, *motifs: str) -> list[str]:
    return [umkm("motif", "show", motif, "--json").ok().json()["vendor"]["code"] for motif in motifs]


def test_a_decision_about_a_sender_is_no_decision_about_another(umkm: Run, registry: Path, part: Path) -> None:
    sender, stranger, respondent = other_vendors(umkm)[:3]
    case = decided(umkm, part, "--vendor", sender)
    assert check(umkm, part, "--vendor", sender)["verdict"] == "decided"
    assert check(umkm, part)["verdict"] == "decided", "nobody says who sends it"
    assert check(umkm, part, "--vendor", stranger)["alert"]
    umkm("case", "reopen", case, "--reason", "Teradu diketahui").ok()
    umkm("case", "respondent", case, "--vendor", respondent).ok()
    umkm("case", "decide", case, "--outcome", "weak", "--reason", "Dilihat lagi").ok()
    assert check(umkm, part, "--vendor", respondent)["verdict"] == "decided"


def test_a_reopened_case_excuses_nothing_until_it_is_decided_again(umkm: Run, registry: Path, part: Path) -> None:
    case = decided(umkm, part)
    assert check(umkm, part)["verdict"] == "decided"
    umkm("case", "reopen", case, "--reason", "Ada sketsa baru").ok()
    assert check(umkm, part)["alert"]
    umkm("case", "decide", case, "--outcome", "strong", "--reason", "Sketsa dilihat").ok()
    again = umkm("motif", "check", part).ok().out
    assert "kemiripan kuat" in again
    assert "tidak kuat" not in again


def test_the_picture_of_a_check_is_kept_with_its_case(umkm: Run, registry: Path, part: Path) -> None:
    document = umkm("motif", "check", part, "--case", "--json").ok().json()["results"][0]
    (kept,) = umkm("case", "show", document["case"], "--json").ok().json()["attachments"]
    assert (kept["purpose"], kept["filename"], kept["sha256"]) == ("seen", "sebagian.jpg", document["sha256"])
    digest = document["sha256"]
    assert (registry / "images" / digest[:2] / f"{digest}.jpg").read_bytes() == part.read_bytes()
