"""Quiet hours as people write them: two hours of the clock."""

from __future__ import annotations

import re

from bot.domain.moments.hour import HOUR, hour_of
from bot.domain.moments.languages.nothing import is_nothing
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import NEVER, QuietHours

_LINE = re.compile(
    rf"(?:from|с|со|з|ад|от)?\s*{HOUR}\s*(?:-|–|—|to|till|until|до|да|\s)\s*{HOUR}", re.IGNORECASE
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
    begins, ends = hour_of(*found.groups()[:3]), hour_of(*found.groups()[3:])
    if begins is None or ends is None:
        raise Refused("quiet.refused.example")
    return QuietHours(begins, ends)
