"""What people type about a draft."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.drafting.buttons import page_at
from handlers.actions.drafting.use_cases import take_typed


async def typed_for_draft(context: Context, draft_id: int, typed: str) -> None:
    """All of an announcement in a line, or one thing of it."""
    new_id, step = await context.run(take_typed, draft_id, typed)
    await context.show(page_at(step, new_id))
