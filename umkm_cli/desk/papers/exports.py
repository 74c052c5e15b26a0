"""Lists as files that a spreadsheet opens with every identifier intact, and that import again: CSV, XLSX and ODS."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from umkm_cli.desk import motifs as motif_desk
from umkm_cli.desk import products as product_desk
from umkm_cli.desk import vendors as vendor_desk
from umkm_cli.disk.places import is_standard_stream
from umkm_cli.disk.whole import write_whole
from umkm_cli.documents.motifs import MotifsDocument
from umkm_cli.documents.products import ProductsDocument
from umkm_cli.documents.vendors import VendorsDocument
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.people import DETAILS, Role
from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
from umkm_cli.registry.records.publication import CELLS, Publication
from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS
from umkm_cli.registry.values.fields import Fields, Kind, column_names, of_kind
from umkm_cli.settings import Settings
from umkm_cli.sheets.cells import csv_text, guarded_text, write_csv

WORKBOOKS = (".xlsx", ".ods")


@dataclass(frozen=True)
class ExportedList:
    """All records of a noun: as a document, and as rows with the columns that a sheet of them has.

    `private`: personal data stand in it. `detailed` records know more of people than a sheet can hold.
    """

    document: VendorsDocument | MotifsDocument | ProductsDocument
    noun: str
    fields: Fields
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    private: bool = False
    detailed: int = 0


def vendors(settings: Settings, *, reveal: bool) -> ExportedList:
    """Closed ones too."""
    whole = vendor_desk.whole(settings, reveal=reveal)
    columns = ["code", "source", "ref", *VENDOR_FIELDS, "status", "closed_reason"]
    document: VendorsDocument = {"schema": "umkm.vendors/1", "vendors": whole}
    return ExportedList(document, "vendors", VENDOR_FIELDS, columns, whole, private=reveal)


def motifs(settings: Settings, *, reveal: bool) -> ExportedList:
    """Withdrawn ones too. Pictures are named by the file they came as, people in the rows by their names only."""
    whole = motif_desk.whole(settings, reveal=reveal)
    columns = ["code", "source", "ref", "vendor", *MOTIF_FIELDS, "image", "status"]
    rows: list[dict[str, Any]] = [{**motif, "published": CELLS[Publication(motif["publication"])]} for motif in whole]
    detailed = sum(1 for row in rows if _has_details(row))
    document: MotifsDocument = {"schema": "umkm.motifs/1", "motifs": whole}
    return ExportedList(document, "motifs", MOTIF_FIELDS, columns, rows, private=reveal, detailed=detailed)


def products(settings: Settings) -> ExportedList:
    """Closed ones too. A motif that a person has rejected is not among those that a row says it shows."""
    whole = product_desk.whole(settings)
    columns = ["code", "source", "ref", "vendor", *column_names(PRODUCT_FIELDS), "motifs", "image", "status"]
    document: ProductsDocument = {"schema": "umkm.products/1", "products": whole}
    return ExportedList(document, "products", PRODUCT_FIELDS, columns, whole)


def written(exported: ExportedList, file: Path | None) -> str | None:
    """Write the rows to `file`, in the form that its name asks for; without a file, or for `-`, they are given back.

    Raises `UmkmError`: `export_format`, `file_not_writable`.
    """
    if file is None or is_standard_stream(file):
        return csv_text(exported.columns, _cells(exported))
    if file.suffix.lower() in WORKBOOKS:
        write_whole(file, _workbook(exported, file.suffix.lower()), private=exported.private)
    else:
        write_csv(file, csv_text(exported.columns, _cells(exported)), private=exported.private)
    return None


def _has_details(row: Mapping[str, Any]) -> bool:
    return any(field in person for role in Role for person in row[role.column] for field in DETAILS)


def _cells(exported: ExportedList) -> Iterator[list[str]]:
    for row in exported.rows:
        yield [_cell(exported.fields, column, row[column]) for column in exported.columns]


def _workbook(exported: ExportedList, suffix: str) -> bytes:
    from umkm_cli.sheets.workbooks import table_bytes

    rows = [
        [_workbook_cell(row[column], cell) for column, cell in zip(exported.columns, cells, strict=True)]
        for row, cells in zip(exported.rows, _cells(exported), strict=True)
    ]
    amounts = frozenset(of_kind(exported.fields, Kind.AMOUNT))
    return table_bytes(suffix, exported.noun, exported.columns, rows, amounts)


def _workbook_cell(value: Any, text: str) -> str | int | float:
    """Quantities are numbers; all else is text, digits too."""
    is_quantity = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_quantity else guarded_text(text)


def _cell(fields: Fields, column: str, value: Any) -> str:
    """As it reads again: the way its field declares, else by what it is."""
    if column in fields and (write := fields[column].cell) is not None:
        return write(value)
    if column == "vendor":
        return str(value["code"])
    if column == "motifs":
        return ";".join(link["code"] for link in value if link["state"] != "rejected")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")  # as people write it: 0.00000006, not 6e-08
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)
