"""What people type to see where elections stand."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.announcing.payloads import NonePage
from handlers.elections.progress import faces
from handlers.elections.progress.payloads import FIRST_LOOK, ListPage, PicturePage
from handlers.elections.progress.use_cases import is_administrator_here, under_way


async def election(context: Context, _typed: str) -> None:
    """`/election`: a picture with the same in words, where one person sees it and the words fit beneath."""
    found = await context.read(under_way)
    if not found:
        await context.show(NonePage())
    elif len(found) == 1 and await _can_whisper(context) and faces.fits(found[0], context.words):
        await context.show(PicturePage(found[0].election.id, FIRST_LOOK))
    else:
        await context.show(ListPage())


async def _can_whisper(context: Context) -> bool:
    if context.person.id is None:
        return False
    was_typed_unseen = context.ephemeral_id is not None
    return was_typed_unseen or await context.read(is_administrator_here)
