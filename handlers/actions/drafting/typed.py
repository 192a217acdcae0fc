"""What somebody types about an announcement: all of it in a line, or one thing, whatever was asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.announcement import is_place, read_announcement, read_place
from bot.domain.moments.hour import read_hour
from bot.domain.moments.reading import read_moment
from bot.domain.moments.results import MomentProblem
from bot.domain.refusal import Refused
from bot.message import moment as moments
from handlers.actions.drafting.draft import Step

_MISSING = "moments.missing"


def read_typed(
    typed: str, *, now: datetime, zone: ZoneInfo, on: date | None, asks: str
) -> dict[str, Any]:
    """What changes in a draft's data by what was typed: the moment, the words, the place, or all of them.

    An hour alone is one of the day that is known already. Raises `Refused`.
    """
    if asks == Step.PLACE or is_place(typed):
        return {"place": read_place(typed)}
    is_hour = on is not None and read_hour(typed) is not None
    when = f"{on:%d.%m.%Y} {typed}" if is_hour else typed
    try:
        reading = read_moment(when, now=now, zone=zone)
    except MomentProblem as problem:
        if problem.key == _MISSING or asks == Step.WORDS:
            return _words(typed) or _nothing()
        raise
    return {"day": None, **moments.keep_reading(reading), **_words(reading.rest)}


def _words(text: str) -> dict[str, Any]:
    """Title, place and description, as far as they are there. Whoever writes the title anew writes anew what
    stands beneath it."""
    if is_place(text):
        return {"place": read_place(text)}
    said = read_announcement(text)
    found = {"title": said.title, "details": said.details} if said.title else {}
    found |= {"details": said.details} if said.details else {}
    return found | ({"place": said.place} if said.place else {})


def _nothing() -> dict[str, Any]:
    raise Refused("actions.refused.title.empty")
