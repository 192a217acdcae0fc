"""Whose number it is under which a digest's latest message is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    # A number from before has no mark and counts for nothing: that one digest stays in its chat.
    op.add_column("digest", sa.Column("chat_mark", sa.LargeBinary(), nullable=True))
