"""The file for a calendar, and what should be known of it."""

from __future__ import annotations

from bot.domain.actions.calendar import Event, calendar_file
from bot.message.face import Attachment, Button, Face
from bot.message.words import Words
from handlers.actions.card.payloads import MorePage


def draw_calendar(event: Event, action_id: int, words: Words) -> Face:
    back = Button(words.plain("frame.button.back"), MorePage(action_id))
    file = Attachment(f"dvor-{action_id}.ics", calendar_file(event))
    return Face(words("actions.calendar.file", title=event.title), ((back,),), attachment=file)
