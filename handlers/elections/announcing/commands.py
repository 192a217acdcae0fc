"""What organisers type to begin an election."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.steps import SignaturesStep
from handlers.elections.announcing.payloads import PreviewPage
from handlers.elections.announcing.use_cases import draft_election, read_deadline
from handlers.elections.progress.payloads import ListPage


async def elect(context: Context, typed: str) -> None:
    """`/elect 400 Representative of Yard 5`, or with a rule: `/elect 400 30% …`"""
    if not typed:
        raise Refused("elections.refused.example")
    draft_id = await context.run(draft_election, typed)
    await context.show(PreviewPage(draft_id))


async def signatures_wanted(context: Context, _step: SignaturesStep) -> None:
    """Organisers begin an election; everybody else sees how far those are that are under way."""
    if await context.is_organiser():
        await elect(context, "")
    else:
        await context.show(ListPage())


async def deadline_typed(context: Context, draft_id: int, typed: str) -> None:
    """A deadline of one's own, typed in private."""
    await context.show(PreviewPage(await context.run(read_deadline, draft_id, typed)))
