"""What people type about elections."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.elections.beginning import draft_election
from handlers.elections.candidates.payloads import CandidaciesPage, CandidacyPage
from handlers.elections.candidates.use_cases import own_candidacies
from handlers.elections.payloads import PreviewPage, StandPage
from handlers.elections.use_cases import draft_standing


async def elect(context: Context, typed: str) -> None:
    """`/elect 400 Representative of Yard 5`, or with a rule: `/elect 400 30% …`"""
    await context.require_organiser()
    if not typed:
        raise Refused("elections.refused.example")
    draft_id = await context.run(draft_election, typed)
    await context.show(PreviewPage(draft_id))


async def stand(context: Context, typed: str) -> None:
    """`/stand Vera K.`, with a statement from the next line on; alone it shows one's own candidacy."""
    context.person.require_id()
    if not typed:
        await _show_candidacy(context)
        return
    draft_id = await context.run(draft_standing, typed)
    await context.show(StandPage(draft_id))


async def _show_candidacy(context: Context) -> None:
    standing = await context.read(own_candidacies)
    if not standing:
        raise Refused("elections.refused.stand_example")
    if len(standing) == 1:
        await context.show(CandidacyPage(standing[0].id))
    else:
        await context.show(CandidaciesPage(standing[0].chat_id))
