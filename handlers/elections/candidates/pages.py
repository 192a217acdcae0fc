"""Pages around candidates that one person sees."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.candidates.faces import draw_who_stands
from handlers.elections.candidates.payloads import WhoPage
from handlers.elections.heart.reach import open_election


async def who_page(context: Context, page: WhoPage) -> Face:
    election = await context.read(open_election, page.election)
    return draw_who_stands(election, page.page, context.words)
