"""Scheduled posts: their rules in iCalendar's words, their texts with formatting, and what a post may do."""

from __future__ import annotations

import html

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def upgrade() -> None:
    for name in ("rule", "sources", "source_kind", "label", "last_posts"):
        op.add_column("reminder", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("is_silent", "is_pinned", "is_latest_only", "is_paused", "is_deleted"):
        op.add_column(
            "reminder", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    for name in ("last_posted_at", "undo_until", "undo_next_at"):
        op.add_column("reminder", sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("reminder", sa.Column("chat_mark", sa.LargeBinary(), nullable=True))
    op.add_column(
        "pending_deletion",
        sa.Column("only_unpin", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _rewrite_rows()
    op.drop_column("reminder", "weekdays")
    op.drop_column("reminder", "wall_time")
    op.create_index("ix_reminder_undo_until", "reminder", ["undo_until"], unique=False)


def _rewrite_rows() -> None:
    """Texts were plain and are HTML from now on; rules were digits of weekdays beside a time."""
    reminder = sa.table(
        "reminder",
        sa.column("id", sa.Integer),
        sa.column("text", sa.String),
        sa.column("weekdays", sa.String),
        sa.column("wall_time", sa.Time),
        sa.column("rule", sa.String),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(reminder)).all():
        days = ",".join(_WEEKDAYS[int(day)] for day in row.weekdays)
        rule = f"DTSTART:19900101T{row.wall_time:%H%M}00\nRRULE:FREQ=WEEKLY;BYDAY={days}"
        connection.execute(
            sa.update(reminder)
            .where(reminder.c.id == row.id)
            .values(text=html.escape(row.text, quote=False), rule=rule if days else "")
        )
