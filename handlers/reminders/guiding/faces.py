"""The steps as an organiser sees them."""

from __future__ import annotations

from datetime import time

from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.reminders.guiding.payloads import (
    ChooseDay,
    ChooseRepeat,
    ChooseTime,
    DayPage,
    HourPage,
    MinutePage,
)
from handlers.reminders.guiding.use_cases import ONCE, QUARTERS, Choices, DaysAhead
from handlers.reminders.payloads import DropDraft
from handlers.reminders.rule_words import say_rule

_DAYS_IN_A_ROW = 2
_HOURS_IN_A_ROW = 6


def draw_days(draft: int, found: DaysAhead, words: Words) -> Face:
    """Beneath the words where somebody comes with them, who hasn't typed a command."""
    question = words("guiding.day")
    if found.given:
        shown = words("posting.post", text=Html(found.given))
        question = paragraphs(shown, words("guiding.day_of_this"))
    buttons = [Button(words.day(day), ChooseDay(draft, str(day))) for day in found.days]
    drop = Button(words.plain("frame.button.cancel"), DropDraft(draft))
    return Face(question, (*_rows(buttons, _DAYS_IN_A_ROW), (drop,)))


def draw_hours(draft: int, words: Words) -> Face:
    hours = [Button(words.time(time(hour)), MinutePage(draft, hour)) for hour in range(24)]
    back = Button(words.plain("frame.button.back"), DayPage(draft))
    return Face(words("guiding.hour"), (*_rows(hours, _HOURS_IN_A_ROW), (back,)))


def draw_minutes(draft: int, hour: int, words: Words) -> Face:
    quarters = tuple(
        Button(words.time(time(hour, minute)), ChooseTime(draft, hour, minute))
        for minute in QUARTERS
    )
    back = Button(words.plain("frame.button.back"), HourPage(draft))
    return Face(words("guiding.minute"), (quarters, (back,)))


def draw_repeats(draft: int, choices: Choices, words: Words) -> Face:
    once = Button(words.plain("guiding.once"), ChooseRepeat(draft, ONCE))
    patterns = [
        Button(say_rule(pattern, words).plain(), ChooseRepeat(draft, name))
        for name, pattern in choices.patterns.items()
    ]
    back = Button(words.plain("frame.button.back"), HourPage(draft))
    question = words("guiding.repeat", day=words.day(choices.day), time=words.time(choices.at))
    return Face(question, ((once,), *((each,) for each in patterns), (back,)))


def _rows(buttons: list[Button], length: int) -> list[tuple[Button, ...]]:
    starts = range(0, len(buttons), length)
    return [tuple(buttons[start : start + length]) for start in starts]
