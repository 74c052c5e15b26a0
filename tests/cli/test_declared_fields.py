"""What follows from the declaration of a vendor's fields: options, sheets, masks, words."""

import sqlite3
from pathlib import Path

import pytest

from tests.catalogues import messages
from tests.conftest import Run
from umkm_cli.db.tables import Vendor
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS

GIVEN = ("--business-line", "Batik tulis", "--phone2", "081334567890", "--note", "Buka sore")
NEW = ("business_line", "phone2", "note")


@pytest.fixture
def code(umkm: Run) -> str:
    return str(
        umkm("register", "--name", "Batik Sari", "--phone", "081234567890", *GIVEN, "--json").ok().json()["code"]
    )


def test_every_field_has_its_words_and_its_column() -> None:
    keys = {key for name in VENDOR_FIELDS for key in (f"help.vendor.{name}", f"field.{name}")}
    assert not keys - messages("id").keys()
    columns = {name if not field.sealed else f"{name}_sealed" for name, field in VENDOR_FIELDS.items()}
    assert columns <= Vendor.model_fields.keys()


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
