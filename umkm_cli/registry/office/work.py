"""One transaction over the registry: rows change together with their entries in the record of changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from umkm_cli.db.moments import now
from umkm_cli.registry.office.protected import DIGEST, SEALED, canonical, fields_of, key_of
from umkm_cli.registry.office.secrets import Secrets
from umkm_cli.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from umkm_cli.db.reading import Reader
    from umkm_cli.registry.office.audit import AuditTrail, Changes
    from umkm_cli.registry.office.codes import CodeKind

SEALED_COLUMNS = (SEALED, DIGEST)
"""The audit records the plain values behind these, as keyed digests like all others: sealing twice differs."""


@dataclass
class Work:
    """One transaction: a session to change things with and the trail that records it."""

    session: "Session"
    audit: "AuditTrail"
    secrets: Secrets
    settings: Settings

    @property
    def reader(self) -> "Reader":
        """Plain SQL within the transaction; what the session has not flushed yet is not there."""
        from umkm_cli.db.store import session_reader

        return session_reader(self.session)

    def code(self, kind: "CodeKind", restored: str | None = None) -> str:
        """The next one, or the one that a record had before the registry was lost or begun anew."""
        from umkm_cli.registry.office.codes import next_code, restore_code

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
