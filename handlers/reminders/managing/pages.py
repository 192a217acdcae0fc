"""Pages about reminders that wait."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.reminders.managing import faces
from handlers.reminders.managing.buttons import require_organiser_of
from handlers.reminders.managing.payloads import (
    ChangePage,
    EditPage,
    ItemPage,
    ListPage,
    PostNowPage,
)
from handlers.reminders.managing.use_cases import Item, begin_edit, change, item, waiting_in


async def list_page(context: Context, page: ListPage) -> Face:
    found = await context.read(waiting_in, page.chat, page.page)
    may_open = await context.is_organiser(page.chat)
    return faces.draw_list(found, context.words, is_organiser=may_open)


async def item_page(context: Context, page: ItemPage) -> Face:
    return faces.draw_item(await _item(context, page), context.words)


async def post_now_page(context: Context, page: PostNowPage) -> Face:
    return faces.draw_post_now(await _item(context, page), context.words)


async def edit_page(context: Context, page: EditPage) -> Face:
    await require_organiser_of(context, page.chat)
    await context.run(begin_edit, page.chat, page.reminder, page.what)
    return faces.draw_ask(
        page.what, await context.read(item, page.chat, page.reminder, 0), context.words
    )


async def change_page(context: Context, page: ChangePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(change, page.draft)
    return faces.draw_change(found, context.words)


async def _item(context: Context, page: ItemPage | PostNowPage) -> Item:
    await require_organiser_of(context, page.chat)
    return await context.read(item, page.chat, page.reminder, page.page)
