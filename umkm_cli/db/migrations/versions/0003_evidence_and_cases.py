"""what happens in cases, files as evidence, looking back, keys of other offices"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("motif", sa.Column("creation_date", sa.String(), nullable=True))
    # What was registered before is taken as looked at; comparing all of it would hold up whoever comes first.
    op.add_column("view", sa.Column("looked_back", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("attachment", sa.Column("media_type", sa.String(), nullable=False, server_default=""))
    op.add_column("attachment", sa.Column("bytes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attachment", sa.Column("note", sa.String(), nullable=True))
    op.add_column("licence", sa.Column("licensor", sa.String(), nullable=True))
    op.add_column("case", sa.Column("respondent", sa.String(), nullable=True))
    op.execute('ALTER TABLE "case" ADD COLUMN respondent_vendor_id VARCHAR REFERENCES vendor (id)')
    op.add_column("case", sa.Column("due", sa.String(), nullable=True))
    op.create_table(
        "case_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_event_case_id", "case_event", ["case_id"])
    op.create_table(
        "trusted_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_key"),
    )
