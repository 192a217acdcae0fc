"""What the bot asks again and again is found by an index.

Bulletins were begun for elections from before there were any by looking for such elections every turn: here
they are begun, once.
"""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0021"
down_revision = "0020"

_PARTIAL = (
    ("ix_outbox_over", "outbox", "due_at", "state IN ('sent', 'uncertain', 'skipped')"),
    ("ix_action_remembering", "action", "id", "final_going IS NULL OR author_tag IS NOT NULL"),
    ("ix_reminder_deleted", "reminder", "undo_until", "is_deleted"),
    ("ix_pending_act_due", "pending_act", "due_at", "state = 'waiting'"),
    ("ix_pending_act_over", "pending_act", "due_at", "state <> 'waiting'"),
    ("ix_election_recounted", "election", "recounted_at", "state = 'open'"),
    ("ix_election_remembering", "election", "id", "wrapped_key IS NOT NULL"),
    ("ix_office_untaken", "office", "id", "since IS NULL"),
    ("ix_candidate_left", "candidate", "left_at", "left_at IS NOT NULL"),
)
_WHOLE = (
    ("ix_delivery_hold_until", "delivery_hold", "until"),
    ("ix_pending_deletion_chat_id", "pending_deletion", "chat_id"),
    ("ix_endorsement_office_id", "endorsement", "office_id"),
)
_EVENING = time(19)


def upgrade() -> None:
    op.drop_index("ix_reminder_undo_until", "reminder")
    op.drop_index("ix_pending_act_due_at", "pending_act")
    for name, table, column, condition in _PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
    for name, table, column in _WHOLE:
        op.create_index(name, table, [column], unique=False)
    op.drop_index("ix_card_dirty", "card")
    dirty = sa.text("dirty_since IS NOT NULL")
    columns = ["chat_id", "dirty_since"]
    op.create_index("ix_card_dirty", "card", columns, sqlite_where=dirty, postgresql_where=dirty)
    op.drop_index("ix_candidate_election_id", "candidate")
    op.create_index("ix_candidate_in_election", "candidate", ["election_id", "id"], unique=True)
    _refer_by_election_and_candidate("signature", sqlite_with_rowid=False)
    _refer_by_election_and_candidate("building_count")
    _begin_bulletins()


def _refer_by_election_and_candidate(table: str, **options: bool) -> None:
    # The bot never wrote a row that names a candidate of another election.
    op.execute(
        f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM candidate "  # noqa: S608
        f"WHERE candidate.id = {table}.candidate_id "
        f"AND candidate.election_id = {table}.election_id)"
    )
    with op.batch_alter_table(
        table,
        # As PostgreSQL named them; SQLite didn't.
        naming_convention={"fk": "%(table_name)s_%(column_0_name)s_fkey"},
        table_kwargs=options,
    ) as batch:
        batch.drop_constraint(f"{table}_candidate_id_fkey", type_="foreignkey")
        batch.create_foreign_key(
            f"{table}_election_id_candidate_id_fkey",
            "candidate",
            ["election_id", "candidate_id"],
            ["election_id", "id"],
        )


def _begin_bulletins() -> None:
    """As when an election is announced: the first evening from now on."""
    connection = op.get_bind()
    bulletin = sa.table(
        "bulletin",
        sa.column("election_id", sa.Integer),
        sa.column("public_id", sa.String),
        sa.column("look_at", UtcDateTime()),
        sa.column("number", sa.Integer),
        sa.column("text", sa.Text),
    )
    # The database's clock: there is no other here.
    now = connection.execute(sa.select(sa.type_coerce(sa.func.now(), UtcDateTime()))).scalar_one()
    without = connection.execute(
        sa.text(
            "SELECT election.id, chat.timezone FROM election JOIN chat ON chat.id = election.chat_id "
            "WHERE election.state = 'open' AND NOT EXISTS "
            "(SELECT 1 FROM bulletin WHERE bulletin.election_id = election.id)"
        )
    ).all()
    for row in without:
        connection.execute(
            bulletin.insert().values(
                election_id=row.id,
                public_id=secrets.token_hex(16),
                look_at=_next_evening(now, ZoneInfo(row.timezone)),
                number=0,
                text="",
            )
        )


def _next_evening(now: datetime, zone: ZoneInfo) -> datetime:
    evening = datetime.combine(now.astimezone(zone), _EVENING, zone)
    return evening if evening > now else evening + timedelta(days=1)
