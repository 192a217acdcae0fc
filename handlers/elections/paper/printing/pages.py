"""Pages that hand out the guide for those who collect: nothing in it is anybody's."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.paper.printing import faces
from handlers.elections.paper.printing.payloads import GuidePage, OrderGuidePage


async def order_guide_page(context: Context, page: OrderGuidePage) -> Face:
    return faces.draw_order_guide(page, context.words)


async def guide_page(context: Context, page: GuidePage) -> Face:
    return faces.draw_guide(page, context.words)
