"""What people type to see and change what waits."""

from __future__ import annotations

from bot.context import Context
from handlers.reminders.typed_text import formatted_end
from handlers.reminders.waiting.changing import take_typed
from handlers.reminders.waiting.faces import draw_list
from handlers.reminders.waiting.listing import waiting_here
from handlers.reminders.waiting.payloads import ChangePage


async def reminders(context: Context, _typed: str) -> None:
    """`/reminders`: what waits."""
    waiting = await context.read(waiting_here)
    may_open = await context.is_organiser()
    await context.show(draw_list(waiting, context.words, is_organiser=may_open))


async def typed_for_edit(context: Context, draft_id: int, typed: str) -> None:
    """The new text, time or label of a reminder, typed in private."""
    text = formatted_end(typed, context.message)
    await context.run(take_typed, draft_id, text)
    await context.show(ChangePage(draft_id))
