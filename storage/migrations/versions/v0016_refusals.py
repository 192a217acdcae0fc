"""What is held in a chat and not all of it, and what Telegram refused and waits to be tried again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    # A hold from before is tried anew within ten minutes, and then of what is refused.
    op.add_column(
        "delivery_hold", sa.Column("what", sa.String(), nullable=False, server_default="chat")
    )
    op.add_column(
        "chat",
        sa.Column("is_removal_told", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("outbox", sa.Column("refusal", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("closed_thread_id", sa.Integer(), nullable=True))
    op.add_column(
        "outbox",
        sa.Column("without_copies", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
