"""What leads to the file for a calendar."""

from __future__ import annotations

from bot.message.payload import Payload


class CalendarFile(Payload, code="a.ics", typing=True):
    """The file. It is to be kept: only the private chat will do, as if something were typed."""

    action: int
