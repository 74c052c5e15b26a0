"""The rules of a vendor's fields: what is refused, what is kept with a warning."""

from typing import Any

import pytest

from umkm_cli.problems import Level
from umkm_cli.registry.records.vendor_fields import read_vendor, scale_of
from umkm_cli.registry.values.region_codes import KECAMATAN, find_kecamatan, find_kelurahan

NIK = "3578011708450001"
"""17 August 1945, from Karang Pilang."""


def read(**raw: str) -> dict[str, Any]:
    values, problems = read_vendor({"name": "Batik Sari", **raw})
    assert problems == []
    return values


def rules(level: Level, raw: dict[str, str], *, from_spreadsheet: bool = False) -> list[tuple[str, str]]:
    _, problems = read_vendor({"name": "Batik Sari", **raw}, from_spreadsheet=from_spreadsheet)
    return [(problem.field, problem.rule) for problem in problems if problem.level is level]


def errors(**raw: str) -> list[tuple[str, str]]:
    return rules(Level.ERROR, raw)


def warnings(**raw: str) -> list[tuple[str, str]]:
    return rules(Level.WARNING, raw)


def test_a_name_is_all_that_is_needed() -> None:
    assert read() == {"name": "Batik Sari", "name_key": "batik sari"}


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\ufeff \u00a0"])
def test_a_name_of_nothing_is_missing(name: str) -> None:
    assert errors(name=name) == [("name", "required")]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("x" * 201, "too_long"),
        ("🧵" * 300, "too_long"),
        ("a\x00", "control_characters"),
        ("\udcff", "control_characters"),
    ],
)
def test_names_that_are_refused(name: str, rule: str) -> None:
    assert errors(name=name) == [("name", rule)]


def test_a_name_may_hold_anything_that_can_be_read() -> None:
    for name in ("Robert'); DROP TABLE vendor;--", "🧵🧵", "=1+1", "[bold]Batik[/bold]"):
        assert read(name=name)["name"] == name
    assert read(name="🧵🧵")["name_key"] == "🧵🧵"


def test_absent_is_not_empty() -> None:
    values, _ = read_vendor({"name": "A", "owner": ""})
    assert values["owner"] is None
    assert "phone" not in values


@pytest.mark.parametrize("nik", [NIK, "3578 0117 0845 0001", "35.7801.170845.0001", f"'{NIK}", "3578015708450001"])
def test_nik_in_the_forms_people_write(nik: str) -> None:
    assert read(nik=nik)["nik"] == (NIK if "5708" not in nik else "3578015708450001")


@pytest.mark.parametrize("nik", ["357801170845001", "35780117084500011", "357801170845000A", "٣٥٧٨٠١١٧٠٨٤٥٠٠٠١"])
def test_nik_of_another_form_is_refused(nik: str) -> None:
    assert errors(nik=nik) == [("nik", "nik_form")]


def test_nik_that_a_spreadsheet_spoilt() -> None:
    assert errors(nik="3.57801E+15") == [("nik", "excel_scientific")]
    assert errors(nik="3,57801E+15") == [("nik", "excel_scientific")]
    assert rules(Level.WARNING, {"nik": "3578011708450010"}, from_spreadsheet=True) == [("nik", "nik_ends_in_zero")]
    assert warnings(nik="3578011708450010") == []


@pytest.mark.parametrize(
    ("nik", "rule"),
    [
        ("3578013202900001", "nik_birth_date"),
        ("3578017202900001", "nik_birth_date"),
        ("3578018101900001", "nik_birth_date"),  # 81 is neither a man's day nor a woman's
        ("3578010013900001", "nik_birth_date"),
        ("3578011708450000", "nik_serial"),
        ("9978011708450001", "nik_region"),
        ("3599011708450001", "nik_region"),
        ("3578991708450001", "nik_region"),
    ],
)
def test_odd_nik_is_kept_with_a_warning(nik: str, rule: str) -> None:
    values, problems = read_vendor({"name": "A", "nik": nik})
    assert values["nik"] == nik
    assert [(p.field, p.rule, p.level) for p in problems] == [("nik", rule, Level.WARNING)]


def test_npwp() -> None:
    # 013121660091000 and its format are examples of the OECD's and python-stdnum's documentation
    assert read(npwp="01.312.166.0-091.000")["npwp"] == "0013121660091000"
    assert read(npwp="0013121660091000")["npwp"] == "0013121660091000"
    assert errors(npwp="01.312.166.1-091.000") == [("npwp", "npwp_check_digit")]
    assert errors(npwp="123456789") == [("npwp", "npwp_form")]


def test_an_npwp_of_a_resident_is_the_nik() -> None:
    values = read(npwp=NIK)
    assert values["npwp"] == values["nik"] == NIK
    assert warnings(npwp="3578011708450000") == [("npwp", "nik_serial")]
    assert read(npwp=NIK, nik="3578015708450001")["nik"] == "3578015708450001"
    assert "nik" not in read(npwp="013121660091000")


def test_nib() -> None:
    assert read(nib="0220 1023 45678")["nib"] == "0220102345678"
    for wrong in ("022010234567", "02201023456789", "A220102345678"):
        assert errors(nib=wrong) == [("nib", "nib_form")]
    assert errors(nib="1,23457E+12") == [("nib", "excel_scientific")]


def test_kbli_has_an_edition() -> None:
    assert read(kbli="13134")["kbli"] == [{"code": "13134", "edition": "2020"}]
    both = [{"code": "13134", "edition": "2025"}, {"code": "14111", "edition": "2020"}]
    assert read(kbli="13134 (2025); 14111/2020")["kbli"] == both
    assert errors(kbli="13134 (2025); 14111/2020, ") == [("kbli", "kbli_form")], "of two separators one is meant"
    assert read(kbli="13134 - INDUSTRI BATIK")["kbli"] == [{"code": "13134", "edition": "2020"}]
    assert errors(kbli="1313") == [("kbli", "kbli_form")]


@pytest.mark.parametrize(
    ("capital", "sales", "scale"),
    [
        (1_000_000_000, None, "mikro"),
        (1_000_000_001, None, "kecil"),
        (5_000_000_000, None, "kecil"),
        (10_000_000_000, None, "menengah"),
        (10_000_000_001, None, "besar"),
        (None, 2_000_000_000, "mikro"),
        (None, 2_000_000_001, "kecil"),
        (None, 15_000_000_000, "kecil"),
        (None, 50_000_000_000, "menengah"),
        (9_000_000_000, 1_000_000, "mikro"),  # a running firm is measured by its sales
        (6_000_000_000, 0, "menengah"),  # one that has sold nothing yet by its capital
        (None, 0, "mikro"),
        (None, None, None),
    ],
)
def test_scale_of_pp_7_2021(capital: int | None, sales: int | None, scale: str | None) -> None:
    assert scale_of(capital, sales) == scale


def test_a_stated_scale_that_disagrees_is_kept_with_a_warning() -> None:
    assert warnings(scale="kecil", capital="100.000.000") == [("scale", "scale_disagrees")]
    assert warnings(scale="Usaha Mikro", capital="100.000.000") == []
    assert warnings(capital="11.000.000.000") == [("scale", "scale_beyond")]
    assert errors(scale="raksasa") == [("scale", "scale_unknown")]


@pytest.mark.parametrize("code", list(KECAMATAN))
def test_every_kecamatan_by_code_and_by_name(code: str) -> None:
    name = KECAMATAN[code]
    for text in (code, code.replace(".", ""), name, name.upper(), name.replace(" ", ""), f"Kec. {name}", f" {name} "):
        assert find_kecamatan(text) == code


def test_kecamatan_of_the_ministry() -> None:
    # Kemendagri's table, as the office's list gives it
    assert KECAMATAN["35.78.01"] == "Karang Pilang"
    assert KECAMATAN["35.78.12"] == "Pabean Cantian"
    assert KECAMATAN["35.78.31"] == "Sambikerep"
    assert len(KECAMATAN) == 31
    assert find_kecamatan("35.15.08") == "35.15.08"
    assert find_kecamatan("35.78.32") is None
    assert find_kecamatan("35.78.00") is None


def test_an_unknown_kecamatan_names_the_nearest() -> None:
    _, problems = read_vendor({"name": "A", "kecamatan": "Rungkt"})
    assert [(p.rule, p.params) for p in problems] == [("kecamatan_unknown", {"nearest": "Rungkut"})]
    assert warnings(kecamatan="99.99.01") == [("kecamatan", "region_unlisted")]


def test_kelurahan_belongs_to_its_kecamatan() -> None:
    assert find_kelurahan("3578031001") == "35.78.03.1001"
    assert read(kelurahan="35.78.03.1001")["kecamatan"] == "35.78.03"
    assert warnings(kelurahan="35.78.03.1001", kecamatan="Gubeng") == [("kelurahan", "kelurahan_elsewhere")]
    assert errors(kelurahan="35.78.03") == [("kelurahan", "kelurahan_form")]
    assert warnings(kelurahan="99.99.01.1001") == [("kelurahan", "region_unlisted")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("(031) 5312345", "+62315312345"),
        ("62 31 5312345", "+62315312345"),
    ],
)
def test_phones_become_e164(text: str, number: str) -> None:
    assert read(phone=text)["phone"] == number


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("0812", "phone_form"),
        ("tidak ada", "phone_form"),
        ("+1 555 123 4567", "phone_foreign"),
        ("081234567890 / 081334567890 / 081334567891", "phone_several"),
        ("031-5312345/46", "phone_several"),
        ("8.12346E+10", "excel_scientific"),
    ],
)
def test_phones_that_are_refused(text: str, rule: str) -> None:
    assert errors(phone=text) == [("phone", rule)]


def test_the_other_fields() -> None:
    values = read(
        owner=" Siti  Aminah ",
        address="Jl. Rungkut Asri 5\nSurabaya",
        email="sari@batik.example",
        website="https://batik.example/sari",
        marketplaces="https://toko.example/sari; https://lapak.example/sari",
        latitude="-7,3210",
        longitude="112.7890",
        employees="12",
        since="1/3/2015",
        epeken="Toko Kelontong",
        mbr="tidak",
        curation="terkurasi",
        consent_date="17 Agustus 2024",
        consent_version="v1",
    )
    assert values["owner"] == "Siti Aminah"
    assert values["address"] == "Jl. Rungkut Asri 5 Surabaya"
    assert values["marketplaces"] == ["https://toko.example/sari", "https://lapak.example/sari"]
    assert (values["latitude"], values["longitude"]) == (-7.321, 112.789)
    assert (values["employees"], values["since"], values["mbr"]) == (12, 2015, False)
    assert values["epeken"] == "toko_kelontong"
    assert values["consent_date"] == "2024-08-17"


def test_the_other_fields_refused_or_doubted() -> None:
    assert errors(email="sari") == [("email", "email_form")]
    assert errors(website="javascript:alert(1)") == [("website", "website_form")]
    assert errors(latitude="95", longitude="0") == [("latitude", "not_a_place")]
    assert errors(consent_date="1/1/2999") == [("consent_date", "date_in_future")]
    assert errors(epeken="warung") == [("epeken", "epeken_unknown")]
    assert warnings(latitude="-7.3") == [("latitude", "coordinates_incomplete")]
    assert errors(latitude="112.7", longitude="-7.3") == [("latitude", "not_a_place")]
    assert warnings(latitude="7.3", longitude="112.7") == [("latitude", "outside_indonesia")]


def test_every_problem_at_once_and_no_personal_value_in_any() -> None:
    raw = {"name": "", "nik": "357801170845000", "npwp": "0131216610910009", "phone": "0812345", "capital": "2 juta"}
    _, problems = read_vendor(raw)
    assert {problem.field for problem in problems if problem.is_error} == set(raw)
    for problem in problems:
        assert len(problem.value) < 4 or raw[problem.field] not in problem.value
    assert "35780117084500" not in repr(problems)


def test_what_an_export_masked_is_not_a_value() -> None:
    values, problems = read_vendor({"name": "A", "phone": "***********890", "capital": "***"}, from_spreadsheet=True)
    assert "phone" not in values
    assert "capital" not in values
    assert [(p.rule, p.level) for p in problems] == [("masked_value", Level.WARNING)] * 2


def test_an_edit_needs_no_name_but_cannot_clear_it() -> None:
    assert read_vendor({"owner": "A"}, partial=True) == ({"owner": "A"}, [])
    _, problems = read_vendor({"name": ""}, partial=True)
    assert [p.rule for p in problems] == ["required"]
