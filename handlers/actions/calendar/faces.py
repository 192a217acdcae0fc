"""The file for a calendar, and what should be known of it."""

from __future__ import annotations

from bot.domain.actions.calendar import Event, calendar_file
from bot.message.face import Attachment, Face
from bot.message.words import Words


def draw_calendar(event: Event, action_id: int, words: Words) -> Face:
    file = Attachment(f"dvor-{action_id}.ics", calendar_file(event))
    return Face(words("actions.calendar.file", title=event.title), attachment=file)
