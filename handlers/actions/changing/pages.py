"""Pages that its author and organisers alone see."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.actions.changing import faces
from handlers.actions.changing.payloads import CancelPage
from handlers.actions.heart.buttons import require_author_or_organiser
from handlers.actions.heart.reach import changeable


async def cancel_page(context: Context, page: CancelPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.read(changeable, page.action)
    return faces.draw_cancel_page(action, context.words)
