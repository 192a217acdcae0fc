"""How often the bot was seen in a chat, to tell an answer from before its return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("chat", sa.Column("sightings", sa.Integer(), nullable=False, server_default="0"))
