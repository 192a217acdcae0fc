"""What people type to set a reminder."""

from __future__ import annotations

from bot.context import Context
from handlers.reminders.events import albums_in, quoted_by
from handlers.reminders.step_by_step.buttons import go_on
from handlers.reminders.step_by_step.typed import take_typed
from handlers.reminders.typed_text import formatted_end
from handlers.reminders.use_cases import begin_step_by_step, draft_reminder


async def remind(context: Context, typed: str) -> None:
    """`/remind every monday 11:00 Seniors' walk`; in answer to a message, `/remind monday 11:00`; what is
    missing is asked for, and alone it asks step by step."""
    quoted = quoted_by(context.began, context.answered, albums_in(context.chat_data))
    if typed:
        text = formatted_end(typed, context.message, context.began)
        draft_id = await context.run(draft_reminder, text, quoted)
    else:
        draft_id = await context.run(begin_step_by_step, quoted)
    await go_on(context, draft_id)


async def typed_for_draft(context: Context, draft_id: int, typed: str) -> None:
    """What a draft lacks, or its label, typed in private."""
    text = formatted_end(typed, context.message)
    await context.run(take_typed, draft_id, text)
    await go_on(context, draft_id)
