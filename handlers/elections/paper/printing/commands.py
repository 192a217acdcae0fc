"""What organisers type to get a sheet."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.paper.printing.buttons import go_on
from handlers.elections.paper.printing.use_cases import order


async def sheet(context: Context, typed: str) -> None:
    """`/sheet`, `/sheet 20 Building 5`"""
    await go_on(context, *await context.run(order, typed))
