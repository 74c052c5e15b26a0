"""Is a registry new, or has it lost something? A new one is begun only where there is nothing of an older one.

Whoever removes the record of changes, the key or the database must not get a fresh one that reads as whole. All tables
are asked, not a counter, which is as easily set back as the rest.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from umkm_cli.db.reading import Reader
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office.secrets import KEY_FILE, has_key, waits_for_its_first_entry
from umkm_cli.settings import Settings

OFFICE_KEY = "office.key"
TABLES = (
    *("vendor", "product", "motif", "heritage", "licence", "case", "case_event", "case_match", "decision", "check"),
    *("image", "view", "attachment", "product_motif", "fingerprint", "import_run", "import_row", "trusted_key"),
)
"""All that hold what somebody said or did. A test compares this list with the tables."""


def find_loss(settings: Settings, reader: Reader) -> UmkmError | None:
    """What is missing, as the error with which writing is refused; None where nothing is.

    `audit_missing`, `audit_no_head`, `audit_erased`, `key_missing`, `database_emptied`.
    """
    head = reader.one("SELECT seq FROM audit_head WHERE id = 1")
    if head is not None:
        if reader.one("SELECT seq FROM audit WHERE seq = :seq", seq=head["seq"]) is None:
            return UmkmError("audit_missing", entry=head["seq"])
        path = settings.keys / KEY_FILE
        return None if has_key(settings) else UmkmError("key_missing", exit_code=MISSING, path=path)
    return _rows_without_chain(reader) or _empty_beside_files(settings, reader)


def refuse_rows_without_chain(reader: Reader) -> None:
    """Under the writers' lock, where no head is. Raises `UmkmError` `audit_no_head`, `audit_erased`."""
    if (loss := _rows_without_chain(reader)) is not None:
        raise loss


def refuse_emptied(settings: Settings, reader: Reader) -> None:
    """Nothing true can be read from an empty database beside pictures. Raises `UmkmError` `database_emptied`."""
    if reader.one("SELECT seq FROM audit_head WHERE id = 1") is None:
        loss = _rows_without_chain(reader) or _empty_beside_files(settings, reader)
        if loss is not None and loss.code == "database_emptied":
            raise loss


def _rows_without_chain(reader: Reader) -> UmkmError | None:
    if reader.one("SELECT seq FROM audit LIMIT 1") is not None:
        return UmkmError("audit_no_head")
    for table in TABLES:
        if reader.one(f'SELECT 1 AS one FROM "{table}" LIMIT 1') is not None:
            return UmkmError("audit_erased")
    if reader.one("SELECT 1 AS one FROM counter WHERE last > 0 LIMIT 1") is not None:
        return UmkmError("audit_erased")
    return None


def _empty_beside_files(settings: Settings, reader: Reader) -> UmkmError | None:
    """A key without its final name says that a first use is going on, or was cut short: its files are its own."""
    first_use = waits_for_its_first_entry(settings) and not (settings.keys / KEY_FILE).exists()
    if (found := next(_left_behind(settings, first_use=first_use), None)) is None:
        return None
    if reader.one("SELECT seq FROM audit_head WHERE id = 1") is not None:  # another process was first, just now
        return None
    database = settings.sqlite_file or settings.url.rpartition("@")[2]
    return UmkmError("database_emptied", exit_code=MISSING, database=database, found=found, home=settings.home)


def _left_behind(settings: Settings, *, first_use: bool) -> Iterator[Path]:
    """Keys, pictures and papers of a registry; drafts, whose names begin with a dot, are nobody's.

    A first use that was cut short leaves pictures at most: whatever is signed or attached comes after the first entry.
    """
    for key in (KEY_FILE, OFFICE_KEY):
        if (settings.keys / key).exists():
            yield settings.keys / key
    for folder in (settings.files,) if first_use else (settings.images, settings.files):
        for place, _, names in os.walk(folder):
            yield from (Path(place) / name for name in names if not name.startswith("."))
