"""Is the database's file whole? SQLite reads past most damage without a word, so it is asked.

The quick question (`PRAGMA quick_check`, https://www.sqlite.org/pragma.html) reads every page: 8 ms for 1,000 motifs
and 34 ms for 5,000, where starting Python takes 11 ms. So `umkm status` always asks, and of the commands that write the
first of each day does, before it builds upon what may be damaged. The full one compares indexes with their tables, too,
for twice the time: `umkm audit verify` asks that. What a page says neither knows: fingerprints have checksums.
"""

from umkm_cli import clock
from umkm_cli.db.sqlite import connected
from umkm_cli.disk.memory import leave, recall
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.settings import Settings, read_settings


def examine(settings: Settings, *, in_full: bool = False) -> None:
    """Raises `UmkmError` `database_damaged`. A database that is no SQLite file has keepers of its own."""
    path = settings.sqlite_file
    if path is None or not path.exists():
        return
    question = "integrity_check" if in_full else "quick_check"
    with connected(settings, path) as connection:
        answer = connection.execute(f"PRAGMA {question}(1)").fetchone()
    if answer is None or answer[0] != "ok":
        raise UmkmError("database_damaged", exit_code=MISSING, path=path)


def examine_daily(settings: Settings) -> None:
    """The same once a day, by whoever comes first; only a good answer is remembered. Raises as `examine` does."""
    if settings.sqlite_file is None:
        return
    memory = settings.examined
    today = {"database": str(settings.sqlite_file), "day": clock.today().isoformat()}
    if recall(memory) != today:
        examine(settings)
        leave(memory, today)


def damage_behind_it() -> UmkmError | None:
    """`database_damaged` where that may be why something failed that should not have, else None."""
    try:
        examine(read_settings())
    except UmkmError as error:
        return error if error.code == "database_damaged" else None
    return None
