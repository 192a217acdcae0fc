"""What people type about buildings."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.buildings.faces import draw_misread
from handlers.elections.buildings.payloads import ListPage
from handlers.elections.buildings.use_cases import note_buildings, note_typed


async def buildings(context: Context, typed: str) -> None:
    """`/buildings`, or with lines such as `Fountain street 5: 120`"""
    chat_id = await context.run(note_buildings, typed)
    await context.show(ListPage(chat_id))


async def lines_typed(context: Context, draft_id: int, typed: str) -> None:
    """The same lines without the command, in private. What can be read stands, and the rest is named."""
    noted = await context.run(note_typed, draft_id, typed)
    if noted.misread:
        await context.show(draw_misread(noted, context.words))
    else:
        await context.show(ListPage(noted.listing.chat_id))
