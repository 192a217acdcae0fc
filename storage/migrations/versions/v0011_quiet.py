"""Quiet hours of a chat, what they hold back, and digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for name, usual in (("quiet_begins", "22:00:00"), ("quiet_ends", "08:00:00")):
        op.add_column("chat", sa.Column(name, sa.Time(), nullable=False, server_default=usual))
    op.add_column("outbox", sa.Column("self_timed_at", UtcDateTime(), nullable=True))
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("wall_time", sa.Time(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("removes_last", sa.Boolean(), nullable=False),
        sa.Column("last_message_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digest_chat_id", "digest", ["chat_id"], unique=False)
    op.create_index("ix_digest_next_at", "digest", ["next_at"], unique=False)
