"""What people tap on elections.

A tap that comes a second time shows the same as the first: what the first one did stands.
"""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.drafts import is_anonymous_draft
from bot.store import Redelivered
from handlers.elections.closing import close
from handlers.elections.payloads import (
    CloseElection,
    DropDraft,
    Publish,
    Sign,
    SignPage,
    Stand,
    Withdraw,
)
from handlers.elections.signing import sign, withdraw
from handlers.elections.use_cases import chat_of, chat_of_draft, drop_draft, publish, stand


async def published(context: Context, tap: Publish) -> None:
    await require_organiser_of_draft(context, tap.draft)
    with suppress(Redelivered):
        await context.run(publish, context.person, context.place, tap.draft)
    await context.close("elections.published")


async def dropped(context: Context, tap: DropDraft) -> None:
    is_organiser = await context.read(is_anonymous_draft, tap.draft)
    if is_organiser:
        await require_organiser_of_draft(context, tap.draft)
    with suppress(Redelivered):
        await context.run(drop_draft, context.person, context.place, tap.draft, is_organiser)
    await context.close("frame.dropped")


async def stood(context: Context, tap: Stand) -> None:
    with suppress(Redelivered):
        await context.run(stand, context.person, context.place, tap.draft, tap.election)
    await context.close("elections.stand.done")


async def signed(context: Context, tap: Sign) -> None:
    with suppress(Redelivered):
        await context.run(sign, context.person, context.place, tap.election, tap.candidate)
    await context.show(SignPage(tap.election))


async def withdrawn(context: Context, tap: Withdraw) -> None:
    with suppress(Redelivered):
        await context.run(withdraw, context.person, context.place, tap.election)
    await context.close("elections.withdrawn")


async def closed(context: Context, tap: CloseElection) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(close, context.person, context.place, tap.election)
    await context.close("elections.closed")


async def require_organiser_of_draft(context: Context, draft_id: int) -> None:
    """Go on only for an organiser, as of now. Where the draft is over there is nothing to protect."""
    chat_id = await context.read(chat_of_draft, draft_id)
    if chat_id is not None:
        await context.require_organiser(chat_id)
