"""When the bot reminds of an action: so long before it, and before the night if that is a quiet hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.quiet_hours import QuietHours

CHOICES: Mapping[str, int] = {
    "two_days": 2_880,
    "day": 1_440,
    "three_hours": 180,
    "two_hours": 120,
    "hour": 60,
    "half_hour": 30,
}
"""So many minutes before the beginning, by name; the longest first."""
USUAL = (CHOICES["day"], CHOICES["two_hours"])
_NEWS = timedelta(hours=1)
"""So soon after an announcement nobody has to be reminded of it."""


def reminded_at(
    starts_at: datetime, minutes: int, quiet: QuietHours, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """When to remind so many minutes before; None where that is over, or everybody has just read of it."""
    at = quiet.before(starts_at - timedelta(minutes=minutes), zone)
    return at if at >= now + _NEWS else None
