"""The registry as the use cases see it: one object that writes, audits and reads."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from umkm_cli.db.reading import Reader, reading
from umkm_cli.registry.secrets import Secrets, open_secrets
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.store import Store
    from umkm_cli.registry.audit import AuditTrail, Changes
    from umkm_cli.registry.codes import Kind

SEALED_COLUMNS = ("_sealed", "_digest")
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

    def created(self, entity: str, row: Any, sealed: "Changes | None" = None) -> None:
        """Add a new row with its audit entry; `sealed` gives the plain values of what the row holds encrypted."""
        self.session.add(row)
        self.session.flush()
        changes = {name: (None, value) for name, value in fields_of(row).items()}
        self.record("create", entity, row.id, changes | dict(sealed or {}))

    def changed(
        self, entity: str, row: Any, values: dict[str, Any], action: str = "edit", sealed: "Changes | None" = None
    ) -> list[str]:
        """Set the values that differ; returns the names that did. Nothing is recorded where nothing differs.

        `sealed` gives the plain values, before and after, of what `values` holds encrypted.
        """
        from umkm_cli.db.tables import now

        differing = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
        if differing:
            for name, (_, value) in differing.items():
                setattr(row, name, value)
            row.updated_at = now()
            self.session.add(row)
            self.session.flush()
            plain = {name: change for name, change in differing.items() if not name.endswith(SEALED_COLUMNS)}
            self.record(action, entity, row.id, plain | dict(sealed or {}))
        return list(differing)


@dataclass
class Office:
    """This office's registry. Cheap to make; what needs the heavy libraries loads when it is first used."""

    settings: Settings

    @contextlib.contextmanager
    def work(self) -> Iterator[Work]:
        """All that happens inside is kept together with its audit entries, or nothing is."""
        from umkm_cli.registry.audit import AuditTrail

        with self._store.transaction() as session:
            yield Work(session, AuditTrail(session, self.secrets, self.settings.actor), self.secrets, self.settings)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        with reading(self.settings) as reader:
            yield reader

    def close(self) -> None:
        """Let go of the registry's files; whoever writes next opens them again."""
        store: Store | None = self.__dict__.pop("_store", None)
        if store is not None:
            store.close()

    @cached_property
    def secrets(self) -> Secrets:
        with self.reading() as reader:
            empty = not reader.value("SELECT count(*) FROM audit_head")
        return open_secrets(self.settings, registry_is_empty=empty)

    @cached_property
    def _store(self) -> "Store":
        from umkm_cli.db.store import Store

        return Store(self.settings)


def fields_of(row: Any) -> dict[str, Any]:
    """The values of a row that say something; for the audit."""
    skipped = {"id", "created_at", "updated_at", "data"}
    return {
        name: value
        for name, value in row.model_dump().items()
        if name not in skipped and not name.endswith(SEALED_COLUMNS) and value not in (None, [], {})
    }
