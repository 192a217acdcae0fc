"""Pages that its author and organisers alone see."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.actions.changing import faces
from handlers.actions.changing.payloads import CancelForPage, CancelPage, WhyPage
from handlers.actions.changing.use_cases import ask_why, called_off_for
from handlers.actions.heart.buttons import require_author_or_organiser
from handlers.actions.heart.reach import changeable


async def why_page(context: Context, page: WhyPage) -> Face:
    """Waits for the reason."""
    await require_author_or_organiser(context, page.action)
    action = await context.run(ask_why, page.action)
    return faces.draw_why_page(action, context.words)


async def cancel_for_page(context: Context, page: CancelForPage) -> Face:
    found = await context.read(called_off_for, page.draft)
    await require_author_or_organiser(context, found.action.id)
    return faces.draw_cancel_for_page(found, context.words)


async def cancel_page(context: Context, page: CancelPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.read(changeable, page.action)
    return faces.draw_cancel_page(action, context.words)
