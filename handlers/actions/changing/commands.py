"""What its author types about an action that is called off."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.changing.payloads import CancelForPage
from handlers.actions.changing.use_cases import take_why


async def why_typed(context: Context, draft_id: int, typed: str) -> None:
    await context.show(CancelForPage(await context.run(take_why, draft_id, typed)))
