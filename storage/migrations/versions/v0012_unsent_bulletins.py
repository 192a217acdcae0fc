"""Bulletins keep their text until the chat has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("bulletin_head", sa.Column("unsent_text", sa.Text(), nullable=True))
    # Of those that wait at this moment, the latest of each election is there as text.
    op.execute(
        "UPDATE bulletin_head SET unsent_text = (SELECT bulletin.text FROM bulletin "
        "WHERE bulletin.election_id = bulletin_head.election_id "
        "AND bulletin.number = bulletin_head.number) "
        "WHERE id IN (SELECT ref FROM outbox WHERE kind = 'bulletins.published' "
        "AND state IN ('due', 'sending', 'uncertain'))"
    )
