"""What people tap on elections.

A tap that comes a second time shows the same as the first: what the first one did stands.
"""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.domain.elections.acts import Act
from bot.domain.refusal import Refused
from bot.person.drafts import is_anonymous_draft
from bot.store import Redelivered
from handlers.elections.acts import Asked, ask
from handlers.elections.beginning import choose_counted, choose_rule, publish
from handlers.elections.payloads import (
    ChooseCounted,
    ChooseRule,
    CloseElection,
    DropDraft,
    FreezeBase,
    PreviewPage,
    Publish,
    Sign,
    SignInBuilding,
    SignPage,
    Stand,
    Withdraw,
)
from handlers.elections.signing import require_elector, sign, withdraw
from handlers.elections.use_cases import chat_of, drop_draft, stand


async def published(context: Context, tap: Publish) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(publish, tap.draft)
    await context.close("elections.published")


async def rule_chosen(context: Context, tap: ChooseRule) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(choose_rule, tap.draft, tap.preset)
    await context.show(PreviewPage(tap.draft))


async def counted_chosen(context: Context, tap: ChooseCounted) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(choose_counted, tap.draft, tap.counted)
    await context.show(PreviewPage(tap.draft))


async def dropped(context: Context, tap: DropDraft) -> None:
    is_organiser = await context.read(is_anonymous_draft, tap.draft)
    if is_organiser:
        await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(drop_draft, tap.draft)
    await context.close("frame.dropped")


async def stood(context: Context, tap: Stand) -> None:
    with suppress(Redelivered):
        await context.run(stand, tap.draft, tap.election)
    await context.close("elections.stand.done")


async def signed(context: Context, tap: Sign) -> None:
    await _require_neighbour(context, tap.election)
    with suppress(Redelivered):
        await context.run(sign, tap.election, tap.candidate)
    await context.show(SignPage(tap.election))


async def signed_in_building(context: Context, tap: SignInBuilding) -> None:
    await _require_neighbour(context, tap.election)
    with suppress(Redelivered):
        await context.run(sign, tap.election, tap.candidate, tap.building)
    await context.show(SignPage(tap.election))


async def _require_neighbour(context: Context, election_id: int) -> None:
    """Go on only for a member of the chat, as far as the bot can know. Raises `Refused`.

    Whoever came too late is refused first: a raid must not keep Telegram busy with questions.
    """
    if not await context.is_member(await context.read(require_elector, election_id)):
        raise Refused("candidates.refused.left")


async def withdrawn(context: Context, tap: Withdraw) -> None:
    with suppress(Redelivered):
        await context.run(withdraw, tap.election)
    await context.close("elections.withdrawn")


async def base_frozen(context: Context, tap: FreezeBase) -> None:
    asked = await _asked(context, tap.election, Act.FREEZE)
    await close_asked(context, asked, "elections.frozen")


async def closed(context: Context, tap: CloseElection) -> None:
    asked = await _asked(context, tap.election, Act.CLOSE)
    await close_asked(context, asked, "elections.closed")


async def close_asked(context: Context, asked: Asked | None, done: str) -> None:
    """Say what came of an act that may want a second organiser; `asked` is None for a tap that came
    twice, `done` the key of what is said where it is done."""
    if asked is None:
        await context.close("ending.asked.before")
    elif asked is Asked.WAITING:
        await context.close("ending.asked.waiting")
    elif asked is Asked.ALONE:
        await context.close("ending.asked.alone")
    else:
        await context.close(done)


async def _asked(context: Context, election_id: int, act: Act) -> Asked | None:
    await context.require_organiser(await context.read(chat_of, election_id), tells_apart=True)
    with suppress(Redelivered):
        return await context.run(ask, election_id, act)
    return None
