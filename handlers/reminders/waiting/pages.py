"""The list of what waits, which shows organisers more than the others."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.reminders.waiting import faces
from handlers.reminders.waiting.listing import waiting_in
from handlers.reminders.waiting.payloads import ListPage


async def list_page(context: Context, page: ListPage) -> Face:
    found = await context.read(waiting_in, page.chat, page.page)
    may_open = await context.is_organiser(page.chat)
    return faces.draw_list(found, context.words, is_organiser=may_open)
