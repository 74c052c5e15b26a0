"""The tables are held against the record of changes: a year's work agrees, whatever is changed by hand does not."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean
from sqlmodel import SQLModel

from tests.conftest import Run, run_command
from tests.registry.life import live
from umkm_cli.db.reading import Reader
from umkm_cli.registry.office.loss import TABLES
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.office.protected import PROTECTED, UNPROTECTED, Protected
from umkm_cli.registry.office.replay import Difference, replay
from umkm_cli.registry.office.secrets import Secrets
from umkm_cli.settings import read_settings


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registry's folder after a year of work."""
    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("UMKM_HOME", str(folder / "home"))
        environment.setenv("UMKM_LANG", "id")
        environment.setenv("UMKM_USER", "petugas")
        live(run_command, folder)
    return folder / "home"


@pytest.fixture
def lived(home: Path, year: Path) -> Path:
    """A copy for one test; the database's path."""
    shutil.copytree(year, home)
    return home / "umkm.db"


@pytest.fixture
def secrets(lived: Path) -> Secrets:
    return Office(read_settings()).secrets


@pytest.fixture
def connection(lived: Path) -> Iterator[sqlite3.Connection]:
    """What a test changes through it is there for nobody else."""
    with closing(sqlite3.connect(lived, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection


def reader_of(connection: sqlite3.Connection) -> Reader:
    def run(sql: str, params: Any) -> list[dict[str, Any]]:
        cursor = connection.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    return Reader(run)


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def other_value(column: Any, value: Any) -> Any:
    if isinstance(column.type, JSON):
        return '[{"x": 1}]' if value != '[{"x": 1}]' else "[]"
    if isinstance(column.type, Boolean):
        return 0 if value else 1
    if "String" in type(column.type).__name__:  # a decorator of SQLModel around it
        return f"{value or ''}x"
    return (value or 0) + 1


def test_every_table_is_protected_or_said_not_to_be() -> None:
    known = set(SQLModel.metadata.tables)
    assert set(PROTECTED) | set(UNPROTECTED) == known
    assert not set(PROTECTED) & set(UNPROTECTED)
    assert set(TABLES) == known - {"audit", "audit_head", "counter"}


def test_a_year_s_work_agrees_with_its_record(umkm: Run, lived: Path) -> None:
    found = umkm("audit", "verify", "--json").ok().json()
    assert found["fields"]["uncovered"] == 0
    assert found["clock_set_back"] == []
    with closing(sqlite3.connect(lived)) as connection:
        rows = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in PROTECTED}
    assert all(rows.values()), rows
    assert found["records"] == sum(rows.values())


def test_every_value_changed_by_hand_is_named(connection: sqlite3.Connection, secrets: Secrets) -> None:
    reader = reader_of(connection)
    assert replay(reader, secrets).differences == []
    tried = 0
    for name in PROTECTED:
        table = Protected(name)
        columns = SQLModel.metadata.tables[name].columns
        keys = [column.name for column in columns if column.primary_key]
        for place, row in enumerate(reader.rows(f'SELECT *, {table.key_sql} AS record_key FROM "{name}"')):
            for at, column in enumerate(columns):
                if column.name in keys or (at + place) % 3:  # a third of each row, so that all of them see every column
                    continue
                connection.execute("SAVEPOINT one")
                where = f"{table.key_sql} = ?"
                value = other_value(column, row[column.name])
                connection.execute(f'UPDATE "{name}" SET "{column.name}" = ? WHERE {where}', (value, row["record_key"]))
                stem = column.name.removesuffix("_sealed").removesuffix("_digest")
                field = stem if stem in table.sealed else column.name
                shown = row["record_key"] if not table.has_code else value if field == "code" else row["code"]
                found = replay(reader, secrets).differences
                assert Difference(name, str(shown), "altered", field) in found, (name, column.name)
                connection.execute("ROLLBACK TO one")
                tried += 1
    assert tried > 150
    assert replay(reader, secrets).differences == []


@pytest.mark.parametrize("name", PROTECTED)
def test_a_row_that_is_gone_or_was_slipped_in_is_named(
    connection: sqlite3.Connection, secrets: Secrets, name: str
) -> None:
    reader, table = reader_of(connection), Protected(name)
    key = reader.value(f'SELECT {table.key_sql} AS record_key FROM "{name}" ORDER BY record_key')
    connection.execute("SAVEPOINT one")
    connection.execute(f'DELETE FROM "{name}" WHERE {table.key_sql} = ?', (key,))
    assert Difference(name, key, "gone") in replay(reader, secrets).differences
    connection.execute("ROLLBACK TO one")
    first = next(column.name for column in SQLModel.metadata.tables[name].primary_key)
    connection.execute(f"UPDATE \"{name}\" SET {first} = 'baru' WHERE {table.key_sql} = ?", (key,))
    problems = {(found.table, found.problem) for found in replay(reader, secrets).differences}
    assert {(name, "gone"), (name, "unrecorded")} <= problems


def test_codes_begun_again_and_pictures_without_rows_are_named(
    connection: sqlite3.Connection, secrets: Secrets
) -> None:
    reader = reader_of(connection)
    connection.execute("UPDATE counter SET last = 0 WHERE kind = 'M'")
    assert replay(reader, secrets).differences == [Difference("counter", "M", "altered", "last")]
    connection.execute("UPDATE counter SET last = 9")
    connection.execute("UPDATE image SET stored = 0")
    assert {found.field for found in replay(reader, secrets).differences} == {"image"}


def test_the_command_names_table_code_and_field_and_no_value(umkm: Run, lived: Path) -> None:
    change(lived, "UPDATE vendor SET owner = 'Orang Lain' WHERE code LIKE 'U-SBY-00001-%'")
    done = umkm("audit", "verify", "--json")
    assert done.exit_code == 1
    document = done.refused("audit_rows_differ")
    (found,) = document["differences"]
    assert (found["table"], found["field"], found["problem"]) == ("vendor", "owner", "altered")
    assert found["record"].startswith("U-SBY-00001-")
    assert "Orang Lain" not in done.out + done.err
    assert found["record"] in done.err


def test_numbers_swapped_between_businesses_are_noticed(umkm: Run, lived: Path) -> None:
    other = "FROM pair WHERE pair.code <> vendor.code"
    change(
        lived,
        "CREATE TEMP TABLE pair AS SELECT * FROM vendor WHERE nik_sealed IS NOT NULL LIMIT 2",
        f"UPDATE vendor SET nik_sealed = (SELECT nik_sealed {other}), nik_digest = (SELECT nik_digest {other}) "
        "WHERE code IN (SELECT code FROM pair)",
    )
    with closing(sqlite3.connect(lived)) as connection:
        (code,) = connection.execute("SELECT code FROM vendor WHERE nik_sealed IS NOT NULL LIMIT 1").fetchone()
    revealed = umkm("vendor", "show", code, "--reveal", "--json")
    revealed.refused("number_altered")
    assert code in revealed.err
    umkm("vendor", "export", "--reveal", "--json").refused("number_altered")
    differences = umkm("audit", "verify", "--json").refused("audit_rows_differ")["differences"]
    assert [found["field"] for found in differences] == ["nik", "nik"]


def test_a_removed_key_that_comes_back_by_hand_is_named(umkm: Run, lived: Path) -> None:
    change(lived, "CREATE TABLE kept AS SELECT * FROM trusted_key WHERE name = 'Kantor Sidoarjo'")
    umkm("key", "untrust", "Kantor Sidoarjo").ok()
    umkm("audit", "verify").ok()
    change(lived, "INSERT INTO trusted_key SELECT * FROM kept")
    (found,) = umkm("audit", "verify", "--json").refused("audit_rows_differ")["differences"]
    assert (found["table"], found["problem"]) == ("trusted_key", "unrecorded")
