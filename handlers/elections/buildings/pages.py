"""Pages about buildings that an organiser sees."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.buildings import faces
from handlers.elections.buildings.payloads import HowPage, ListPage, RemovePage
from handlers.elections.buildings.use_cases import Listing, listing


async def list_page(context: Context, page: ListPage) -> Face:
    return faces.draw_list(await _listing(context, page.chat), context.words)


async def how_page(context: Context, page: HowPage) -> Face:
    return faces.draw_how(await _listing(context, page.chat), context.words)


async def remove_page(context: Context, page: RemovePage) -> Face:
    return faces.draw_remove_page(await _listing(context, page.chat), context.words, page.page)


async def _listing(context: Context, chat_id: int) -> Listing:
    await context.require_organiser(chat_id)
    return await context.read(listing, chat_id)
