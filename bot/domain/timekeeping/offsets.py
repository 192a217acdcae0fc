"""Clocks that are told by how far they are ahead of UTC: "UTC+3"."""

from __future__ import annotations

import re

_OFFSET = re.compile(
    r"(?P<before>[^\W\d_]*)"
    r"(?P<sign>[-+\u2212\u2013\u2014])(?P<hours>[0-9]{1,2})(?:[:.]?(?P<minutes>[0-9][0-9]))?"
    r"(?P<after>[^\W\d_]*)"
)
_BETWEEN = re.compile(r"[\s()]+")
_ETC = re.compile(r"(?:Etc/)?(?:GMT|UTC|UCT)(?P<behind>[-+]?[0-9]{1,2})?")
_WEST, _EAST = -12, 14
"""Whole hours that somebody's clock is ahead, at least and at most."""
_BROKEN_HOURS = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}
"""Clocks between the hours that stay there all year, by their minutes ahead of UTC."""


def zone_ahead(minutes: int) -> str | None:
    """Return IANA's zone whose clock is always so far ahead of UTC, None where there is none."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return _BROKEN_HOURS.get(minutes)
    if not _WEST <= hours <= _EAST:
        return None
    # IANA's names count the other way round, by an old custom of POSIX: what is ahead has a minus.
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


def offset_name(zone: str) -> str | None:
    """Return what people call a zone of `zone_ahead` ("UTC+3"), None for one that has a city."""
    match = _ETC.fullmatch(zone)
    if match is None:
        return None
    ahead = -int(match["behind"] or 0)
    return f"UTC{ahead:+d}" if ahead else "UTC"


def read_offset(typed: str) -> tuple[str, int] | None:
    """Take "UTC+3", "+3:30", "GMT -5" or "+3 (UTC)" apart: what is counted from, as typed, and the minutes
    ahead of it.

    None for anything else. What is counted from may be empty.
    """
    match = _OFFSET.fullmatch(_BETWEEN.sub("", typed))
    if match is None or (match["before"] and match["after"]):
        return None
    minutes = int(match["minutes"] or 0)
    if minutes >= 60:
        return None
    ahead = 60 * int(match["hours"]) + minutes
    return match["before"] or match["after"], ahead if match["sign"] == "+" else -ahead
