"""Pages about setting up that one organiser sees."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.chats import faces
from handlers.chats.payloads import QuietPage, ZonePage
from handlers.chats.use_cases import reachable_settings


async def zone_page(context: Context, page: ZonePage) -> Face:
    await context.require_organiser(page.chat)
    chat = await context.read(reachable_settings, page.chat)
    return faces.draw_zones(chat, context.words)


async def quiet_page(context: Context, page: QuietPage) -> Face:
    await context.require_organiser(page.chat)
    chat = await context.read(reachable_settings, page.chat)
    return faces.draw_quiet(chat, context.words)
