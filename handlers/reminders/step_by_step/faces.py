"""The steps as an organiser sees them: what is known so far, a question, and the answers."""

from __future__ import annotations

from datetime import date, time

from bot.domain.moments.results import OneTime
from bot.domain.timekeeping.recurrence import MonthlyOnWeekday, Pattern
from bot.message.face import Button, Face
from bot.message.moment_question import HourQuestion, draw_hours
from bot.message.pickers.days import day_rows, weeks_shown
from bot.message.pickers.hours import Hours
from bot.message.words import Html, Words, escape, paragraphs
from handlers.reminders.faces import name_of
from handlers.reminders.payloads import DropDraft
from handlers.reminders.recurrence_words import say_days, say_weekday_of_month
from handlers.reminders.step_by_step.payloads import (
    AskDay,
    ChooseDay,
    ChooseRepeat,
    ChooseTime,
    DayPage,
    HourPage,
)
from handlers.reminders.step_by_step.use_cases import ONCE, Choices, DaysAhead, HoursAhead
from handlers.reminders.use_cases import Preview


def draw_days(found: DaysAhead, words: Words) -> Face:
    """Beneath the words that are known: all of them where somebody comes with them, who hasn't typed a
    command."""
    known, draft = found.known, found.known.draft_id
    parts = _what(known, words)
    if found.is_given:
        shown = words("reminders.due.post", text=Html(known.text))
        parts = [shown, words("reminders.step_by_step.day_of_this")]
    elif parts:
        parts.append(words("moments.ask.day"))
    else:
        parts = [words("moments.ask.day"), words("reminders.step_by_step.in_one_line")]
    if found.page:
        parts.append(escape(weeks_shown(found.now, found.page, words, last_on=found.last_on)))
    rows = day_rows(
        found.now,
        found.page,
        lambda day: ChooseDay(draft, str(day)),
        lambda page: DayPage(draft, page),
        words,
        last_on=found.last_on,
    )
    return Face(paragraphs(*parts), (*rows, (_cancel(draft, words),)))


def draw_day_hours(found: HoursAhead, words: Words) -> Face:
    known, draft = found.known, found.known.draft_id
    day: date | None = None
    if isinstance(found.days, OneTime):
        day = found.days.moment.wall.date()
        when = words.day(day, today=found.now.date())
    else:
        when = say_days(found.days.rule, words)
    parts = [*_what(known, words), words("reminders.step_by_step.when", when=when)]
    last = [_cancel(draft, words)]
    if found.is_picked:
        last.insert(0, Button(words.plain("frame.button.back"), AskDay(draft)))

    def choose(at: time) -> ChooseTime:
        return ChooseTime(draft, at.hour, at.minute)

    def turn(hours: Hours) -> HourPage:
        return HourPage(draft, hours.are_halves, hours.are_nightly)

    question = HourQuestion(paragraphs(*parts), day, found.now, Hours(found.halves, found.nightly))
    return draw_hours(question, choose, turn, last, words)


def draw_repeats(choices: Choices, words: Words) -> Face:
    draft = choices.known.draft_id
    once = Button(words.plain("reminders.step_by_step.once"), ChooseRepeat(draft, ONCE))
    patterns = [
        Button(_label(pattern, words), ChooseRepeat(draft, name))
        for name, pattern in choices.patterns.items()
    ]
    back = Button(words.plain("frame.button.back"), HourPage(draft, halves=False, nightly=False))
    day = words.day(choices.wall.date(), today=choices.known.today)
    question = words("reminders.step_by_step.repeat", day=day, time=words.time(choices.wall.time()))
    text = paragraphs(*_what(choices.known, words), question)
    return Face(text, ((once,), *((each,) for each in patterns), (back, _cancel(draft, words))))


def _what(known: Preview, words: Words) -> list[Html]:
    """The first line of what is to be posted, where that is known."""
    if not known.text and not known.kind:
        return []
    return [words("reminders.due.post", text=name_of(known.text, known.kind, words))]


def _cancel(draft: int, words: Words) -> Button:
    return Button(words.plain("frame.button.cancel"), DropDraft(draft))


def _label(pattern: Pattern, words: Words) -> str:
    """The rule without its hour, which the question says."""
    if not isinstance(pattern, MonthlyOnWeekday):
        return say_days(pattern, words).plain()
    weekday = say_weekday_of_month(pattern, words)
    label = words.plain("reminders.step_by_step.weekday_of_month", weekday=weekday)
    return f"{label[0].upper()}{label[1:]}"
