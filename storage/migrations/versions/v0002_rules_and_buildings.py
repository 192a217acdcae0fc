"""Rules as data, buildings, and the versions of an election's base."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"

# Every election before this one had the one rule there was.
_QUARTER = '{"source":"quarter","tiers":[[null,[1,4,false]]],"counted":"residents","checked":null}'


def upgrade() -> None:
    op.create_table(
        "building",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("is_estimated", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_building_chat_id", "building", ["chat_id"], unique=False)
    op.create_table(
        "election_base",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.PrimaryKeyConstraint("election_id", "version"),
    )
    # Columns one by one, not by copying the table: other tables refer to its rows.
    for name, before in (("is_base_typed", True), ("is_provisional", True), ("is_frozen", False)):
        default = sa.true() if before else sa.false()
        op.add_column(
            "election", sa.Column(name, sa.Boolean(), nullable=False, server_default=default)
        )
    op.execute(
        "INSERT INTO election_base (election_id, version, base, is_provisional, on_day) "
        "SELECT id, 1, base, is_provisional, CURRENT_DATE FROM election"
    )
    op.add_column("election", sa.Column("base_due_at", UtcDateTime(), nullable=True))
    op.add_column(
        "election", sa.Column("rule", sa.String(), nullable=False, server_default=_QUARTER)
    )
    for name in ("numerator", "denominator", "strict"):
        op.drop_column("election", name)
    op.create_index("ix_election_base_due_at", "election", ["base_due_at"], unique=False)
    op.execute("ALTER TABLE signature ADD COLUMN building_id INTEGER REFERENCES building (id)")
