"""What became of the rows of a file when the very same file was imported before.

The same sheet again changes nothing. What its later rows added to a record must not let an earlier row speak of
another record now, nor go in where it was refused.
"""

from dataclasses import dataclass
from typing import Any

from umkm_cli.db.reading import Reader, listed
from umkm_cli.problems import Level, Problem
from umkm_cli.registry.office.import_runs import DONE
from umkm_cli.registry.office.work import Work

_BY_A_RECORD = ("nib_taken", "belongs_to_other_vendor")
"""Rules that refuse a row because of what another record holds; `code` in their parameters says which."""


@dataclass(frozen=True)
class LastTime:
    """One row: its `status`, the `code` of its record, and the problem with the record that refused it, if one did.

    `ended` is the number of the audit entry with which that import ended; None where it was cut off.
    """

    status: str
    code: str | None
    refusal: Problem | None = None
    ended: int | None = None

    @property
    def went_in(self) -> bool:
        return self.status in ("created", "updated", "unchanged")


def last_time(reader: Reader, kind: str, source: str, sha256: str) -> dict[int, LastTime]:
    """By row, from the last import of this file that came to its end and those that were cut off since."""
    runs = reader.rows(
        "SELECT run.id AS id, run.state AS state, max(entry.seq) AS ended FROM import_run AS run "
        "JOIN audit AS entry ON entry.entity = 'import_run' AND entry.entity_id = run.id "
        "WHERE run.kind = :kind AND run.source = :source AND run.sha256 = :sha256 "
        "GROUP BY run.id, run.state ORDER BY ended DESC",
        kind=kind,
        source=source,
        sha256=sha256,
    )
    found: dict[int, LastTime] = {}
    for run in runs:
        done = run["state"] == DONE
        for row in _rows(reader, run["id"]):
            became = LastTime(row["status"], row["code"], _refusal(row), run["ended"] if done else None)
            found.setdefault(row["row"], became)
        if done:
            break
    return found


def refused_again(work: Work, before: LastTime) -> Problem | None:
    """The problem that a record refused the row for, where nobody but that import has changed this record since."""
    from sqlmodel import col, select

    from umkm_cli.db.tables import Audit, Vendor

    if before.refusal is None or before.ended is None:
        return None
    changed_since = (
        select(Audit.seq)
        .join(Vendor, col(Vendor.id) == col(Audit.entity_id))
        .where(col(Audit.seq) > before.ended, Vendor.code == before.refusal.params["code"], Audit.action != "reveal")
        .limit(1)
    )
    return before.refusal if work.session.exec(changed_since).first() is None else None


def _rows(reader: Reader, run_id: str) -> list[dict[str, Any]]:
    return reader.rows("SELECT row, status, code, problems FROM import_row WHERE run_id = :run", run=run_id)


def _refusal(row: dict[str, Any]) -> Problem | None:
    """Set where nothing but one record stood in the way."""
    if row["status"] not in ("failed", "conflict"):
        return None
    errors = [problem for problem in listed(row["problems"]) if problem["level"] == Level.ERROR.value]
    if len(errors) != 1 or errors[0]["rule"] not in _BY_A_RECORD or "code" not in errors[0]["params"]:
        return None
    (problem,) = errors
    return Problem(problem["field"], problem["value"], problem["rule"], params=problem["params"])
