"""What one reader may do with an election: it differs for organisers, which Telegram knows."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.card.faces import draw_more_page
from handlers.elections.card.payloads import MorePage
from handlers.elections.card.use_cases import load_more


async def more_page(context: Context, page: MorePage) -> Face:
    more = await context.read(load_more, page.election)
    is_organiser = await context.is_organiser(more.election.chat_id)
    return draw_more_page(more, context.words, is_organiser=is_organiser)
