"""Alembic, driven from here: no configuration file, the migrations travel inside the package."""

import contextlib
import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext

from umkm_cli.db.engines import make_engine, other_engine, translated
from umkm_cli.db.refusals import is_busy, refused
from umkm_cli.db.schema import HEAD, REVISIONS
from umkm_cli.db.sqlite import BUSY_TIMEOUT_S
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(settings: Settings) -> None:
    """Bring the tables to `HEAD` in one transaction; of two processes that start at once, the second finds it done."""
    if settings.sqlite_file is not None:
        _turn_on_wal(settings, settings.sqlite_file)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = make_engine(settings)
    with translated(settings), engine.begin() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == HEAD:
            return
        if found is not None and found not in REVISIONS:
            raise UmkmError("database_newer", exit_code=MISSING, revision=found, supported=HEAD)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def revision_of(settings: Settings) -> str | None:
    with translated(settings), other_engine(settings).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _turn_on_wal(settings: Settings, path: Path) -> None:
    """Write-ahead logging stays on once set. Two first users may collide here, beyond SQLite's busy timeout."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    with contextlib.suppress(OSError):  # what is wrong with the place, SQLite says
        path.touch(mode=0o600)
    while True:
        try:
            connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            try:
                mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            finally:
                connection.close()
        except sqlite3.Error as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise refused(settings, error) from error
            time.sleep(0.05)
            continue
        if mode.lower() != "wal":
            raise UmkmError("network_share", exit_code=MISSING, path=path.parent)
        return
