"""Saving, finding and closing vendors in a real registry."""

from pathlib import Path
from typing import Any

import pytest

from umkm_cli.db.reading import Row
from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError
from umkm_cli.registry.office.audit import verify
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.saving import Saved, Status
from umkm_cli.registry.office.secrets import sealing_place
from umkm_cli.registry.records.vendor_fields import read_vendor
from umkm_cli.registry.records.vendors import (
    close_vendor,
    edit_vendor,
    find_vendor,
    list_vendors,
    save_vendor,
    vendor_document,
)
from umkm_cli.settings import read_settings

NIK = "3578011708450001"
OTHER_NIK = "3578015708450002"
NIB = "0220102345678"


@pytest.fixture
def office(home: Path) -> Office:
    return Office(read_settings())


def save(office: Office, *, ref: str | None = None, source: str = "", by_hand: bool = False, **raw: Any) -> Saved:
    values, problems = read_vendor(raw)
    assert not any(problem.is_error for problem in problems)
    with office.work() as work:
        return save_vendor(work, values, source=source, ref=ref, name_is_enough=not by_hand)


def row(office: Office, key: str | None) -> Row:
    with office.reading() as reader:
        return find_vendor(reader, key or "")


def entries(office: Office) -> list[Row]:
    with office.reading() as reader:
        return reader.rows("SELECT action, entity, changes FROM audit ORDER BY seq")


@pytest.mark.parametrize(
    "raw",
    [
        {"ref": "A-1"},
        {"ref": "A-1", "source": "Kec. Rungkut"},
        {"nib": NIB},
        {"nik": NIK},
        {"owner": "Siti", "kecamatan": "Rungkut", "phone": "0812-3456-7890"},
        {"owner": "Siti"},
        {},
    ],
)
def test_twice_is_the_same_as_once(office: Office, raw: dict[str, Any]) -> None:
    first = save(office, name="Batik Sari", address="Jl. A", capital="1000000", **raw)
    before = entries(office)
    second = save(office, name="Batik Sari", address="Jl. A", capital="1000000", **raw)
    assert (first.status, second.status) == (Status.CREATED, Status.UNCHANGED)
    assert first.code == second.code
    assert entries(office) == before


def test_what_is_not_given_is_not_erased(office: Office) -> None:
    code = save(office, ref="1", name="Batik Sari", nik=NIK, owner="Siti", kbli="13134").code
    assert save(office, ref="1", name="Batik Sari Baru").status is Status.UPDATED
    stored = row(office, code)
    assert (stored["name"], stored["owner"], stored["name_key"]) == ("Batik Sari Baru", "Siti", "batik sari baru")
    assert office.secrets.unseal(stored["nik_sealed"], sealing_place("vendor", "nik", stored["id"])) == NIK
    assert vendor_document(stored)["kbli"] == [{"code": "13134", "edition": "2020"}]


def test_the_same_ref_of_two_sources_is_two_vendors(office: Office) -> None:
    codes = {save(office, ref="1", source=source, name=f"Batik {source}").code for source in ("a", "b", "")}
    assert len(codes) == 3


def test_a_ref_with_another_persons_nik_is_a_conflict(office: Office) -> None:
    code = save(office, ref="1", name="Batik Sari", nik=NIK).code
    before = entries(office), row(office, code)
    saved = save(office, ref="1", name="Batik Sari", nik=OTHER_NIK)
    assert (saved.status, saved.code) == (Status.CONFLICT, code)
    assert [(p.field, p.rule) for p in saved.problems] == [("nik", "belongs_to_other_vendor")]
    assert OTHER_NIK not in repr(saved)
    assert (entries(office), row(office, code)) == before


def test_a_ref_used_again_for_an_unrelated_business_is_a_conflict(office: Office) -> None:
    save(office, ref="1", name="Batik Sari", owner="Siti Aminah")
    assert save(office, ref="1", name="Keripik Jaya", owner="Budi Santoso").status is Status.CONFLICT
    assert save(office, ref="1", name="Batik Sari Wangi", owner="Siti Aminah").status is Status.UPDATED


def test_a_nib_belongs_to_one_vendor(office: Office) -> None:
    code = save(office, ref="1", name="Batik Sari", nib=NIB, owner="Siti").code
    taken: list[dict[str, Any]] = [{"ref": "2"}, {}]
    for raw in taken:
        with pytest.raises(InvalidFieldsError) as refused:
            save(office, name="Keripik Jaya", nib=NIB, owner="Budi", **raw)
        (problem,) = refused.value.problems
        assert (problem.field, problem.rule, problem.params) == ("nib", "nib_taken", {"code": code})
    assert len(entries(office)) == 1


def test_a_nib_finds_the_business_under_its_new_name(office: Office) -> None:
    code = save(office, name="Batik Sari", nib=NIB, owner="Siti").code
    saved = save(office, name="Batik Wangi", nib=NIB, owner="Siti")
    assert (saved.status, saved.code) == (Status.UPDATED, code)


def test_one_person_may_run_two_businesses(office: Office) -> None:
    first = save(office, name="Batik Sari", nik=NIK)
    second = save(office, name="Keripik Jaya", nik=NIK)
    assert second.status is Status.CREATED
    assert [(p.rule, p.params) for p in second.problems] == [("nik_shared", {"codes": first.code})]
    for name in ("Batik Sari", "Keripik Jaya"):
        assert save(office, name=name, nik=NIK).status is Status.UNCHANGED


def test_a_list_adopts_the_vendor_that_was_registered_by_hand(office: Office) -> None:
    code = save(office, by_hand=True, name="Batik Sari", nib=NIB).code
    assert save(office, ref="7", source="Rungkut", name="Batik Sari", nib=NIB).code == code
    assert (row(office, code)["source"], row(office, code)["ref"]) == ("Rungkut", "7")
    assert save(office, ref="7", source="Rungkut", name="Batik Sari", nib=NIB).status is Status.UNCHANGED


def test_rows_without_any_number_are_told_apart(office: Office) -> None:
    rows: list[dict[str, Any]] = [
        {"owner": "Siti"},
        {"owner": "Siti", "kecamatan": "Rungkut"},
        {"owner": "Siti", "kecamatan": "Gubeng"},
        {"owner": "Budi", "kecamatan": "Rungkut"},
        {"owner": "Siti"},
        {},
    ]
    codes = [save(office, name="Batik Sari", **raw).code for raw in rows]
    assert len(set(codes)) == 4
    again = [save(office, name="BATIK  sari".title(), **raw) for raw in rows]
    assert [saved.code for saved in again] == codes
    assert {saved.status for saved in again} == {Status.UNCHANGED}


def test_a_correction_by_hand_does_not_double_the_next_import(office: Office) -> None:
    code = save(office, name="Batik Sari", owner="Siti").code
    with office.work() as work:
        edit_vendor(work, row(office, code)["id"], {"phone": "+6281234567890"})
    saved = save(office, name="Batik Sari", owner="Siti")
    assert (saved.status, saved.code) == (Status.UNCHANGED, code)


def test_a_bare_name_by_hand_is_a_new_vendor_each_time(office: Office) -> None:
    codes = {save(office, by_hand=True, name="Batik Sari").code for _ in range(2)}
    assert len(codes) == 2
    known = {save(office, by_hand=True, name="Batik Sari", phone="081234567890").code for _ in range(2)}
    assert len(known) == 1


def test_personal_numbers_are_sealed_and_their_changes_are_recorded_by_digest(office: Office) -> None:
    code = save(office, ref="1", name="Batik Sari", nik=NIK, npwp="013121660091000").code
    stored = row(office, code)
    assert NIK not in repr(stored)
    assert stored["nik_digest"] == office.secrets.digest(NIK)
    with office.work() as work:
        assert set(edit_vendor(work, stored["id"], {"nik": OTHER_NIK, "npwp": "0013121660091000"})) == {
            "nik_sealed",
            "nik_digest",
        }
    created, edited = (office.secrets.digest(f'"{nik}"') for nik in (NIK, OTHER_NIK))
    changes = [str(entry["changes"]) for entry in entries(office)]
    assert f'"nik": [null, "{created}"]' in changes[0]
    assert f'"nik": ["{created}", "{edited}"]' in changes[1]
    assert "sealed" not in "".join(changes)
    assert row(office, code)["npwp_sealed"] == stored["npwp_sealed"]
    with office.reading() as reader:
        assert verify(reader, office.secrets).intact


def test_nothing_personal_lies_open_in_the_database(office: Office, home: Path) -> None:
    save(office, name="Batik Sari", nik=NIK, npwp="013121660091000")
    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Batik Sari" in everything
    assert NIK.encode() not in everything
    assert b"013121660091000" not in everything


def test_scale_follows_the_figures_unless_it_is_stated(office: Office) -> None:
    code = save(office, ref="1", name="A", capital="100.000.000").code
    assert row(office, code)["scale"] == "mikro"
    save(office, ref="1", name="A", annual_sales="3.000.000.000")
    assert row(office, code)["scale"] == "kecil"
    save(office, ref="1", name="A", capital="200.000.000")
    assert row(office, code)["scale"] == "kecil"
    save(office, ref="1", name="A", scale="menengah", capital="300.000.000")
    assert row(office, code)["scale"] == "menengah"


def test_closing_keeps_everything_and_happens_once(office: Office) -> None:
    code = save(office, ref="1", name="Batik Sari", nib=NIB).code
    vendor_id = row(office, code)["id"]
    with pytest.raises(UmkmError, match="reason_missing"), office.work() as work:
        close_vendor(work, vendor_id, "  ")
    with office.work() as work:
        close_vendor(work, vendor_id, "Pindah kota")
    with pytest.raises(UmkmError, match="vendor_closed"), office.work() as work:
        close_vendor(work, vendor_id, "Lagi")
    stored = row(office, code)
    assert (stored["status"], stored["closed_reason"], stored["name"]) == ("closed", "Pindah kota", "Batik Sari")
    assert save(office, ref="1", name="Batik Sari", nib=NIB).status is Status.UNCHANGED
    changed = save(office, ref="1", name="Batik Sari", nib=NIB, owner="Siti")
    assert (changed.status, [p.rule for p in changed.problems]) == (Status.CONFLICT, ["vendor_closed"])
    assert row(office, code) == stored


def test_found_by_code_ref_and_nib(office: Office) -> None:
    code = save(office, ref="A/1", name="Batik Sari", nib=NIB).code or ""
    for key in (code, code.lower(), code.replace("-", ""), "A/1", NIB, "0220 1023 45678"):
        assert row(office, key)["code"] == code
    for key, error in (
        ("Batik", "vendor_not_found"),
        ("", "vendor_not_found"),
        ("'; DROP TABLE vendor", "vendor_not_found"),
    ):
        with pytest.raises(UmkmError) as refused:
            row(office, key)
        assert refused.value.code == error
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    with pytest.raises(UmkmError) as refused:
        row(office, wrong)
    assert (refused.value.code, refused.value.params["nearest"]) == ("code_mistyped", code)


def test_a_ref_of_several_offices_means_this_ones(office: Office) -> None:
    other = save(office, ref="1", source="Rungkut", name="Batik Rungkut").code
    save(office, ref="1", source="Gubeng", name="Batik Gubeng")
    with pytest.raises(UmkmError, match="ambiguous_ref"):
        row(office, "1")
    own = save(office, ref="1", name="Batik Kantor").code
    assert row(office, "1")["code"] == own
    assert row(office, other)["source"] == "Rungkut"


def test_lists_and_search(office: Office) -> None:
    for name, kecamatan in (
        ("UD Batik Séruni", "Rungkut"),
        ("Batik Sekar Muara", "Gubeng"),
        ("Keripik Jaya", "Rungkut"),
    ):
        save(office, name=name, kecamatan=kecamatan, nik=NIK if "Jaya" in name else "")

    def names(**wanted: Any) -> list[str]:
        with office.reading() as reader:
            return [vendor["name"] for vendor in list_vendors(reader, **wanted)]

    assert names() == ["UD Batik Séruni", "Batik Sekar Muara", "Keripik Jaya"]
    assert names(kecamatan="35.78.03") == ["UD Batik Séruni", "Keripik Jaya"]
    assert names(search="batik seruni")[0] == "UD Batik Séruni"
    assert names(search="skar muara")[0] == "Batik Sekar Muara"
    assert names(search="kripik") == ["Keripik Jaya"]
    assert names(search="zzzz") == []
    assert names(nik_digest=office.secrets.digest(NIK)) == ["Keripik Jaya"]


def test_the_document_is_masked_unless_revealed(office: Office) -> None:
    raw: dict[str, Any] = {
        "phone": "081234567890",
        "address": "Jl. Rahasia 5",
        "email": "sari@batik.example",
        "nik": NIK,
    }
    code = save(office, name="A", latitude="-7.2", longitude="112.7", capital="1000000", annual_sales="2", **raw).code
    masked = vendor_document(row(office, code))
    for secret in (NIK, "812345", "Rahasia", "sari@", "7.2", "112.7", "1000000"):
        assert secret not in str({**masked, "created_at": "", "updated_at": ""})
    revealed = vendor_document(row(office, code), office.secrets)
    assert (revealed["nik"], revealed["phone"], revealed["capital"]) == (NIK, "+6281234567890", 1_000_000)
    assert masked.keys() == revealed.keys()
