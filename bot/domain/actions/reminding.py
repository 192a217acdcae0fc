"""When the bot reminds of an action: so long before it, and before the night if that is a quiet hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.timekeeping.quiet_hours import QuietHours

CHOICES = (2_880, 1_440, 180, 120, 60, 30)
"""Minutes before the beginning, to choose from; the longest first."""
USUAL = (1_440, 120)
"""A day, and two hours."""
_NEWS = timedelta(hours=1)
"""So soon after an announcement nobody has to be reminded of it."""


def reminded_at(
    starts_at: datetime, minutes: int, quiet: QuietHours, zone: ZoneInfo, now: datetime
) -> datetime | None:
    """When to remind so many minutes before; None where that is over, or everybody has just read of it."""
    at = quiet.before(starts_at - timedelta(minutes=minutes), zone)
    return at if at >= now + _NEWS else None
