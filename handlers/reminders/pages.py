"""Pages about reminders that one person sees."""

from __future__ import annotations

from bot.context import Context
from bot.face import Face
from handlers.reminders import cards
from handlers.reminders.buttons import is_organiser, require_organiser_for_draft
from handlers.reminders.payloads import ListPage, PreviewPage
from handlers.reminders.use_cases import preview, waiting_in


async def preview_page(context: Context, page: PreviewPage) -> Face:
    await require_organiser_for_draft(context, page.draft)
    found = await context.read(preview, context.person, context.place, page.draft)
    return cards.draw_preview(found, context.words)


async def list_page(context: Context, page: ListPage) -> Face:
    found = await context.read(waiting_in, context.person, context.place, page.chat, page.page)
    may_delete = await is_organiser(context, page.chat)
    return cards.draw_list(found, context.words, may_delete=may_delete)
