"""Cells and files of the spreadsheets that this registry writes and reads back.

A spreadsheet program takes a cell that begins with `=`, `+`, `-` or `@`, some of them also with the full-width forms,
for a formula, a long number for a quantity of which it keeps 15 digits, and `1-2` for a day. So such cells are written
with an apostrophe before them, which reading takes away again; it also says that `n/a` or `#N/A` is meant as it stands.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from umkm_cli.disk.whole import write_whole
from umkm_cli.errors import UmkmError

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MONTH = "|".join((*MONTHS, "Peb", "Mei", "Agu", "Agt", "Ags", "Sept", "Okt", "Nop", "Des"))
_DAY = re.compile(
    rf"[0-9]{{1,2}}-(?:{_MONTH})(?:-[0-9]{{2}}|-[0-9]{{4}})?(?: [0-9:]+)?|(?:{_MONTH})-[0-9]{{2}}"
    r"|[0-9]{2,}:[0-9]{2}:[0-9]{2}",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"#(?:N/A|NV|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|ERROR!|GETTING_DATA)|Err:[0-9]{3}", re.I
)
_NOTHING = frozenset(
    {
        "-",
        "–",
        "—",
        "--",
        "---",
        "n/a",
        "n.a.",
        "tidak ada",
        "tdk ada",
        "belum ada",
        "nihil",
        "kosong",
        "null",
        "(kosong)",
    }
)
_RISKY = re.compile(
    r"'*(?:[=+\-@\t\r\uff1d\uff0b\uff0d\uff20].*|0[0-9]+|[0-9]{11,}|[0-9]{1,2}[-/][0-9]{1,2}(?:[-/][0-9]{2,4})?"
    r"|[0-9]+(?:[.,][0-9]+)?[eE][+\-]?[0-9]+)",
    re.DOTALL,
)
_NEGATIVE = re.compile(r"-[0-9]{1,10}(?:[.,][0-9]+)?")


def escape_cell(text: str) -> str:
    return "'" + text if _needs_escape(text) else text


def unescape_cell(text: str) -> str:
    return text[1:] if text.startswith("'") and _needs_escape(text[1:]) else text


def says_nothing(text: str) -> bool:
    """Whether it only says that there is nothing to say: `-`, `n/a`, `tidak ada`."""
    return text.strip().casefold() in _NOTHING


def became_day(text: str) -> bool:
    """Whether it is what a spreadsheet program makes of `1-2`: `01-Feb`, `01-Feb-2026`; of `1:2`: `01:02:00`."""
    return _DAY.fullmatch(text.strip()) is not None


def is_error_word(text: str) -> bool:
    """Whether it is what a formula gives where it fails, in Excel or LibreOffice: `#N/A`, `#REF!`, `Err:502`."""
    return _ERROR.fullmatch(text.strip()) is not None


def is_too_narrow(text: str) -> bool:
    """Whether it is what Excel shows, and saves as CSV, where a column is too narrow for its number: `#####`."""
    return re.fullmatch("#{3,}", text.strip()) is not None


def is_shortened(text: str) -> bool:
    """Whether it is a long number as Excel shows it: `3.57801E+15`."""
    return re.fullmatch(r"[0-9][.,][0-9]+[eE]\+[0-9]+", text.strip()) is not None


def is_special(text: str) -> bool:
    """Whether a bare cell with this text is taken for something else than text when it is read."""
    return says_nothing(text) or became_day(text) or is_error_word(text) or is_too_narrow(text)


def guarded_text(text: str) -> str:
    """What stands in a cell of a workbook that is formatted as text, so that reading the cell gives `text` again."""
    stripped = text.removeprefix("'")
    would_lose = stripped != text and _needs_escape(stripped)
    return "'" + text if would_lose or is_special(text) or text.startswith('="') else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """With `;`, as a spreadsheet program set to Indonesian expects."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_csv(path: Path, text: str, *, private: bool = False) -> None:
    """With the byte order mark that makes Excel read UTF-8.

    Raises `UmkmError`: `export_format`, `file_not_writable`.
    """
    if path.suffix.lower() not in (".csv", ".txt", ""):
        raise UmkmError("export_format", suffix=path.suffix)
    write_whole(path, b"\xef\xbb\xbf" + text.encode(), private=private)


def _needs_escape(text: str) -> bool:
    risky = _RISKY.fullmatch(text) is not None and _NEGATIVE.fullmatch(text) is None
    return risky or is_special(text.lstrip("'"))
