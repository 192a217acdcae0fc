"""What people type to announce something."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.announcing.buttons import begin
from handlers.actions.announcing.use_cases import draft_action
from handlers.actions.drafting.buttons import page_at


async def action(context: Context, typed: str) -> None:
    """`/action tomorrow 19:00 Concert in the yard @ Fountain`; what is left out is asked, alone all of it."""
    if not typed:
        await begin(context)
        return
    draft_id, step = await context.run(draft_action, typed)
    await context.show(page_at(step, draft_id))
