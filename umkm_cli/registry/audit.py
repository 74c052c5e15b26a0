"""The audit chain: every change, who made it and when, in the transaction of the change itself.

An entry's `mac` is HMAC-SHA-256, with a key derived from the registry's, over the entry and the `mac` before it. So an
entry that was edited, removed, inserted or moved breaks the chain at its place, and without the key nobody can mend it.
The head (last number and mac) is kept apart, authenticated too, so that entries cut from the end are noticed. Values do
not stand in the chain: a change holds keyed digests of the old and the new value of each field.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from umkm_cli.db.reading import Reader, listed
from umkm_cli.db.tables import Audit, AuditHead, now
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.secrets import Secrets

START = "0" * 64
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Verification:
    """`entries` that hold, and the first that does not: its number and what is wrong with it (a stable key)."""

    entries: int
    broken_at: int | None = None
    problem: str | None = None

    @property
    def intact(self) -> bool:
        return self.problem is None


class AuditTrail:
    """Appends to the chain within one transaction; the head row serialises writers on databases that have several.

    Raises `UmkmError` `wrong_key` where the last entry was not made with this key.
    """

    def __init__(self, session: Session, secrets: Secrets, actor: str) -> None:
        self._session = session
        self._secrets = secrets
        self._actor = actor
        head = session.execute(select(AuditHead).with_for_update()).scalar_one_or_none()
        self._head = head or AuditHead(seq=0, mac="")
        self._previous = START
        if head is not None:
            last = session.get(Audit, head.seq)
            self._previous = last.mac if last is not None else head.mac
            if last is not None and last.mac != secrets.authenticate(_message(last.model_dump())):
                raise UmkmError("wrong_key", exit_code=MISSING)  # or a meddled entry: nothing is built on either

    def append(self, action: str, entity: str, entity_id: str, changes: Changes | None = None) -> None:
        """`changes` maps a field to its value before and after."""
        entry = Audit(
            seq=self._head.seq + 1,
            at=now(),
            actor=self._actor,
            action=action,
            entity=entity,
            entity_id=entity_id,
            changes={field: [self._digest(old), self._digest(new)] for field, (old, new) in (changes or {}).items()},
            previous=self._previous,
            mac="",
        )
        entry.mac = self._secrets.authenticate(_message(entry.model_dump()))
        self._session.add(entry)
        self._previous = entry.mac
        self._head.seq = entry.seq
        self._head.mac = self._secrets.authenticate(_head_message(entry.seq, entry.mac))
        self._session.add(self._head)

    def _digest(self, value: Any) -> str | None:
        return None if value is None else self._secrets.digest(json.dumps(value, sort_keys=True, ensure_ascii=False))


def verify(reader: Reader, secrets: Secrets) -> Verification:
    """Walk the whole chain."""
    previous, expected = START, 1
    for row in reader.rows("SELECT * FROM audit ORDER BY seq"):
        row["changes"] = listed(row["changes"])
        if row["seq"] != expected:
            return Verification(expected - 1, expected, "missing")
        if row["previous"] != previous:
            return Verification(expected - 1, expected, "unlinked")
        if row["mac"] != secrets.authenticate(_message(row)):
            return Verification(expected - 1, expected, "altered")
        previous, expected = row["mac"], expected + 1
    head = reader.one("SELECT seq, mac FROM audit_head WHERE id = 1")
    entries = expected - 1
    if head is None:
        return (
            Verification(entries) if entries == 0 and _is_empty(reader) else Verification(entries, expected, "no_head")
        )
    if head["seq"] != entries:
        return Verification(entries, expected, "missing")
    if head["mac"] != secrets.authenticate(_head_message(entries, previous)):
        return Verification(entries, entries, "altered")
    return Verification(entries)


def _is_empty(reader: Reader) -> bool:
    return not reader.value("SELECT count(*) FROM counter WHERE last > 0")


def _message(entry: Mapping[str, Any]) -> bytes:
    fields = ("seq", "at", "actor", "action", "entity", "entity_id", "changes", "previous")
    return json.dumps([entry[field] for field in fields], sort_keys=True, ensure_ascii=False).encode()


def _head_message(seq: int, mac: str) -> bytes:
    return f"head {seq} {mac}".encode()
