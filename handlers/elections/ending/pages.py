"""Pages about the end of an election that ask for a language, or say more to organisers."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from bot.message.words import LANGUAGE_NAMES
from handlers.elections.ending.faces import draw_certificate_file, draw_closed
from handlers.elections.ending.payloads import Certificate, ClosedPage
from handlers.elections.ending.result import closed, outcome


async def closed_page(context: Context, page: ClosedPage) -> Face:
    found = await context.read(closed, page.election)
    is_organiser = await context.is_organiser(found.election.chat_id)
    return draw_closed(found, context.words, is_organiser=is_organiser)


async def certificate(context: Context, page: Certificate) -> Face:
    """The file itself, in a language that was asked for."""
    if page.language not in LANGUAGE_NAMES:
        raise Refused("frame.refused.unknown_thing")
    found = await context.read(outcome, page.election)
    return draw_certificate_file(found, context.texts.in_language(page.language))
