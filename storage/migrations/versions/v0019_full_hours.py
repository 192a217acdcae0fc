"""Public numbers move at full hours: of elections, and of actions where a chat counts carefully."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("election", sa.Column("publish_at", UtcDateTime(), nullable=True))
    op.create_index("ix_election_publish_at", "election", ["publish_at"], unique=False)
    op.add_column(
        "candidate", sa.Column("published", sa.Integer(), nullable=False, server_default="0")
    )
    # What was shown until now moved with every signature.
    op.execute("UPDATE candidate SET published = signatures")
    op.add_column(
        "chat",
        sa.Column("counts_carefully", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "action", sa.Column("is_careful", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("action", sa.Column("publish_at", UtcDateTime(), nullable=True))
    op.create_index("ix_action_publish_at", "action", ["publish_at"], unique=False)
    for answer in ("going", "maybe", "cant"):
        op.add_column(
            "action",
            sa.Column(f"shown_{answer}", sa.Integer(), nullable=False, server_default="0"),
        )
