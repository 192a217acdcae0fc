"""The steps as an organiser sees them."""

from __future__ import annotations

from datetime import time

from bot.domain.timekeeping.recurrence import MonthlyOnWeekday, Pattern
from bot.message.face import Button, Face, in_rows
from bot.message.words import Html, Words, paragraphs
from handlers.reminders.payloads import DropDraft
from handlers.reminders.recurrence_words import say_days, say_weekday_of_month
from handlers.reminders.step_by_step.payloads import (
    ChooseDay,
    ChooseRepeat,
    ChooseTime,
    DayPage,
    HourPage,
    MinutePage,
)
from handlers.reminders.step_by_step.use_cases import ONCE, QUARTERS, Choices, DaysAhead, Hour

_DAYS_IN_A_ROW = 2
_HOURS_IN_A_ROW = 4


def draw_days(found: DaysAhead, words: Words) -> Face:
    """Beneath the words where somebody comes with them, who hasn't typed a command."""
    question = words("reminders.step_by_step.day")
    if found.given:
        shown = words("reminders.due.post", text=Html(found.given))
        question = paragraphs(shown, words("reminders.step_by_step.day_of_this"))
    draft = found.draft_id
    buttons = [Button(words.short_day(day), ChooseDay(draft, str(day))) for day in found.days]
    drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
    return Face(question, (*in_rows(buttons, _DAYS_IN_A_ROW), (drop,)))


def draw_hours(draft: int, words: Words) -> Face:
    hours = [Button(words.time(time(hour)), MinutePage(draft, hour)) for hour in range(24)]
    back = Button(words.plain("frame.button.back"), DayPage(draft))
    return Face(words("reminders.step_by_step.hour"), (*in_rows(hours, _HOURS_IN_A_ROW), (back,)))


def draw_minutes(chosen: Hour, words: Words) -> Face:
    draft, hour = chosen.draft_id, chosen.hour
    quarters = tuple(
        Button(words.time(time(hour, minute)), ChooseTime(draft, hour, minute))
        for minute in QUARTERS
    )
    back = Button(words.plain("frame.button.back"), HourPage(draft))
    return Face(words("reminders.step_by_step.minute"), (quarters, (back,)))


def draw_repeats(choices: Choices, words: Words) -> Face:
    draft = choices.draft_id
    once = Button(words.plain("reminders.step_by_step.once"), ChooseRepeat(draft, ONCE))
    patterns = [
        Button(_label(pattern, words), ChooseRepeat(draft, name))
        for name, pattern in choices.patterns.items()
    ]
    back = Button(words.plain("frame.button.back"), HourPage(draft))
    question = words(
        "reminders.step_by_step.repeat", day=words.day(choices.day), time=words.time(choices.at)
    )
    return Face(question, ((once,), *((each,) for each in patterns), (back,)))


def _label(pattern: Pattern, words: Words) -> str:
    """The rule without its hour, which the question says."""
    if not isinstance(pattern, MonthlyOnWeekday):
        return say_days(pattern, words).plain()
    weekday = say_weekday_of_month(pattern, words)
    label = words.plain("reminders.step_by_step.weekday_of_month", weekday=weekday)
    return f"{label[0].upper()}{label[1:]}"
