"""References of traditional motifs as a clerk adds them: what they excuse in a check, and what still alerts."""

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.bench.attacking.basics import Rgb
from tests.bench.attacks import ATTACKS
from tests.bench.peering.command import ask
from tests.bench.processes import Registry
from tests.bench.traditions import reference, traditions, vendors_own_dyes, with_one_ornament
from tests.conftest import Run

CEPLOK, KAWUNG = (next(t for t in traditions(1) if t.pattern == pattern) for pattern in ("ceplok", "kawung"))


def saved(rgb: Rgb, path: Path) -> Path:
    Image.fromarray(rgb).save(path, quality=90)
    return path


def attacked(rgb: Rgb, kind: str) -> Rgb:
    return ATTACKS[kind][1](rgb, random.Random(kind))[0]


def check(umkm: Run, *pictures: Path) -> list[dict[str, Any]]:
    return list(umkm("motif", "check", *pictures, "--json", "--no-record").ok().json()["results"])


def stored(home: Path, query: str) -> list[Path]:
    with sqlite3.connect(home / "umkm.db") as database:
        found = [sha256 for (sha256,) in database.execute(query)]
    database.close()
    return [path for sha256 in found for path in (home / "images").rglob(f"{sha256}.*")]


def references_of(home: Path) -> list[Path]:
    return stored(home, "SELECT sha256 FROM view WHERE heritage_id IS NOT NULL")


def add_reference(umkm: Run, folder: Path, name: str = "Ceplok") -> None:
    umkm("heritage", "add", saved(reference(CEPLOK), folder / "reference.jpg"), "--name", name).ok()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures, and a registry of two vendors' motifs: the public drawing (1), and one with an ornament (2)."""
    folder = tmp_path_factory.mktemp("ceplok")
    public, creation = vendors_own_dyes(CEPLOK), with_one_ornament(CEPLOK, 0.19)
    saved(public, folder / "public.jpg")
    saved(creation, folder / "creation.jpg")
    saved(attacked(public, "phone"), folder / "market.jpg")
    saved(attacked(creation, "phone"), folder / "copy.jpg")
    registry = Registry(folder / "registry")
    for ref, name in (("1", "public"), ("2", "creation")):
        ask(registry, "register", "--name", f"Usaha {ref}", "--ref", f"V-{ref}")
        motif = ["--vendor", f"V-{ref}", "--title", f"Motif {ref}", "--ref", ref, "--heritage-class", "ceplok"]
        ask(registry, "motif", "register", folder / f"{name}.jpg", *motif)
    return folder


@pytest.fixture
def pictures(home: Path, drawn: Path, tmp_path: Path) -> dict[str, Path]:
    """This test's own copy of the registry, and of the pictures by name."""
    shutil.copytree(drawn / "registry", home)
    return {path.stem: Path(shutil.copy(path, tmp_path)) for path in drawn.glob("*.jpg")}


def test_a_public_drawing_is_excused_and_says_by_which_pattern(
    umkm: Run, pictures: dict[str, Path], tmp_path: Path
) -> None:
    assert check(umkm, pictures["market"])[0]["alert"], "that motifs name a traditional class excuses nothing"
    umkm("heritage", "add", saved(reference(KAWUNG), tmp_path / "kawung.jpg"), "--name", "Kawung").ok()
    assert check(umkm, pictures["market"])[0]["alert"]
    add_reference(umkm, tmp_path)
    result = check(umkm, pictures["market"])[0]
    assert (result["verdict"], result["alert"]) == ("heritage", False)
    assert {match["excuse"] for match in result["matches"] if match["score"] > 0.5} == {"heritage"}
    assert "Ceplok" in umkm("motif", "check", pictures["market"], "--no-record").ok().out


def test_an_ornament_copied_along_alerts_for_its_maker_alone(
    umkm: Run, pictures: dict[str, Path], tmp_path: Path
) -> None:
    add_reference(umkm, tmp_path)
    result = check(umkm, pictures["copy"])[0]
    assert result["alert"]
    assert [match["ref"] for match in result["matches"] if match["alert"]] == ["2"]


def test_a_mirrored_reference_excuses_too(umkm: Run, pictures: dict[str, Path], tmp_path: Path) -> None:
    mirrored = saved(np.ascontiguousarray(reference(CEPLOK)[:, ::-1]), tmp_path / "mirrored.png")
    umkm("heritage", "add", mirrored, "--name", "Ceplok").ok()
    market, copy = check(umkm, pictures["market"], pictures["copy"])
    assert market["verdict"] == "heritage"
    assert copy["alert"]


def test_two_references_excuse_together(umkm: Run, pictures: dict[str, Path], tmp_path: Path) -> None:
    for n, half in enumerate(np.split(reference(CEPLOK), 2, axis=1)):
        assert check(umkm, pictures["market"])[0]["alert"]
        umkm("heritage", "add", saved(np.ascontiguousarray(half), tmp_path / f"{n}.png"), "--name", f"Ceplok {n}").ok()
    assert check(umkm, pictures["market"])[0]["verdict"] == "heritage"
    assert check(umkm, pictures["copy"])[0]["alert"]


def test_same_answers_in_any_order_and_at_once(umkm: Run, pictures: dict[str, Path], tmp_path: Path) -> None:
    add_reference(umkm, tmp_path)
    asked = [pictures[name] for name in ("market", "copy", "public", "creation")] * 2
    together = check(umkm, *asked)
    assert check(umkm, *asked[::-1]) == together[::-1]
    assert check(umkm, asked[1]) == together[1:2]


@pytest.mark.parametrize("lost", ["reference", "motif"])
def test_keypoints_decide_where_a_stored_picture_is_lost(
    umkm: Run, home: Path, pictures: dict[str, Path], tmp_path: Path, lost: str
) -> None:
    add_reference(umkm, tmp_path)
    umkm("motif", "withdraw", umkm("motif", "show", "2", "--json").ok().json()["code"], "--reason", "Uji").ok()
    motifs = "SELECT sha256 FROM view WHERE motif_id IS NOT NULL"
    gone = references_of(home) if lost == "reference" else stored(home, motifs)
    assert gone
    for path in gone:
        path.unlink()
    assert check(umkm, pictures["market"])[0]["verdict"] == "heritage"


def test_a_reference_whose_picture_is_lost_explains_no_pixels_beside_others(
    umkm: Run, home: Path, pictures: dict[str, Path], tmp_path: Path
) -> None:
    halves = [np.ascontiguousarray(half) for half in np.split(reference(CEPLOK), 2, axis=1)]
    for n, half in enumerate(halves):
        umkm("heritage", "add", saved(half, tmp_path / f"{n}.png"), "--name", f"Ceplok {n}").ok()
    assert check(umkm, pictures["market"])[0]["verdict"] == "heritage"
    references_of(home)[0].unlink()
    assert check(umkm, pictures["market"])[0]["alert"]


def test_motifs_registered_in_one_import_are_excused_as_one_by_one(
    umkm: Run, home: Path, pictures: dict[str, Path], tmp_path: Path
) -> None:
    add_reference(umkm, tmp_path)
    lines = ["vendor;ref;title;image", "V-2;11;Umum;market.jpg", "V-1;12;Hiasan;copy.jpg"]
    sheet = tmp_path / "motifs.csv"
    sheet.write_text("\n".join(lines), encoding="utf-8")
    done = umkm("motif", "import", sheet, "--json").ok().json()
    assert [(row["ref"], row["status"], row["held"]) for row in done["rows"]] == [
        ("11", "created", False),
        ("12", "created", True),
    ]
