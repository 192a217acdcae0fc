"""What people tap on buildings."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.store import Redelivered
from handlers.elections.buildings.payloads import ListPage, RemoveBuilding
from handlers.elections.buildings.use_cases import remove_building


async def removed(context: Context, tap: RemoveBuilding) -> None:
    """Gone at once; the list is shown anew."""
    await context.require_organiser(tap.chat)
    with suppress(Redelivered):
        await context.run(remove_building, tap.chat, tap.building)
    await context.show(ListPage(tap.chat))
