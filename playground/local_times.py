"""Times in a message as their reader's client shows them.

Source: the "date-time entity formatting" of the Bot API: `r` is relative; `w` the day of the
week; `d` and `D` a short and a long date; `t` and `T` a short and a long time. Without a format the
text stays as it was written. Browsers know fewer languages than neighbours speak, so this is done here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_FALLBACK = Locale("en", "GB")
_TIMES = {"t": "%H:%M", "T": "%H:%M:%S"}
_DATES = {"d": "short", "D": "long"}


def local_time(
    unix_time: int, shape: str, *, language: str | None, zone: ZoneInfo, now: datetime
) -> str | None:
    """The moment in the reader's language and zone; None where the message's words stay."""
    try:
        at = datetime.fromtimestamp(unix_time, UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
    locale = _locale(language)
    if shape.lower() == "r":
        return format_timedelta(at - now, add_direction=True, locale=locale)
    parts: list[str] = []
    for letter in shape:
        if letter in "wW":
            parts.append(format_date(at, "EEEE", locale=locale))
        elif letter in _DATES:
            parts.append(format_date(at, _DATES[letter], locale=locale))
        elif letter in _TIMES:
            parts.append(at.strftime(_TIMES[letter]))
    return ", ".join(parts) or None


def _locale(language: str | None) -> Locale:
    if not language or language == "en":
        return _FALLBACK
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return _FALLBACK
