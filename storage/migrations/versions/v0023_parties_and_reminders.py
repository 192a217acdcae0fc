"""Who comes brings others; an action has room for so many; the bot reminds of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("action", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column("action", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "action", sa.Column("shown_waiting", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "action_answer", sa.Column("guests", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("action_answer", sa.Column("in_line", sa.Integer(), nullable=True))
    op.add_column(
        "action_answer",
        sa.Column("is_asked_again", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "action_reminder",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"]),
        sa.PrimaryKeyConstraint("action_id", "minutes"),
        sqlite_with_rowid=False,
    )
    at_some_moment = sa.text("at IS NOT NULL")
    op.create_index(
        "ix_action_reminder_due",
        "action_reminder",
        ["at"],
        sqlite_where=at_some_moment,
        postgresql_where=at_some_moment,
    )
