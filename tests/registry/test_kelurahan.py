"""A kelurahan is told by its name or code, with what was probably meant, and lies in a kecamatan."""

from pathlib import Path

import pytest

from tests.conftest import Run
from umkm_cli.registry.values.kelurahan import kelurahan_of_surabaya
from umkm_cli.registry.values.region_codes import KECAMATAN


def test_the_list_has_each_kelurahan_of_today_once_and_every_kecamatan() -> None:
    """153 by Kemendagri's codes; Perak Timur and Perak Utara are one since they were merged."""
    known = kelurahan_of_surabaya()
    today = [item for item in known.values() if item.merged_into is None]
    assert len(today) == 153
    assert {item.kecamatan for item in today} == set(KECAMATAN)
    assert {item.name for item in known.values() if item.merged_into} == {"Perak Timur", "Perak Utara"}
    assert all(item.merged_into in known for item in known.values() if item.merged_into)


@pytest.mark.parametrize("text", ["Kalirungkut", "KALI RUNGKUT", "Kel. Kali Rungkut", "3578031001", "35.78.03.1001"])
def test_name_and_code_are_one(umkm: Run, text: str) -> None:
    made = umkm("register", "--name", "Batik Sari", "--kelurahan", text, "--json").ok().json()
    assert (made["kelurahan"], made["kecamatan"]) == ("35.78.03.1001", "35.78.03")
    assert made["problems"] == []
    assert "Kalirungkut" in umkm("vendor", "show", made["code"]).ok().out


def register(umkm: Run, *options: str) -> tuple[str | None, list[tuple[str, str]]]:
    """What was kept, and what was said of it; not that it replaces what was registered before under the same name."""
    made = umkm("register", "--name", "Batik Sari", *options, "--json").ok().json()
    said = [(problem["rule"], problem["message"]) for problem in made["problems"]]
    return made["kelurahan"], [(rule, message) for rule, message in said if rule != "value_replaced"]


def test_an_unknown_name_is_kept_and_the_nearest_is_named(umkm: Run) -> None:
    kept, [(rule, said)] = register(umkm, "--kelurahan", "Kali Rungkud")
    assert (kept, rule) == ("Kali Rungkud", "kelurahan_unknown")
    assert "Kalirungkut, Kecamatan Rungkut (35.78.03.1001)" in said


def test_the_nearest_is_looked_for_in_the_kecamatan_first(umkm: Run) -> None:
    said = [register(umkm, "--kelurahan", "Gunungsarii", *more)[1][0][1] for more in ((), ("--kecamatan", "Wiyung"))]
    assert "Gunung Sari" in said[0]
    assert "Gunung Sari" in said[1]  # nothing in Wiyung is like it
    said = [
        register(umkm, "--kelurahan", "Menanggall", *more)[1][0][1] for more in ((), ("--kecamatan", "Gunung Anyar"))
    ]
    assert "Menanggal, Kecamatan Gayungan" in said[0]
    assert "Rungkut Menanggal, Kecamatan Gunung Anyar" in said[1]


def test_what_is_like_nothing_gets_no_suggestion(umkm: Run) -> None:
    kept, [(rule, said)] = register(umkm, "--kelurahan", "Qqqq")
    assert (kept, rule) == ("Qqqq", "kelurahan_unlike")
    assert "Mungkin" not in said


def test_one_name_in_two_kecamatan_is_told_by_the_kecamatan(umkm: Run) -> None:
    kept, [(rule, said)] = register(umkm, "--kelurahan", "Wonorejo")
    assert (kept, rule) == ("Wonorejo", "kelurahan_ambiguous")
    assert "Rungkut (35.78.03.1005), Tegalsari (35.78.05.1005)" in said
    assert register(umkm, "--kelurahan", "Wonorejo", "--kecamatan", "Tegalsari") == ("35.78.05.1005", [])


def test_one_in_another_kecamatan_than_the_one_given_warns_in_an_edit_too(umkm: Run) -> None:
    """There is a kelurahan Kenjeran, but it lies in Bulak."""
    made = umkm("register", "--name", "Batik Sari", "--kecamatan", "Kenjeran", "--json").ok().json()
    edited = umkm("vendor", "edit", made["code"], "--kelurahan", "Kenjeran", "--json").ok().json()
    assert (edited["kelurahan"], edited["kecamatan"]) == ("35.78.29.1003", "35.78.17")
    [problem] = edited["problems"]
    assert problem["rule"] == "kelurahan_elsewhere"
    assert "Kecamatan Bulak" in problem["message"]


def test_a_former_kelurahan_is_kept_as_what_it_is_today(umkm: Run) -> None:
    for text in ("Perak Utara", "35.78.12.1004"):
        kept, [(rule, said)] = register(umkm, "--kelurahan", text)
        assert (kept, rule) == ("35.78.12.1006", "kelurahan_merged")
        assert "Tanjung Perak" in said


def test_a_code_that_surabaya_does_not_have_is_refused_with_those_that_it_has(umkm: Run) -> None:
    refused = umkm("register", "--name", "Batik Sari", "--kelurahan", "35.78.12.1009", "--json").refused(
        "invalid_fields"
    )
    assert "Tanjung Perak (35.78.12.1006)" in str(refused)


def test_other_regions_are_taken_by_code_and_by_name_beside_their_kecamatan(umkm: Run) -> None:
    assert register(umkm, "--kelurahan", "35.15.08.2001") == ("35.15.08.2001", [])
    assert register(umkm, "--kelurahan", "Sidokare", "--kecamatan", "35.15.08") == ("Sidokare", [])


def test_a_sheet_reads_names_alike_and_imports_again_unchanged(umkm: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "usaha.csv"
    sheet.write_text("ref;nama usaha;kecamatan;kelurahan\nA-1;Batik Sari;Tegalsari;Wonorejo\n", encoding="utf-8")
    assert umkm("vendor", "import", sheet, "--json").ok().json()["created"] == 1
    assert umkm("vendor", "import", sheet, "--json").ok().json()["unchanged"] == 1
    assert umkm("vendor", "show", "A-1", "--json").ok().json()["kelurahan"] == "35.78.05.1005"
