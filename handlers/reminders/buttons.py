"""What organisers tap on a reminder that is being set, where the answer shows what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.reminders.payloads import ChooseReading, SetReminder
from handlers.reminders.step_by_step.buttons import go_on
from handlers.reminders.use_cases import choose_reading, set_reminder
from handlers.reminders.waiting.payloads import ListPage


async def reading_chosen(context: Context, tap: ChooseReading) -> None:
    """A date that was meant still lacks its hour."""
    await context.once(choose_reading, tap.draft, tap.reading)
    await go_on(context, tap.draft)


async def reminder_set(context: Context, tap: SetReminder) -> None:
    """It waits now, beside the others."""
    reminder = await context.once(set_reminder, tap.draft)
    if reminder is None:
        await context.close("reminders.set")
        return
    context.remark = context.words("reminders.set")
    await context.show(ListPage(reminder.chat_id, 0))
