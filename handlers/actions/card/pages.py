"""What is behind a card's ⋯: as much as this reader may do."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.actions.card import faces
from handlers.actions.card.payloads import MorePage
from handlers.actions.card.use_cases import more
from handlers.actions.heart.buttons import may_change


async def more_page(context: Context, page: MorePage) -> Face:
    found = await context.read(more, page.action)
    is_theirs = await may_change(context, page.action)
    return faces.draw_more(found, context.words, may_change=is_theirs)
