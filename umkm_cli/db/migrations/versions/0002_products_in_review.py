"""cases about products, and what speaks for a product's showing a motif"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a batch: SQLite would copy the table, and drop the old one while others refer to it.
    op.execute('ALTER TABLE "case" ADD COLUMN product_id VARCHAR REFERENCES product (id)')
    op.create_index("ix_case_product_id", "case", ["product_id"])
    op.add_column("product_motif", sa.Column("match", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("case_match") as batch:
        batch.alter_column("motif_id", existing_type=sa.String(), nullable=True)
        batch.add_column(sa.Column("product_id", sa.String(), nullable=True))
        batch.create_foreign_key("fk_case_match_product_id", "product", ["product_id"], ["id"])
    op.create_index("ix_case_match_product_pair", "case_match", ["product_id", "sha256"])
