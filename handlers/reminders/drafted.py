"""What a draft of a reminder holds: what to post, when, and how."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.formatted import FormattedText
from bot.domain.moments.answered import is_hour_alone
from bot.domain.moments.hour import read_hour
from bot.domain.moments.reading import at_known_hour, schedule_or_days
from bot.domain.moments.results import (
    EitherOf,
    HourWanted,
    MomentProblem,
    OneTime,
    Reading,
    Repeating,
)
from bot.domain.plain_text import clean_line, with_capital
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment
from bot.domain.timekeeping.recurrence import Recurrence
from bot.domain.timekeeping.rrule import read_rrule, write_rrule
from bot.message.moment import UNSAID, DraftedMoment, drafted_moment, keep_either, keep_reading

# With the heading, three moments in full, every note and a label, the preview stays within Telegram's 4096.
TEXT_LENGTH = 3000
LABEL_LENGTH = 32
SHOWN_MOMENTS = 3
NO_CONTENT: dict[str, Any] = {"text": "", "sources": [], "kind": "", "preview": ""}
_NO_TEXT = FormattedText("")
SETTINGS = ("silent", "pinned", "latest")
"""Without a sound; pinned in place of the one before; each post takes the one before away."""


@dataclass(frozen=True)
class Quoted:
    """The message that a command answers: to be copied, or for its text.

    `kind` is "text", "photo", "video", "document", "poll" or "other". `numbers` are its message's and, of
    an album, those of the others; `is_partial` where the others are unknown. `refused` is the key of what is
    said where it can't be posted at all.
    """

    text: FormattedText = _NO_TEXT
    kind: str = ""
    numbers: tuple[int, ...] = ()
    is_partial: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Times:
    """When it comes: once or again and again, or still a question. `upcoming`: the first few moments.

    `either`: the two ways in which it can be meant, or none.
    """

    drafted: DraftedMoment
    recurrence: Recurrence | None = None
    upcoming: tuple[Moment, ...] = field(default_factory=tuple)
    either: tuple[Times, ...] = field(default_factory=tuple)


def keep_content(typed: FormattedText, quoted: Quoted | None) -> dict[str, Any]:
    """A draft's data of what to post: what was typed, or else what was quoted. Raises `Refused`."""
    text = typed.cleaned()
    text = replace(text, text=with_capital(text.text))
    if not text.text and quoted is not None and quoted.refused:
        raise Refused(quoted.refused)
    if not text.text and quoted is not None and quoted.kind != "text":
        return {
            "text": quoted.text.cleaned().html(),
            "sources": list(quoted.numbers),
            "kind": quoted.kind,
            "is_partial": quoted.is_partial,
            "preview": "",
        }
    if not text.text and quoted is not None:
        text = quoted.text.cleaned()
    if not text.text:
        raise Refused("reminders.refused.text.empty")
    if text.utf16_length > TEXT_LENGTH:
        raise Refused("reminders.refused.text.long", length=text.utf16_length, most=TEXT_LENGTH)
    preview = text.preview.kept()
    return {"text": text.html(), "sources": [], "kind": "", "is_partial": False, "preview": preview}


def has_content(data: dict[str, Any]) -> bool:
    return bool(data.get("text") or data.get("sources"))


def keep_schedule(reading: Reading | HourWanted) -> dict[str, Any]:
    """A draft's data of when to post."""
    if isinstance(reading, Repeating):
        return keep_recurrence(reading.recurrence)
    if isinstance(reading, EitherOf):
        first, second = keep_schedule(reading.first), keep_schedule(reading.second)
        return {"rule": "", **keep_either(first, second)}
    return {"rule": "", **keep_reading(reading)}


def keep_recurrence(recurrence: Recurrence) -> dict[str, Any]:
    return {**UNSAID, "rule": write_rrule(recurrence)}


def at_another_hour(data: dict[str, Any], typed: str, now: datetime) -> dict[str, Any] | None:
    """A draft's data of the same days at the hour that was typed alone. None where no day is known, or
    something else was typed. Raises `MomentProblem`."""
    moment, zone = drafted_moment(data).moment, ZoneInfo(data["timezone"])
    is_hour = is_hour_alone(typed) or (typed.strip().isdecimal() and read_hour(typed) is not None)
    if not is_hour or (moment is None and not data.get("rule")):
        return None
    day = f"{moment.wall:%d.%m.%Y}" if moment is not None else "tomorrow"
    reading = schedule_or_days(f"{day} {typed}", now=now, zone=zone)
    return keep_schedule(reading) if moment is not None else _as_of_rule(data["rule"], reading)


def _as_of_rule(rule: str, reading: Reading | HourWanted) -> dict[str, Any]:
    """The days of a rule at the hour of a moment; of two moments, either."""
    if isinstance(reading, EitherOf):
        first, second = (_as_of_rule(rule, each) for each in (reading.first, reading.second))
        return {"rule": "", **keep_either(first, second)}
    if not isinstance(reading, OneTime):
        raise MomentProblem("moments.unclear")
    recurrence, at = read_rrule(rule), reading.moment.wall.time()
    pattern = replace(recurrence.pattern, at=at, also_at=())  # type: ignore[type-var]
    return keep_recurrence(replace(recurrence, pattern=pattern))


def on_other_days(data: dict[str, Any], days: HourWanted) -> dict[str, Any]:
    """A draft's data of days that were typed without an hour: at the known one, where that is still ahead."""
    return keep_schedule(at_known_hour(days, _hour_in(data), ZoneInfo(data["timezone"])))


def _hour_in(data: dict[str, Any]) -> time | None:
    """The hour that is known; None where there are several."""
    if data.get("rule"):
        pattern = read_rrule(data["rule"]).pattern
        return None if pattern.also_at else pattern.at
    moment = drafted_moment(data).moment
    return moment.wall.time() if moment is not None else None


def times_of(data: dict[str, Any], now: datetime) -> Times:
    """When the reminder in a draft's data comes, seen from now."""
    if data.get("rule"):
        recurrence = read_rrule(data["rule"])
        upcoming = recurrence.next_few(now, ZoneInfo(data["timezone"]), SHOWN_MOMENTS)
        return Times(DraftedMoment(), recurrence, upcoming)
    if data.get("either"):
        ways = ({**each, "timezone": data["timezone"]} for each in data["either"])
        return Times(DraftedMoment(), either=tuple(times_of(way, now) for way in ways))
    drafted = drafted_moment(data)
    return Times(drafted, None, (drafted.moment,) if drafted.moment else ())


def rest_of(typed: FormattedText, reading: Reading | HourWanted) -> FormattedText:
    """The text around a moment, with its formatting."""
    for begin, end in reversed(reading.cuts):
        typed = typed.without(begin, end)
    return typed


def read_label(typed: str) -> str:
    """How organisers are to read who set it. A lone dash stands for nobody. Raises `Refused`."""
    label = clean_line(typed)
    if len(label) > LABEL_LENGTH:
        raise Refused("reminders.refused.label", most=LABEL_LENGTH, length=len(label))
    return "" if label in ("-", "–", "—") else label
