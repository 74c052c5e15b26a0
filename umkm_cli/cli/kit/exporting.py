"""Lists as files that a spreadsheet opens with every identifier intact, and that import again: CSV, XLSX and ODS."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from umkm_cli.cli.kit.output import hand_out, note, print_json
from umkm_cli.disk.places import is_standard_stream
from umkm_cli.disk.whole import write_whole
from umkm_cli.i18n import t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.pictures.designs import Design, views_of
from umkm_cli.registry.records.motif_fields import MOTIF_FIELDS
from umkm_cli.registry.records.people import DETAILS, Role
from umkm_cli.registry.records.publication import CELLS, Publication
from umkm_cli.registry.values.fields import Fields, Kind, column_names, of_kind
from umkm_cli.settings import Settings
from umkm_cli.sheets.cells import csv_text, guarded_text, write_csv

WORKBOOKS = (".xlsx", ".ods")


def export_vendors(settings: Settings, file: Path | None, *, reveal: bool, as_json: bool) -> None:
    """All vendors, closed ones too."""
    from umkm_cli.desk import vendors
    from umkm_cli.registry.records.vendor_fields import VENDOR_FIELDS

    documents: list[dict[str, Any]] = [dict(vendor) for vendor in vendors.whole(settings, reveal=reveal)]
    columns = ["code", "source", "ref", *VENDOR_FIELDS, "status", "closed_reason"]
    _deliver("umkm.vendors/1", "vendors", documents, VENDOR_FIELDS, columns, file, as_json, private=reveal)
    if documents and not (reveal or as_json):
        note(t("export.masked"))


def export_motifs(settings: Settings, file: Path | None, *, reveal: bool, as_json: bool) -> None:
    """All motifs, withdrawn ones too. Pictures are named by the file they came as, people by their names only."""
    from umkm_cli.desk import motifs

    documents: list[dict[str, Any]] = [dict(motif) for motif in motifs.whole(settings, reveal=reveal)]
    columns = ["code", "source", "ref", "vendor", *MOTIF_FIELDS, "image", "status"]
    if not as_json:
        documents = [item | {"published": CELLS[Publication(item["publication"])]} for item in documents]
    _deliver("umkm.motifs/1", "motifs", documents, MOTIF_FIELDS, columns, file, as_json, private=reveal)
    detailed = sum(1 for document in documents if _has_details(document))
    if detailed and not as_json:
        note(tn("export.people_left", detailed))


def _has_details(document: dict[str, Any]) -> bool:
    return any(field in person for role in Role for person in document[role.column] for field in DETAILS)


def export_products(office: Office, file: Path | None, as_json: bool) -> None:
    """All products, closed ones too. A motif that a person has rejected is not exported as one that it shows."""
    from umkm_cli.registry.records.product_fields import PRODUCT_FIELDS
    from umkm_cli.registry.records.product_motifs import all_links
    from umkm_cli.registry.records.products import brief_product, list_products

    with office.reading() as reader:
        links, documents = all_links(reader), []
        for row in list_products(reader, status="all"):
            views = views_of(reader, Design.PRODUCT, row["id"])
            document = brief_product(row, links.get(row["id"], ()))
            documents.append(document | {"image": [view["filename"] for view in views]})
    columns = ["code", "source", "ref", "vendor", *column_names(PRODUCT_FIELDS), "motifs", "image", "status"]
    _deliver("umkm.products/1", "products", documents, PRODUCT_FIELDS, columns, file, as_json)


def _deliver(
    schema: str,
    name: str,
    documents: list[dict[str, Any]],
    fields: Fields,
    columns: Sequence[str],
    file: Path | None,
    as_json: bool,
    *,
    private: bool = False,
) -> None:
    if as_json:
        listed = [{key: value for key, value in document.items() if key != "schema"} for document in documents]
        print_json({"schema": schema, name: listed})
        return
    if file is not None and is_standard_stream(file):
        file = None
    if file is not None and file.suffix.lower() in WORKBOOKS:
        from umkm_cli.sheets.workbooks import table_bytes

        rows = [
            [_workbook_cell(document[column], _cell(fields, column, document[column])) for column in columns]
            for document in documents
        ]
        write_whole(
            file,
            table_bytes(file.suffix.lower(), name, columns, rows, frozenset(of_kind(fields, Kind.AMOUNT))),
            private=private,
        )
        note(tn("export.done", len(documents), path=file))
        return
    table = csv_text(
        columns, ([_cell(fields, column, document[column]) for column in columns] for document in documents)
    )
    if file is None:
        hand_out(table.replace("\r\n", "\n").removesuffix("\n"))
        return
    write_csv(file, table, private=private)
    note(tn("export.done", len(documents), path=file))


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
