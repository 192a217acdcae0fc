"""The file for a calendar, sent to whoever wants it."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.actions.calendar import faces
from handlers.actions.calendar.payloads import CalendarFile
from handlers.actions.calendar.use_cases import event_of


async def calendar_page(context: Context, page: CalendarFile) -> Face:
    event = await context.read(event_of, page.action, context.client.username)
    return faces.draw_calendar(event, page.action, context.words)
