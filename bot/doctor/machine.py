"""The machine: room on its disk, its clock, and the rules by which it knows the world's clocks."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import CheckedClock
from bot.doctor.files import nearest
from bot.doctor.finding import Finding, advice, fine, sized, unknown, wrong
from bot.domain.timekeeping import zone_data

_LEAST_FREE = 100_000_000
_MOST_OFF = timedelta(minutes=1)


def disk(folder: Path, size: int) -> Finding:
    """Whether there is room for the data in this folder, which are so many bytes: to write all of them anew
    takes as many again."""
    free = shutil.disk_usage(nearest(folder)).free
    found = f"{sized(free)} are free where the data lie."
    needed = max(_LEAST_FREE, size)
    if free >= needed:
        return fine(found, bytes_free=free, bytes_needed=needed)
    return wrong(
        found, f"Make room: {sized(needed)} at least.", bytes_free=free, bytes_needed=needed
    )


def clock(checked: CheckedClock, *, is_reached: bool) -> Finding:
    """Whether the machine's clock is right by what Telegram said with its answers, if it was reached."""
    off = checked.disagreement()
    if off is None and is_reached:
        return advice(
            "this Bot API server doesn't tell the time, so nothing warns of a wrong clock.",
            "Let the machine set its clock by itself: timedatectl set-ntp true",
        )
    if off is None:
        return unknown("Telegram hasn't said the time")
    seconds = round(off.total_seconds())
    if abs(off) <= _MOST_OFF:
        return fine("agrees with Telegram's.", seconds_ahead=seconds)
    return wrong(
        f"it is {abs(seconds):,} seconds {'ahead of' if seconds > 0 else 'behind'} Telegram's.",
        "Let the machine set it by itself: timedatectl set-ntp true",
        seconds_ahead=seconds,
    )


def time_zones(now: datetime, planned_by: str | None) -> Finding:
    """How old the rules of the world's clocks are. `planned_by` are those that the database is planned by."""
    own = zone_data.version()
    if planned_by is not None and planned_by > own:
        return wrong(
            f"the data is {own}, and another process goes by {planned_by}.",
            "Install the newer version of Dvor, or of the package tzdata, here too.",
        )
    if zone_data.age(now) > zone_data.OLD:
        return wrong(
            f"the data is {own}, over a year old, and clocks may have changed since.",
            "Install a newer version of Dvor, or of the package tzdata.",
        )
    return fine(f"the data is {own}.")
