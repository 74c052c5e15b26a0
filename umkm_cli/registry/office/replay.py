"""The rows held against the chain: what was recorded last of each field must be what the row says now.

A chain that is whole (see `audit.verify`) proves nothing about the tables beside it. So the entries about each record
are folded to the last digest of every field, in batches by identifier: memory does not grow with the registry, and the
time grows with rows and entries alone.

Entries from before revision 0005 name only fields that held something, and no moments. What they do not name counts as
not covered, never as changed; bringing a registry up to date (see `adopting`) records it as it is then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.db.schema import REVISIONS
from umkm_cli.registry.office.audit import RECORDED_SINCE, digest_of
from umkm_cli.registry.office.codes import CodeKind
from umkm_cli.registry.office.protected import (
    CREATING,
    DIGEST,
    PROTECTED,
    RECORDED_FROM,
    REMOVING,
    REWRITTEN,
    SEALED,
    Protected,
    canonical,
)
from umkm_cli.registry.office.secrets import Secrets, sealing_place
from umkm_cli.registry.office.trusted_time import REGISTRY, at_utc

BATCH = 500
UPGRADE = "upgrade"
MOST_NAMED = 1_000
_CREATED_WITHIN_S = 86_400
"""An entry from before 0005 bears the time of its row within moments; a day forgives a computer that slept between."""


@dataclass(frozen=True)
class Difference:
    """A row that is not as recorded; `record` is its code, or its identifier where it has none or is gone.

    `problem` is `altered` (then `field` says what), `unrecorded` (nothing says who made the row) or `gone`. Values are
    never told.
    """

    table: str
    record: str
    problem: str
    field: str | None = None


@dataclass
class Replay:
    """`covered` fields were held against the chain, `uncovered` ones have no entry; at most MOST_NAMED are named."""

    records: int = 0
    covered: int = 0
    uncovered: int = 0
    differing: int = 0
    differences: list[Difference] = field(default_factory=list)

    def note(self, difference: Difference) -> None:
        self.differing += 1
        if len(self.differences) < MOST_NAMED:
            self.differences.append(difference)


@dataclass
class Recorded:
    """What the chain says of one record: the last digest of each field, when it was made, whether it was removed."""

    digests: dict[str, str | None] = field(default_factory=dict)
    created_at: str | None = None
    removed: bool = False

    def add(self, entry: Row) -> None:
        if entry["action"] in REMOVING:
            self.digests, self.created_at, self.removed = {}, None, True
            return
        if entry["action"] in CREATING and self.created_at is None:
            self.created_at, self.removed = entry["at"], False
        self.digests.update({name: new for name, (_, new) in listed(entry["changes"]).items()})


def replay(reader: Reader, secrets: Secrets) -> Replay:
    """Every protected row of the registry against the chain, which has been walked before."""
    found = Replay()
    revision = recorded_revision(reader, secrets)
    silent = {field for later, fields in REWRITTEN.items() if later > revision for field in fields}
    for name in PROTECTED:
        if RECORDED_FROM.get(name, "") > revision:
            continue
        table = Protected(name)
        for key, row, recorded in paired(reader, table):
            _compare(found, table, key, row, recorded, secrets, silent)
    _compare_pictures(found, reader)
    _compare_counters(found, reader)
    return found


def recorded_revision(reader: Reader, secrets: Secrets) -> str:
    """The tables' revision from which on every protected field is recorded; empty where the chain is older."""
    latest = reader.value(
        "SELECT entity_id FROM audit WHERE entity = :entity AND action = :action ORDER BY seq DESC LIMIT 1",
        entity=REGISTRY,
        action=UPGRADE,
    )
    if latest is not None:
        return str(latest)
    first = reader.value("SELECT changes FROM audit WHERE seq = 1")
    _, stated = listed(first).get(RECORDED_SINCE, (None, None)) if first is not None else (None, None)
    return next((revision for revision in REVISIONS if digest_of(secrets, revision) == stated), "")


def paired(reader: Reader, table: Protected) -> Iterator[tuple[str, Row | None, Recorded | None]]:
    """Each row of a table with what is recorded of it; rows without a record, and records without a row, too."""
    after: str | None = ""
    beyond = ">="  # an empty name is a name, too
    while after is not None:
        rows = reader.rows(
            f'SELECT {table.key_sql} AS record_key, t.* FROM "{table.table}" AS t '
            f"WHERE {table.key_sql} {beyond} :after ORDER BY record_key LIMIT :most",
            after=after,
            most=BATCH,
        )
        last = rows[-1]["record_key"] if len(rows) == BATCH else None
        recorded = _recorded(reader, table.table, (beyond, after), last)
        for row in rows:
            key = row.pop("record_key")
            yield key, row, recorded.pop(key, None)
        for key, rest in recorded.items():
            yield key, None, rest
        after, beyond = last, ">"


def _recorded(reader: Reader, entity: str, start: tuple[str, str], last: str | None) -> dict[str, Recorded]:
    """Of the records from `start` (`>` or `>=`, and a name) up to `last`.

    `*` stands for several at once, who were only looked at.
    """
    beyond, after = start
    until = "" if last is None else "AND entity_id <= :last "
    entries = reader.rows(
        f"SELECT entity_id, action, at, changes FROM audit WHERE entity = :entity AND entity_id {beyond} :after "
        f"AND entity_id <> '*' {until}ORDER BY seq",
        **{"entity": entity, "after": after} | ({} if last is None else {"last": last}),
    )
    found: dict[str, Recorded] = {}
    for entry in entries:
        found.setdefault(entry["entity_id"], Recorded()).add(entry)
    return found


def _compare(
    found: Replay,
    table: Protected,
    key: str,
    row: Row | None,
    recorded: Recorded | None,
    secrets: Secrets,
    silent: set[tuple[str, str]],
) -> None:
    if row is None:
        if recorded is not None and recorded.created_at is not None:
            found.note(Difference(table.table, key, "gone"))
        return
    name = str(row["code"]) if table.has_code else key
    found.records += 1
    if recorded is None or recorded.created_at is None:
        found.note(Difference(table.table, name, "unrecorded"))
        return
    for field_name in (*table.columns, *table.sealed):
        if (table.table, field_name) in silent:
            found.uncovered += 1
            continue
        same = _is_same(table, key, row, recorded, field_name, secrets)
        if same is None:
            found.uncovered += 1
            continue
        found.covered += 1
        if not same:
            found.note(Difference(table.table, name, "altered", field_name))


def _is_same(table: Protected, key: str, row: Row, recorded: Recorded, name: str, secrets: Secrets) -> bool | None:
    """None where nothing was recorded."""
    if name not in recorded.digests:
        if name == "created_at" and recorded.created_at is not None:
            return _made_then(row[name], recorded.created_at)
        return None
    digest = recorded.digests[name]
    if name in table.sealed:
        return _is_sealed(table, key, row, name, digest, secrets)
    value = canonical(table.columns[name], row[name])
    if digest_of(secrets, value) == digest:
        return True
    whole = isinstance(value, float) and value.is_integer()  # written as 7 before 0005, given back as 7.0
    return whole and digest_of(secrets, int(value)) == digest


def _is_sealed(table: Protected, key: str, row: Row, name: str, digest: str | None, secrets: Secrets) -> bool:
    """Whether ciphertext and search digest both hold the number that was recorded."""
    sealed, stored = row[name + SEALED], row[name + DIGEST]
    if digest is None or sealed is None:
        return digest is None and sealed is None and stored is None
    try:
        plain = secrets.unseal(sealed, sealing_place(table.table, name, key))
    except ValueError:
        return False
    return digest_of(secrets, plain) == digest and secrets.digest(plain) == stored


def _made_then(stated: Any, recorded: str) -> bool:
    try:
        return abs((at_utc(stated) - at_utc(recorded)).total_seconds()) <= _CREATED_WITHIN_S
    except (TypeError, ValueError):
        return False


def _compare_pictures(found: Replay, reader: Reader) -> None:
    """A view whose picture is not there as a stored one shows nothing."""
    lost = reader.rows(
        "SELECT view.id AS id FROM view LEFT JOIN image ON image.sha256 = view.sha256 AND image.stored "
        "WHERE image.sha256 IS NULL ORDER BY view.id"
    )
    for row in lost:
        found.note(Difference("view", row["id"], "altered", "image"))


def _compare_counters(found: Replay, reader: Reader) -> None:
    """A number that was given is never given again."""
    given = {row["kind"]: row["last"] for row in reader.rows("SELECT kind, last FROM counter")}
    for table, kind in _COUNTED:
        codes = (str(row["code"]).split("-") for row in reader.rows(f'SELECT code FROM "{table}"'))
        most = max((int(parts[-2]) for parts in codes if len(parts) == 4 and parts[-2].isdecimal()), default=0)
        if given.get(kind.value, 0) < most:
            found.note(Difference("counter", kind.value, "altered", "last"))


_COUNTED = (
    ("vendor", CodeKind.VENDOR),
    ("product", CodeKind.PRODUCT),
    ("motif", CodeKind.MOTIF),
    ("case", CodeKind.CASE),
    ("licence", CodeKind.LICENCE),
    ("heritage", CodeKind.HERITAGE),
)
