"""Who may change an action, which Telegram is asked where it isn't its author."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.actions.heart.reach import chat_of, is_author


async def may_change(context: Context, action_id: int) -> bool:
    """Whether this person may change an action, as of now. Raises `Refused` where they can't even see it."""
    if await context.read(is_author, action_id):
        return True
    return await context.is_organiser(await context.read(chat_of, action_id))


async def require_author_or_organiser(context: Context, action_id: int) -> None:
    """Go on only for the action's author or an organiser of its chat, as of now. Raises `Refused`."""
    if not await may_change(context, action_id):
        raise Refused("actions.refused.not_author")
