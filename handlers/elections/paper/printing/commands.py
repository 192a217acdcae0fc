"""What organisers type to get a sheet."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.paper.printing.payloads import OrderPage
from handlers.elections.paper.printing.use_cases import draft_order


async def sheet(context: Context, typed: str) -> None:
    """`/sheet`, `/sheet 20 Building 5`"""
    draft_id = await context.run(draft_order, typed)
    await context.show(OrderPage(draft_id))
