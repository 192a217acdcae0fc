"""What people tap to become a candidate, when a neighbour is proposed, and to change their words."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.elections.candidates.commands import ask
from handlers.elections.candidates.nominating import propose_in, require_nominee
from handlers.elections.candidates.payloads import (
    Accept,
    AcceptPage,
    AskNamePage,
    BeginStanding,
    CandidacyPage,
    Decline,
    Nominate,
    SaveWords,
    Stand,
)
from handlers.elections.candidates.standing import stand
from handlers.elections.candidates.use_cases import may_stand, save_words


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


async def standing_wanted(context: Context, tap: BeginStanding) -> None:
    """Whoever may not is told so in place; a name is asked for where nobody else reads it."""
    await context.read(may_stand, tap.election)
    await context.show(AskNamePage(tap.election))


async def stood(context: Context, tap: Stand) -> None:
    """On the list: what neighbours read, and what can be done about it."""
    await context.once(stand, tap.draft, tap.election)
    await context.acknowledge("candidates.toast.stood")
    await context.show(CandidacyPage(tap.election))


async def words_saved(context: Context, tap: SaveWords) -> None:
    election_id = await context.once(save_words, tap.draft)
    if election_id is None:
        await context.close("candidates.saved")
        return
    await context.acknowledge("candidates.saved")
    await context.show(CandidacyPage(election_id))
