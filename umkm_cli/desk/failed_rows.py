"""The file of the rows that did not go in, with the reasons in the language of whoever corrects them."""

from dataclasses import dataclass
from pathlib import Path

from umkm_cli.desk.standard_input import beside
from umkm_cli.errors import UmkmError
from umkm_cli.i18n import catalogue, t
from umkm_cli.importing.columns import simplified
from umkm_cli.importing.failed import default_place, write_failed
from umkm_cli.importing.run import ImportReport, RowResult
from umkm_cli.settings import LANGUAGES
from umkm_cli.sheets.sheet import Sheet
from umkm_cli.wording import problem_sentence

ROW, REASONS, ENDING = "import.failed.row", "import.failed.reasons", "import.failed.ending"


@dataclass(frozen=True)
class Unwritten:
    """Why there is no file at `path`, although rows failed."""

    path: Path
    error: OSError | UmkmError


def write_failed_rows(sheet: Sheet, report: ImportReport, wanted: Path | None) -> Path | Unwritten | None:
    """Where the file is; None where every row went in. Beside the sheet unless `wanted` names another place."""
    reasons = {row.row: _reasons(row) for row in report.rows if not row.went_in}
    if not reasons:
        return None
    added = frozenset(simplified(catalogue(name).gettext(key)) for name in LANGUAGES for key in (ROW, REASONS))
    endings = [catalogue(name).gettext(ENDING) for name in LANGUAGES]
    place = wanted or beside(default_place(sheet, t(ENDING), endings))
    try:
        return write_failed(sheet, reasons, (t(ROW), t(REASONS)), added, place)
    except (OSError, UmkmError) as error:
        return Unwritten(place, error)


def _reasons(row: RowResult) -> str:
    return " ".join(problem_sentence(problem) for problem in row.problems if problem.is_error)
