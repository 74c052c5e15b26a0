"""Lists as they are handed in: read as a sheet, with its columns, and refused where they list something else."""

from dataclasses import dataclass
from pathlib import Path

from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import MOTIF_COLUMNS, PRODUCT_COLUMNS, PRODUCT_MARKS, ColumnNames, Columns, columns_of
from umkm_cli.sheets.sheet import Sheet, open_sheet


@dataclass(frozen=True)
class OpenedList:
    """A sheet with what its columns stand for."""

    sheet: Sheet
    columns: Columns


def open_list(file: Path, names: ColumnNames, sheet: str | None = None) -> OpenedList:
    """`sheet` is the name of one sheet of a workbook. Raises `UmkmError` as `open_sheet` and `columns_of` do."""
    found = open_sheet(file, names.knows, sheet)
    return OpenedList(found, columns_of(found, names))


def refuse_designs(given: OpenedList, path: Path) -> None:
    """A list of designs has a column of businesses, too, and would pass for a list of these; `path` is as it was given.

    Raises `UmkmError`: `sheet_of_motifs`, `sheet_of_products`.
    """
    headers = given.sheet.headers
    if set(MOTIF_COLUMNS.required) <= set(map(MOTIF_COLUMNS.field_of, headers)):  # "usaha" is a name here
        raise UmkmError("sheet_of_motifs", path=path)
    products = set(map(PRODUCT_COLUMNS.field_of, headers))
    if set(PRODUCT_COLUMNS.required) <= products and products & PRODUCT_MARKS:
        raise UmkmError("sheet_of_products", path=path)
