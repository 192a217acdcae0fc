"""An hour of the clock alone, as people write it: "19:00", "19.30", "7 pm", «10 вечера», "24:00"."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.domain.moments.languages.tokens import Kind, tokenize
from bot.domain.moments.parts.clock import A_DAY, AN_HOUR, MIDNIGHT
from bot.domain.moments.parts.clocks import any_clock_at, before_hour
from bot.domain.moments.parts.joined import join_numbers

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens
    from bot.domain.moments.parts.clock import Clock


def read_hour(typed: str) -> time | None:
    """Return the hour that a whole text says, None where it says something else."""
    tokens = join_numbers(tokenize(typed))
    found = clock_of(tokens, 0)
    return as_written(found[0]) if found and tokens[found[1]].kind is Kind.END else None


def clock_of(tokens: Tokens, place: int) -> tuple[Clock, int] | None:
    """Return the clock said at `place`, where nothing but an hour can stand, and the place after it."""
    return any_clock_at(tokens, before_hour(tokens, place), told=True)


def as_written(clock: Clock) -> time | None:
    """Return the time of a clock, a bare hour by the clock of 24; None where no clock shows it."""
    if clock.part is not None or clock.any_midnight:
        return _of_day(clock.strikes[0]) if clock.strikes else None
    strike = clock.hour * AN_HOUR + clock.minute
    is_one = clock.minute < AN_HOUR and strike <= MIDNIGHT * AN_HOUR
    return _of_day(strike) if is_one else None


def _of_day(strike: int) -> time:
    return time(*divmod(strike % A_DAY, AN_HOUR))
