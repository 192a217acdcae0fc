"""What an action's author taps about its reminders."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.heart.buttons import require_author_or_organiser
from handlers.actions.reminding.payloads import RemindersPage, SetReminder
from handlers.actions.reminding.use_cases import set_reminder


async def reminder_set(context: Context, tap: SetReminder) -> None:
    await require_author_or_organiser(context, tap.action)
    await context.once(set_reminder, tap.action, tap.minutes, tap.wanted)
    await context.show(RemindersPage(tap.action))
