"""What people type about digests."""

from __future__ import annotations

from bot.context import Context
from handlers.digests.payloads import DigestPage, HourPage
from handlers.digests.use_cases import own_chat, set_typed


async def digest(context: Context, typed: str) -> None:
    """`/digest weekly sunday 18:00`, `/digest daily 9:00`, `/digest off`; alone it shows the choice."""
    if not typed:
        await context.show(DigestPage(await context.run(own_chat)))
        return
    chat_id, day = await context.run(set_typed, typed)
    page = HourPage(chat_id, day, halves=False, nightly=False) if day else DigestPage(chat_id)
    await context.show(page)
