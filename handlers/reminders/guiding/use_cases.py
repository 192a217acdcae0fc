"""Setting a reminder step by step: day, hour, repeating. Plain functions on a unit of work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.moments.moment import resolve
from bot.domain.moments.results import OneTime
from bot.domain.recurrence import (
    EVERY_DAY,
    LAST,
    WORKING_DAYS,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
)
from bot.domain.refusal import Refused
from bot.drafted_moment import require_ahead
from bot.drafts import OpenDraft, change_draft
from bot.place import Person, Place
from bot.store import UnitOfWork
from handlers.reminders.drafted import has_content, keep_recurrence, keep_schedule
from handlers.reminders.use_cases import open_new

OFFERED_DAYS = 14
QUARTERS = (0, 15, 30, 45)
ONCE = "once"


@dataclass(frozen=True)
class Choices:
    """What can follow a day and an hour: once, or one of these patterns by its name."""

    day: date
    at: time
    patterns: dict[str, Pattern]


def offered_days(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> list[date]:
    """Today and the days after it, on the chat's clock."""
    return _offered(work, open_new(work, person, place, draft_id))


def require_new(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> None:
    """Go on only where this draft is under way, and the person's. Raises `Refused`."""
    open_new(work, person, place, draft_id)


def choose_day(work: UnitOfWork, person: Person, place: Place, draft_id: int, day: str) -> None:
    draft = open_new(work, person, place, draft_id)
    if day not in map(str, _offered(work, draft)):
        raise Refused("frame.refused.unknown_thing")
    change_draft(work, draft, {**draft.data, "day": day}, awaits_typing=False)


def choose_time(
    work: UnitOfWork, person: Person, place: Place, draft_id: int, hour: int, minute: int
) -> None:
    draft = open_new(work, person, place, draft_id)
    if hour not in range(24) or minute not in QUARTERS:
        raise Refused("frame.refused.unknown_thing")
    data = {**draft.data, "hour": time(hour, minute).isoformat()}
    change_draft(work, draft, data, awaits_typing=False)


def choices(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> Choices:
    return _choices(open_new(work, person, place, draft_id))


def choose_repeat(
    work: UnitOfWork, person: Person, place: Place, draft_id: int, repeat: str
) -> bool:
    """The last step. Gives whether there is a message to post already, or the text is still to come."""
    draft = open_new(work, person, place, draft_id)
    found, zone = _choices(draft), ZoneInfo(draft.data["timezone"])
    if repeat == ONCE:
        moment = require_ahead(resolve(datetime.combine(found.day, found.at), zone), work.now)
        when = keep_schedule(OneTime(moment, ""))
    elif repeat in found.patterns:
        when = keep_recurrence(Recurrence(found.patterns[repeat]))
    else:
        raise Refused("frame.refused.unknown_thing")
    data = {**draft.data, **when}
    change_draft(work, draft, data, awaits_typing=False)
    return has_content(data)


def _offered(work: UnitOfWork, draft: OpenDraft) -> list[date]:
    today = work.now.astimezone(ZoneInfo(draft.data["timezone"])).date()
    return [today + timedelta(days=ahead) for ahead in range(OFFERED_DAYS)]


def _choices(draft: OpenDraft) -> Choices:
    with suppress(KeyError):
        day, at = date.fromisoformat(draft.data["day"]), time.fromisoformat(draft.data["hour"])
        return Choices(day, at, _patterns(day, at))
    raise Refused("frame.refused.draft_over")  # a step was left out, as only a forged tap can


def _patterns(day: date, at: time) -> dict[str, Pattern]:
    """The ways to repeat that this day can be the first of."""
    only = frozenset({day.weekday()})
    is_last = (day + timedelta(weeks=1)).month != day.month
    nth = LAST if is_last else (day.day - 1) // 7 + 1
    patterns: dict[str, Pattern] = {"daily": Weekly(EVERY_DAY, at, since=day)}
    if day.weekday() in WORKING_DAYS:
        patterns["working_days"] = Weekly(WORKING_DAYS, at, since=day)
    patterns |= {
        "weekly": Weekly(only, at, since=day),
        "second_week": Weekly(only, at, weeks=2, since=day),
        "monthly": MonthlyOnDay(day.day, at),
        "weekday_of_month": MonthlyOnWeekday(nth, day.weekday(), at),
    }
    return patterns
