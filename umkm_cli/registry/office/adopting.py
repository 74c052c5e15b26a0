"""Bringing a registry of an older program up to date, once, with the key, which migrations of the tables do not have.

Its chain names only fields that held something, and knows nothing of links and matches. From here on it answers for
every protected field: what was not recorded is recorded as it is found (`adopt`), and sealed numbers are bound to their
record. What differs from an entry, or has none although it should, is left alone: `audit verify` names it.
"""

from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Row
from umkm_cli.db.schema import HEAD
from umkm_cli.registry.office.protected import DIGEST, PROTECTED, RECORDED_FROM, REWRITTEN, SEALED, Protected, canonical
from umkm_cli.registry.office.replay import UPGRADE, Recorded, paired, recorded_revision
from umkm_cli.registry.office.secrets import is_bound, sealing_place
from umkm_cli.registry.office.trusted_time import REGISTRY

if TYPE_CHECKING:
    from umkm_cli.db.reading import Reader
    from umkm_cli.registry.office.secrets import Secrets
    from umkm_cli.registry.office.work import Work


def is_up_to_date(reader: "Reader", secrets: "Secrets") -> bool:
    """Also where nothing is recorded yet: the first entry will say that all is."""
    begun = reader.value("SELECT seq FROM audit ORDER BY seq LIMIT 1") is not None
    return not begun or recorded_revision(reader, secrets) >= HEAD


def bring_up_to_date(work: "Work") -> None:
    """In one transaction; asked again under its lock, since another process may have done it."""
    from umkm_cli.db.store import session_reader

    reader = session_reader(work.session)
    before = recorded_revision(reader, work.secrets)
    if before >= HEAD:
        return
    rewritten = {field for revision, fields in REWRITTEN.items() if revision > before for field in fields}
    adopted = sealed = 0
    for name in PROTECTED:
        table = Protected(name)
        anew = {field for where, field in rewritten if where == name}
        unrecorded = RECORDED_FROM.get(name, "") > before
        for key, row, recorded in paired(reader, table):
            if row is None or ((recorded is None or recorded.created_at is None) and not unrecorded):
                continue
            if values := _missing(table, row, recorded or Recorded(), anew):
                work.record("adopt", name, key, values)
                adopted += 1
            sealed += _bind(work, table, key, row)
    work.record(UPGRADE, REGISTRY, HEAD, {"adopted": (None, adopted), "sealed": (None, sealed)})


def _missing(table: Protected, row: Row, recorded: Recorded, anew: set[str]) -> dict[str, Any]:
    return {
        name: (None, canonical(column, row[name]))
        for name, column in table.columns.items()
        if name in anew or name not in recorded.digests
    } | {name: (None, None) for name in table.sealed if name not in recorded.digests and row[name + SEALED] is None}


def _bind(work: "Work", table: Protected, key: str, row: Row) -> int:
    """How many sealed numbers of a row now open only in their place."""
    from sqlalchemy import text

    bound = 0
    for name in table.sealed:
        sealed = row[name + SEALED]
        if sealed is None or is_bound(sealed):
            continue
        place = sealing_place(table.table, name, key)
        try:
            plain = work.secrets.unseal(sealed, place)
        except ValueError:
            continue
        if work.secrets.digest(plain) != row[name + DIGEST]:
            continue
        update = text(f'UPDATE "{table.table}" SET {name}{SEALED} = :sealed WHERE {table.key_sql} = :key')
        work.session.execute(update, {"sealed": work.secrets.seal(plain, place), "key": key})
        bound += 1
    return bound
