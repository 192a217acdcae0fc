"""What people tap when a neighbour is proposed."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.elections.candidates.commands import ask
from handlers.elections.candidates.nominating import propose_in, require_nominee
from handlers.elections.candidates.payloads import Accept, AcceptPage, Decline, Nominate


async def nominee_chosen(context: Context, tap: Nominate) -> None:
    """For which election, where there were several."""
    if not context.place.is_group:
        raise Refused("frame.refused.group_only")
    nominated = await context.once(propose_in, tap.draft, tap.election)
    if nominated is not None:
        await ask(context, nominated)
    await context.close("candidates.nominated")


async def accepted(context: Context, tap: Accept) -> None:
    """Only whoever was proposed is led into the private chat; the question goes a little later."""
    await context.read(require_nominee, tap.nomination)
    await context.show(AcceptPage(tap.nomination))
    await context.services.whisperer.retire(context)


async def declined(context: Context, tap: Decline) -> None:
    """The question goes away, and that is all there is to see of it."""
    await context.read(require_nominee, tap.nomination)
    await context.close("candidates.declined")
