"""Picking an hour: one tap for a full one of the day, another one first for a half past or the night's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.message.face import Button, in_rows
from bot.message.payload import Payload
from bot.message.words import Words

_OF_DAY = range(7, 23)
_HALF = 30
_IN_A_ROW = 4


@dataclass(frozen=True)
class Hours:
    """Which of a day's hours are shown: full ones or half past, those of the day or of the night."""

    are_halves: bool = False
    are_nightly: bool = False


FULL_HOURS = Hours()


def hours_ahead(day: date | None, now: datetime) -> list[time]:
    """The hours that can be picked for a day, seen from `now` by the chat's clock; of no day in particular,
    all."""
    every = [time(hour, minute) for hour in range(24) for minute in (0, _HALF)]
    wall = now.replace(tzinfo=None)
    return [at for at in every if day is None or datetime.combine(day, at) > wall]


def hour_rows(
    day: date | None,
    now: datetime,
    shown: Hours,
    choose: Callable[[time], Payload],
    turn: Callable[[Hours], Payload],
    words: Words,
) -> tuple[tuple[Button, ...], ...]:
    """The hours of `day` that are still ahead, and the row that turns to the others.

    `choose` makes the button of an hour, `turn` that of other hours. Where of those that are asked for
    none is ahead, the others are shown.
    """
    ahead = hours_ahead(day, now)
    shown = _with_any(ahead, shown)
    hours = [Button(_label(at, words), choose(at)) for at in _those(ahead, shown)]
    turns = [
        Button(words.plain(_TURNS[name][getattr(other, name)]), turn(other))
        for name, other in (
            ("are_halves", replace(shown, are_halves=not shown.are_halves)),
            ("are_nightly", replace(shown, are_nightly=not shown.are_nightly)),
        )
        if _those(ahead, other)
    ]
    return (*in_rows(hours, _IN_A_ROW), *((tuple(turns),) if turns else ()))


_TURNS = {
    "are_halves": ("moments.button.full_hours", "moments.button.half_hours"),
    "are_nightly": ("moments.button.daytime", "moments.button.night"),
}


def _with_any(ahead: list[time], shown: Hours) -> Hours:
    """What is asked for, or else the first of the others that has any hour."""
    others = (Hours(halves, nightly) for nightly in (False, True) for halves in (False, True))
    return next((each for each in (shown, *others) if _those(ahead, each)), shown)


def _those(ahead: list[time], shown: Hours) -> list[time]:
    return [
        at
        for at in ahead
        if (at.minute == _HALF) == shown.are_halves
        and (at.hour not in _OF_DAY) == shown.are_nightly
    ]


def _label(at: time, words: Words) -> str:
    return words.time(at) if at.minute else f"{at:%H}"
