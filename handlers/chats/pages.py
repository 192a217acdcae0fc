"""How a chat is set up, for whoever looks."""

from __future__ import annotations

from bot.context import Context
from bot.message.addresses import promotion_link
from bot.message.face import Face
from handlers.chats import faces
from handlers.chats.payloads import SettingsPage
from handlers.chats.use_cases import reachable_settings


async def settings_page(context: Context, page: SettingsPage) -> Face:
    """Everyone may see how the chat is set up; only organisers are offered to change it."""
    chat = await context.read(reachable_settings, page.chat)
    if not await context.is_organiser(page.chat):
        return faces.draw_settings_as_they_are(chat, context.words)
    promotion = promotion_link(context.client.username)
    return faces.draw_settings(chat, context.words, promotion)
