"""Pages about elections that one person sees."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.message.face import Face
from handlers.elections import faces
from handlers.elections.beginning import preview
from handlers.elections.payloads import (
    BuildingsPage,
    ClosePage,
    ConfirmPage,
    FreezePage,
    ManagePage,
    PreviewPage,
    RulePage,
    SignPage,
    StandInPage,
    StandPage,
)
from handlers.elections.signing import own_view
from handlers.elections.use_cases import (
    chat_of,
    open_row,
    seen_row,
    standing,
    standing_in,
)


async def preview_page(context: Context, page: PreviewPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_preview(found, context.words)


async def rule_page(context: Context, page: RulePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_rule_page(found, context.words)


async def stand_page(context: Context, page: StandPage) -> Face:
    found = await context.read(standing, page.draft)
    return faces.draw_stand_page(found, context.words)


async def stand_in_page(context: Context, page: StandInPage) -> Face:
    return faces.draw_stand_page(
        await context.read(standing_in, page.draft, page.election), context.words
    )


async def sign_page(context: Context, page: SignPage) -> Face:
    found = await context.read(own_view, page.election)
    return faces.draw_sign_page(found, context.words)


async def confirm_page(context: Context, page: ConfirmPage) -> Face:
    return await buildings_page(context, BuildingsPage(page.election, page.candidate, 0))


async def buildings_page(context: Context, page: BuildingsPage) -> Face:
    found = await context.read(own_view, page.election)
    if found.signed_for is not None:
        return faces.draw_sign_page(found, context.words)
    candidate = found.candidate(page.candidate)
    if candidate.id in found.signed:
        return faces.draw_sign_page(replace(found, signed_for=candidate), context.words)
    return faces.draw_confirm_page(found, candidate, context.words, page.page)


async def manage_page(context: Context, page: ManagePage) -> Face:
    await context.require_organiser(await context.read(chat_of, page.election))
    election = await context.read(seen_row, page.election)
    return faces.draw_manage_page(election, context.words)


async def freeze_page(context: Context, page: FreezePage) -> Face:
    await context.require_organiser(await context.read(chat_of, page.election))
    election = await context.read(open_row, page.election)
    return faces.draw_freeze_page(election, context.words)


async def close_page(context: Context, page: ClosePage) -> Face:
    await context.require_organiser(await context.read(chat_of, page.election))
    election = await context.read(open_row, page.election)
    return faces.draw_close_page(election, context.words)
