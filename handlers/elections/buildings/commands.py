"""What people type about buildings."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.buildings.payloads import ListPage
from handlers.elections.buildings.use_cases import note_buildings


async def buildings(context: Context, typed: str) -> None:
    """`/buildings`, or with lines such as `Fountain street 5: 120`"""
    chat_id = await context.run(note_buildings, typed)
    await context.show(ListPage(chat_id))
