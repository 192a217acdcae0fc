"""A moment in a draft: sure, or still a question: what "19.10" or "at 7" meant, at what hour a day's is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.moments.reading import at_hour
from bot.domain.moments.results import EitherOf, HourWanted, OneTime, Repeating, TimeOrDate
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, MomentNote, moment_from, write_moment


@dataclass(frozen=True)
class DraftedMoment:
    """`moment` where it is sure; else what the words could mean. `either` are two moments, or none.

    `without_hour`: the hour is still wanted; the days as they are a minute before midnight.
    """

    moment: Moment | None = None
    as_time: Moment | None = None
    as_date: date | None = None
    either: tuple[Moment, ...] = ()
    without_hour: OneTime | Repeating | None = None


_LAST_MINUTE = time(23, 59)

EITHER = ("first", "second")
"""The names of two readings on their buttons."""

_UNSAID: dict[str, Any] = {
    "at": None,
    "note": None,
    "as_time": None,
    "as_date": None,
    "either": None,
    "said": None,
    "seen_from": None,
}


def keep_reading(reading: OneTime | TimeOrDate | EitherOf | HourWanted) -> dict[str, Any]:
    """A reading as a draft keeps it."""
    match reading:
        case HourWanted():
            return _keep_days(reading.said, reading.seen_from)
        case OneTime(moment=moment):
            return _UNSAID | _kept(moment)
        case TimeOrDate():
            as_time = write_moment(reading.as_time.moment)
            return _UNSAID | {"as_time": as_time, "as_date": reading.date.isoformat()}
        case EitherOf(first=OneTime() as first, second=OneTime() as second):
            return keep_either(_kept(first.moment), _kept(second.moment))
    raise TypeError("what repeats is kept by its feature")


def keep_either(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two readings, each as a draft would keep it alone, until one is chosen."""
    return _UNSAID | {"either": [first, second]}


def keep_day(day: date) -> dict[str, Any]:
    """A day that was picked, and still lacks its hour, as a draft keeps it."""
    day_before = datetime.combine(day, time(), UTC) - timedelta(days=1)
    return _keep_days(f"{day:%d.%m.%Y}", day_before)


def _keep_days(said: str, seen_from: datetime) -> dict[str, Any]:
    """Days without their hour: the words, which mean what they meant when they were said."""
    return _UNSAID | {"said": said, "seen_from": seen_from.isoformat()}


def _kept(moment: Moment) -> dict[str, Any]:
    return {"at": write_moment(moment), "note": moment.note.value if moment.note else None}


def kept_moment(written: str) -> Moment:
    """A moment out of a draft. Raises `Refused` for one that was kept otherwise, before an upgrade."""
    try:
        return moment_from(written)
    except ValueError:
        raise Refused("frame.refused.draft_over") from None


def drafted_moment(data: dict[str, Any]) -> DraftedMoment:
    """The reverse of `keep_reading`, out of a draft's data; nothing where none is in it."""

    def moment_of(field: str, data: dict[str, Any] = data) -> Moment | None:
        written = data.get(field)
        return kept_moment(written) if written else None

    moment = moment_of("at")
    if moment is not None and data.get("note"):
        moment = replace(moment, note=MomentNote(data["note"]))
    as_date = data.get("as_date")
    either = (moment_of("at", each) for each in data.get("either") or ())
    return DraftedMoment(
        moment,
        moment_of("as_time"),
        date.fromisoformat(as_date) if as_date else None,
        tuple(each for each in either if each is not None),
        take_hour(data, _LAST_MINUTE) if data.get("said") else None,
    )


def choose_reading(data: dict[str, Any], reading: str) -> dict[str, Any]:
    """The draft's data once the person said which of the two was meant; a date still lacks its hour."""
    if reading in EITHER and data.get("either"):
        return {**data, **_UNSAID, **data["either"][EITHER.index(reading)]}
    if reading not in ("as_time", "as_date") or data.get(reading) is None:
        raise Refused("frame.refused.draft_over")
    if reading == "as_date":
        return {**data, **keep_day(date.fromisoformat(data["as_date"]))}
    return {**data, **_UNSAID, "at": data["as_time"]}


def take_hour(data: dict[str, Any], at: time) -> OneTime | Repeating:
    """What the days in a draft's data are together with the hour that they lacked. Raises `Refused`."""
    if not data.get("said"):
        raise Refused("frame.refused.draft_over")
    seen_from = datetime.fromisoformat(data["seen_from"])
    return at_hour(data["said"], at, now=seen_from, zone=ZoneInfo(data["timezone"]))


def require_ahead(moment: Moment | None, now: datetime) -> Moment:
    """Go on only with a sure moment that hasn't passed since it was read. Raises `Refused`."""
    if moment is None:
        raise Refused("frame.refused.draft_over")
    if moment.at <= now:
        raise Refused("moments.past")
    return moment
