"""The loop of every import: rows are prepared ahead, applied in batches, and counted when their batch is committed.

One transaction a batch, one savepoint a row: a row that is refused leaves the rest of its batch alone, and a process
that is killed leaves whole batches. Importing the file again finds those unchanged and goes on behind them.
"""

import contextlib
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlalchemy import insert
from sqlalchemy.exc import DataError, IntegrityError

from umkm_cli.db.interrupts import interrupt_waits, postponed
from umkm_cli.db.tables import ImportRow, ImportRun, new_id
from umkm_cli.errors import REFUSED, UmkmError
from umkm_cli.importing.columns import Columns
from umkm_cli.importing.last_time import LastTime, last_time
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.audit import AuditTrail
from umkm_cli.registry.office.import_runs import DONE, INTERRUPTED, end_run, mark_cut_off, running
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.table_chain import TableChain
from umkm_cli.registry.office.work import Work
from umkm_cli.sheets.sheet import Sheet

MAX_BATCH_BYTES = 256 * 2**20
MAX_TRANSACTION_S = 5.0
"""After this long a transaction is committed before its batch is through: others wait for its lock."""


class RowStatus(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    FAILED = "failed"


@dataclass(frozen=True)
class InputRow:
    """A row of the sheet: `values` by field; `problems` with the row as such, which refuse it where one is an error.

    `last_time` is what became of it when the very same file was imported before.
    """

    number: int
    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    last_time: LastTime | None = None

    @property
    def meant(self) -> str | None:
        """The code of the record that it went into before."""
        return self.last_time.code if self.last_time and self.last_time.went_in else None

    @property
    def refused(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    @property
    def shifted(self) -> bool:
        """Whether its values may stand in wrong columns, so that nothing can be said about them."""
        return any(problem.is_error and problem.field == "row" for problem in self.problems)


@dataclass(frozen=True)
class RowResult:
    """What became of row `row`; `problems` says why it failed or conflicts, or what to look at although it went in."""

    row: int
    status: RowStatus
    code: str | None = None
    ref: str | None = None
    held: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def went_in(self) -> bool:
        return self.status not in (RowStatus.FAILED, RowStatus.CONFLICT)


@dataclass(frozen=True)
class ImportReport:
    """All rows in the order of the sheet; `warnings` are about the sheet as a whole."""

    rows: tuple[RowResult, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> Counter[RowStatus]:
        return Counter(row.status for row in self.rows)

    @property
    def held(self) -> int:
        return sum(row.held and row.status is RowStatus.CREATED for row in self.rows)


T = TypeVar("T")


class Handler(Protocol[T]):
    """One kind of record: how a row becomes one."""

    @property
    def kind(self) -> str: ...

    def prepare(self, rows: Iterator[InputRow]) -> Iterator[tuple[InputRow, T]]:
        """The rows in their order, each with what could be made of it without the database's lock.

        Runs outside the transactions, and may work ahead; it never raises for a row.
        """

    def weight_bytes(self, prepared: T) -> int:
        """About how much memory it holds; a heavy batch is committed early."""

    def begin(self, work: Work) -> None:
        """Called in each transaction before its first row."""

    def apply(self, work: Work, row: InputRow, prepared: T) -> RowResult:
        """Raises `InvalidFieldsError` or `UmkmError` where the row is refused; what it did so far is undone."""


def run_import(
    office: Office,
    sheet: Sheet,
    columns: Columns,
    handler: Handler[T],
    *,
    source: str,
    batch: int,
    progress: Callable[[int], None],
) -> ImportReport:
    """`progress` gets the number of rows that are committed so far.

    Raises `UmkmError` where something other than a row is wrong (disk full, database unreachable); batches that were
    committed before stay.
    """
    with office.reading() as reader:
        before = last_time(reader, handler.kind, source, sheet.sha256)
    mark_cut_off(office)
    run_id = new_id()
    with running(office.settings, run_id):
        _begin(office, run_id, sheet, handler.kind, source)
        prepared = handler.prepare(_input_rows(sheet, columns, before))
        rows = _import_rows(office, run_id, handler, prepared, batch, progress)
    return ImportReport(tuple(rows), columns.warnings)


def _import_rows(
    office: Office,
    run_id: str,
    handler: Handler[T],
    prepared: Iterator[tuple[InputRow, T]],
    batch: int,
    progress: Callable[[int], None],
) -> list[RowResult]:
    """Every row of a run that has begun, and how the run ended."""
    results: list[RowResult] = []
    try:
        for rows in _batches(prepared, batch, handler.weight_bytes):
            while rows:
                with postponed():  # what is committed is told, too
                    results += _commit(office, run_id, handler, rows)
                    progress(len(results))
    except BaseException:
        with contextlib.suppress(Exception):
            office.close()  # what was under way, and a lock that may be left of it
            _finish(office, run_id, INTERRUPTED)
        raise
    finally:
        if isinstance(prepared, Generator):
            prepared.close()  # lets go of the file, and of threads that work ahead
    _finish(office, run_id, DONE)
    return results


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem as the registry keeps it: without a sentence, which depends on who reads."""
    return {
        "field": problem.field,
        "value": problem.value,
        "rule": problem.rule,
        "level": problem.level.value,
        "params": {name: str(value) for name, value in problem.params.items()},
    }


def _input_rows(sheet: Sheet, columns: Columns, before: Mapping[int, LastTime]) -> Iterator[InputRow]:
    for row in sheet.rows():
        values, problems = columns.read(row)
        yield InputRow(row.number, values, (*row.problems, *problems), before.get(row.number))


def _batches(
    rows: Iterator[tuple[InputRow, T]], size: int, weight_bytes: Callable[[T], int]
) -> Iterator[deque[tuple[InputRow, T]]]:
    batch: deque[tuple[InputRow, T]] = deque()
    weight = 0
    for row, prepared in rows:
        batch.append((row, prepared))
        weight += weight_bytes(prepared)
        if len(batch) >= size or weight >= MAX_BATCH_BYTES:
            yield batch
            batch, weight = deque(), 0
    if batch:
        yield batch


def _begin(office: Office, run_id: str, sheet: Sheet, kind: str, source: str) -> None:
    with office.work() as work:
        run = ImportRun(
            id=run_id,
            actor=office.settings.actor,
            kind=kind,
            source=source,
            filename=sheet.file.path.name,
            sha256=sheet.sha256,
        )
        work.created("import_run", run)


def _finish(office: Office, run_id: str, state: str) -> None:
    with office.work() as work:
        end_run(work, run_id, state)


def _commit(office: Office, run_id: str, handler: Handler[T], rows: deque[tuple[InputRow, T]]) -> list[RowResult]:
    """Takes from the front of `rows` what goes into one transaction."""
    results: list[RowResult] = []
    with office.work() as work:
        handler.begin(work)
        until = time.monotonic() + MAX_TRANSACTION_S
        while rows and (not results or (time.monotonic() < until and not interrupt_waits())):
            results.append(_apply(work, handler, *rows.popleft()))
        work.session.execute(insert(ImportRow), [_import_row(run_id, result) for result in results])
    return results


def _apply(work: Work, handler: Handler[T], row: InputRow, prepared: T) -> RowResult:
    if row.shifted:
        return _failed(row, row.problems)
    try:
        with work.session.begin_nested():
            result = handler.apply(work, row, prepared)
            if row.refused and result.went_in:
                raise InvalidFieldsError([])
    except InvalidFieldsError as refused:
        result = _failed(row, (*row.problems, *refused.problems))
    except UmkmError as error:
        if error.exit_code != REFUSED:
            raise
        result = _failed(row, (*row.problems, Problem("row", "", error.code, params=error.params)))
    except IntegrityError:
        result = _failed(row, (*row.problems, Problem("row", "", "already_taken")))
    except (DataError, ValueError, OverflowError) as error:
        kind = type(error).__name__  # the message may hold the value itself
        result = _failed(row, (*row.problems, Problem("row", "", "not_storable", params={"kind": kind})))
    else:
        return result
    chain = TableChain(work.session)  # its head went back with the savepoint
    work.audit = AuditTrail(chain, work.secrets, work.settings.actor)
    return result


def _failed(row: InputRow, problems: tuple[Problem, ...]) -> RowResult:
    return RowResult(row.number, RowStatus.FAILED, ref=row.values.get("ref"), problems=problems)


def _import_row(run_id: str, result: RowResult) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "row": result.row,
        "status": result.status.value,
        "code": result.code,
        "ref": result.ref,
        "problems": [problem_record(problem) for problem in result.problems],
    }
