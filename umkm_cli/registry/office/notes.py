"""A transaction for rows that stand alone, such as a check's: recorded like all others, without the tables' libraries.

Only in SQLite's own file. Whatever changes records that people speak of goes through `Work`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umkm_cli.db.plain import PlainWriter
from umkm_cli.db.reading import Reader, Row, listed
from umkm_cli.registry.office.audit import AuditTrail, Changes
from umkm_cli.settings import Settings


@dataclass
class Notes:
    """Like `Work`, with rows as dictionaries by column instead of a session."""

    writer: PlainWriter
    audit: AuditTrail
    settings: Settings

    @property
    def reader(self) -> Reader:
        return self.writer.reader

    def record(self, action: str, entity: str, entity_id: str, changes: Changes | None = None) -> None:
        self.audit.append(action, entity, entity_id, changes)

    def created(self, entity: str, row: Mapping[str, Any], action: str = "create") -> None:
        """Add a new row of a protected table, whole, with its entry; its key is `id`, and nothing in it is sealed."""
        self.writer.insert(entity, row)
        self.record(action, entity, row["id"], {name: (None, value) for name, value in row.items() if name != "id"})


class PlainChain:
    """The audit chain through SQLite's own driver; see `audit.Chain`."""

    def __init__(self, writer: PlainWriter) -> None:
        self._writer = writer

    @property
    def reader(self) -> Reader:
        return self._writer.reader

    def head(self) -> Row | None:
        return self.reader.one("SELECT * FROM audit_head WHERE id = 1")

    def entry(self, seq: int) -> Row | None:
        found = self.reader.one("SELECT * FROM audit WHERE seq = :seq", seq=seq)
        return None if found is None else found | {"changes": listed(found["changes"])}

    def append(self, entry: Row, head: Row) -> None:
        self._writer.insert("audit", entry)
        self._writer.insert("audit_head", {"id": 1, **head}, instead=True)
