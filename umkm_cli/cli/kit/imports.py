"""The `import` commands: a file of rows in, what became of each row out."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from umkm_cli.cli.kit.index_notes import note_index
from umkm_cli.cli.kit.layout import pairs
from umkm_cli.cli.kit.looking_back import look_back, say_found
from umkm_cli.cli.kit.output import Json, field_name, note, print_json, problem_document, problem_sentence, say
from umkm_cli.cli.kit.progress import stored_progress
from umkm_cli.cli.kit.standard_input import beside, on_disk
from umkm_cli.errors import REFUSED, UmkmError
from umkm_cli.i18n import catalogue, t, tn
from umkm_cli.registry.office.office import Office
from umkm_cli.settings import LANGUAGES, read_settings

if TYPE_CHECKING:
    from umkm_cli.importing.columns import ColumnNames, Columns
    from umkm_cli.importing.designs import DesignRow, ReadFields
    from umkm_cli.importing.run import Handler, ImportReport, RowResult
    from umkm_cli.registry.office.saving import Saved
    from umkm_cli.registry.office.work import Work
    from umkm_cli.registry.pictures.designs import Design
    from umkm_cli.registry.records.earlier_rows import GivenBy
    from umkm_cli.screening.judging.pictures import Prepared
    from umkm_cli.screening.later.looking_back import FoundLater
    from umkm_cli.screening.registering.registrar import Registrar
    from umkm_cli.sheets.sheet import Sheet

VENDOR_BATCH = 100
DESIGN_BATCH = 20
ROWS_NAMED = 8
DIFFERS = "row_differs"
SENTENCES_SHOWN = 3
DIFFERENCES_SHOWN = 20
"""Where two rows say different things of one record, somebody decides between these two."""

File = Annotated[Path, typer.Argument(metavar="FILE", help=t("help.import.file"))]
Source = Annotated[str, typer.Option("--source", help=t("help.import.source"))]
Failed = Annotated[Path | None, typer.Option("--failed", metavar="FILE", help=t("help.import.failed"))]
SheetName = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=t("help.import.sheet"))]
Images = Annotated[Path | None, typer.Option("--images", metavar="DIR", help=t("help.import.images"))]
T = TypeVar("T")


def vendor_import(
    file: File, source: Source = "", failed: Failed = None, sheet_name: SheetName = None, as_json: Json = False
) -> None:
    from umkm_cli.importing.columns import MOTIF_COLUMNS, PRODUCT_COLUMNS, PRODUCT_MARKS, VENDOR_COLUMNS
    from umkm_cli.importing.vendors import VendorRows

    office = Office(read_settings())
    sheet, columns = _open(file, VENDOR_COLUMNS, sheet_name)
    if set(MOTIF_COLUMNS.required) <= set(map(MOTIF_COLUMNS.field_of, sheet.headers)):  # "usaha" is a name here
        raise UmkmError("sheet_of_motifs", path=file)
    products = set(map(PRODUCT_COLUMNS.field_of, sheet.headers))
    if set(PRODUCT_COLUMNS.required) <= products and products & PRODUCT_MARKS:
        raise UmkmError("sheet_of_products", path=file)
    report = _run(office, sheet, columns, VendorRows(office, source.strip()), source, VENDOR_BATCH)
    _answer(sheet, report, failed, as_json, "vendor", {"--source": source.strip()})


def motif_import(
    file: File,
    images: Images = None,
    source: Source = "",
    failed: Failed = None,
    sheet_name: SheetName = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.importing.columns import MOTIF_COLUMNS
    from umkm_cli.registry.records.motif_fields import read_motif
    from umkm_cli.screening.registering.registrar import MotifRegistrar

    office = Office(read_settings())
    sheet = _open(file, MOTIF_COLUMNS, sheet_name)
    with _telling_of_unpublished(office, quiet=as_json):
        _import_designs(office, sheet, MotifRegistrar(office), read_motif, images, source, failed, as_json)


def product_import(
    file: File,
    images: Images = None,
    source: Source = "",
    failed: Failed = None,
    sheet_name: SheetName = None,
    as_json: Json = False,
) -> None:
    from umkm_cli.importing.columns import PRODUCT_COLUMNS
    from umkm_cli.registry.records.product_fields import read_product
    from umkm_cli.screening.registering.product_registrar import ProductRegistrar

    office = Office(read_settings())
    sheet = _open(file, PRODUCT_COLUMNS, sheet_name)
    _import_designs(office, sheet, ProductRegistrar(office), read_product, images, source, failed, as_json)


def _import_designs(
    office: Office,
    opened: "tuple[Sheet, Columns]",
    registrar: "Registrar[Any]",
    read_fields: "ReadFields",
    images: Path | None,
    source: str,
    failed: Path | None,
    as_json: bool,
) -> None:
    from umkm_cli.importing.designs import DesignRows, Pictures

    sheet, columns = opened
    kind, source = registrar.kind, source.strip()
    folder = beside(sheet.file.path).parent if images is None else images
    if not _is_folder(folder):
        raise UmkmError("folder_not_found", path=folder)
    note_index(office, *registrar.searched)
    pictures = Pictures(folder, _loader(office, kind), lambda prepared: prepared.weight_bytes)
    handler = DesignRows(kind, office, source, pictures, read_fields, _RowSaver(registrar))
    report = _run(office, sheet, columns, handler, source, DESIGN_BATCH)
    again = {"--images": str(folder) if images or failed else "", "--source": source}
    _answer(sheet, report, failed, as_json, kind.value, again, look_back(office) if kind.value == "motif" else [])


@contextlib.contextmanager
def _telling_of_unpublished(office: Office, *, quiet: bool) -> Iterator[None]:
    """Says how many motifs came in that are shown to nobody outside the office."""
    from umkm_cli.registry.records.publication import count_unpublished

    with office.reading() as reader:
        before = count_unpublished(reader)
    yield
    with office.reading() as reader:
        new = count_unpublished(reader) - before
    if new > 0 and not quiet:
        say("")
        say(t("import.unpublished", n=new))


class _RowSaver:
    """Registers rows through screening, which importing itself does not know."""

    def __init__(self, registrar: "Registrar[Any]") -> None:
        self._registrar = registrar

    def refresh(self) -> None:
        self._registrar.refresh()

    def save(self, work: "Work", row: "DesignRow[Any]", pictures: "Sequence[Prepared]", earlier: "GivenBy") -> "Saved":
        from umkm_cli.screening.registering.registrar import Draft

        reference = row.reference
        draft = Draft(
            row.vendor_id,
            row.values,
            reference.source,
            reference.ref,
            row.motif_ids,
            restored=reference.restored,
            meant=row.meant,
        )
        return self._registrar.register(work, draft, pictures, earlier)

    def correct(
        self, work: "Work", record_id: str, values: dict[str, Any], motif_ids: Sequence[str], earlier: "GivenBy"
    ) -> "Saved":
        record = self._registrar.named(work, record_id)
        return self._registrar.change(work, record, values, motif_ids, earlier=earlier)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _loader(office: Office, kind: "Design") -> "Callable[[Path], Prepared]":
    """Reads and prepares a picture file; one that is registered already is left as it is."""
    from umkm_cli.screening.judging.pictures import known_pictures, prepare_picture, read_picture_file

    with office.reading() as reader:
        known = known_pictures(reader, kind)
    return lambda path: prepare_picture(read_picture_file(path), path.name, known)


def _open(file: Path, names: "ColumnNames", sheet_name: str | None = None) -> "tuple[Sheet, Columns]":
    from umkm_cli.importing.columns import columns_of
    from umkm_cli.sheets.sheet import open_sheet

    sheet = open_sheet(on_disk(file), names.knows, sheet_name)
    try:
        columns = columns_of(sheet, names)
    except UmkmError as error:
        fields, found = error.params["names"], error.params["found"]
        shown = ", ".join(found[:20]) + (", …" if len(found) > 20 else "")
        error.params |= {"names": ", ".join(map(field_name, fields)), "found": shown}
        raise
    for warning in columns.warnings:
        note(problem_sentence(warning))
    return sheet, columns


def _run(
    office: Office, sheet: "Sheet", columns: "Columns", handler: "Handler[T]", source: str, batch: int
) -> "ImportReport":
    from umkm_cli.importing.run import run_import

    label = t("progress.import")
    with stored_progress(sheet.total, label, lambda rows: tn("import.interrupted", rows)) as progress:
        return run_import(office, sheet, columns, handler, source=source.strip(), batch=batch, progress=progress)


def _answer(
    sheet: "Sheet",
    report: "ImportReport",
    failed: Path | None,
    as_json: bool,
    kind: str,
    again: Mapping[str, str],
    later: "Sequence[FoundLater]" = (),
) -> None:
    """`again` are the options that importing the corrected rows needs, too; `later` what was found in past checks."""
    written = _write_failed(sheet, report, failed)
    if as_json:
        print_json(_document(report, written) | {"found_later": [item.case for item in later]})
    else:
        options = "".join(f' {name} "{value}"' for name, value in again.items() if value)
        _show(sheet, report, kind)
        say_found(later)
        if written is not None:
            say("")
            say(t("import.next", path=written, command=f'umkm {kind} import "{written}"{options}'))
    if report.rows and not any(row.went_in for row in report.rows):
        raise typer.Exit(REFUSED)


def _write_failed(sheet: "Sheet", report: "ImportReport", wanted: Path | None) -> Path | None:
    from umkm_cli.importing.columns import simplified
    from umkm_cli.importing.failed import default_place, write_failed

    reasons = {row.row: _reasons(row) for row in report.rows if not row.went_in}
    if not reasons:
        return None
    keys = ("import.failed.row", "import.failed.reasons")
    added = frozenset(simplified(catalogue(name).gettext(key)) for name in LANGUAGES for key in keys)
    endings = [catalogue(name).gettext("import.failed.ending") for name in LANGUAGES]
    place = wanted or beside(default_place(sheet, t("import.failed.ending"), endings))
    try:
        return write_failed(sheet, reasons, (t(keys[0]), t(keys[1])), added, place)
    except (OSError, UmkmError) as error:
        why = (error.strerror or error) if isinstance(error, OSError) else t(f"error.{error.code}", **error.params)
        note(t("import.failed.not_written", path=place, why=why))
        return None


def _reasons(row: "RowResult") -> str:
    return " ".join(problem_sentence(problem) for problem in row.problems if problem.is_error)


def _document(report: "ImportReport", failed: Path | None) -> dict[str, Any]:
    from umkm_cli.importing.run import RowStatus

    counts = report.counts
    return {
        "schema": "umkm.import/1",
        "created": counts[RowStatus.CREATED],
        "updated": counts[RowStatus.UPDATED],
        "unchanged": counts[RowStatus.UNCHANGED],
        "conflicts": counts[RowStatus.CONFLICT],
        "failed": counts[RowStatus.FAILED],
        "held": report.held,
        "failed_file": str(failed) if failed else None,
        "warnings": [problem_document(problem) for problem in report.warnings],
        "rows": [
            {
                "row": row.row,
                "status": row.status.value,
                "code": row.code,
                "ref": row.ref,
                "held": row.held,
                "problems": [problem_document(problem) for problem in row.problems],
            }
            for row in report.rows
        ],
    }


def _show(sheet: "Sheet", report: "ImportReport", kind: str) -> None:
    from umkm_cli.importing.run import RowStatus

    say(tn(f"import.done.{kind}", len(report.rows), file=sheet.file.path.name))
    pairs([(t(f"import.{status.value}"), report.counts[status] or None) for status in RowStatus])
    for title, wanted in (("import.not_in", False), ("import.look_at", True)):
        rows = [row for row in report.rows if row.went_in is wanted]
        _show_problems(title, rows)
    if any(problem.rule == DIFFERS for row in report.rows for problem in row.problems):
        say(t("import.differing", noun=kind))
    if report.held:
        say("")
        say(tn("import.held", report.held))


def _show_problems(title: str, rows: "Sequence[RowResult]") -> None:
    groups: Mapping[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for problem in row.problems:
            if problem.is_error or row.went_in:
                groups[problem.field, problem.rule][problem_sentence(problem)].append(row.row)
    if not groups:
        return
    say("")
    say(t(title))
    for (_, rule), sentences in groups.items():
        most = DIFFERENCES_SHOWN if rule == DIFFERS else SENTENCES_SHOWN
        for sentence, numbers in list(sentences.items())[:most]:
            say(f"  {sentence} ({_row_numbers(numbers)})")
        rest = [number for numbers in list(sentences.values())[most:] for number in numbers]
        if rest:
            say("  " + t("import.same_problem", rows=_row_numbers(rest)))


def _row_numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:ROWS_NAMED]))
    more = len(numbers) - ROWS_NAMED
    return t("import.rows_and_more", rows=shown, count=more) if more > 0 else t("import.rows", rows=shown)
