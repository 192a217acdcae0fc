"""What clocks on the wall show at a planned moment, beside its instant: the wall is what was promised."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime, WallTime

revision = "0015"
down_revision = "0014"

_A_DAY = timedelta(days=1)


def upgrade() -> None:
    for name in ("next_wall", "undo_wall"):
        op.add_column("reminder", sa.Column(name, WallTime(), nullable=True))
    # SQLite adds no column without a value: each row gets its own below.
    op.add_column("digest", sa.Column("next_wall", WallTime(), nullable=False, server_default=""))
    op.add_column("election", sa.Column("closes_wall", WallTime(), nullable=True))
    op.add_column("election", sa.Column("closes_timezone", sa.String(), nullable=True))
    op.add_column("office", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("instance", sa.Column("zone_data", sa.String(), nullable=True))
    _leave_unknown_zones()
    with _zones_as_before():
        _write_walls_of_reminders()
        _write_walls_of_digests()
        _write_walls_of_elections()
        _write_walls_of_acts()
    op.execute(
        "UPDATE office SET timezone = (SELECT timezone FROM chat WHERE chat.id = office.chat_id)"
    )
    op.drop_column("reminder", "undo_next_at")


@contextmanager
def _zones_as_before() -> Iterator[None]:
    """The instants that stand here were made by the machine's own zone files, where it has any: by those, and
    not by the data that counts from now on, the wall shows what was promised."""
    zoneinfo.reset_tzpath()
    try:
        yield
    finally:
        zoneinfo.reset_tzpath(to=())


def _wall(at: datetime, timezone: str) -> datetime:
    return at.astimezone(ZoneInfo.no_cache(timezone)).replace(tzinfo=None)


def _wall_at(hour: time, at: datetime, timezone: str) -> datetime:
    """The wall time of that hour nearest to an instant: a rule remembers it also where the clock shows
    another, because it was changed meanwhile or skipped that hour."""
    shown = _wall(at, timezone)
    if (shown.hour, shown.minute) == (hour.hour, hour.minute):
        return shown
    days = (shown.date() + n * _A_DAY for n in (-1, 0, 1))
    return min((datetime.combine(day, hour) for day in days), key=lambda wall: abs(wall - shown))


def _write_walls_of_reminders() -> None:
    reminder = sa.table(
        "reminder",
        sa.column("id", sa.Integer),
        sa.column("timezone", sa.String),
        sa.column("rule", sa.String),
        sa.column("next_at", UtcDateTime),
        sa.column("undo_next_at", UtcDateTime),
        sa.column("next_wall", WallTime),
        sa.column("undo_wall", WallTime),
    )
    for row in op.get_bind().execute(sa.select(reminder)).all():
        _put(
            reminder,
            row.id,
            next_wall=_wall_by_rule(row.rule, row.next_at, row.timezone),
            undo_wall=_wall_by_rule(row.rule, row.undo_next_at, row.timezone),
        )


def _wall_by_rule(rule: str, at: datetime | None, timezone: str) -> datetime | None:
    if at is None:
        return None
    if not rule:
        return _wall(at, timezone)
    begins = rule.removeprefix("DTSTART:")[:15]
    return _wall_at(datetime.strptime(begins, "%Y%m%dT%H%M%S").time(), at, timezone)  # noqa: DTZ007


def _write_walls_of_digests() -> None:
    digest = sa.table(
        "digest",
        sa.column("id", sa.Integer),
        sa.column("timezone", sa.String),
        sa.column("wall_time", sa.Time),
        sa.column("next_at", UtcDateTime),
        sa.column("next_wall", WallTime),
    )
    read = sa.select(digest.c.id, digest.c.timezone, digest.c.wall_time, digest.c.next_at)
    for row in op.get_bind().execute(read).all():
        _put(digest, row.id, next_wall=_wall_at(row.wall_time, row.next_at, row.timezone))


def _write_walls_of_elections() -> None:
    chat = _chat()
    election = sa.table(
        "election",
        sa.column("id", sa.Integer),
        sa.column("chat_id", sa.Integer),
        sa.column("closes_at", UtcDateTime),
        sa.column("closes_wall", WallTime),
        sa.column("closes_timezone", sa.String),
    )
    read = (
        sa.select(election.c.id, election.c.closes_at, chat.c.timezone)
        .join(chat, chat.c.id == election.c.chat_id)
        .where(election.c.closes_at.is_not(None))
    )
    for row in op.get_bind().execute(read).all():
        wall = _wall(row.closes_at, row.timezone)
        _put(election, row.id, closes_wall=wall, closes_timezone=row.timezone)


def _write_walls_of_acts() -> None:
    """A deadline that was wanted was kept by its instant, in ISO 8601."""
    chat = _chat()
    election = sa.table("election", sa.column("id", sa.Integer), sa.column("chat_id", sa.Integer))
    act = sa.table(
        "pending_act",
        sa.column("id", sa.Integer),
        sa.column("election_id", sa.Integer),
        sa.column("parameter", sa.String),
    )
    read = (
        sa.select(act.c.id, act.c.parameter, chat.c.timezone)
        .join(election, election.c.id == act.c.election_id)
        .join(chat, chat.c.id == election.c.chat_id)
        .where(act.c.parameter.is_not(None))
    )
    for row in op.get_bind().execute(read).all():
        wall = _wall(datetime.fromisoformat(row.parameter), row.timezone)
        written = WallTime().process_bind_param(wall, op.get_bind().dialect)
        _put(act, row.id, parameter=f"{written}[{row.timezone}]")


def _leave_unknown_zones() -> None:
    """A machine may know zones that the data doesn't, such as "localtime"."""
    known = zoneinfo.available_timezones()
    for name in ("chat", "reminder", "action", "digest"):
        table = sa.table(name, sa.column("timezone", sa.String))
        for zone in {*op.get_bind().execute(sa.select(table.c.timezone)).scalars()} - known:
            unknown = table.c.timezone == zone
            op.get_bind().execute(sa.update(table).where(unknown).values(timezone="UTC"))


def _chat() -> sa.TableClause:
    return sa.table("chat", sa.column("id", sa.Integer), sa.column("timezone", sa.String))


def _put(table: sa.TableClause, row_id: int, **values: object) -> None:
    op.get_bind().execute(sa.update(table).where(table.c.id == row_id).values(**values))
