"""Statements, nominations, leaving; one signature for each candidate; newcomers; recounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "joiner",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("person_tag", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.PrimaryKeyConstraint("election_id", "person_tag"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("person_tag", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("election_id", "person_tag"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_nomination_election_id", "nomination", ["election_id"], unique=False)
    op.create_index("ix_nomination_expires_at", "nomination", ["expires_at"], unique=False)
    for name in ("for_each", "newcomers_sign"):
        op.add_column(
            "election", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column(
        "election", sa.Column("foreign_rows", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("election", sa.Column("recounted_at", UtcDateTime(), nullable=True))
    op.add_column(
        "candidate", sa.Column("statement", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "candidate", sa.Column("is_frozen", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE candidate SET is_frozen = true WHERE signatures > 0")
    op.add_column("candidate", sa.Column("left_at", UtcDateTime(), nullable=True))
