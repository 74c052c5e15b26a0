"""Is there a registry, and do its tables suit this program? Answered without the libraries that writing needs.

Importing SQLAlchemy and Alembic takes most of a second on a slow machine, so the question is asked through SQLite's
own driver, and only a registry that is new or behind loads them.
"""

import contextlib
from pathlib import Path

from umkm_cli.db.schema import HEAD, REVISIONS
from umkm_cli.db.sqlite import connected
from umkm_cli.disk.places import is_network_share, keep_private, make_private, unwritable
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import SETTINGS_FILE, Settings


def ensure_ready(settings: Settings) -> None:
    """Make the registry on first use, bring its tables up to date, refuse one that is newer than this program.

    Raises `UmkmError`: `home_not_writable`, `network_share`, `database_newer`, `database_busy`, `database_damaged`, ….
    """
    if settings.sqlite_file is not None:
        _ensure_folder(settings, settings.sqlite_file)
    revision = current_revision(settings)
    if revision == HEAD:
        return
    if revision is not None and revision not in REVISIONS:
        raise UmkmError("database_newer", exit_code=MISSING, revision=revision, supported=HEAD)
    from umkm_cli.db.migrate import upgrade

    upgrade(settings)


def current_revision(settings: Settings) -> str | None:
    """The revision of the tables, None where there are none yet."""
    if settings.sqlite_file is None:
        from umkm_cli.db.migrate import revision_of

        return revision_of(settings)
    if not settings.sqlite_file.exists():
        return None
    with connected(settings, settings.sqlite_file) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(found[0]) if found else None


def _keep_private(settings: Settings, database: Path) -> None:
    """The registry is its owner's only, also one that was made when the program did not see to it.

    A folder in which other things lie, a home or a shared one, is left alone; what lies in it of ours is not.
    """
    ours = {database.name, *(f"{database.name}{ending}" for ending in ("-wal", "-shm", "-journal"))}
    ours |= {settings.examined.name, settings.compared.name}
    kept = (settings.images, settings.files, settings.keys, settings.uploads, settings.running, settings.closeups)
    folders = {folder.name for folder in kept}
    found: list[Path] = []
    with contextlib.suppress(OSError):
        found += settings.home.iterdir()
    if {path.name for path in found} <= ours | folders | {SETTINGS_FILE}:
        keep_private(settings.home)
    for path in (*found, *([] if database.parent == settings.home else [database])):
        if path.name in ours | folders:
            keep_private(path)


def _ensure_folder(settings: Settings, database: Path) -> None:
    try:
        fresh = not settings.home.exists()
        settings.home.mkdir(parents=True, exist_ok=True)
        database.parent.mkdir(parents=True, exist_ok=True)
        if fresh:
            make_private(settings.home)
        _keep_private(settings, database)
    except OSError as error:
        raise unwritable(settings.home, error, "home_not_writable") from error
    if is_network_share(database.parent):
        raise UmkmError("network_share", exit_code=MISSING, path=database.parent)
