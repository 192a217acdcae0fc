"""An action as a file for calendars: one event of iCalendar (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

USUAL_LENGTH = timedelta(hours=2)
"""Nobody says when a tea in the yard ends; a calendar wants to know."""
_LINE = 75
"""Octets, after which a line goes on in the next one (3.1)."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """What a calendar is told. With the same `uid` and a higher `sequence` it takes the place of what was
    there; `stamped_at` is when the file was made."""

    uid: str
    sequence: int
    starts_at: datetime
    title: str
    place: str
    details: str
    is_cancelled: bool
    stamped_at: datetime


def calendar_file(event: Event) -> bytes:
    """The whole file, in UTC, so that it needs no rules of any time zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dvor//Actions//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_instant(event.stamped_at)}",
        f"DTSTART:{_instant(event.starts_at)}",
        f"DTEND:{_instant(event.starts_at + USUAL_LENGTH)}",
        f"SUMMARY:{_text(event.title)}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        *([f"DESCRIPTION:{_text(event.details)}"] if event.details else []),
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text value (3.3.11)."""
    return text.translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, each but the first with a blank before it; no letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        encoded = letter.encode()
        if len(piece) + len(encoded) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
