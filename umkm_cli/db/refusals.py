"""What a database says no to, as errors with a sentence; told by their codes, and by words only where there is none.

Sources: SQLite's result codes (sqlite.org/rescode.html), PostgreSQL's SQLSTATE classes (Appendix A of its manual).
A connection that PostgreSQL refuses carries no SQLSTATE (libpq keeps it to itself), so only there the words count, and
where the server speaks another language than English the sentence is the general one, with the server's own words.
"""

import re
import sqlite3

from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

_SQLITE = {
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_NOMEM: "database_overloaded",
    sqlite3.SQLITE_IOERR: "disk_fault",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_READONLY: "database_not_writable",
    sqlite3.SQLITE_CANTOPEN: "database_not_writable",
    sqlite3.SQLITE_PERM: "database_not_writable",
    sqlite3.SQLITE_AUTH: "database_not_writable",
}
_SQLSTATES = {
    "25006": "database_read_only",
    "3D000": "database_missing",
    "40": "database_busy",  # serialization_failure, deadlock_detected
    "42501": "database_not_allowed",
    "55P03": "database_busy",  # lock_timeout
    "08": "database_unreachable",
    "28": "database_not_allowed",
    "53100": "disk_full",
    "53": "database_overloaded",
    "57P": "database_starting",
    "58": "disk_fault",
    "XX001": "database_damaged",
    "XX002": "database_damaged",
}
_SQLITE_UNIQUE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_SAID_WHEN_CONNECTING = (
    (re.compile(r'database "[^"]*" does not exist'), "database_missing"),
    (re.compile(r"authentication failed|no password supplied|not permitted to log|pg_hba"), "database_not_allowed"),
    (re.compile(r"the database system is (?:starting|shutting down|in recovery|not yet)"), "database_starting"),
    (re.compile(r"too many (?:clients|connections)|connection slots are reserved"), "database_overloaded"),
)


def refused(settings: Settings, error: BaseException) -> UmkmError:
    """For an error of a database's driver."""
    where = settings.sqlite_file or settings.url.rpartition("@")[2]
    if _is_conflict(error):
        return _conflict(error)
    return UmkmError(_code(error), exit_code=MISSING, path=where, why=f"{type(error).__name__}: {error}")


def is_busy(error: sqlite3.Error) -> bool:
    return _code(error) == "database_busy"


def is_unwritable(error: sqlite3.Error) -> bool:
    return _code(error) == "database_not_writable"


def _code(error: BaseException) -> str:
    if (result := getattr(error, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(result & 0xFF, "database_failed")  # the low byte is the primary code
    if state := _sqlstate(error):
        return next((_SQLSTATES[state[:size]] for size in (5, 3, 2) if state[:size] in _SQLSTATES), "database_failed")
    if isinstance(error, sqlite3.Error):  # without a code the driver itself could not read what it got
        return "database_damaged" if "decode to UTF-8" in str(error) else "database_failed"
    if type(error).__name__ != "OperationalError":
        return "database_failed"
    said = str(error)
    return next((code for words, code in _SAID_WHEN_CONNECTING if words.search(said)), "database_unreachable")


def _sqlstate(error: BaseException) -> str | None:
    """psycopg calls it `sqlstate`, psycopg2 `pgcode`."""
    found = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return str(found) if found else None


def _is_conflict(error: BaseException) -> bool:
    return type(error).__name__ == "IntegrityError" or (_sqlstate(error) or "").startswith("23")


def _conflict(error: BaseException) -> UmkmError:
    """A value that another record has, told by its field; or records that do not fit together."""
    if getattr(error, "sqlite_errorname", None) in _SQLITE_UNIQUE or _sqlstate(error) == "23505":
        return UmkmError("value_taken", field=_taken_field(error))
    return UmkmError("records_conflict")


def _taken_field(error: BaseException) -> str:
    """The last column of what is unique: `ref` of (`source`, `ref`).

    SQLite's words are always English; PostgreSQL's are not, but its columns stand in brackets, in any language.
    """
    detail = getattr(getattr(error, "diag", None), "message_detail", None)
    if detail is None:
        return str(error).rpartition(".")[2]
    named = re.search(r"\(([^()]*)\)=\(", detail)
    return named[1].rpartition(", ")[2] if named else "code"
