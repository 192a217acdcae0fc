"""Pages on which one person signs."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.message.face import Face
from handlers.elections.signing.faces import draw_confirm_page, draw_sign_page
from handlers.elections.signing.payloads import BuildingsPage, ConfirmPage
from handlers.elections.signing.use_cases import own_view


async def confirm_page(context: Context, page: ConfirmPage) -> Face:
    return await buildings_page(context, BuildingsPage(page.election, page.candidate, 0))


async def buildings_page(context: Context, page: BuildingsPage) -> Face:
    """The question whether they sign; once they did, what they signed."""
    view = await context.read(own_view, page.election)
    if view.signed_for is not None:
        return draw_sign_page(view, context.words)
    candidate = view.candidate(page.candidate)
    if candidate.id in view.signed:
        return draw_sign_page(replace(view, signed_for=candidate), context.words)
    return draw_confirm_page(view, candidate, context.words, page.page)
