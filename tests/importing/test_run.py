"""Rows go in by batches, a refused row alone; what was counted is committed, whatever happens next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.importing import run
from umkm_cli.importing.columns import VENDOR_COLUMNS, columns_of
from umkm_cli.importing.run import ImportReport, InputRow, RowResult, RowStatus, run_import
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.office.audit import Verification, verify
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.work import Work
from umkm_cli.settings import read_settings
from umkm_cli.sheets.sheet import open_sheet


@dataclass
class Heritages:
    """Stores each name as a traditional pattern, after it has done some work that a refusal must undo."""

    kind: str = "heritage"
    begun: int = 0
    ahead: list[int] = field(default_factory=list)

    def prepare(self, rows: Iterator[InputRow]) -> Iterator[tuple[InputRow, str]]:
        for row in rows:
            self.ahead.append(row.number)
            yield row, row.values["name"]

    def weight_bytes(self, prepared: str) -> int:
        return 2**30 if prepared == "heavy" else 0

    def begin(self, work: Work) -> None:  # noqa: ARG002
        self.begun += 1

    def apply(self, work: Work, row: InputRow, prepared: str) -> RowResult:
        from umkm_cli.db.tables import Heritage
        from umkm_cli.registry.office.codes import CodeKind

        record = Heritage(code=work.code(CodeKind.HERITAGE), name=prepared, name_key=prepared)
        work.created("heritage", record)
        if prepared == "invalid":
            raise InvalidFieldsError([Problem("name", prepared, "too_long")])
        if prepared == "refused":
            raise UmkmError("vendor_not_found", key="x")
        if prepared == "taken":
            work.session.add(Heritage(code=record.code, name="again", name_key="again"))
        if prepared == "unstorable":
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        if prepared == "disk full":
            raise UmkmError("disk_full", exit_code=MISSING, path="x")
        if prepared == "stop":
            raise KeyboardInterrupt
        return RowResult(row.number, RowStatus.CREATED, code=record.code)


@pytest.fixture
def office(home: Path) -> Office:
    return Office(read_settings())


def imported(
    office: Office, path: Path, names: list[str], handler: Heritages, counted: list[int] | None = None
) -> ImportReport:
    path.write_text("nama;alamat\n" + "".join(f"{name};x\n" for name in names))
    sheet = open_sheet(path)
    columns = columns_of(sheet, VENDOR_COLUMNS)
    progress = (counted if counted is not None else []).append
    return run_import(office, sheet, columns, handler, source="", batch=3, progress=progress)


def stored(office: Office) -> list[str]:
    with office.reading() as reader:
        assert verify(reader, office.secrets).intact
        return [row["name"] for row in reader.rows("SELECT name FROM heritage ORDER BY code")]


def test_rows_go_in_by_batches_and_are_counted_after_each(office: Office, tmp_path: Path) -> None:
    handler, counted = Heritages(), list[int]()
    report = imported(office, tmp_path / "a.csv", list("abcdefgh"), handler, counted)

    assert counted == [3, 6, 8]
    assert handler.begun == 3
    assert report.counts[RowStatus.CREATED] == 8
    assert stored(office) == list("abcdefgh")


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ("invalid", "too_long"),
        ("refused", "vendor_not_found"),
        ("taken", "already_taken"),
        ("unstorable", "not_storable"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2, 5])
def test_a_bad_row_leaves_its_batch_and_the_audit_alone(
    office: Office, tmp_path: Path, bad: str, rule: str, place: int
) -> None:
    names = list("abcde")
    names.insert(place, bad)

    report = imported(office, tmp_path / "a.csv", names, Heritages())

    assert stored(office) == list("abcde")
    failed = report.rows[place]
    assert (failed.row, failed.status, failed.problems[0].rule) == (place + 2, RowStatus.FAILED, rule)
    assert {row.status for row in report.rows if row is not failed} == {RowStatus.CREATED}


def test_a_shifted_row_never_reaches_the_handler(office: Office, tmp_path: Path) -> None:
    report = imported(office, tmp_path / "a.csv", ["a", "b;c;d", "e"], Heritages())
    assert [row.status for row in report.rows] == [RowStatus.CREATED, RowStatus.FAILED, RowStatus.CREATED]
    assert stored(office) == ["a", "e"]


def test_the_run_and_its_rows_are_recorded(office: Office, tmp_path: Path) -> None:
    report = imported(office, tmp_path / "a.csv", ["a", "invalid"], Heritages())
    with office.reading() as reader:
        runs = reader.rows("SELECT * FROM import_run")
        rows = reader.rows("SELECT * FROM import_row ORDER BY row")
        actions = [row["action"] for row in reader.rows("SELECT action FROM audit WHERE entity = 'import_run'")]
    assert [(r["kind"], r["filename"], r["state"], r["actor"]) for r in runs] == [
        ("heritage", "a.csv", "done", "petugas")
    ]
    assert [(row["row"], row["status"], row["code"]) for row in rows] == [
        (2, "created", report.rows[0].code),
        (3, "failed", None),
    ]
    assert '"too_long"' in rows[1]["problems"]
    assert actions == ["create", "finish"]


@pytest.mark.parametrize(("what", "error"), [("stop", KeyboardInterrupt), ("disk full", UmkmError)])
def test_an_interrupted_import_leaves_whole_batches(
    office: Office, tmp_path: Path, what: str, error: type[BaseException]
) -> None:
    counted = list[int]()
    with pytest.raises(error):
        imported(office, tmp_path / "a.csv", ["a", "b", "c", "d", what, "f"], Heritages(), counted)

    assert counted == [3]
    assert stored(office) == ["a", "b", "c"]
    with office.reading() as reader:
        assert reader.value("SELECT state FROM import_run") == "interrupted"
        assert reader.value("SELECT count(*) FROM import_row") == 3


def test_a_heavy_row_ends_its_batch(office: Office, tmp_path: Path) -> None:
    counted = list[int]()
    imported(office, tmp_path / "a.csv", ["a", "heavy", "c", "d"], Heritages(), counted)
    assert counted == [2, 4]


def test_a_slow_transaction_is_committed_before_its_batch_is_through(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MAX_TRANSACTION_S", 0.0)
    counted = list[int]()
    imported(office, tmp_path / "a.csv", list("abcd"), Heritages(), counted)
    assert counted == [1, 2, 3, 4]


def test_an_empty_list_is_a_run_without_rows(office: Office, tmp_path: Path) -> None:
    assert imported(office, tmp_path / "a.csv", [], Heritages()).rows == ()
    with office.reading() as reader:
        assert verify(reader, office.secrets) == Verification(2)
