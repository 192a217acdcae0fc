"""Quiet hours as people write them: two hours of the clock."""

from __future__ import annotations

import re
from datetime import time

from bot.domain.moments.languages.nothing import is_nothing
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import NEVER, QuietHours

_HOUR = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?"
_LINE = re.compile(
    rf"(?:from|с|со|з|ад|от)?\s*{_HOUR}\s*(?:-|–|—|to|till|until|до|да|\s)\s*{_HOUR}", re.IGNORECASE
)


def read_quiet_hours(typed: str) -> QuietHours:
    """What somebody typed: "22:00-8:00", "с 22 до 8", "10pm to 8am", "off".

    Raises `Refused("quiet.refused.example")`.
    """
    line = " ".join(typed.split())
    if is_nothing(line):
        return NEVER
    found = _LINE.fullmatch(line)
    if found is None:
        raise Refused("quiet.refused.example")
    return QuietHours(_time_of(*found.groups()[:3]), _time_of(*found.groups()[3:]))


def _time_of(hour: str, minute: str | None, half: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            raise Refused("quiet.refused.example")
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if (hours, minutes) == (24, 0):
        hours = 0
    if hours > 23 or minutes > 59:
        raise Refused("quiet.refused.example")
    return time(hours, minutes)
