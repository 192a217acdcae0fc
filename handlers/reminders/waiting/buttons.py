"""What organisers tap on reminders that wait, where the answer shows what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.reminders.waiting.changing import save_change
from handlers.reminders.waiting.deeds import delete_reminder
from handlers.reminders.waiting.faces import draw_deleted
from handlers.reminders.waiting.payloads import DeleteReminder, ItemPage, ListPage, SaveChange


async def deleted(context: Context, tap: DeleteReminder) -> None:
    """Gone at once, and for a minute it can come back."""
    row = await context.once(delete_reminder, tap.chat, tap.reminder)
    if row is None:
        await context.show(ListPage(tap.chat, tap.page))
    else:
        await context.show(draw_deleted(row, tap.page, context.words))


async def change_saved(context: Context, tap: SaveChange) -> None:
    chat, reminder = await context.run(save_change, tap.draft)
    await context.show(ItemPage(chat, reminder, 0))
