"""The audit chain: every change, who made it and when, in the transaction of the change itself.

An entry's `mac` is HMAC-SHA-256, with a key derived from the registry's, over the entry and the `mac` before it. So an
entry that was edited, removed, inserted or moved breaks the chain at its place, and without the key nobody can mend it.
The head (last number and mac) is kept apart, authenticated too, so that entries cut from the end are noticed. Values do
not stand in the chain: a change holds keyed digests of the old and the new value of each field. Times never fall (see
`clock`). What the rows hold is compared with the chain in `replay`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from umkm_cli.db.moments import now
from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.db.schema import HEAD
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.office.loss import refuse_rows_without_chain
from umkm_cli.registry.office.secrets import Secrets
from umkm_cli.registry.office.trusted_time import CLOCK, JUMP, REGISTRY, clock_behind, is_ahead, is_behind

START = "0" * 64
RECORDED_SINCE = "recorded_since"
"""Beside the fields of the very first entry: the tables' revision from which on every protected field is recorded."""
BATCH = 2_000
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Verification:
    """`entries` that hold, and the first that does not: its number and what is wrong with it (a stable key).

    `fallen` are the entries older than the one before that nobody has answered for, `answered` those that somebody has.
    """

    entries: int
    broken_at: int | None = None
    problem: str | None = None
    fallen: tuple[int, ...] = ()
    answered: tuple[int, ...] = ()

    @property
    def intact(self) -> bool:
        return self.problem is None


class Chain(Protocol):
    """Where the entries lie, within one transaction; rows are dictionaries by column."""

    @property
    def reader(self) -> Reader: ...

    def head(self) -> Row | None:
        """None where nothing is recorded yet. Serialises writers on databases that have several."""

    def entry(self, seq: int) -> Row | None: ...

    def append(self, entry: Row, head: Row) -> None:
        """Add an entry, and let `head` be the head from here on."""


class AuditTrail:
    """Appends to the chain within one transaction.

    Raises `UmkmError`: `wrong_key` where the last entry was not made with this key, `audit_erased`, `audit_no_head` and
    `audit_missing` where history is gone, `clock_behind` unless the clock is `clock_answered` for.
    """

    def __init__(self, chain: Chain, secrets: Secrets, actor: str, *, clock_answered: bool = False) -> None:
        self._chain = chain
        self._secrets = secrets
        self._actor = actor
        self._seq, self._previous, self._last_at = 0, START, ""
        head = chain.head()
        if head is None:
            refuse_rows_without_chain(chain.reader)
            return
        last = self._last_entry(head)
        self._seq, self._previous, self._last_at = head["seq"], last["mac"], last["at"]
        if not clock_answered and is_behind(now(), self._last_at):
            raise clock_behind(now(), self._last_at)

    def _last_entry(self, head: Row) -> Row:
        if head["key_id"] not in (None, self._secrets.id):
            raise UmkmError("wrong_key", exit_code=MISSING)
        last = self._chain.entry(head["seq"])
        if last is None:
            raise UmkmError("audit_missing", entry=head["seq"])
        if last["mac"] != self._secrets.authenticate(_message(last)):
            raise UmkmError("wrong_key", exit_code=MISSING)  # or a meddled entry: nothing is built on either
        return last

    @property
    def begun(self) -> bool:
        """Whether there is an entry, of this transaction or of an earlier one."""
        return self._seq > 0

    def append(self, action: str, entity: str, entity_id: str, changes: Changes | None = None) -> None:
        """`changes` maps a field to its value before and after."""
        at = now()
        if self._last_at and action != CLOCK:
            if is_ahead(at, self._last_at):
                self._append(at, JUMP, REGISTRY, CLOCK, {})
            at = max(at, self._last_at)
        since = {} if self.begun else {RECORDED_SINCE: (None, HEAD)}
        self._append(at, action, entity, entity_id, {**(changes or {}), **since})

    def _append(self, at: str, action: str, entity: str, entity_id: str, changes: Changes) -> None:
        entry = {
            "seq": self._seq + 1,
            "at": at,
            "actor": self._actor,
            "action": action,
            "entity": entity,
            "entity_id": entity_id,
            "changes": {
                field: [digest_of(self._secrets, old), digest_of(self._secrets, new)]
                for field, (old, new) in changes.items()
            },
            "previous": self._previous,
        }
        mac = self._secrets.authenticate(_message(entry))
        self._seq, self._previous, self._last_at = self._seq + 1, mac, at
        head = {"seq": self._seq, "key_id": self._secrets.id}
        head_mac = self._secrets.authenticate(_head_message(self._seq, mac))
        self._chain.append(entry | {"mac": mac}, head | {"mac": head_mac})


def digest_of(secrets: Secrets, value: Any) -> str | None:
    """What stands in the chain for a value; None for none."""
    return None if value is None else secrets.digest(json.dumps(value, sort_keys=True, ensure_ascii=False))


def verify(reader: Reader, secrets: Secrets) -> Verification:
    """Walk the whole chain. What the rows hold is another question: see `replay`."""
    walk = _Walk(secrets)
    for row in _entries(reader):
        if (problem := walk.step(row)) is not None:
            return Verification(walk.entries, walk.entries + 1, problem)
    entries = walk.entries
    head = reader.one("SELECT seq, mac FROM audit_head WHERE id = 1")
    if head is None:
        return Verification(entries, entries + 1, "no_head") if entries else Verification(0)
    if head["seq"] != entries:
        return Verification(entries, entries + 1, "missing")
    if head["mac"] != secrets.authenticate(_head_message(entries, walk.previous)):
        return Verification(entries, entries, "altered")
    if walk.fallen:
        return Verification(entries, walk.fallen[0], "backdated", tuple(walk.fallen), tuple(walk.answered))
    return Verification(entries, answered=tuple(walk.answered))


class _Walk:
    """What has been seen of the chain so far."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._newest = ""
        self.previous, self.entries = START, 0
        self.fallen: list[int] = []
        self.answered: list[int] = []

    def step(self, row: Row) -> str | None:
        """What is wrong with the next entry, as a stable key."""
        row["changes"] = listed(row["changes"])
        if row["seq"] != self.entries + 1:
            return "missing"
        if row["previous"] != self.previous:
            return "unlinked"
        if row["mac"] != self._secrets.authenticate(_message(row)):
            return "altered"
        self._time(row)
        self.previous, self.entries = row["mac"], row["seq"]
        return None

    def _time(self, row: Row) -> None:
        """A clock that was set right makes one entry fall, and those behind it are held against that one."""
        fell = bool(self._newest) and is_behind(row["at"], self._newest)
        if fell:
            self.fallen.append(row["seq"])
        if (row["action"], row["entity"]) == (CLOCK, REGISTRY):
            self.answered += self.fallen
            self.fallen = []
            fell = True
        self._newest = row["at"] if fell else max(row["at"], self._newest)


def _entries(reader: Reader) -> Iterator[Row]:
    """In order, a bounded number in memory."""
    at_least = -(2**63)  # whatever number an entry bears, it is looked at
    while True:
        some = reader.rows(
            "SELECT * FROM audit WHERE seq >= :at_least ORDER BY seq LIMIT :most",
            at_least=at_least,
            most=BATCH,
        )
        yield from some
        if len(some) < BATCH:
            return
        at_least = some[-1]["seq"] + 1


def _message(entry: Mapping[str, Any]) -> bytes:
    fields = ("seq", "at", "actor", "action", "entity", "entity_id", "changes", "previous")
    return json.dumps([entry[field] for field in fields], sort_keys=True, ensure_ascii=False).encode()


def _head_message(seq: int, mac: str) -> bytes:
    return f"head {seq} {mac}".encode()
