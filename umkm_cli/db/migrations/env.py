"""Runs inside the transaction that `umkm_cli.db.migrate` opened; the tables come from the SQLModel classes."""

from alembic import context
from sqlmodel import SQLModel

import umkm_cli.db.tables

target_metadata = SQLModel.metadata
assert umkm_cli.db.tables  # imported for its tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=target_metadata, render_as_batch=True)
context.run_migrations()
