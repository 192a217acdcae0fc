"""Days and hours that are still ahead: what pages offer to pick from, and what may be picked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

WEEKS = 8
HALF = 30
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(weeks=1)


def days_offered(now: datetime, last_on: date | None = None) -> list[date]:
    """The days that can be picked at `now` by the chat's clock: today while an hour of it is ahead, and
    whole calendar weeks after it, none of them after `last_on`."""
    today = now.date()
    end = monday_of(today) + WEEKS * _A_WEEK
    days = [today + n * _A_DAY for n in range((end - today).days)]
    is_over = not hours_ahead(today, now)
    return [
        day
        for day in days
        if (last_on is None or day <= last_on) and not (is_over and day == today)
    ]


def hours_ahead(day: date | None, now: datetime) -> list[time]:
    """The hours that can be picked for a day, seen from `now` by the chat's clock; of no day in particular,
    all."""
    every = [time(hour, minute) for hour in range(24) for minute in (0, HALF)]
    wall = now.replace(tzinfo=None)
    return [at for at in every if day is None or datetime.combine(day, at) > wall]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - day.weekday() * _A_DAY
