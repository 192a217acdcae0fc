"""What organisers type about the end of an election."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.ending.payloads import ErasePage, TypedDeadlinePage
from handlers.elections.ending.use_cases import read_deadline


async def erase(context: Context, _typed: str) -> None:
    """`/erase`: forget who signed in an election that is over."""
    await context.show(ErasePage())


async def deadline_typed(context: Context, draft_id: int, typed: str) -> None:
    """A deadline of one's own, typed in private."""
    await context.run(read_deadline, draft_id, typed)
    await context.show(TypedDeadlinePage(draft_id))
