"""The end of an election: when it comes, what is said before it, and what one organiser can't do alone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.timekeeping.moment import Moment, resolve

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Act(StrEnum):
    """What no organiser decides alone once neighbours may have signed: it can't be undone, or changes who
    may sign or what counts."""

    CLOSE = "close"
    FREEZE = "freeze"
    BASE = "base"
    """Count the base anew, because the buildings changed."""
    DEADLINE = "deadline"
    """Move the deadline earlier."""
    DELETE = "delete"
    NEWCOMERS = "newcomers"
    """Let those sign who joined after the election opened, or bar them again."""
    KEPT = "kept"
    """Remember for another time who signed."""
    COUNTED_BY = "counted_by"
    """Count other numbers towards the target."""
    ACCEPTED = "accepted"
    """Enter how many signatures were officially accepted, where these are what counts."""
    STRIKE = "strike"
    """Take a candidate off the list."""


class ActState(StrEnum):
    """Where an act stands that wanted a second organiser."""

    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Wanted:
    """An act, with what exactly is wanted, and whom it is about: a candidate's id, 0 for nobody."""

    act: Act
    parameter: str | None = None
    candidate_id: int = 0


LET, BAR = "1", "0"
"""What is wanted for those who joined after an election opened."""

WAIT = timedelta(hours=24)
"""How long a second organiser may confirm, or, where there is none, anyone may ask to stop it."""

LEADS = (timedelta(days=7), timedelta(days=1), timedelta(hours=2))
"""How long before the deadline the chat is reminded."""

KEPT_DAYS = (0, 7, 30, 90)
"""How many days after its end an election may remember who signed."""

USUAL_KEPT_DAYS = 30

_CLOSING_HOUR = time(21)
_MONTHS_IN_YEAR = 12


class DeadlinePreset(StrEnum):
    """Deadlines that needn't be typed."""

    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    THREE_MONTHS = "three_months"
    NONE = "none"


def preset_deadline(preset: DeadlinePreset, now: datetime, zone: ZoneInfo) -> Moment | None:
    """The moment of a preset for people in `zone`, at nine in the evening; None for no deadline.

    A month later is the same day of the next month, or its last where it has no such day.
    """
    today = now.astimezone(zone).date()
    match preset:
        case DeadlinePreset.NONE:
            return None
        case DeadlinePreset.TWO_WEEKS:
            day = today + timedelta(days=14)
        case DeadlinePreset.MONTH | DeadlinePreset.THREE_MONTHS:
            months = today.month - 1 + (1 if preset is DeadlinePreset.MONTH else 3)
            year, month = today.year + months // _MONTHS_IN_YEAR, months % _MONTHS_IN_YEAR + 1
            last = calendar.monthrange(year, month)[1]
            day = today.replace(year=year, month=month, day=min(today.day, last))
    return resolve(datetime.combine(day, _CLOSING_HOUR), zone)


def next_reminder(closes_at: datetime | None, now: datetime) -> datetime | None:
    """When the chat is next reminded of a deadline, None where nothing is left to remind of."""
    if closes_at is None:
        return None
    return min((at for lead in LEADS if (at := closes_at - lead) > now), default=None)


def is_earlier(wanted: datetime | None, before: datetime | None) -> bool:
    """Whether a deadline takes time away from those who still want to sign; none at all is the latest."""
    if wanted is None:
        return False
    return before is None or wanted < before
