"""The page about bulletins that shows nothing of anybody's."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.bulletins import faces
from handlers.elections.bulletins.payloads import GuidePage


async def guide_page(context: Context, page: GuidePage) -> Face:
    return faces.draw_guide(page, context.words)
