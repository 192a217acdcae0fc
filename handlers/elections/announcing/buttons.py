"""What is tapped on an election before it is published, where the answer hangs on what came of it."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.announcing.payloads import Publish
from handlers.elections.announcing.use_cases import publish
from storage.elections import elections


async def published(context: Context, tap: Publish) -> None:
    election_id = await context.once(publish, tap.draft)
    await context.close_on_its_way(elections.CARD, election_id, "elections.published")
