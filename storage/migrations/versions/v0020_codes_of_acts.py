"""Acts about candidates; codes of acts, candidacies and settings; candidates who left the chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column(
        "pending_act", sa.Column("candidate_id", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("pending_act", sa.Column("mac", sa.LargeBinary(), nullable=True))
    op.drop_index("ix_pending_act_waiting", table_name="pending_act")
    op.create_index(
        "ix_pending_act_waiting",
        "pending_act",
        ["election_id", "act", "candidate_id"],
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.add_column("election", sa.Column("mac", sa.LargeBinary(), nullable=True))
    # Whoever left before this release still has a place on the list.
    op.add_column(
        "candidate", sa.Column("is_away", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("candidate", sa.Column("mac", sa.LargeBinary(), nullable=True))
