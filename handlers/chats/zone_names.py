"""Time zones as people write them."""

from __future__ import annotations

import functools
from zoneinfo import available_timezones


def find_zone(typed: str) -> str | None:
    """The IANA zone that somebody meant: "europe/lisbon", "Lisbon", "new york"; None if there is none."""
    wanted = "_".join(typed.strip().lower().split())
    return _by_name().get(wanted)


@functools.cache
def _by_name() -> dict[str, str]:
    names = {}
    for zone in sorted(available_timezones(), reverse=True):
        names[zone.lower().rsplit("/", 1)[-1]] = zone
    return names | {zone.lower(): zone for zone in available_timezones()}
