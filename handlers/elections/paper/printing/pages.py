"""Pages on the way to a sheet: the sheet itself, and those that show nothing of anybody's."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.paper.printing import faces
from handlers.elections.paper.printing.payloads import FilePage, GuidePage, OrderGuidePage
from handlers.elections.paper.printing.sheet_words import sheet_face
from handlers.elections.paper.printing.use_cases import printed_sheet


async def order_guide_page(context: Context, page: OrderGuidePage) -> Face:
    return faces.draw_order_guide(page, context.words)


async def guide_page(context: Context, page: GuidePage) -> Face:
    return faces.draw_guide(page, context.words)


async def file_page(context: Context, page: FilePage) -> Face:
    """The sheet itself, in the language of the chat."""
    found = await context.read(printed_sheet, page.sheet)
    words = context.texts.in_language(found.language)
    address = found.link or f"https://t.me/{context.client.username}"
    return faces.draw_sent(found.sheet, sheet_face(found, address, words), context.words)
