"""Pages about actions that one person sees."""

from __future__ import annotations

from bot.context import Context
from bot.domain.actions.announcement import Announcement
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.actions import faces
from handlers.actions.buttons import is_organiser_for_draft, require_author_or_organiser
from handlers.actions.payloads import CancelPage, ChangePage, EditPage, ListPage, PreviewPage
from handlers.actions.supporting import own_support
from handlers.actions.use_cases import begin_edit, changeable, coming, preview


async def preview_page(context: Context, page: PreviewPage) -> Face:
    if context.person.id is not None:
        await is_organiser_for_draft(context, page.draft)
    found = await context.read(preview, page.draft)
    return faces.draw_preview(found, context.words)


async def change_page(context: Context, page: ChangePage) -> Face:
    action, support = (
        await context.read(
            changeable,
            page.action,
        ),
        await context.read(
            own_support,
            page.action,
        ),
    )
    may_change = True
    try:
        await require_author_or_organiser(context, page.action)
    except Refused:
        if support is None:
            raise
        may_change = False
    return faces.draw_change_page(action, support, context.words, may_change=may_change)


async def cancel_page(context: Context, page: CancelPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.read(changeable, page.action)
    return faces.draw_cancel_page(action, context.words)


async def edit_page(context: Context, page: EditPage) -> Face:
    await require_author_or_organiser(context, page.action)
    action = await context.run(begin_edit, page.action)
    typed = Announcement(action.title, action.place, action.details).as_typed()
    wall, words = action.wall, context.words
    line = f"{words.numbers_of_day(wall.date())} {words.time(wall.time())} {typed}"
    return faces.draw_edit_page(action, line, context.words)


async def list_page(context: Context, _page: ListPage) -> Face:
    return faces.draw_list(await context.read(coming), context.words)
