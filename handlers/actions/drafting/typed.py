"""What somebody types about an announcement: all of it in a line, or one thing, whatever was asked."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actions.announcement import is_place, read_announcement, read_place
from bot.domain.actions.parties import read_capacity
from bot.domain.moments.answered import answered_line
from bot.domain.moments.hour import read_hour
from bot.domain.moments.reading import at_known_hour, moment_or_day
from bot.domain.moments.results import HourWanted, MomentProblem, OneTime
from bot.domain.refusal import Refused
from bot.message import moment as moments
from handlers.actions.drafting.draft import Known, Step


def read_typed(typed: str, so_far: Known, *, asks: str = "") -> dict[str, Any]:
    """What changes in a draft's data by what was typed: the moment, the words, the place, or all of them.

    An hour alone is one of the day that is known already, a day alone has the hour that is. Raises `Refused`.
    """
    if asks == Step.CAPACITY:
        return {"capacity": read_capacity(typed)}
    if asks == Step.PLACE or is_place(typed):
        return {"place": read_place(typed)}
    is_hour = so_far.on is not None and read_hour(typed) is not None
    when = f"{so_far.on:%d.%m.%Y} {typed}" if is_hour else typed
    try:
        reading = moment_or_day(when, now=so_far.now, zone=ZoneInfo(so_far.timezone))
    except MomentProblem as problem:
        if problem.key != "moments.missing" and asks != Step.WORDS:
            raise
        return (None if asks else _hour_among(typed, so_far)) or _only_words(typed)
    if isinstance(reading, HourWanted):
        return _on_that_day(reading, so_far) | _words(reading.rest)
    return moments.keep_reading(reading) | _words(reading.rest)


def _hour_among(typed: str, so_far: Known) -> dict[str, Any] | None:
    """The one hour among other words, where the day's is asked for: "better at 18"."""
    if so_far.on is None or so_far.drafted.moment is not None:
        return None
    line = answered_line(f"{so_far.on:%d.%m.%Y} {so_far.announcement.title}".strip(), typed)
    with suppress(MomentProblem):
        reading = moment_or_day(line, now=so_far.now, zone=ZoneInfo(so_far.timezone))
        if not isinstance(reading, HourWanted):
            title = read_announcement(reading.rest).title
            return moments.keep_reading(reading) | ({"title": title} if title else {})
    return None


def _on_that_day(reading: HourWanted, so_far: Known) -> dict[str, Any]:
    """The day with the hour that was known before, where that is still ahead on it."""
    before = so_far.drafted.moment
    hour = before.wall.time() if before is not None else None
    found = at_known_hour(reading, hour, ZoneInfo(so_far.timezone))
    return moments.keep_reading(found if isinstance(found, OneTime) else reading)


def _only_words(typed: str) -> dict[str, Any]:
    said = _words(typed)
    if not said:
        raise Refused("actions.refused.title.empty")
    return said


def _words(text: str) -> dict[str, Any]:
    """Title, place and description, as far as they are there. Whoever writes the title anew writes anew what
    stands beneath it."""
    if is_place(text):
        return {"place": read_place(text)}
    said = read_announcement(text)
    found = {"place": said.place} if said.place else {}
    if said.title:
        found |= {"title": said.title, "details": said.details}
    elif said.details:
        found |= {"details": said.details}
    return found
