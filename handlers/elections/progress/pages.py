"""Pages about where elections stand, each for one person."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.drawing import drawn_aside
from bot.message.face import Face
from handlers.elections.progress import faces
from handlers.elections.progress.payloads import PicturePage
from handlers.elections.progress.picture.look import Look
from handlers.elections.progress.use_cases import progress_of


async def picture_page(context: Context, page: PicturePage) -> Face:
    """The picture speaks the language of the chat, what stands beneath it the reader's."""
    if page.look not in set(Look):
        raise Refused("frame.refused.unknown_thing")
    found = await context.read(progress_of, page.election)
    in_chat = context.texts.in_language(found.language)
    look = Look(page.look)
    picture = await drawn_aside(faces.draw_attachment, found, look, in_chat)
    is_organiser = await context.is_organiser(found.election.chat_id)
    return faces.draw_page(found, look, picture, context.words, is_organiser=is_organiser)
