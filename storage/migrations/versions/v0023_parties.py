"""Who comes brings others; an action has room for so many, and a line where that is full."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("action", sa.Column("capacity", sa.Integer(), nullable=True))
    op.add_column(
        "action", sa.Column("shown_waiting", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "action_answer", sa.Column("guests", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("action_answer", sa.Column("in_line", sa.Integer(), nullable=True))
