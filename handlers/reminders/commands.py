"""What people type to set a reminder."""

from __future__ import annotations

from bot.context import Context
from handlers.reminders.events import albums_in, quoted_by
from handlers.reminders.payloads import PreviewPage
from handlers.reminders.step_by_step.payloads import DayPage
from handlers.reminders.typed_text import formatted_end
from handlers.reminders.use_cases import begin_step_by_step, draft_reminder, take_typed


async def remind(context: Context, typed: str) -> None:
    """`/remind every monday 11:00 Seniors' walk`; in answer to a message, `/remind monday 11:00`; alone
    it asks step by step."""
    quoted = quoted_by(context.began, context.answered, albums_in(context.chat_data))
    if not typed:
        draft_id = await context.run(begin_step_by_step, quoted)
        await context.show(DayPage(draft_id))
        return
    text = formatted_end(context.message, typed)
    draft_id = await context.run(draft_reminder, text, quoted)
    await context.show(PreviewPage(draft_id))


async def typed_for_draft(context: Context, draft_id: int, typed: str) -> None:
    """The text or the label of a reminder, typed in private."""
    text = formatted_end(context.message, typed)
    await context.run(take_typed, draft_id, text)
    await context.show(PreviewPage(draft_id))
