"""`umkm product` as a clerk runs it: one by one, as a list, out again and in again."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.lists import counts, picture, rules, vendor
from tests.screening.conftest import SAMPLES

SHEET = """\
Nama Usaha;No Referensi;Nama Produk;Kategori;Harga (Rp);Satuan;TKDN (%);Teknik;Produksi Sendiri;Motif yang Dipakai;Foto
A-1;P-1;Kemeja Seroja;Busana;Rp 250.000,00;lembar;82,5%;tulis;ya;;foto/satu.png
A-1;P-2;Syal Seroja;Busana;150000;lembar;;cap;tidak;M-1;foto/dua.png;
A-2;P-3;Kopi Lereng;Minuman;35.000;bungkus;95;;ya;;
"""


@pytest.fixture
def shop(umkm: Run, tmp_path: Path) -> Path:
    """Two businesses, a motif of the first, and a sheet of products with its pictures."""
    for ref in ("A-1", "A-2"):
        vendor(umkm, f"Batik {ref}", "--ref", ref)
    for seed, name in enumerate(("satu", "dua", "tiga", "empat")):
        picture(tmp_path / "foto" / f"{name}.png", seed)
    motif = ("--vendor", "A-1", "--title", "Seroja", "--ref", "M-1")
    umkm("motif", "register", tmp_path / "foto" / "empat.png", *motif).ok()
    (tmp_path / "produk.csv").write_text(SHEET, "utf-8")
    return tmp_path


def shown(umkm: Run, key: str) -> dict[str, Any]:
    document: dict[str, Any] = umkm("product", "show", key, "--json").ok().json()
    assert document["schema"] == "umkm.product/1"
    return document


def imported(umkm: Run, path: Path, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = umkm("product", "import", path, *options, "--json").ok().json()
    return document


# One by one


def test_every_field_is_read_kept_and_shown(umkm: Run, shop: Path) -> None:
    done = umkm(
        *("product", "add", shop / "foto" / "satu.png", "--image", shop / "foto" / "dua.png", "--vendor", "A-1"),
        *("--name", "Kue Semanggi", "--ref", "K-1", "--category", "Makanan", "--description", "Kue kering"),
        *("--price", "Rp 35.000,00", "--unit", "kotak isi 12", "--tkdn", "82,5 %", "--technique", "batik tulis"),
        *("--own-production", "--not-made-in-surabaya", "--pirt", "P-IRT 2063578010001 99", "--motif", "M-1"),
        *("--halal", "ID 35110000012345678", "--json"),
    )
    product = done.ok().json()
    wanted = {
        **{"ref": "K-1", "source": "", "name": "Kue Semanggi", "category": "Makanan", "description": "Kue kering"},
        **{"price": 35000, "unit": "kotak isi 12", "tkdn": 82.5, "technique": "tulis", "own_production": True},
        **{"made_in_surabaya": False, "pirt": "2063578010001-99", "halal": "ID35110000012345678", "status": "active"},
    }
    assert {name: product[name] for name in wanted} == wanted
    assert product["code"].startswith("P-SBY-00001-")
    assert [view["filename"] for view in product["views"]] == ["satu.png", "dua.png"]
    assert [(link["title"], link["state"], link["match"]) for link in product["motifs"]] == [
        ("Seroja", "proposed", None)
    ]
    text = umkm("product", "show", product["code"].lower()).ok().out
    for part in ("Kue Semanggi", "Rp 35.000", "82,5%", "Seroja", "diusulkan", "dua.png", "umkm product link"):
        assert part in text
    assert shown(umkm, "K-1")["views"] == [view | {"stored_file": "kept"} for view in product["views"]]


def test_what_is_odd_is_kept_with_a_warning(umkm: Run, shop: Path) -> None:
    odd = ("--technique", "printing", "--pirt", "2063578010001-22", "--halal", "ID12")
    out = umkm("product", "add", "--vendor", "A-1", "--name", "Kain", *odd).ok().out
    assert "2022" in out
    assert "SNI 8184" in out
    assert "17 angka" in out
    assert "12 angka" in umkm("product", "add", "--vendor", "A-1", "--name", "X", "--pirt", "12 angka").ok().out
    (kain, x) = umkm("product", "list", "--json").ok().json()["products"]
    assert (kain["technique"], kain["pirt"], kain["halal"]) == ("printing", "2063578010001-22", "ID12")
    assert x["pirt"] == "12angka"


@pytest.mark.parametrize(
    ("option", "value", "rule"),
    [
        ("--price", "2 juta", "money_in_words"),
        ("--price", "-5", "negative"),
        ("--tkdn", "140", "not_a_percentage"),
        ("--tkdn", "-1", "not_a_percentage"),
        ("--tkdn", "banyak", "not_a_number"),
        ("--technique", "ajaib", "technique_unknown"),
        ("--unit", "x" * 51, "too_long"),
    ],
)
def test_what_is_wrong_is_refused_by_field(umkm: Run, shop: Path, option: str, value: str, rule: str) -> None:
    command = ("product", "add", "--vendor", "A-1", "--name", "Kain", f"{option}={value}", "--json")
    document = umkm(*command).refused("invalid_fields")
    assert [problem["rule"] for problem in document["problems"]] == [rule]
    assert document["problems"][0]["field"] == option.removeprefix("--")
    assert umkm("product", "list", "--json").ok().json()["products"] == []


def test_unknown_vendor_motif_or_picture_refuses_all_of_it(umkm: Run, shop: Path) -> None:
    add = ("product", "add", "--name", "Kain", "--json")
    umkm(*add, "--vendor", "A-9").refused("vendor_not_found")
    umkm(*add, "--vendor", "A-1", "--motif", "M-9").refused("motif_not_found")
    umkm(*add, "--vendor", "A-1", "--image", shop / "tidak ada.png").refused("file_not_found")
    umkm("vendor", "close", "A-2", "--reason", "Pindah").ok()
    umkm(*add, "--vendor", "A-2").refused("vendor_closed")
    assert umkm("product", "list", "--json").ok().json()["products"] == []


def test_edit_changes_clears_and_adds_pictures(umkm: Run, shop: Path) -> None:
    first = ("--vendor", "A-1", "--name", "Kain", "--ref", "K", "--unit", "lembar", "--own-production")
    umkm("product", "add", shop / "foto" / "satu.png", *first).ok()
    edited = umkm(
        *("product", "edit", "K", "--price", "90.000", "--unit", "", "--not-own-production"),
        *("--image", shop / "foto" / "satu.png", "--image", shop / "foto" / "dua.png", "--json"),
    ).ok()
    product = edited.json()
    assert (product["price"], product["unit"], product["own_production"]) == (90000, None, False)
    assert [view["filename"] for view in product["views"]] == ["satu.png", "dua.png"]
    assert product["screening"]["verdict"] == "clear", "only the new picture is screened, and it is unlike the other"
    assert "data yang sama" in umkm("product", "edit", "K", "--price", "90000").ok().out
    assert "diperbarui" in umkm("product", "edit", "K", "--price", "").ok().out
    umkm("product", "edit", "K", "--name", "", "--json").refused("invalid_fields")
    umkm("product", "edit", "K", "--json").refused("nothing_to_change")


def test_same_ref_again_updates_and_another_owner_is_refused(umkm: Run, shop: Path) -> None:
    add = ("product", "add", "--name", "Kain", "--ref", "K", "--json")
    code = umkm(*add, "--vendor", "A-1").ok().json()["code"]
    again = umkm(*add, "--vendor", "A-1", "--price", "5000").ok().json()
    assert (again["code"], again["price"]) == (code, 5000)
    umkm(*add, "--vendor", "A-2").refused("ref_taken")
    assert shown(umkm, "K")["vendor"]["name"] == "Batik A-1"
    elsewhere = umkm(*add, "--vendor", "A-2", "--source", "Rungkut").ok().json()
    assert elsewhere["code"] != code


def test_two_products_of_one_name_are_told_apart_by_their_pictures(umkm: Run, shop: Path) -> None:
    add = ("product", "add", "--vendor", "A-1", "--name", "Kemeja", "--json")
    first = umkm(*add, shop / "foto" / "satu.png").ok().json()["code"]
    second = umkm(*add, shop / "foto" / "dua.png").ok().json()["code"]
    assert first != second
    assert umkm(*add, shop / "foto" / "dua.png", "--price", "1000").ok().json()["code"] == second


def test_search_and_filters(umkm: Run, shop: Path) -> None:
    umkm("product", "import", shop / "produk.csv").ok()
    for arguments, names in (
        (("--search", "kemja seroja"), ["Kemeja Seroja"]),
        (("--vendor", "A-2"), ["Kopi Lereng"]),
        (("--motif", "M-1"), ["Syal Seroja"]),
        (("--proposed",), ["Syal Seroja"]),
        ((), ["Kemeja Seroja", "Syal Seroja", "Kopi Lereng"]),
    ):
        document = umkm("product", "list", *arguments, "--json").ok().json()
        assert document["schema"] == "umkm.products/1"
        assert [product["name"] for product in document["products"]] == names, arguments
    umkm("product", "list", "--status", "hilang", "--json").refused("unknown_status")


def test_tables_fit_an_old_terminal(umkm: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    umkm("product", "import", shop / "produk.csv").ok()
    umkm("product", "edit", "P-2", "--motif", "M-1").ok()
    listed = umkm("product", "list").ok().out
    assert max(map(len, listed.splitlines())) <= 80
    codes = [product["code"] for product in umkm("product", "list", "--json").ok().json()["products"]]
    assert all(code in listed for code in codes), "codes are never broken"
    assert f"{shown(umkm, 'P-2')['motifs'][0]['code']} ?" in listed


# Lists


def test_import_twice_is_the_same_as_once(umkm: Run, shop: Path) -> None:
    first = imported(umkm, shop / "produk.csv")
    assert counts(first) == (3, 0, 0, 0, 0, 0)
    kemeja = shown(umkm, "P-1")
    assert (kemeja["price"], kemeja["tkdn"], kemeja["own_production"]) == (250000, 82.5, True)
    assert [link["title"] for link in shown(umkm, "P-2")["motifs"]] == ["Seroja"]
    second = imported(umkm, shop / "produk.csv")
    assert counts(second) == (0, 0, 3, 0, 0, 0)
    assert shown(umkm, "P-1") == kemeja
    assert "Tidak berubah" in umkm("product", "import", shop / "produk.csv").ok().out


def test_a_changed_row_updates_and_a_new_picture_is_a_view_more(umkm: Run, shop: Path) -> None:
    imported(umkm, shop / "produk.csv")
    changed = SHEET.replace("150000", "175000").replace("foto/satu.png", "foto/satu.png|foto/tiga.png")
    (shop / "produk.csv").write_text(changed, "utf-8")
    assert counts(imported(umkm, shop / "produk.csv")) == (0, 2, 1, 0, 0, 0)
    assert shown(umkm, "P-2")["price"] == 175000
    assert [view["filename"] for view in shown(umkm, "P-1")["views"]] == ["satu.png", "tiga.png"]


def test_a_row_of_another_owner_or_about_a_closed_product_is_a_conflict(umkm: Run, shop: Path) -> None:
    imported(umkm, shop / "produk.csv")
    umkm("product", "close", "P-3", "--reason", "Tidak dijual lagi").ok()
    before = [shown(umkm, ref) for ref in ("P-1", "P-3")]
    (shop / "produk.csv").write_text(SHEET.replace("A-1;P-1", "A-2;P-1").replace("35.000", "40.000"), "utf-8")
    document = imported(umkm, shop / "produk.csv")
    assert counts(document) == (0, 0, 1, 2, 0, 0)
    assert rules(document, 2) == ["belongs_to_other_vendor"]
    assert rules(document, 4) == ["product_closed"]
    assert [shown(umkm, ref) for ref in ("P-1", "P-3")] == before


def test_an_export_that_was_edited_imports_again(umkm: Run, shop: Path) -> None:
    imported(umkm, shop / "produk.csv")
    umkm("product", "unlink", "P-2", "M-1").ok()
    before = umkm("product", "export", "--json").ok().json()["products"]
    file = shop / "keluar.csv"
    umkm("product", "export", file).ok()
    assert counts(imported(umkm, file)) == (0, 0, 3, 0, 0, 0)
    assert umkm("product", "export", "--json").ok().json()["products"] == before
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["motifs"] for row in rows] == ["", "", ""], "a rejected motif is not exported as one that it shows"
    file.write_text(file.read_text("utf-8-sig").replace(";250000;", ";275000;"), "utf-8")
    assert counts(imported(umkm, file)) == (0, 1, 2, 0, 0, 0)
    assert shown(umkm, "P-1")["price"] == 275000


def test_the_samples_say_what_is_wrong_with_each_row(umkm: Run, tmp_path: Path) -> None:
    for noun in ("vendor", "motif"):
        umkm(noun, "import", SAMPLES / f"{noun}s.csv").ok()
    document = imported(umkm, SAMPLES / "products.csv", "--failed", str(tmp_path / "gagal.csv"))
    assert counts(document) == (7, 0, 0, 0, 5, 0)
    wanted = {
        3: ["technique_not_batik", "resembles_others"],
        5: ["pirt_expired", "resembles_others"],
        7: ["halal_form"],
        9: ["vendor_not_found"],
        10: ["money_in_words"],
        11: ["not_a_percentage"],
        12: ["motif_not_found"],
        13: ["file_not_found"],
    }
    assert {row["row"]: rules(document, row["row"]) for row in document["rows"] if row["problems"]} == wanted
    assert len(umkm("case", "list", "--json").ok().json()["cases"]) == 3
    again = imported(umkm, SAMPLES / "products.csv", "--failed", str(tmp_path / "gagal.csv"))
    assert counts(again) == (0, 0, 7, 0, 5, 0)
    assert len(umkm("case", "list", "--json").ok().json()["cases"]) == 3


def test_a_list_of_products_is_not_taken_for_vendors_nor_the_other_way(umkm: Run, shop: Path) -> None:
    umkm("vendor", "import", shop / "produk.csv", "--json").refused("sheet_of_products")
    umkm("product", "import", SAMPLES / "vendors.csv", "--json").refused("column_missing")
    umkm("product", "import", SAMPLES / "motifs.csv", "--json").refused("column_missing")
    assert counts(umkm("vendor", "import", SAMPLES / "vendors.csv", "--json").ok().json())[0] == 12


def test_a_motif_named_by_another_office_is_looked_for_there_first(umkm: Run, shop: Path) -> None:
    vendor(umkm, "Batik Rungkut", "--ref", "A-1", "--source", "Rungkut")
    theirs = ("--vendor", "A-2", "--title", "Lain", "--ref", "M-1", "--source", "Rungkut")
    picture(shop / "foto" / "lain.png", 9)
    umkm("motif", "register", shop / "foto" / "lain.png", *theirs).ok()
    (shop / "r.csv").write_text("usaha;ref;nama produk;motif\nA-1;P-1;Kain;M-1\n", "utf-8")
    imported(umkm, shop / "r.csv", "--source", "Rungkut")
    product = umkm("product", "list", "--json").ok().json()["products"][0]
    assert (product["vendor"]["name"], product["motifs"][0]["title"]) == ("Batik Rungkut", "Lain")
