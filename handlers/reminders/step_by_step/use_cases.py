"""Setting a reminder step by step: day, hour, repeating. Plain functions on a unit of work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.link_preview import NO_PREVIEW
from bot.domain.moments.results import OneTime
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import resolve
from bot.domain.timekeeping.recurrence import (
    EVERY_DAY,
    LAST,
    WORKING_DAYS,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
)
from bot.message.moment import require_ahead
from bot.person.drafts import OpenDraft, change_draft, find_draft
from bot.steps import ReminderStep
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import has_content, keep_recurrence, keep_schedule
from handlers.reminders.use_cases import NEW_FLOW, keep_new, open_new

OFFERED_DAYS = 14
QUARTERS = (0, 15, 30, 45)
ONCE = "once"


@dataclass(frozen=True)
class DaysAhead:
    """The days to choose from; `given` are the words that somebody came with from elsewhere."""

    draft_id: int
    days: list[date]
    given: str


@dataclass(frozen=True)
class Hour:
    """An hour of which a quarter is to be chosen."""

    draft_id: int
    hour: int


@dataclass(frozen=True)
class Choices:
    """What can follow a day and an hour: once, or one of these patterns by its name."""

    draft_id: int
    day: date
    at: time
    patterns: dict[str, Pattern]


def begin_about(work: PersonalWork, step: ReminderStep) -> int:
    """Begin with words that are given, in the topic where it is tapped; once begun, go on with that.

    Returns the draft's id.
    """
    chat = work.reach(step.chat_id)
    begun = find_draft(work, step.chat_id, NEW_FLOW, step.about)
    if begun is not None:
        return begun.id
    thread_id = work.thread_in(step.chat_id)
    content: dict[str, Any] = {
        "text": step.text,
        "sources": [],
        "preview": NO_PREVIEW.kept(),
        "about": step.about,
        "last_on": str(step.last_on) if step.last_on else None,
    }
    return keep_new(work, chat, thread_id, content, about=step.about)


def days_ahead(work: PersonalWork, draft_id: int) -> DaysAhead:
    """Today and the days after it, on the chat's clock."""
    draft = open_new(work, draft_id)
    given = draft.data["text"] if draft.data.get("about") else ""
    return DaysAhead(draft.id, _offered(work, draft), given)


def under_way(work: PersonalWork, draft_id: int) -> int:
    """Return the draft's id where it is under way, and the person's. Raises `Refused`."""
    return open_new(work, draft_id).id


def chosen_hour(work: PersonalWork, draft_id: int, hour: int) -> Hour:
    """The hour that was tapped. Raises `Refused` for one that no day has."""
    draft = open_new(work, draft_id)
    if hour not in range(24):
        raise Refused("frame.refused.unknown_thing")
    return Hour(draft.id, hour)


def choose_day(work: PersonalWork, draft_id: int, day: str) -> None:
    draft = open_new(work, draft_id)
    if day not in map(str, _offered(work, draft)):
        raise Refused("frame.refused.unknown_thing")
    change_draft(work, draft, {**draft.data, "day": day}, awaits_typing=False)


def choose_time(work: PersonalWork, draft_id: int, hour: int, minute: int) -> None:
    draft = open_new(work, draft_id)
    if hour not in range(24) or minute not in QUARTERS:
        raise Refused("frame.refused.unknown_thing")
    data = {**draft.data, "hour": time(hour, minute).isoformat()}
    change_draft(work, draft, data, awaits_typing=False)


def choices(work: PersonalWork, draft_id: int) -> Choices:
    return _choices(open_new(work, draft_id))


def choose_repeat(work: PersonalWork, draft_id: int, repeat: str) -> None:
    """The last step."""
    draft = open_new(work, draft_id)
    found, zone = _choices(draft), ZoneInfo(draft.data["timezone"])
    if repeat == ONCE:
        moment = require_ahead(resolve(datetime.combine(found.day, found.at), zone), work.now)
        when = keep_schedule(OneTime(moment, ""))
    elif repeat in found.patterns:
        when = keep_recurrence(Recurrence(found.patterns[repeat], _last_on(draft)))
    else:
        raise Refused("frame.refused.unknown_thing")
    change_draft(work, draft, {**draft.data, **when}, awaits_typing=False)


def has_message(work: PersonalWork, draft_id: int) -> bool:
    """Whether there is a message to post already, or the text is still to come."""
    return has_content(open_new(work, draft_id).data)


def _offered(work: UnitOfWork, draft: OpenDraft) -> list[date]:
    today = work.now.astimezone(ZoneInfo(draft.data["timezone"])).date()
    days = [today + timedelta(days=ahead) for ahead in range(OFFERED_DAYS)]
    last_on = _last_on(draft)
    return [day for day in days if last_on is None or day <= last_on]


def _last_on(draft: OpenDraft) -> date | None:
    """The last day on which what it is about still matters."""
    last_on = draft.data.get("last_on")
    return date.fromisoformat(last_on) if last_on else None


def _choices(draft: OpenDraft) -> Choices:
    with suppress(KeyError):
        day, at = date.fromisoformat(draft.data["day"]), time.fromisoformat(draft.data["hour"])
        return Choices(draft.id, day, at, _patterns(day, at))
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
