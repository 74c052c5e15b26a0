"""Importing a file of rows: opened, stored batch by batch, and what became of each row handed back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from umkm_cli.desk.kit.failed_rows import Unwritten, write_failed_rows
from umkm_cli.desk.kit.standard_input import beside, on_disk
from umkm_cli.documents.imports import ImportDocument, ImportedRow
from umkm_cli.errors import UmkmError
from umkm_cli.importing.columns import MOTIF_COLUMNS, PRODUCT_COLUMNS, VENDOR_COLUMNS, ColumnNames
from umkm_cli.importing.opening import OpenedList, open_list, refuse_designs
from umkm_cli.importing.run import Handler, ImportReport, run_import
from umkm_cli.importing.run import RowResult as RowResult
from umkm_cli.importing.run import RowStatus as RowStatus
from umkm_cli.importing.vendor_rows import VendorRows
from umkm_cli.problems import Problem
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.records.publication import count_unpublished
from umkm_cli.settings import Settings
from umkm_cli.wording import problem_document

if TYPE_CHECKING:
    from umkm_cli.desk.kit.looking_back import LookedBack
    from umkm_cli.importing.design_rows import ReadFields
    from umkm_cli.screening.later.looking_back import FoundLater
    from umkm_cli.screening.registering.registrar import Registrar

VENDOR_BATCH = 100
DESIGN_BATCH = 20
T = TypeVar("T")


class ImportProgress(Protocol):
    """What a face is told while an import runs; none of it is needed for the answer."""

    def warned(self, warnings: Sequence[Problem]) -> None:
        """What is to be said about the sheet as a whole, before its first row is read."""

    def searching(self, reasons: Sequence[str], damaged: Sequence[str]) -> None:
        """Why not all that is registered can be searched (see `IndexState.reasons`), and codes of damaged records."""

    def stored(self, rows: int, total: int) -> None:
        """How many rows of the sheet are committed; first told with 0."""

    def looked_back(self, views: int, total: int) -> None:
        """How many new pictures are compared with past checks; first told with 0."""


class Untold:
    """For those who only want the answer."""

    def warned(self, warnings: Sequence[Problem]) -> None: ...
    def searching(self, reasons: Sequence[str], damaged: Sequence[str]) -> None: ...
    def stored(self, rows: int, total: int) -> None: ...
    def looked_back(self, views: int, total: int) -> None: ...


UNTOLD = Untold()


@dataclass(frozen=True)
class ImportAnswer:
    """What became of the rows of the file `filename`.

    `failed` is where those that did not go in are, or why they are nowhere. Of designs, `images` is the folder that
    their pictures were looked for in; of motifs, `unpublished` counts the new ones that are shown to nobody outside the
    office.
    """

    filename: str
    report: ImportReport
    failed: Path | Unwritten | None
    images: Path | None = None
    looked_back: "LookedBack | None" = None
    unpublished: int = 0

    @property
    def nothing_went_in(self) -> bool:
        return bool(self.report.rows) and not any(row.went_in for row in self.report.rows)

    @property
    def written(self) -> Path | None:
        """Where the rows that did not go in are."""
        return self.failed if isinstance(self.failed, Path) else None

    @property
    def found(self) -> "Sequence[FoundLater]":
        """What past checks turned out to resemble."""
        return self.looked_back.cases if self.looked_back else ()

    def document(self) -> ImportDocument:
        counts = self.report.counts
        return {
            "schema": "umkm.import/1",
            "created": counts[RowStatus.CREATED],
            "updated": counts[RowStatus.UPDATED],
            "unchanged": counts[RowStatus.UNCHANGED],
            "conflicts": counts[RowStatus.CONFLICT],
            "failed": counts[RowStatus.FAILED],
            "held": self.report.held,
            "failed_file": str(self.written) if self.written else None,
            "warnings": [problem_document(problem) for problem in self.report.warnings],
            "rows": [_row(row) for row in self.report.rows],
            "found_later": [item.case for item in self.found],
        }


def _row(row: RowResult) -> ImportedRow:
    return {
        "row": row.row,
        "status": row.status.value,
        "code": row.code,
        "ref": row.ref,
        "held": row.held,
        "problems": [problem_document(problem) for problem in row.problems],
    }


def import_vendors(
    settings: Settings,
    file: Path,
    *,
    source: str = "",
    sheet: str | None = None,
    failed: Path | None = None,
    progress: ImportProgress = UNTOLD,
) -> ImportAnswer:
    """Import a list of businesses; `-` is standard input.

    `source` is whose list it is, `sheet` the name of a sheet of a workbook, `failed` where the rows that do not go in
    are written. Batches that were committed stay, whatever happens then.

    Raises `UmkmError` as `open_list`, `refuse_designs` and `run_import` do.
    """
    office, source = Office(settings), source.strip()
    given = _open(file, VENDOR_COLUMNS, sheet, progress)
    refuse_designs(given, file)
    report = _run(office, given, VendorRows(office, source), source, VENDOR_BATCH, progress)
    return ImportAnswer(given.sheet.file.path.name, report, write_failed_rows(given.sheet, report, failed))


def import_motifs(
    settings: Settings,
    file: Path,
    *,
    images: Path | None = None,
    source: str = "",
    sheet: str | None = None,
    failed: Path | None = None,
    progress: ImportProgress = UNTOLD,
) -> ImportAnswer:
    """The same for motifs, whose pictures lie in `images`, or beside the file; new ones are compared with past checks.

    Raises also `UmkmError` `folder_not_found`.
    """
    from umkm_cli.desk.kit.looking_back import look_back
    from umkm_cli.registry.records.motif_fields import read_motif
    from umkm_cli.screening.registering.registrar import MotifRegistrar

    office = Office(settings)
    given = _open(file, MOTIF_COLUMNS, sheet, progress)
    unpublished = _count_unpublished(office)
    folder = _folder(given, images)
    registrar = MotifRegistrar(office)
    report = _run_designs(office, given, folder, registrar, read_motif, source.strip(), progress)
    looked_back = look_back(office, progress.looked_back)
    return ImportAnswer(
        given.sheet.file.path.name,
        report,
        write_failed_rows(given.sheet, report, failed),
        folder,
        looked_back,
        _count_unpublished(office) - unpublished,
    )


def import_products(
    settings: Settings,
    file: Path,
    *,
    images: Path | None = None,
    source: str = "",
    sheet: str | None = None,
    failed: Path | None = None,
    progress: ImportProgress = UNTOLD,
) -> ImportAnswer:
    """The same for products, which may have no pictures."""
    from umkm_cli.registry.records.product_fields import read_product
    from umkm_cli.screening.registering.product_registrar import ProductRegistrar

    office = Office(settings)
    given = _open(file, PRODUCT_COLUMNS, sheet, progress)
    folder = _folder(given, images)
    report = _run_designs(office, given, folder, ProductRegistrar(office), read_product, source.strip(), progress)
    return ImportAnswer(given.sheet.file.path.name, report, write_failed_rows(given.sheet, report, failed), folder)


def _open(file: Path, names: ColumnNames, sheet: str | None, progress: ImportProgress) -> OpenedList:
    given = open_list(on_disk(file), names, sheet)
    progress.warned(given.columns.warnings)
    return given


def _folder(given: OpenedList, images: Path | None) -> Path:
    """Where pictures lie. Raises `UmkmError` `folder_not_found`."""
    folder = beside(given.sheet.file.path).parent if images is None else images
    if not _is_folder(folder):
        raise UmkmError("folder_not_found", path=folder)
    return folder


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _run_designs(
    office: Office,
    given: OpenedList,
    folder: Path,
    registrar: "Registrar[Any]",
    read_fields: "ReadFields",
    source: str,
    progress: ImportProgress,
) -> ImportReport:
    from umkm_cli.importing.design_rows import DesignRows
    from umkm_cli.registry.pictures.damaged_prints import report_damage
    from umkm_cli.registry.pictures.generations import index_state

    with office.reading() as reader:
        progress.searching(index_state(reader, *registrar.searched).reasons, report_damage(reader).codes)
    handler = DesignRows(office, source, folder, registrar, read_fields)
    return _run(office, given, handler, source, DESIGN_BATCH, progress)


def _run(
    office: Office, given: OpenedList, handler: Handler[T], source: str, batch: int, progress: ImportProgress
) -> ImportReport:
    total = given.sheet.total
    progress.stored(0, total)
    return run_import(
        office,
        given.sheet,
        given.columns,
        handler,
        source=source,
        batch=batch,
        progress=lambda rows: progress.stored(rows, total),
    )


def _count_unpublished(office: Office) -> int:
    with office.reading() as reader:
        return count_unpublished(reader)
