"""Cells and files of the spreadsheets that this registry writes and reads back.

A spreadsheet program takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a long number for a quantity
of which it keeps 15 digits. So such cells are written with an apostrophe before them, which reading takes away again.
"""

import contextlib
import csv
import io
import os
import re
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from umkm_cli.errors import MISSING, UmkmError

_RISKY = re.compile(r"'*(?:[=+\-@\t\r].*|0[0-9]+|[0-9]{11,})", re.DOTALL)
_NEGATIVE = re.compile(r"-[0-9]{1,10}(?:[.,][0-9]+)?")


def escape_cell(text: str) -> str:
    return "'" + text if _needs_escape(text) else text


def unescape_cell(text: str) -> str:
    return text[1:] if text.startswith("'") and _needs_escape(text[1:]) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """With `;`, as a spreadsheet program set to Indonesian expects."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_csv(path: Path, text: str) -> None:
    """Whole or not at all, with the byte order mark that makes Excel read UTF-8.

    Raises `UmkmError`: `export_format`, `file_not_writable`.
    """
    if path.suffix.lower() not in (".csv", ".txt", ""):
        raise UmkmError("export_format", suffix=path.suffix)
    draft = path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex[:8]}")
    data = b"\xef\xbb\xbf" + text.encode()
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe is never replaced
            path.write_bytes(data)
            return
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UmkmError("file_not_writable", exit_code=MISSING, path=path, why=why) from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)


def _needs_escape(text: str) -> bool:
    return _RISKY.fullmatch(text) is not None and _NEGATIVE.fullmatch(text) is None
