"""An hour of the clock alone, as people write it: "19:00", "19.30", "7 pm", "24:00"."""

from __future__ import annotations

import re
from datetime import time

HOUR = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?"
"""One hour within a longer pattern; its three groups are what `hour_of` takes."""


def read_hour(typed: str) -> time | None:
    """Return the hour that a whole text says, None where it says something else."""
    found = re.fullmatch(HOUR, typed.strip(), re.IGNORECASE)
    return hour_of(*found.groups()) if found else None


def hour_of(hour: str, minute: str | None, half: str | None) -> time | None:
    """Return the time of digits and, where it was written, "am" or "pm"; None where no clock shows it."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if (hours, minutes) == (24, 0):
        hours = 0
    return time(hours, minutes) if hours <= 23 and minutes <= 59 else None
