"""The deadline of an election: put, moved, and told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.elections.acts import DeadlinePreset, next_reminder, preset_deadline
from bot.domain.moments.answered import is_hour_alone
from bot.domain.moments.reading import read_moment
from bot.domain.moments.results import EitherOf, MomentProblem, OneTime
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment
from bot.store import UnitOfWork
from handlers.elections.heart.posts import DEADLINE_POST, post
from storage.elections import elections
from storage.elections.elections import ElectionRow

SHORTEST = timedelta(hours=1)
"""Signing that ends sooner was hardly open."""


def put_deadline(work: UnitOfWork, election: ElectionRow, closes: Moment | None) -> None:
    """Let signing end at that moment, and remind of it before."""
    elections.set_deadline(election, closes)
    election.remind_at = next_reminder(election.closes_at, work.now)
    work.session.add(election)
    if closes is not None:
        work.later.wake(election.remind_at or closes.at)


def move_deadline(work: UnitOfWork, election: ElectionRow, closes: Moment | None) -> None:
    """The same for an election that neighbours know already: the chat is told."""
    if instant(closes) == election.closes_at:
        return
    put_deadline(work, election, closes)
    election_id = election.id
    work.later.redraw(elections.CARD, election_id)
    now, at = int(work.now.timestamp()), int(closes.at.timestamp()) if closes else 0
    key = f"{DEADLINE_POST}:{election_id}:{now}:{at}"
    post(work, election, DEADLINE_POST, election_id, key=key)


def preset_moment(preset: str, now: datetime, zone: ZoneInfo) -> Moment | None:
    """The deadline behind a button. Raises `Refused` for a forged one."""
    if preset not in set(DeadlinePreset):
        raise Refused("frame.refused.unknown_thing")
    return preset_deadline(DeadlinePreset(preset), now, zone)


def typed_moment(typed: str, now: datetime, zone: ZoneInfo) -> Moment:
    """The deadline that was typed. An hour alone is asked for its day: hardly any election ends today.
    Raises `Refused`."""
    if is_hour_alone(typed):
        raise Refused("ending.refused.day_missing")
    try:
        reading = read_moment(typed, now=now, zone=zone)
    except MomentProblem as problem:
        if problem.key != "moments.no_time":
            raise
        raise Refused("ending.refused.hour_missing") from None
    if isinstance(reading, EitherOf):
        raise Refused("moments.which_hour")
    if not isinstance(reading, OneTime):
        raise Refused("ending.refused.hour_missing")
    if reading.rest.strip(" .!"):
        raise Refused("moments.unclear")
    return require_ahead(reading.moment, now)


def require_ahead(closes: Moment | None, now: datetime) -> Moment:
    """Go on only with a moment that isn't too near, or over. Raises `Refused`."""
    if closes is None or closes.at < now + SHORTEST:
        raise Refused("ending.refused.too_soon")
    return closes


def instant(closes: Moment | None) -> datetime | None:
    """When that is; None for no end."""
    return closes.at if closes else None
