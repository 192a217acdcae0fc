"""The end of an election: its deadline, acts that wait, what was filed; and paper by candidate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0007"
down_revision = "0006"

_MOMENTS = ("closes_at", "remind_at", "erase_at", "paper_due_at")


def upgrade() -> None:
    _add_to_elections()
    _tie_paper_to_candidates()
    op.create_table(
        "pending_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("parameter", sa.String(), nullable=True),
        sa.Column("person_tag", sa.LargeBinary(), nullable=True),
        sa.Column("runs_alone", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pending_act_election_id", "pending_act", ["election_id"], unique=False)
    op.create_index("ix_pending_act_due_at", "pending_act", ["due_at"], unique=False)
    is_waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_pending_act_waiting",
        "pending_act",
        ["election_id", "act"],
        unique=True,
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )


def _add_to_elections() -> None:
    # Columns one by one, not by copying the table: other tables refer to its rows.
    for name in _MOMENTS:
        op.add_column("election", sa.Column(name, UtcDateTime(), nullable=True))
        op.create_index(f"ix_election_{name}", "election", [name], unique=False)
    op.add_column("election", sa.Column("base_changed_by", sa.LargeBinary(), nullable=True))
    op.add_column("election", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column(
        "election", sa.Column("kept_days", sa.Integer(), nullable=False, server_default="30")
    )
    op.add_column(
        "election",
        sa.Column("counted_by", sa.String(), nullable=False, server_default="online_checked"),
    )
    op.add_column(
        "candidate", sa.Column("on_paper", sa.Integer(), nullable=False, server_default="0")
    )
    for name in ("accepted", "filed_with"):
        op.add_column("candidate", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("candidate", sa.Column("filed_on", sa.Date(), nullable=True))


def _tie_paper_to_candidates() -> None:
    """Where one candidate stands, the paper is theirs; each election looks at its paper once."""
    op.add_column("paper_sheet", sa.Column("candidate_id", sa.Integer(), nullable=True))
    op.create_index("ix_paper_sheet_candidate_id", "paper_sheet", ["candidate_id"], unique=False)
    the_only_one = (
        "SELECT min(id) FROM candidate WHERE candidate.election_id = {table}.election_id "
        "HAVING count(*) = 1"
    )
    op.execute(
        f"UPDATE paper_sheet SET candidate_id = ({the_only_one.format(table='paper_sheet')})"  # noqa: S608
    )
    op.execute(
        "UPDATE candidate SET accepted = (SELECT accepted FROM paper_setting "
        "WHERE paper_setting.election_id = candidate.election_id) "
        "WHERE (SELECT count(*) FROM candidate AS other "
        "WHERE other.election_id = candidate.election_id) = 1"
    )
    op.execute(
        "UPDATE election SET paper_due_at = CURRENT_TIMESTAMP "
        "WHERE id IN (SELECT election_id FROM paper_sheet "
        "UNION SELECT election_id FROM paper_setting)"
    )
    op.drop_column("paper_setting", "accepted")
