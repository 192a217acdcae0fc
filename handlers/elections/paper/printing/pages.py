"""Pages on the way to a sheet that take a moment to draw, or show nothing of anybody's."""

from __future__ import annotations

import asyncio

from bot.context import Context
from bot.message.face import Face
from handlers.elections.paper.printing import faces
from handlers.elections.paper.printing.payloads import FilePage, GuidePage, OrderGuidePage
from handlers.elections.paper.printing.sheet import draw_sheet
from handlers.elections.paper.printing.sheet_words import sheet_face
from handlers.elections.paper.printing.use_cases import printed_sheet


async def order_guide_page(context: Context, page: OrderGuidePage) -> Face:
    return faces.draw_order_guide(page, context.words)


async def guide_page(context: Context, page: GuidePage) -> Face:
    return faces.draw_guide(page, context.words)


async def file_page(context: Context, page: FilePage) -> Face:
    """The sheet itself; others go on while it is drawn."""
    found = await context.read(printed_sheet, page.sheet)
    words = context.texts.in_language(found.language)
    address = found.link or f"https://t.me/{context.client.username}"
    content = await asyncio.to_thread(draw_sheet, sheet_face(found, address, words))
    return faces.draw_sent(found.sheet, content, context.words)
