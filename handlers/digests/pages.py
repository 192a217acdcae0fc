"""Pages about digests that one organiser sees."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.digests import faces
from handlers.digests.payloads import LookPage
from handlers.digests.use_cases import look


async def look_page(context: Context, page: LookPage) -> Face:
    """In the chat's language, as everyone would see it."""
    shown = await context.read(look, page.chat)
    chat_words = context.texts.in_language(shown.language)
    return faces.draw_look(page.chat, shown.contents, chat_words, context.words)
