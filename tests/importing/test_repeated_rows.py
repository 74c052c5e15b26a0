"""Several rows of one sheet about one record: the first stands, the others say so; the sheet again changes nothing."""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from tests.lists import counts, picture, vendor
from umkm_cli.importing.columns import VENDOR_COLUMNS, columns_of
from umkm_cli.importing.run import ImportReport, RowStatus, run_import
from umkm_cli.importing.vendor_rows import VendorRows
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import LANGUAGES, read_settings
from umkm_cli.sheets.sheet import open_sheet

NIK = ("3578011708450001", "3578015708450002")
NIB = ("3110242752924", "0220102345678")
VALUES: Mapping[str, Sequence[str]] = {
    "ref": ("R-1", "R-2"),
    "name": ("Batik Sari", "Batik Sari Wangi", "BATIK SARI"),
    "owner": ("Siti", "Budi"),
    "nik": NIK,
    "nib": NIB,
    "kecamatan": ("Rungkut", "Gubeng"),
    "phone": ("081234567890", "081298765432"),
    "address": ("Jl. A", "Jl. B"),
    "capital": ("1000000", "6000000000"),
    "annual_sales": ("30000000", "3000000000"),
    "scale": ("mikro", "menengah"),
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(VALUES["name"])},
        optional={name: st.sampled_from(values) for name, values in VALUES.items() if name != "name"},
    ),
    min_size=2,
    max_size=9,
)


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def problems(document: dict[str, Any], row: int) -> list[tuple[str, str, str]]:
    """Field, rule and level of each problem with a row."""
    (found,) = [item for item in document["rows"] if item["row"] == row]
    return [(problem["field"], problem["rule"], problem["level"]) for problem in found["problems"]]


def entries(umkm: Run) -> int:
    found: int = umkm("status", "--json").ok().json()["counts"]["audit_entries"]
    return found


# Any sheet


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Office]]:
    """Makes offices with an empty registry; copied, because making the tables takes most of the time."""
    empty = tmp_path_factory.mktemp("empty") / "home"
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        patch.setenv("UMKM_HOME", str(empty))
        stated = read_settings()
        with Office(stated).work():
            pass

        def make() -> Office:
            home = Path(tempfile.mkdtemp(dir=folder)) / "home"
            shutil.copytree(empty, home)
            return Office(replace(stated, home=home))

        yield make


def imported(office: Office, path: Path, batch: int = 3, stop_after: int | None = None) -> ImportReport:
    def stored_so_far(rows: int) -> None:
        if stop_after is not None and rows >= stop_after:
            raise KeyboardInterrupt

    sheet = open_sheet(path)
    handler = VendorRows(office, "")
    columns = columns_of(sheet, VENDOR_COLUMNS)
    return run_import(office, sheet, columns, handler, source="", batch=batch, progress=stored_so_far)


def stored(office: Office) -> list[dict[str, Any]]:
    with office.reading() as reader:
        rows = reader.rows("SELECT * FROM vendor ORDER BY code")
    return [{name: value for name, value in row.items() if not name.endswith("_sealed")} for row in rows]


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, batch=st.sampled_from([1, 3, 100]), stop_after=st.none() | st.integers(1, 8))
def test_a_sheet_of_near_duplicates_again_changes_nothing(
    offices: Callable[[], Office], rows: list[dict[str, str]], batch: int, stop_after: int | None
) -> None:
    office = offices()
    folder = office.settings.home.parent
    path = write(folder / "a.csv", rows)
    if stop_after is not None and stop_after <= len(rows):
        with pytest.raises(KeyboardInterrupt):
            imported(office, path, batch, stop_after)
    first = imported(office, path, batch)
    before = stored(office)

    again = imported(office, path)

    assert (again.counts[RowStatus.CREATED], again.counts[RowStatus.UPDATED]) == (0, 0)
    assert [row.code for row in again.rows] == [row.code for row in first.rows]
    assert stored(office) == before
    office.close()
    shutil.rmtree(folder, ignore_errors=True)


# Businesses


@pytest.mark.parametrize("found_by", [{"ref": "R-1"}, {"nib": NIB[0]}, {"nik": NIK[0]}, {"kecamatan": "Rungkut"}])
def test_the_first_row_stands_and_the_second_names_row_field_old_and_new(
    umkm: Run, tmp_path: Path, found_by: dict[str, str]
) -> None:
    one = {"name": "Batik Sari", "owner": "Siti", **found_by}
    path = write(tmp_path / "a.csv", [one | {"website": "a.example"}, one | {"website": "b.example"}])

    document = umkm("vendor", "import", path, "--json").ok().json()

    assert counts(document) == (1, 0, 1, 0, 0, 0)
    code = document["rows"][0]["code"]
    assert document["rows"][1]["code"] == code
    (problem,) = [p for p in document["rows"][1]["problems"] if p["rule"] == "row_differs"]
    assert (problem["field"], problem["level"]) == ("website", "warning")
    assert all(part in problem["message"] for part in ("baris 2", "a.example", "b.example", code))
    assert "a.example" in umkm("vendor", "show", code, "--json").json()["website"]


def test_the_sheet_again_and_again_changes_nothing_and_records_no_change(umkm: Run, tmp_path: Path) -> None:
    rows = [{"ref": f"R-{n // 3}", "name": f"Batik {n // 3}", "address": f"Jl. {n}", "phone": f"08123456780{n % 3}"}
            for n in range(9)]  # fmt: skip
    path = write(tmp_path / "a.csv", rows)
    assert counts(umkm("vendor", "import", path, "--json").ok().json()) == (3, 0, 6, 0, 0, 0)
    listed, before = umkm("vendor", "list", "--json").out, entries(umkm)
    for again in (1, 2, 3):
        document = umkm("vendor", "import", path, "--json").ok().json()
        assert counts(document) == (0, 0, 9, 0, 0, 0)
        assert problems(document, 3)[1:] == [("address", "row_differs", "warning"), ("phone", "row_differs", "warning")]
        assert entries(umkm) == before + 2 * again  # that the import began and ended
    assert umkm("vendor", "list", "--json").out == listed


def test_what_the_first_row_left_open_the_second_fills(umkm: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        [
            {"ref": "R-1", "name": "Batik Sari", "address": "Jl. A"},
            {"ref": "R-1", "name": "Batik Sari", "address": "Jl. B", "owner": "Siti", "capital": "1000000"},
            {"ref": "R-1", "name": "Batik Sari", "owner": "Budi", "scale": "menengah"},
        ],
    )
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document) == (1, 2, 0, 0, 0, 0)
    assert problems(document, 4)[-1] == ("owner", "row_differs", "warning")
    assert "baris 3" in document["rows"][2]["problems"][-1]["message"]
    shown = umkm("vendor", "show", "R-1", "--reveal", "--json").json()
    assert [shown[name] for name in ("address", "owner", "capital", "scale")] == ["Jl. A", "Siti", 1000000, "menengah"]
    assert counts(umkm("vendor", "import", path, "--json").ok().json()) == (0, 0, 3, 0, 0, 0)


def test_an_earlier_row_that_changed_nothing_stands_too(umkm: Run, tmp_path: Path) -> None:
    one = {"ref": "R-1", "name": "Batik Sari", "website": "a.example"}
    umkm("vendor", "import", write(tmp_path / "a.csv", [one]), "--json").ok()
    path = write(tmp_path / "b.csv", [one, one | {"website": "b.example"}])
    document = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(document) == (0, 0, 2, 0, 0, 0)
    assert ("website", "row_differs", "warning") in problems(document, 3)


def test_another_sheet_may_say_something_else(umkm: Run, tmp_path: Path) -> None:
    one = {"ref": "R-1", "name": "Batik Sari", "website": "a.example"}
    for number, website in enumerate(("a.example", "b.example")):
        path = write(tmp_path / f"{number}.csv", [one | {"website": website}])
        assert sum(counts(umkm("vendor", "import", path, "--json").ok().json())[:2]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_personal_values_are_masked_where_two_rows_differ(
    umkm: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UMKM_LANG", language)
    one = {"ref": "R-1", "name": "Batik Sari", "npwp": "", "nik": NIK[0]}
    phones, places = ("081234567890", "081298765432"), ("Jl. Anggrek 1", "Jl. Mawar 2")
    path = write(tmp_path / "a.csv", [one | {"phone": phones[n], "address": places[n]} for n in (0, 1)])

    said = umkm("vendor", "import", path, "--json").ok()
    shown = umkm("vendor", "import", path).ok()

    assert problems(said.json(), 3)[1:] == [("phone", "row_differs", "warning"), ("address", "row_differs", "warning")]
    for secret in (*(phone[1:] for phone in phones), *places, NIK[0]):
        assert secret not in said.out + said.err + shown.out + shown.err
    assert "890" in said.out
    assert "432" in said.out
    assert "umkm vendor edit" in shown.out


def test_the_summary_shows_each_difference_and_no_row_counts_as_failed(umkm: Run, tmp_path: Path) -> None:
    rows = [{"ref": "R-1", "name": "Batik Sari", "website": f"{n}.example"} for n in range(9)]
    shown = umkm("vendor", "import", write(tmp_path / "a.csv", rows)).ok().out
    assert all(f"{n}.example" in shown for n in range(9))
    assert not (tmp_path / "a-gagal.csv").exists()


def test_a_row_that_was_refused_is_refused_until_the_record_changes(umkm: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        [
            {"name": "Batik Sari", "nib": NIB[0]},
            {"name": "Batik Wangi", "nib": NIB[0], "owner": "Siti", "website": "b.example"},
            {"name": "Batik Sari", "nib": NIB[0], "owner": "Siti"},
        ],
    )
    first = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(first) == (1, 1, 0, 0, 1, 0)
    again = umkm("vendor", "import", path, "--json").ok().json()
    assert counts(again) == (0, 0, 2, 0, 1, 0)
    assert again["rows"][1]["problems"] == first["rows"][1]["problems"]

    umkm("vendor", "edit", first["rows"][0]["code"], "--nib", "").ok()
    assert counts(umkm("vendor", "import", path, "--json").ok().json()) == (0, 2, 1, 0, 0, 0)


# Motifs and products


def test_rows_about_one_motif(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm)
    picture(tmp_path / "m.png", 1)
    one = {"vendor": code, "ref": "M-1", "title": "Satu", "image": "m.png", "technique": "tulis"}
    path = write(
        tmp_path / "m.csv",
        [
            one | {"creators": "Ani;Budi"},
            one | {"creators": "Ani", "technique": "cap"},
            one | {"title": "Dua", "description": "uraian"},
        ],
    )
    document = umkm("motif", "import", path, "--json").ok().json()

    assert counts(document) == (1, 1, 1, 0, 0, 0)
    assert {field for field, rule, _ in problems(document, 3) if rule == "row_differs"} == {"creators", "technique"}
    assert problems(document, 4) == [("title", "row_differs", "warning")]
    shown = umkm("motif", "show", "M-1", "--json").json()
    assert [person["name"] for person in shown["creators"]] == ["Ani", "Budi"]
    assert (shown["title"], shown["technique"], shown["description"]) == ("Satu", "tulis", "uraian")
    assert counts(umkm("motif", "import", path, "--json").ok().json()) == (0, 0, 3, 0, 0, 0)


def test_a_motif_s_row_means_what_it_meant_before(umkm: Run, tmp_path: Path) -> None:
    """The third row gives the first motif the second one's picture."""
    code = vendor(umkm)
    for number in (1, 2):
        picture(tmp_path / f"{number}.png", number)
    one = {"vendor": code, "title": "Satu"}
    path = write(
        tmp_path / "m.csv",
        [one | {"image": "1.png"}, one | {"image": "2.png", "description": "b"}, one | {"image": "1.png|2.png"}],
    )
    first = umkm("motif", "import", path, "--json").ok().json()
    assert counts(first)[:2] == (2, 1)
    again = umkm("motif", "import", path, "--json").ok().json()
    assert counts(again) == (0, 0, 3, 0, 0, 0)
    assert [row["code"] for row in again["rows"]] == [row["code"] for row in first["rows"]]


def test_rows_about_one_product(umkm: Run, tmp_path: Path) -> None:
    code = vendor(umkm)
    one = {"vendor": code, "ref": "P-1", "product_name": "Kemeja", "price": "150000"}
    path = write(tmp_path / "p.csv", [one, one | {"price": "175000", "product_name": "Kemeja Batik", "unit": "helai"}])
    document = umkm("product", "import", path, "--json").ok().json()
    assert counts(document) == (1, 1, 0, 0, 0, 0)
    assert {field for field, rule, _ in problems(document, 3) if rule == "row_differs"} == {"price", "product_name"}
    shown = umkm("product", "show", "P-1", "--json").json()
    assert (shown["name"], shown["price"], shown["unit"]) == ("Kemeja", 150000, "helai")
    assert counts(umkm("product", "import", path, "--json").ok().json()) == (0, 0, 2, 0, 0, 0)


def test_a_row_of_another_sheet_of_the_workbook_is_another_row(umkm: Run, tmp_path: Path) -> None:
    """Both are the third row; only the corrected one says who owns the business."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, owner in (("Januari", ""), ("Februari", "Siti")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["nama usaha", "nib", "pemilik"])
            sheet.write_row(1, 0, ["Batik Sari", NIB[0], "Siti"])
            sheet.write_row(2, 0, ["Batik Wangi", NIB[0], owner])
    first = umkm("vendor", "import", path, "--sheet", "Januari", "--json").ok().json()
    assert counts(first) == (1, 0, 0, 0, 1, 0)
    second = umkm("vendor", "import", path, "--sheet", "Februari", "--json").ok().json()
    assert counts(second) == (0, 0, 2, 0, 0, 0)
