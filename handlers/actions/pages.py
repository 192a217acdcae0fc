"""Pages about an action that its author, organisers and representatives see."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.actions import faces
from handlers.actions.buttons import require_author_or_organiser
from handlers.actions.drafting import begin_edit
from handlers.actions.payloads import CancelPage, ChangePage, EditPage
from handlers.actions.reach import changeable
from handlers.actions.supporting import gives_support


async def change_page(context: Context, page: ChangePage) -> Face:
    """A representative who may not change it comes here too, to support it."""
    action = await context.read(changeable, page.action)
    supports = await context.read(gives_support, page.action)
    may_change = True
    try:
        await require_author_or_organiser(context, page.action)
    except Refused:
        if supports is None:
            raise
        may_change = False
    return faces.draw_change_page(action, supports, context.words, may_change=may_change)


async def cancel_page(context: Context, page: CancelPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.read(changeable, page.action)
    return faces.draw_cancel_page(action, context.words)


async def edit_page(context: Context, page: EditPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.run(begin_edit, page.action)
    return faces.draw_edit_page(action, context.words)
