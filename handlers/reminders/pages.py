"""Pages about a reminder that is being set."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from bot.message.words import Html
from handlers.reminders import faces
from handlers.reminders.payloads import LabelPage, PreviewPage, TextPage
from handlers.reminders.use_cases import ask, preview


async def preview_page(context: Context, page: PreviewPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_preview(found, context.words)


async def text_page(context: Context, page: TextPage) -> Face:
    return await _ask(context, page.draft, "text")


async def label_page(context: Context, page: LabelPage) -> Face:
    return await _ask(context, page.draft, "label")


async def _ask(context: Context, draft_id: int, what: str) -> Face:
    await context.require_organiser_of_draft(draft_id)
    text = await context.run(ask, draft_id, what)
    return faces.draw_ask(what, Html(text), context.words)
