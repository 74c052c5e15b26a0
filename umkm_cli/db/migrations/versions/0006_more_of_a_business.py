"""a business's line of business, second telephone and note"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("business_line", "phone2", "note"):
        op.add_column("vendor", sa.Column(name, sa.String(), nullable=True))
