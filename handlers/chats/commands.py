"""Setting up by typing, for those whose city isn't on a button."""

from __future__ import annotations

import asyncio

from bot.context import Context
from bot.domain.moments.quiet_times import read_quiet_hours
from handlers.chats import faces
from handlers.chats.payloads import CarefulPage, QuietPage, ZonePage
from handlers.chats.use_cases import own_chat, set_quiet_here, set_zone_here
from handlers.chats.zone_names import find_zone


async def timezone(context: Context, typed: str) -> None:
    """`/timezone Lisbon`, `/timezone UTC+3`; alone it shows the choice."""
    if not typed:
        await context.show(ZonePage(await context.run(own_chat)))
        return
    languages = [context.texts.in_language(language) for language in context.texts.languages]
    zone = await asyncio.to_thread(find_zone, typed, languages)
    chat = await context.run(set_zone_here, zone)
    await context.show(faces.draw_zone_set(chat, context.clock.now(), context.words))


async def careful(context: Context, _typed: str) -> None:
    """`/careful`: how the numbers of actions move."""
    await context.show(CarefulPage(await context.run(own_chat)))


async def quiet(context: Context, typed: str) -> None:
    """`/quiet 22:00-8:00`, `/quiet off`; alone it shows the choice."""
    if not typed:
        await context.show(QuietPage(await context.run(own_chat)))
        return
    hours = read_quiet_hours(typed)
    chat_id = await context.run(set_quiet_here, hours)
    await context.show(QuietPage(chat_id))
