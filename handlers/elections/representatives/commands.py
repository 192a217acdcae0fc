"""What people type about representatives."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.elections.representatives.payloads import HolderPage, ListPage, OfferUntilPage
from handlers.elections.representatives.reading import chat_at
from handlers.elections.representatives.use_cases import draft_holder, note_until


async def representatives(context: Context, _typed: str) -> None:
    """`/representatives`: who they are."""
    await context.show(ListPage(await context.read(chat_at), 0))


async def representative(context: Context, _typed: str) -> None:
    """`/representative` in reply to a neighbour: that is the one who was elected."""
    neighbour = _replied_to(context)
    draft_id = await context.run(draft_holder, neighbour)
    await context.show(HolderPage(draft_id))


async def until_typed(context: Context, draft_id: int, typed: str) -> None:
    """The last day of a term, typed in private."""
    candidate_id, until = await context.run(note_until, draft_id, typed)
    await context.show(OfferUntilPage(candidate_id, until.isoformat()))


def _replied_to(context: Context) -> int:
    """The Telegram id of the neighbour whose message is answered. It leaves this update as a tag only."""
    replied = context.answered
    author = replied.from_user if replied is not None else None
    if replied is None or author is None:
        raise Refused("representatives.refused.reply")
    if author.is_bot or replied.sender_chat is not None:
        raise Refused("representatives.refused.nobody")
    return author.id
