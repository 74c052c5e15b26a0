"""What follows from the declaration of a noun's fields: options, sheets, documents, masks, words."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from tests.catalogues import messages
from tests.conftest import Run
from tests.reference import LANGUAGES, command_tree
from umkm_cli.db.tables import Motif, Product, Vendor
from umkm_cli.importing.columns import MOTIF_COLUMNS, PRODUCT_COLUMNS, VENDOR_COLUMNS, simplified
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.registry.values.fields import Field, Fields, Kind, row_values, text_up_to
from umkm_cli.registry.values.personal import Privacy

GIVEN = ("--business-line", "Batik tulis", "--phone2", "081334567890", "--note", "Buka sore")
NEW = ("business_line", "phone2", "note")


@pytest.fixture
def code(umkm: Run) -> str:
    return str(
        umkm("register", "--name", "Batik Sari", "--phone", "081234567890", *GIVEN, "--json").ok().json()["code"]
    )


@pytest.mark.parametrize(
    ("noun", "fields", "table"),
    [("vendor", VENDOR_FIELDS, Vendor), ("motif", MOTIF_FIELDS, Motif), ("product", PRODUCT_FIELDS, Product)],
)
def test_every_field_has_its_words_and_its_column(noun: str, fields: Fields, table: type[SQLModel]) -> None:
    keys = {key for name in fields for key in (f"help.{noun}.{name}", f"field.{name}")}
    for language in LANGUAGES:
        assert not keys - messages(language).keys()
    columns = {f"{name}_sealed" if field.sealed else field.column or name for name, field in fields.items()}
    assert columns <= table.model_fields.keys()


@pytest.mark.parametrize(
    ("commands", "fields"),
    [
        (("register", "vendor edit"), VENDOR_FIELDS),
        (("motif register", "motif edit"), MOTIF_FIELDS),
        (("product add", "product edit"), PRODUCT_FIELDS),
    ],
)
def test_every_field_is_an_option_of_both_commands_and_a_column_of_sheets(
    commands: tuple[str, ...], fields: Fields
) -> None:
    wanted = {part for name, field in fields.items() for part in (field.option or dashed(name)).split("/")}
    for command in commands:
        assert not wanted - offered(f"umkm {command}"), command
    sheets = (VENDOR_COLUMNS, MOTIF_COLUMNS, PRODUCT_COLUMNS)
    names = next(columns for columns in sheets if columns.declared is fields)
    headings = {heading: name for name, field in fields.items() for heading in (name, *field.headings)}
    assert {heading: names.field_of(heading) for heading in headings} == headings


def offered(path: str) -> set[str]:
    command = dict(command_tree())[path]
    return {name for param in command.params for name in (*param.opts, *param.secondary_opts)}


def dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def test_no_heading_means_two_fields() -> None:
    for fields in (VENDOR_FIELDS, MOTIF_FIELDS, PRODUCT_FIELDS):
        said = [{simplified(heading) for heading in (name, *field.headings)} for name, field in fields.items()]
        headings = [heading for meant in said for heading in meant]
        assert not [heading for heading, times in Counter(headings).items() if times > 1]


def test_a_switch_says_yes_or_no_and_left_out_says_nothing(umkm: Run) -> None:
    umkm("register", "--name", "Batik Sari", "--ref", "U1").ok()
    new = umkm("product", "add", "--vendor", "U1", "--name", "Kain", "--ref", "P1", "--own-production", "--json")
    assert [new.ok().json()[name] for name in ("own_production", "made_in_surabaya")] == [True, None]
    switched = ("--not-own-production", "--made-in-surabaya")
    edited = umkm("product", "edit", "P1", *switched, "--json").ok().json()
    assert [edited[name] for name in ("own_production", "made_in_surabaya")] == [False, True]


def test_a_row_is_shown_as_its_fields_declare() -> None:
    fields = {
        "title": Field(text_up_to(), column="name"),
        "people": Field(text_up_to(), kind=Kind.LIST),
        "own": Field(text_up_to(), kind=Kind.FLAG),
        "phone": Field(text_up_to(), privacy=Privacy.NUMBER),
        "nik": Field(text_up_to(), sealed=True, privacy=Privacy.NUMBER),
    }
    row = {"name": "Sekar", "title": "other", "people": '["Sari"]', "own": 1, "phone": "081234567890"}
    shown = {"name": "Sekar", "people": ["Sari"], "own": True, "phone": "081234567890", "nik": None}
    assert row_values(fields, row, reveal=True) == shown
    assert row_values(fields, row, reveal=False) == shown | {"phone": "*********890"}
    assert row_values(fields, row | {"own": None}, reveal=True)["own"] is None


def test_options_reach_the_document_and_the_second_telephone_is_masked(umkm: Run, code: str) -> None:
    shown = umkm("vendor", "show", code, "--json").ok().json()
    assert [shown[name] for name in NEW] == ["Batik tulis", "***********890", "Buka sore"]
    assert umkm("vendor", "show", code, "--reveal", "--json").ok().json()["phone2"] == "+6281334567890"
    table = umkm("vendor", "show", code).ok().out
    assert "Jenis usaha" in table
    assert "Telepon kedua" in table
    assert "81334567" not in table
    umkm("vendor", "edit", code, "--note", "").ok()
    assert umkm("vendor", "show", code, "--json").ok().json()["note"] is None


def test_a_cell_with_two_telephones_is_both(umkm: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "usaha.csv"
    sheet.write_text(
        "Nama Usaha;Jenis Usaha;No HP;Telepon kedua;Ket.\nSari;Batik;0812-3456-7890 / 0813-3456-7890;;Jan-24\n"
        "Dewi;Kopi;081234567891;0813 3456 7891;\nAyu;Kopi;081234567892, 081234567893;081234567894;\n"
    )
    report = umkm("vendor", "import", sheet, "--json").ok().json()
    assert (report["created"], report["failed"]) == (2, 1)
    assert [problem["rule"] for problem in report["rows"][2]["problems"]] == ["phone_several"]
    vendors = umkm("vendor", "export", "--reveal", "--json").ok().json()["vendors"]
    assert [[v[name] for name in ("phone", *NEW)] for v in vendors] == [
        ["+6281234567890", "Batik", "+6281334567890", "Jan-24"],
        ["+6281234567891", "Kopi", "+6281334567891", None],
    ]
    assert umkm("vendor", "import", sheet, "--json").ok().json()["unchanged"] == 2


def test_a_registry_from_before_takes_them_up_without_a_complaint(umkm: Run, home: Path) -> None:
    umkm("register", "--name", "Batik Lama").ok()
    connection = sqlite3.connect(home / "umkm.db")
    for name in NEW:
        connection.execute(f"ALTER TABLE vendor DROP COLUMN {name}")
    connection.execute("UPDATE alembic_version SET version_num = '0005'")
    connection.commit()
    connection.close()
    code = umkm("vendor", "list", "--json").ok().json()["vendors"][0]["code"]
    umkm("vendor", "edit", code, *GIVEN).ok()
    umkm("audit", "verify").ok()
    assert umkm("vendor", "show", code, "--json").ok().json()["note"] == "Buka sore"
