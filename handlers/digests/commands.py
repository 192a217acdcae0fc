"""What people type about digests."""

from __future__ import annotations

from bot.context import Context
from handlers.digests.payloads import DigestPage
from handlers.digests.use_cases import own_chat, set_typed


async def digest(context: Context, typed: str) -> None:
    """`/digest weekly sunday 18:00`, `/digest daily 9:00`, `/digest off`; alone it shows the choice."""
    if typed:
        chat_id = await context.run(set_typed, typed)
    else:
        chat_id = await context.run(own_chat)
    await context.show(DigestPage(chat_id))
