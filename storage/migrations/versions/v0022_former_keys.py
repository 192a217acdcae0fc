"""Keys of what was under way when MASTER was changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "former_key",
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose"),
        sqlite_with_rowid=False,
    )
