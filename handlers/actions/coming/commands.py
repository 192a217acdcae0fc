"""What people type to see what is coming."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.coming.payloads import ListPage


async def actions(context: Context, _typed: str) -> None:
    """`/actions`: what is coming."""
    await context.show(ListPage())
