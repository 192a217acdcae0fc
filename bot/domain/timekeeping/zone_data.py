"""The rules of the world's clocks: those that come with this program, never the machine's own.

A machine's files may be years older than the data that our lock names, and two machines would read one wall
time as two instants. So this is imported before any `ZoneInfo` is made: `moment` leans on it, and whatever
makes a zone leans on `moment`.
"""

from __future__ import annotations

import functools
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.resources import files

zoneinfo.reset_tzpath(to=())

OLD = timedelta(days=365)
"""Nearly every year some country changes its clocks."""


def version() -> str:
    """Return the version of the data, a year and a letter: 2026f."""
    with (files("tzdata") / "zoneinfo" / "tzdata.zi").open(encoding="utf-8") as data:
        return data.readline().removeprefix("# version ").strip()


def age(now: datetime) -> timedelta:
    """Return how old the data is at least; `now` is aware. The version tells nothing but its year."""
    year_is_over = datetime(int(version()[:4]) + 1, 1, 1, tzinfo=UTC)
    return max(now - year_is_over, timedelta())


@functools.cache
def zone_names() -> frozenset[str]:
    """Return every name that a zone can be asked for by."""
    return frozenset(zoneinfo.available_timezones())
