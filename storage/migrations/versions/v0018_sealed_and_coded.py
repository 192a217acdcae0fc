"""Short-lived rows that tell nothing, and codes for rows that grant something.

Drafts and links of the last hour go: whoever had one taps once more. The codes are made at the next start,
because there is no key here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.drop_table("deep_link")
    op.drop_table("draft")
    op.create_table(
        "short_lived",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.add_column("chat", sa.Column("mac", sa.LargeBinary(), nullable=True))
    op.add_column("office", sa.Column("mac", sa.LargeBinary(), nullable=True))
