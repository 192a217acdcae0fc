"""Setting a reminder step by step: day, hour, repeating. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.domain.link_preview import NO_PREVIEW
from bot.domain.moments.results import OneTime, Repeating
from bot.domain.refusal import Refused
from bot.domain.timekeeping.ahead import HALF, days_offered
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
from bot.message.moment import drafted_moment, keep_day, require_ahead, take_hour
from bot.person.drafts import OpenDraft, change_draft, find_draft
from bot.steps import ReminderStep
from bot.store import PersonalWork, UnitOfWork
from handlers.reminders.drafted import has_content, keep_recurrence, keep_schedule
from handlers.reminders.use_cases import NEW_FLOW, STEPS, Preview, keep_new, open_new, preview

MINUTES = (0, HALF)
ONCE = "once"


Wanted = Literal["day", "hour", "repeat", "text", ""]
"""What a draft still lacks; empty where it is whole."""


@dataclass(frozen=True)
class DaysAhead:
    """A page of days to choose from, with what is known already. `now` is by the chat's clock; `is_given`:
    somebody came with these words from elsewhere."""

    known: Preview
    now: datetime
    page: int
    last_on: date | None
    is_given: bool


@dataclass(frozen=True)
class HoursAhead:
    """The hours of a day, or of a rule's days. `is_picked`: the day was picked on the page before."""

    known: Preview
    days: OneTime | Repeating
    now: datetime
    halves: bool
    nightly: bool
    is_picked: bool


@dataclass(frozen=True)
class Choices:
    """What can follow a day and an hour: once, or one of these patterns by its name."""

    known: Preview
    wall: datetime
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
    return keep_new(work, chat, thread_id, {**content, **STEPS}, about=step.about)


def wanted(work: PersonalWork, draft_id: int) -> Wanted:
    """What is to be asked for next."""
    data = open_new(work, draft_id).data
    drafted = drafted_moment(data)
    if drafted.without_hour is not None:
        return "hour"
    is_asked = bool(data.get("either")) or drafted.is_question
    if not data.get("rule") and drafted.moment is None and not is_asked:
        return "day"
    if data.get("picks") and drafted.moment is not None:
        return "repeat"
    return "" if has_content(data) else "text"


def days_ahead(work: PersonalWork, draft_id: int, page: int) -> DaysAhead:
    """The days of a page, on the chat's clock."""
    draft = open_new(work, draft_id)
    is_given = bool(draft.data.get("about"))
    now = _wall(work, draft)
    return DaysAhead(preview(work, draft_id), now, page, _last_on(draft), is_given)


def ask_day(work: PersonalWork, draft_id: int) -> None:
    """The day is to be picked, or picked anew."""
    draft = open_new(work, draft_id)
    change_draft(work, draft, {**draft.data, "asks": ""}, awaits_typing=hears(work))


def choose_day(work: PersonalWork, draft_id: int, day: str) -> None:
    draft = open_new(work, draft_id)
    if day not in map(str, days_offered(_wall(work, draft), _last_on(draft))):
        raise Refused("frame.refused.unknown_thing")
    when = {"rule": "", **keep_day(date.fromisoformat(day)), **STEPS}
    change_draft(work, draft, {**draft.data, **when}, awaits_typing=hears(work))


def hours_ahead(work: PersonalWork, draft_id: int, halves: bool, nightly: bool) -> HoursAhead:
    """The hours of the day that was chosen or typed."""
    draft = open_new(work, draft_id)
    days = drafted_moment(_with_days(draft.data)).without_hour
    if days is None:
        raise Refused("frame.refused.draft_over")
    is_picked = bool(draft.data.get("picks"))
    known, now = preview(work, draft_id), _wall(work, draft)
    return HoursAhead(known, days, now, halves, nightly, is_picked)


def choose_time(work: PersonalWork, draft_id: int, hour: int, minute: int) -> None:
    draft = open_new(work, draft_id)
    if hour not in range(24) or minute not in MINUTES:
        raise Refused("frame.refused.unknown_thing")
    reading = take_hour(_with_days(draft.data), time(hour, minute))
    if isinstance(reading, OneTime) and not draft.data.get("picks"):
        require_ahead(reading.moment, work.now)
    data = {**draft.data, **keep_schedule(reading)}
    change_draft(work, draft, data, awaits_typing=hears(work))


def choices(work: PersonalWork, draft_id: int) -> Choices:
    draft = open_new(work, draft_id)
    wall = _picked(draft)
    return Choices(preview(work, draft_id), wall, _patterns(wall.date(), wall.time()))


def choose_repeat(work: PersonalWork, draft_id: int, repeat: str) -> None:
    """The last step."""
    draft = open_new(work, draft_id)
    wall = _picked(draft)
    patterns = _patterns(wall.date(), wall.time())
    when: dict[str, Any] = {}
    if repeat == ONCE:
        require_ahead(drafted_moment(draft.data).moment, work.now)
    elif repeat in patterns:
        when = keep_recurrence(Recurrence(patterns[repeat], _last_on(draft)))
    else:
        raise Refused("frame.refused.unknown_thing")
    data = {**draft.data, **when, "picks": False}
    change_draft(work, draft, data, awaits_typing=False)


def hears(work: PersonalWork) -> bool:
    """Whether the person's next message may answer instead of a tap: in private the bot hears it."""
    return not work.place.is_group


def _picked(draft: OpenDraft) -> datetime:
    """The day and hour that were picked, by the chat's clock."""
    moment = drafted_moment(draft.data).moment if draft.data.get("picks") else None
    if moment is None:  # a step was left out, as only a forged tap can
        raise Refused("frame.refused.draft_over")
    return moment.wall


def _with_days(data: dict[str, Any]) -> dict[str, Any]:
    """The draft's data without its hour: who goes back picks another."""
    moment = drafted_moment(data).moment if data.get("picks") else None
    return data if moment is None else {**data, **keep_day(moment.wall.date())}


def _wall(work: UnitOfWork, draft: OpenDraft) -> datetime:
    return work.now.astimezone(ZoneInfo(draft.data["timezone"])).replace(tzinfo=None)


def _last_on(draft: OpenDraft) -> date | None:
    """The last day on which what it is about still matters."""
    last_on = draft.data.get("last_on")
    return date.fromisoformat(last_on) if last_on else None


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
