"""which key the record of changes is kept with; the entries about one record are found without reading them all"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_head", sa.Column("key_id", sa.String(), nullable=True))
    op.create_index("ix_audit_record", "audit", ["entity", "entity_id"])
