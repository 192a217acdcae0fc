"""Pages that hang on more than what is stored: on the reader's rights, or the language of the chat."""

from __future__ import annotations

from bot.context import Context
from bot.message.face import Face
from handlers.elections.announcing.asking import Asked, asked
from handlers.elections.announcing.faces import draw_none_page, draw_title_page
from handlers.elections.announcing.payloads import NonePage, TitlePage
from handlers.elections.announcing.use_cases import chat_to_begin_in


async def none_page(context: Context, _page: NonePage) -> Face:
    """What an election is; who may begin one does it here."""
    chat_id = await context.read(chat_to_begin_in)
    is_organiser = await context.is_organiser()
    return draw_none_page(chat_id if is_organiser else None, context.words)


async def title_page(context: Context, page: TitlePage) -> Face:
    found = await context.read(asked, page.draft)
    return draw_title_page(found, offered_title(context, found), context.words)


def offered_title(context: Context, about: Asked) -> str:
    """Representative of our courtyard."""
    return context.texts.in_language(about.language).plain("elections.title.offered")
