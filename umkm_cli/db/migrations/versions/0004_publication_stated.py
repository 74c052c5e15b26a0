"""which motifs were never said to be published or not

Until now a motif counted as published unless somebody said otherwise, so a stored `true` may have been said or taken
for granted. It was said where the day or the place of its first publication is stated, or where an edit changed it. The
column stays as the record of changes has it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOTIF = sa.table(
    "motif",
    sa.column("id", sa.String),
    sa.column("published", sa.Boolean),
    sa.column("publication_undecided", sa.Boolean),
    sa.column("first_published", sa.String),
    sa.column("first_published_place", sa.String),
)
AUDIT = sa.table(
    "audit",
    *(sa.column(name, sa.String) for name in ("entity", "entity_id", "action")),
    sa.column("changes", sa.JSON),
)
NAMED = '%"published"%'
"""In the text of an entry's changes, whose keys name fields. It is not parsed: a damaged entry stops nothing."""


def upgrade() -> None:
    op.add_column("motif", sa.Column("publication_undecided", sa.Boolean(), nullable=False, server_default=sa.false()))
    stated = sa.select(AUDIT.c.entity_id).where(
        AUDIT.c.entity == "motif", AUDIT.c.action != "create", sa.cast(AUDIT.c.changes, sa.Text).like(NAMED)
    )
    silent = sa.select(MOTIF.c.id).where(
        MOTIF.c.published == sa.true(),
        MOTIF.c.first_published.is_(None),
        MOTIF.c.first_published_place.is_(None),
        MOTIF.c.id.not_in(stated),
    )
    op.execute(sa.update(MOTIF).where(MOTIF.c.id.in_(silent)).values(publication_undecided=sa.true()))
