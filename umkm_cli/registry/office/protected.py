"""What the record of changes answers for: of every row of these tables every column, and why not of the others.

A value stands in the chain as a keyed digest of its canonical form, so that what the database gives back (0 for false,
text for JSON) has the digest of what was written.

Not protected, and why:

- `image`, `fingerprint`: made again from the files, whose SHA-256 stand in protected views and attachments; only that
  a view's picture has its row, as a stored one, is looked at.
- `import_row`: what an import answered to a row of a sheet; nothing is decided by it, and the records have entries.
- `counter`: derived from the codes; only that it lies behind none of them is looked at.
- `audit`, `audit_head`, `alembic_version`: the chain authenticates itself; the last is no data.
- `*_sealed`, `*_digest`: the chain has the digest of the plain number, which both are held against.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

PROTECTED = (
    *("vendor", "product", "motif", "heritage", "licence", "case", "case_event", "case_match", "decision", "check"),
    *("view", "attachment", "product_motif", "import_run", "trusted_key"),
)
UNPROTECTED = ("image", "fingerprint", "import_row", "counter", "audit", "audit_head")
SEALED, DIGEST = "_sealed", "_digest"
CREATING = ("create", "check", "decide", "adopt")
"""Actions of which one begins every row's history."""
REMOVING = ("untrust",)
"""Actions after which a row is gone."""
RECORDED_FROM = {"product_motif": "0005", "case_match": "0005"}
"""Tables that had no entries before the revision named."""
REWRITTEN = {"0005": (("view", "looked_back"),)}
"""Fields that a migration, or a program before the revision, changed without an entry: they are recorded anew then."""


@dataclass(frozen=True)
class Protected:
    """One table: how its rows are named in the chain, and its columns by name."""

    table: str

    @cached_property
    def columns(self) -> dict[str, Any]:
        """Of SQLAlchemy, in the table's order."""
        return protected_columns(_table(self.table))

    @cached_property
    def sealed(self) -> tuple[str, ...]:
        """Fields that are stored encrypted, without their suffix."""
        return tuple(c.name.removesuffix(SEALED) for c in _table(self.table).columns if c.name.endswith(SEALED))

    @cached_property
    def key_sql(self) -> str:
        """The row's name in the chain, as an expression."""
        return " || '/' || ".join(f'"{column.name}"' for column in _table(self.table).primary_key)

    @cached_property
    def has_code(self) -> bool:
        return "code" in _table(self.table).columns


def protected_columns(table: Any) -> dict[str, Any]:
    """Those that stand in the chain by their own name."""
    keys = {column.name for column in table.primary_key}
    return {c.name: c for c in table.columns if c.name not in keys and not c.name.endswith((SEALED, DIGEST))}


def key_of(row: Any) -> str:
    """A row's name in the chain: its identifier, of a link those of both sides."""
    return "/".join(str(getattr(row, column.name)) for column in row.__table__.primary_key)


def fields_of(row: Any) -> dict[str, Any]:
    """The canonical value of each protected column of an object, empty ones too."""
    return {name: canonical(column, getattr(row, name)) for name, column in protected_columns(row.__table__).items()}


def canonical(column: Any, value: Any) -> Any:
    """A value as JSON has it, whether a program set it or a database gave it back."""
    from sqlalchemy import JSON, Boolean, Float

    if value is None:
        return None
    try:
        if isinstance(column.type, JSON):
            return json.loads(value) if isinstance(value, str) else value
        if isinstance(column.type, Boolean):
            return bool(value) if value in (0, 1) else value
        return float(value) if isinstance(column.type, Float) else value
    except (TypeError, ValueError):  # nothing that this program wrote
        return f"{type(value).__name__} {value}"


def _table(name: str) -> Any:
    from sqlmodel import SQLModel

    import umkm_cli.db.tables  # noqa: F401  fills the metadata

    return SQLModel.metadata.tables[name]
