"""Delivery: what is urgent, what passed unsaid, and chats that take nothing for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0009"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index("ix_outbox_open", "outbox")
    # Columns one by one, not by copying the table.
    op.add_column("outbox", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "outbox", sa.Column("is_astray", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("outbox", sa.Column("headline", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("question_id", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("told_with", sa.Integer(), nullable=True))
    for name, columns, condition in (
        ("ix_outbox_due", ["urgency", "due_at"], "state = 'due'"),
        ("ix_outbox_lease", ["lease_until"], "lease_until IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "delivery_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("is_silenced", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_hold_chat_id", "delivery_hold", ["chat_id"], unique=False)
