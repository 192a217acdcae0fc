"""Asking what was meant: whether "19.10" was a time or a date, which of two moments "at 7" is, and at what
hour something is of which the day alone was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.timekeeping.moment import Moment
from bot.message.face import Button, Face
from bot.message.labels import fitted
from bot.message.moment import EITHER, DraftedMoment
from bot.message.payload import Payload
from bot.message.pickers.hours import FULL_HOURS, Hours, hour_rows
from bot.message.words import Html, Words, paragraphs


def draw_question(
    drafted: DraftedMoment, choose: Callable[[str], Payload], drop: Button, words: Words
) -> Face:
    """The question, with `choose` making the button of each reading."""
    if drafted.either:
        labels = [words.short(moment.wall) for moment in drafted.either]
        return draw_either(labels, choose, drop, words)
    buttons = []
    if drafted.as_time is not None:
        label = words.plain("moments.ask.as_time", moment=words.short(drafted.as_time.wall))
        buttons.append((Button(label, choose("as_time")),))
    if drafted.as_date is not None:
        day = _short_date(drafted.as_date, drafted.as_time, words)
        label = words.plain("moments.ask.as_date", day=day)
        buttons.append((Button(label, choose("as_date")),))
    return Face(words("moments.ask.question"), (*buttons, (drop,)))


def _short_date(day: date, as_time: Moment | None, words: Words) -> str:
    """With its year where that isn't the one of the time, which is today's or tomorrow's."""
    is_same = as_time is not None and as_time.wall.year == day.year
    return words.short_day(day) if is_same else f"{words.short_day(day)} {day.year}"


def draw_either(
    labels: Sequence[str], choose: Callable[[str], Payload], drop: Button, words: Words
) -> Face:
    """The question which of two readings, which `labels` say, is meant."""
    buttons = [
        (Button(fitted(words.plain("moments.ask.this", reading=label)), choose(name)),)
        for name, label in zip(EITHER, labels, strict=True)
    ]
    return Face(words("moments.ask.which"), (*buttons, (drop,)))


@dataclass(frozen=True)
class HourQuestion:
    """What the page that asks for an hour shows: what is known so far, and the hours of `day` that are ahead
    of `now` by the chat's clock; all where it is of no one day."""

    known: Html
    day: date | None
    now: datetime
    shown: Hours = FULL_HOURS


def draw_hours(
    asked: HourQuestion,
    choose: Callable[[time], Payload],
    turn: Callable[[Hours], Payload],
    last: Sequence[Button],
    words: Words,
) -> Face:
    """What is known, the question for the hour, the hours, and a last row: the way back or out."""
    rows = hour_rows(asked.day, asked.now, asked.shown, choose, turn, words)
    return Face(paragraphs(asked.known, words("moments.ask.hour")), (*rows, tuple(last)))
