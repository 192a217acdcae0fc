"""The page about bulletins, which shows nothing of anybody's."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.bulletins import faces
from handlers.elections.bulletins.payloads import GuidePage
from handlers.elections.bulletins.use_cases import key_of


async def guide_page(context: Context, page: GuidePage) -> Face:
    key = await context.read(key_of, page.election) if page.election else None
    return faces.draw_guide(page, key, context.words)
