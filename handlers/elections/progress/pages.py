"""Pages about where elections stand, each for one person."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.elections.heart.courtyard.look import Look
from handlers.elections.progress import faces
from handlers.elections.progress.payloads import PicturePage
from handlers.elections.progress.use_cases import progress_of


async def picture_page(context: Context, page: PicturePage) -> Face:
    """In the look that was asked for."""
    if page.look not in set(Look):
        raise Refused("frame.refused.unknown_thing")
    found = await context.read(progress_of, page.election)
    in_chat = context.texts.in_language(found.language)
    is_organiser = await context.is_organiser(found.election.chat_id)
    return faces.draw_page(
        found, Look(page.look), context.words, in_chat, is_organiser=is_organiser
    )
