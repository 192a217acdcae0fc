"""Public numbers by day and by building, and the milestones that were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "candidate_day",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"]),
        sa.PrimaryKeyConstraint("candidate_id", "day"),
    )
    op.create_table(
        "building_count",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"]),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"]),
        sa.PrimaryKeyConstraint("election_id", "building_id", "candidate_id"),
    )
    op.create_table(
        "building_shown",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"]),
        sa.PrimaryKeyConstraint("election_id", "building_id"),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("candidate_id", "percent"),
        sqlite_autoincrement=True,
    )
    _begin_with_what_stands()


def _begin_with_what_stands() -> None:
    """Elections under way have numbers already. When those moved nobody knows: say, on the first day."""
    op.execute(
        "INSERT INTO candidate_day (candidate_id, day, shown) "
        "SELECT candidate.id, MIN(election_base.on_day), candidate.shown FROM candidate "
        "JOIN election_base ON election_base.election_id = candidate.election_id "
        "WHERE candidate.shown > 0 GROUP BY candidate.id, candidate.shown"
    )
    op.execute(
        "INSERT INTO building_count (election_id, building_id, candidate_id, signatures) "
        "SELECT election_id, building_id, candidate_id, COUNT(*) FROM signature "
        "WHERE building_id IS NOT NULL GROUP BY election_id, building_id, candidate_id"
    )
    op.execute(
        "INSERT INTO building_shown (election_id, building_id, shown) "
        "SELECT election_id, building_id, COUNT(*) / 5 * 5 FROM signature "
        "WHERE building_id IS NOT NULL GROUP BY election_id, building_id"
    )
