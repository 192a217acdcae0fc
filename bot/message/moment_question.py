"""Asking whether "19.10" was a time or a date."""

from __future__ import annotations

from collections.abc import Callable

from bot.message.face import Button, Face
from bot.message.moment import DraftedMoment
from bot.message.payload import Payload
from bot.message.words import Words


def draw_question(
    drafted: DraftedMoment, choose: Callable[[str], Payload], drop: Button, words: Words
) -> Face:
    """The question, with `choose` making the button of each reading."""
    buttons = []
    if drafted.as_time is not None:
        label = words.plain("moments.ask.as_time", moment=words.short(drafted.as_time.wall))
        buttons.append((Button(label, choose("as_time")),))
    if drafted.as_date is not None:
        day = drafted.as_date
        label = words.plain("moments.ask.as_date", day=words.short_day(day), year=day.year)
        buttons.append((Button(label, choose("as_date")),))
    return Face(words("moments.ask.question"), (*buttons, (drop,)))
