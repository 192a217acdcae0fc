"""A moment in a draft: sure, or still the question what was meant by "19.10" or "at 7"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain.moments.results import EitherOf, OneTime, TimeOrDate
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, MomentNote, moment_from, write_moment


@dataclass(frozen=True)
class DraftedMoment:
    """`moment` where it is sure; else what the words could mean. `either` are two moments, or none."""

    moment: Moment | None = None
    as_time: Moment | None = None
    as_date: date | None = None
    either: tuple[Moment, ...] = ()


EITHER = ("first", "second")
"""The names of two readings on their buttons."""

_UNSAID: dict[str, Any] = {
    "at": None,
    "note": None,
    "as_time": None,
    "as_date": None,
    "either": None,
}


def keep_reading(reading: OneTime | TimeOrDate | EitherOf) -> dict[str, Any]:
    """A reading as a draft keeps it."""
    match reading:
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
    )


def choose_reading(data: dict[str, Any], reading: str) -> dict[str, Any]:
    """The draft's data once the person said which of the two was meant. Raises `Refused`: a date alone
    still lacks its hour."""
    if reading in EITHER and data.get("either"):
        return {**data, **_UNSAID, **data["either"][EITHER.index(reading)]}
    if reading not in ("as_time", "as_date") or data.get(reading) is None:
        raise Refused("frame.refused.draft_over")
    if reading == "as_date":
        raise Refused("moments.no_time")
    return {**data, "at": data["as_time"], "note": None, "as_time": None, "as_date": None}


def require_ahead(moment: Moment | None, now: datetime) -> Moment:
    """Go on only with a sure moment that hasn't passed since it was read. Raises `Refused`."""
    if moment is None:
        raise Refused("frame.refused.draft_over")
    if moment.at <= now:
        raise Refused("moments.past")
    return moment
