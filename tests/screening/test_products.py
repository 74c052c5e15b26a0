"""Products on real pictures: what they show is found, proposed and decided, and nothing is said twice or too much."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.conftest import Run
from tests.screening.asking import MATCH_KEYS, RESULT_KEYS, rows
from tests.screening.conftest import SAMPLES

PRODUCTS = SAMPLES / "products"
BAG, SHIRT, CUSHION, BOX, LOOK_ALIKE, JAR = (
    PRODUCTS / f"{name}.jpg"
    for name in ("tas-burung", "kemeja-perahu", "bantal-payung", "kemasan-semanggi", "kemasan-daun", "sambal")
)


def added(umkm: Run, picture: Path, vendor: str, ref: str, *options: str) -> dict[str, Any]:
    done = umkm("product", "add", picture, "--vendor", vendor, "--name", ref, "--ref", ref, *options, "--json")
    document: dict[str, Any] = done.ok().json()
    return document


def checked(umkm: Run, picture: Path, *options: str) -> dict[str, Any]:
    document = umkm("product", "check", picture, *options, "--json").ok().json()
    assert document["schema"] == "umkm.check/1"
    (result,) = document["results"]
    assert isinstance(result, dict)
    return result


def seen(result: dict[str, Any]) -> dict[str, Any]:
    """Excuses of the matches that pass, by `ref`; None is an alert."""
    return {match["ref"]: match["excuse"] for match in result["matches"] if match["alert"] or match["excuse"]}


def links(umkm: Run, ref: str) -> dict[str, str]:
    document = umkm("product", "show", ref, "--json").ok().json()
    codes = {motif["code"]: motif["ref"] for motif in umkm("motif", "list", "--json").ok().json()["motifs"]}
    return {codes[link["code"]]: link["state"] for link in document["motifs"]}


def saved(path: Path, rgb: np.ndarray[Any, Any]) -> Path:
    Image.fromarray(rgb.astype(np.uint8)).save(path)
    return path


def opened(path: Path) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(path).convert("RGB"))


def test_motif_on_another_makers_product_is_found_and_proposed_and_opens_a_case(umkm: Run, registry: Path) -> None:
    bag = added(umkm, BAG, "A-010", "TAS")
    assert bag["schema"] == "umkm.product/1"
    assert bag["status"] == "active", "a product is never held"
    assert bag["screening"]["alert"]
    assert seen(bag["screening"]) == {"M-06": None}
    assert links(umkm, "TAS") == {"M-06": "proposed"}
    case = umkm("case", "show", bag["case"], "--json").ok().json()
    assert (case["product"]["code"], case["motif"]) == (bag["code"], None)
    assert [match["ref"] for match in case["matches"]] == ["M-06"]
    status = umkm("status", "--json").ok().json()
    assert status["attention"]["proposed_links"] == 1
    assert status["counts"]["products"] == {"active": 1, "closed": 0}


def test_own_motif_is_proposed_too_and_opens_no_case(umkm: Run, registry: Path) -> None:
    shirt = added(umkm, SHIRT, "A-004", "KEMEJA")
    assert (shirt["screening"]["verdict"], shirt["screening"]["alert"], shirt["case"]) == ("own", False, None)
    assert links(umkm, "KEMEJA") == {"M-02": "proposed"}
    assert shirt["motifs"][0]["match"]["excuse"] == "own"


def test_licensed_motif_is_proposed_and_opens_no_case(umkm: Run, registry: Path) -> None:
    licence = ("--motif", "M-06", "--vendor", "A-010", "--number", "9/IZIN/2026", "--technique", "cap")
    umkm("licence", "add", *licence).ok()
    bag = added(umkm, BAG, "A-010", "TAS", "--technique", "cap")
    assert (bag["screening"]["verdict"], bag["case"]) == ("licensed", None)
    assert links(umkm, "TAS") == {"M-06": "proposed"}
    other = added(umkm, BAG, "A-011", "TAS-2", "--technique", "cap")
    assert other["case"], "the permission is not this maker's"


def test_what_a_person_says_of_a_link_stays(umkm: Run, registry: Path) -> None:
    added(umkm, BAG, "A-010", "TAS")
    assert umkm("product", "list", "--proposed", "--json").ok().json()["products"][0]["ref"] == "TAS"
    assert umkm("product", "link", "TAS", "M-06", "--json").ok().json()["motifs"][0]["state"] == "confirmed"
    assert umkm("product", "list", "--proposed", "--json").ok().json()["products"] == []
    entries = rows(registry, "audit")
    umkm("product", "link", "TAS", "M-06").ok()
    assert rows(registry, "audit") == entries, "saying it twice is no news"
    umkm("product", "unlink", "TAS", "M-06").ok()
    umkm("product", "edit", "TAS", "--image", LOOK_ALIKE, "--motif", "M-06").ok()
    assert links(umkm, "TAS") == {"M-06": "rejected", "M-05": "proposed"}
    by_hand = umkm("product", "link", "TAS", "M-09").ok()
    assert "M-SBY-00009" in by_hand.out
    assert links(umkm, "TAS")["M-09"] == "confirmed"
    listed = umkm("product", "list", "--motif", "M-09", "--json").ok().json()["products"]
    assert [product["ref"] for product in listed] == ["TAS"]
    assert umkm("product", "list", "--motif", "M-06", "--json").ok().json()["products"] == []
    umkm("audit", "verify").ok()


def test_motif_that_is_registered_later_is_proposed_when_products_are_looked_at_again(
    umkm: Run, registry: Path, tmp_path: Path
) -> None:
    added(umkm, CUSHION, "A-006", "BANTAL")
    added(umkm, BAG, "A-010", "TAS")
    umkm("product", "unlink", "TAS", "M-06").ok()
    design = SAMPLES / "unregistered" / "payung.jpg"
    later = ("--vendor", "A-003", "--title", "Payung", "--ref", "M-99", "--json")
    motif = umkm("motif", "register", design, *later).ok().json()["code"]
    document = umkm("product", "rescreen", "--json").ok().json()
    product = umkm("product", "show", "BANTAL", "--json").ok().json()["code"]
    assert document["proposed"] == [{"product": product, "motif": motif}]
    assert links(umkm, "BANTAL") == {"M-99": "proposed"}
    assert links(umkm, "TAS") == {"M-06": "rejected"}, "what a person said is not asked again"
    assert "umkm product list --proposed" not in umkm("product", "rescreen").ok().out


def test_copied_package_is_found_both_ways(umkm: Run, registry: Path) -> None:
    added(umkm, BOX, "A-001", "KUE")
    copy = added(umkm, LOOK_ALIKE, "A-009", "TIRU")
    assert seen(copy["screening"]) == {"KUE": None, "M-05": None}
    kinds = {match["ref"]: match["kind"] for match in copy["screening"]["matches"] if match.get("kind")}
    assert kinds["KUE"] == "product"
    assert seen(checked(umkm, BOX, "--vendor", "A-001")) == {"KUE": "own", "M-05": "own", "TIRU": None}


def test_copied_photograph_of_a_design_that_nobody_registered(umkm: Run, registry: Path, tmp_path: Path) -> None:
    cushion = added(umkm, CUSHION, "A-006", "BANTAL")
    assert (cushion["screening"]["verdict"], cushion["motifs"]) == ("clear", [])
    smaller = cv2.resize(opened(CUSHION)[60:660, 60:660, ::1], (440, 440), interpolation=cv2.INTER_AREA)
    copy = added(umkm, saved(tmp_path / "bantal.png", smaller[:, ::-1]), "A-011", "BANTAL-2")
    assert copy["screening"]["alert"]
    match = copy["screening"]["matches"][0]
    assert (match["ref"], match["mirrored"]) == ("BANTAL", True)


def test_decision_about_two_products_keeps_both_quiet(umkm: Run, registry: Path) -> None:
    added(umkm, CUSHION, "A-006", "BANTAL")
    copy = added(umkm, CUSHION, "A-011", "BANTAL-2")
    assert "P-SBY-00002" in umkm("case", "list").ok().out
    umkm("case", "decide", copy["case"], "--outcome", "weak", "--reason", "Satu perajin menitip jual").ok()
    assert seen(checked(umkm, CUSHION, "--vendor", "A-011")) == {"BANTAL": "decided", "BANTAL-2": "own"}
    assert seen(checked(umkm, CUSHION, "--vendor", "A-006")) == {"BANTAL": "own", "BANTAL-2": "decided"}


def test_two_makers_who_may_use_one_motif_are_not_held_against_each_other(umkm: Run, registry: Path) -> None:
    """The packages agree, but what agrees is the motif that both may use."""
    for vendor in ("A-009", "A-011"):
        umkm("licence", "add", "--motif", "M-06", "--vendor", vendor, "--number", f"1/{vendor}").ok()
    cloth = opened(SAMPLES / "motifs" / "burung-pantai.jpg")
    first = added(umkm, saved(registry.parent / "a.png", cloth[:500, :560]), "A-009", "KAIN-A")
    assert first["case"] is None
    second = added(umkm, saved(registry.parent / "b.png", cloth[:510, :570]), "A-011", "KAIN-B")
    assert seen(second["screening"]) == {"M-06": "licensed", "KAIN-A": "licensed"}
    assert second["case"] is None
    copied = added(umkm, registry.parent / "a.png", "A-011", "KAIN-C")
    assert seen(copied["screening"])["KAIN-A"] is None, "the very same file is a copied photograph"


def test_many_pictures_of_ones_own_cloth_do_not_hide_anothers(umkm: Run, registry: Path, tmp_path: Path) -> None:
    cloth = opened(SAMPLES / "unregistered" / "payung.jpg")
    for number in range(6):
        crop = cloth[10 * number : 480 + 10 * number, 8 * number : 500 + 8 * number]
        added(umkm, saved(tmp_path / f"{number}.png", crop), "A-006", f"KAIN-{number}")
    theirs = cv2.resize(cloth[60:420, 60:420], (330, 330), interpolation=cv2.INTER_AREA)
    added(umkm, saved(tmp_path / "lain.png", theirs[:, ::-1]), "A-011", "LAIN")
    result = checked(umkm, tmp_path / "2.png", "--vendor", "A-006")
    assert len(result["matches"]) >= 5
    assert result["alert"]
    assert seen(result)["LAIN"] is None


def test_shop_label_that_two_photographs_share_is_no_likeness(umkm: Run, registry: Path, tmp_path: Path) -> None:
    """Two makers photographed by one shop, with its label in the corner of both."""
    label = cv2.resize(opened(BOX)[280:440, 220:480], (150, 90), interpolation=cv2.INTER_AREA)
    pictures = []
    for name, source in (("satu", JAR), ("dua", CUSHION)):
        rgb = opened(source).copy()
        rgb[610:700, 20:170] = label
        pictures.append(saved(tmp_path / f"{name}.png", rgb))
    added(umkm, pictures[0], "A-006", "SATU")
    second = added(umkm, pictures[1], "A-011", "DUA")
    assert "label_only" in second["screening"]["reasons"]
    assert (second["screening"]["alert"], second["case"]) == (False, None)


def test_answers_about_motifs_are_the_same_with_products_and_without(umkm: Run, registry: Path) -> None:
    pictures = [SAMPLES / "suspect" / name for name in ("crop.jpg", "thumbnail.jpg", "unregistered.jpg")]
    before = umkm("motif", "check", *pictures, BAG, "--no-record", "--json").ok().json()
    umkm("product", "import", SAMPLES / "products.csv").ok()
    after = umkm("motif", "check", *pictures, BAG, "--no-record", "--json").ok().json()
    assert before == after
    assert all(match.keys() == MATCH_KEYS for result in after["results"] for match in result["matches"])


def test_check_of_products_says_what_each_match_is_with(umkm: Run, registry: Path) -> None:
    added(umkm, BAG, "A-010", "TAS")
    document = umkm("product", "check", BAG, SHIRT, "--json").ok().json()
    assert document["engine"]["registry_motifs"] == 27
    assert document["engine"]["registry_products"] == 1
    bag, shirt = document["results"]
    assert bag.keys() == shirt.keys() == RESULT_KEYS
    kinds = {match["ref"]: match["kind"] for match in bag["matches"] if match["alert"]}
    assert kinds == {"TAS": "product", "M-06": "motif"}
    assert {match["ref"] for match in shirt["matches"] if match["alert"]} == {"M-02"}
    assert umkm("product", "check", JAR, "--exit-code").exit_code == 0
    assert umkm("product", "check", BAG, "--exit-code").exit_code == 10


def test_check_of_products_can_open_a_case_about_a_product(umkm: Run, registry: Path) -> None:
    added(umkm, CUSHION, "A-006", "BANTAL")
    result = checked(umkm, CUSHION, "--vendor", "A-011", "--case")
    case = umkm("case", "show", result["case"], "--json").ok().json()
    assert case["product"]["name"] == "BANTAL"
    assert case["vendor"]["name"]
    assert rows(registry, "check") == 1


def test_closed_product_is_kept_but_no_longer_found(umkm: Run, registry: Path) -> None:
    added(umkm, CUSHION, "A-006", "BANTAL")
    umkm("product", "close", "BANTAL", "--reason", "Tidak dijual lagi").ok()
    assert checked(umkm, CUSHION)["verdict"] == "clear"
    shown = umkm("product", "show", "BANTAL", "--json").ok().json()
    assert (shown["status"], shown["closed_reason"], len(shown["views"])) == ("closed", "Tidak dijual lagi", 1)
    umkm("product", "close", "BANTAL", "--reason", "Lagi", "--json").refused("product_closed")
    umkm("product", "edit", "BANTAL", "--price", "1000", "--json").refused("product_closed")
    assert umkm("product", "list", "--json").ok().json()["products"] == []
    assert len(umkm("product", "list", "--status", "all", "--json").ok().json()["products"]) == 1


@pytest.fixture
def one_motif(umkm: Run, home: Path) -> Path:
    """A registry so small that comparing all of it with itself takes no minute."""
    umkm("register", "--name", "Batik Sekar", "--ref", "A-006").ok()
    picture = SAMPLES / "motifs" / "semanggi.jpg"
    umkm("motif", "register", picture, "--vendor", "A-006", "--title", "Semanggi", "--ref", "M-1").ok()
    return home


def test_pictures_of_products_are_read_again_with_the_others(umkm: Run, one_motif: Path) -> None:
    added(umkm, CUSHION, "A-006", "BANTAL")
    with sqlite3.connect(one_motif / "umkm.db") as connection:
        connection.execute(
            "DELETE FROM fingerprint WHERE sha256 IN (SELECT sha256 FROM view WHERE product_id IS NOT NULL)"
        )
    connection.close()
    index = umkm("status", "--json").ok().json()["attention"]["index"]
    assert index["missing"] == 1
    assert "index_incomplete" in checked(umkm, CUSHION, "--no-record")["reasons"]
    motifs = umkm("motif", "check", CUSHION, "--no-record", "--json").ok().json()["results"][0]
    assert "index_incomplete" not in motifs["reasons"], "no motif is left out"
    assert umkm("motif", "reindex", "--json").ok().json()["done"] == 1
    assert seen(checked(umkm, CUSHION, "--no-record")) == {"BANTAL": None}


def test_missing_original_of_a_product_is_named_by_its_code(umkm: Run, one_motif: Path) -> None:
    bag = added(umkm, JAR, "A-006", "SAMBAL")
    shutil.rmtree(one_motif / "images" / bag["views"][0]["sha256"][:2])
    with sqlite3.connect(one_motif / "umkm.db") as connection:
        connection.execute("UPDATE fingerprint SET extractor = 'older'")
    connection.close()
    document = umkm("motif", "reindex", "--json").ok().json()
    assert bag["code"] in [problem["code"] for problem in document["problems"]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_people_read_whole_sentences(umkm: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    said = [
        umkm("product", "add", BAG, "--vendor", "A-010", "--name", "Tas", "--ref", "TAS").ok().out,
        umkm("product", "add", JAR, "--vendor", "A-012", "--name", "Sambal").ok().out,
        umkm("product", "check", BAG, JAR, LOOK_ALIKE, SAMPLES / "suspect" / "plain.jpg").ok().out,
        umkm("product", "show", "TAS").ok().out,
        umkm("product", "list").ok().out,
        umkm("case", "list").ok().out,
        umkm("status").ok().out,
    ]
    for text in said:
        assert not [word for word in ("verdict.", "column.", "field.", "product.", "{") if word in text], text
    assert "umkm product link P-SBY-00001" in said[0]
    assert "umkm product unlink P-SBY-00001" in said[3]
    assert "umkm product list --proposed" in said[6]
