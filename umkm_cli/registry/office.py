"""The registry as the use cases see it: one object that writes, audits and reads."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from umkm_cli.db.moments import now
from umkm_cli.db.reading import Reader, reading
from umkm_cli.errors import MISSING, UmkmError
from umkm_cli.registry.loss import find_loss, refuse_emptied
from umkm_cli.registry.protected import DIGEST, SEALED, canonical, fields_of, key_of
from umkm_cli.registry.secrets import Secrets, open_secrets, settle_key
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.store import Store
    from umkm_cli.registry.audit import AuditTrail, Changes
    from umkm_cli.registry.codes import Kind

SEALED_COLUMNS = (SEALED, DIGEST)
"""The audit records the plain values behind these, as keyed digests like all others: sealing twice differs."""


@dataclass
class Work:
    """One transaction: a session to change things with and the trail that records it."""

    session: "Session"
    audit: "AuditTrail"
    secrets: Secrets
    settings: Settings

    def code(self, kind: "Kind", restored: str | None = None) -> str:
        """The next one, or the one that a record had before the registry was lost or begun anew."""
        from umkm_cli.registry.codes import next_code, restore_code

        if restored is not None:
            return restore_code(self.session, kind, self.settings.office, restored)
        return next_code(self.session, kind, self.settings.office)

    def record(self, action: str, entity: str, entity_id: str, changes: "Changes | None" = None) -> None:
        self.audit.append(action, entity, entity_id, changes)

    def created(self, entity: str, row: Any, sealed: "Changes | None" = None, action: str = "create") -> None:
        """Add a new row with its audit entry; `sealed` gives the plain values of what the row holds encrypted."""
        self.session.add(row)
        self.session.flush()
        empty = {name.removesuffix(SEALED): (None, None) for name in type(row).model_fields if name.endswith(SEALED)}
        changes = empty | {name: (None, value) for name, value in fields_of(row).items()}
        self.record(action, entity, key_of(row), changes | dict(sealed or {}))

    def changed(
        self, entity: str, row: Any, values: dict[str, Any], action: str = "edit", sealed: "Changes | None" = None
    ) -> list[str]:
        """Set the values that differ; returns the names that did. Nothing is recorded where nothing differs.

        `sealed` gives the plain values, before and after, of what `values` holds encrypted.
        """
        differing = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
        named = list(differing)
        if differing:
            if hasattr(row, "updated_at"):
                differing["updated_at"] = (row.updated_at, now())
            for name, (_, value) in differing.items():
                setattr(row, name, value)
            self.session.add(row)
            self.session.flush()
            self.record(action, entity, key_of(row), _as_recorded(row, differing) | dict(sealed or {}))
        return named

    def removed(self, entity: str, row: Any, action: str) -> None:
        """Delete a row; its last values stand in the entry. `action` is one of `protected.REMOVING`."""
        self.record(action, entity, key_of(row), {name: (value, None) for name, value in fields_of(row).items()})
        self.session.delete(row)
        self.session.flush()


def _as_recorded(row: Any, differing: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    columns = row.__table__.columns
    return {
        name: (canonical(columns[name], before), canonical(columns[name], after))
        for name, (before, after) in differing.items()
        if not name.endswith(SEALED_COLUMNS)
    }


@dataclass
class Office:
    """This office's registry. Cheap to make; what needs the heavy libraries loads when it is first used."""

    settings: Settings
    _up_to_date: bool = field(default=False, init=False, repr=False)

    @contextlib.contextmanager
    def work(self, *, clock_answered: bool = False) -> Iterator[Work]:
        """All that happens inside is kept together with its audit entries, or nothing is.

        Raises `UmkmError` where something of the registry is gone (see `loss`), and `clock_behind` unless the clock is
        `clock_answered` for.
        """
        secrets = self.secrets
        if not self._up_to_date:
            self._bring_up_to_date(clock_answered)
        with self._transaction(secrets, clock_answered) as work:
            yield work
        if work.audit.begun:
            with contextlib.suppress(OSError):  # whoever works next tries again
                settle_key(self.settings)

    @contextlib.contextmanager
    def reading(self, *, unchanging: bool = False) -> Iterator[Reader]:
        """`unchanging`: the registry of one moment (see `reading_only`).

        Raises `UmkmError` `database_emptied` where pictures or keys tell that there was something to read.
        """
        with reading(self.settings, unchanging=unchanging) as reader:
            refuse_emptied(self.settings, reader)
            yield reader

    def begin(self) -> None:
        """Make sure that the record of changes has begun and may go on, before something is made that outlives it.

        Raises `UmkmError` as `work` does.
        """
        from umkm_cli.db.schema import HEAD
        from umkm_cli.registry.trusted_time import REGISTRY, clock_behind, is_behind

        with self.reading() as reader:
            if (loss := find_loss(self.settings, reader)) is not None:
                raise loss
            last = reader.value("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
        if last is None:
            with self.work() as work:
                work.record("begin", REGISTRY, HEAD)
        elif is_behind(now(), last):
            raise clock_behind(now(), last)

    def close(self) -> None:
        """Let go of the registry's files; whoever writes next opens them again."""
        store: Store | None = self.__dict__.pop("_store", None)
        if store is not None:
            store.close()

    @cached_property
    def secrets(self) -> Secrets:
        """Raises `UmkmError` as `open_secrets` does, where something is gone (see `loss`), and `wrong_key`."""
        with reading(self.settings) as reader:
            if (loss := find_loss(self.settings, reader)) is not None:
                raise loss
            head = reader.one("SELECT key_id FROM audit_head WHERE id = 1")
        secrets = open_secrets(self.settings, registry_is_empty=head is None)
        if head is not None and head["key_id"] not in (None, secrets.id):
            raise UmkmError("wrong_key", exit_code=MISSING)
        return secrets

    def _bring_up_to_date(self, clock_answered: bool) -> None:
        from umkm_cli.registry.adopting import bring_up_to_date, is_up_to_date

        with self.reading() as reader:
            done = is_up_to_date(reader, self.secrets)
        if not done:
            with self._transaction(self.secrets, clock_answered) as work:
                bring_up_to_date(work)
        self._up_to_date = True

    @contextlib.contextmanager
    def _transaction(self, secrets: Secrets, clock_answered: bool) -> Iterator[Work]:
        from umkm_cli.registry.audit import AuditTrail

        with self._store.transaction() as session:
            trail = AuditTrail(session, secrets, self.settings.actor, clock_answered=clock_answered)
            yield Work(session, trail, secrets, self.settings)

    @cached_property
    def _store(self) -> "Store":
        from umkm_cli.db.store import Store

        return Store(self.settings)
