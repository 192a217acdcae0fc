"""What the action's author, and organisers, tap behind its card's ⋯."""

from __future__ import annotations

from bot.context import Context
from handlers.actions.changing.payloads import CancelAction, CancelFor, Change, SavedPage, SaveEdit
from handlers.actions.changing.use_cases import (
    begin_change,
    called_off_for,
    cancel,
    cancel_for,
    edited_action,
    save_edit,
)
from handlers.actions.drafting.buttons import page_at
from handlers.actions.heart.buttons import require_author_or_organiser


async def change_begun(context: Context, tap: Change) -> None:
    await require_author_or_organiser(context, tap.action)
    draft_id, step = await context.run(begin_change, tap.action, tap.field)
    await context.show(page_at(step, draft_id))


async def edit_saved(context: Context, tap: SaveEdit) -> None:
    action_id = await context.read(edited_action, tap.draft)
    await require_author_or_organiser(context, action_id)
    is_changed = await context.run(save_edit, tap.draft)
    await context.show(SavedPage(action_id, is_changed))


async def called_off_saying_why(context: Context, tap: CancelFor) -> None:
    found = await context.read(called_off_for, tap.draft)
    await require_author_or_organiser(context, found.action.id)
    await context.once(cancel_for, tap.draft)
    await context.close("actions.called_off")


async def called_off(context: Context, tap: CancelAction) -> None:
    await require_author_or_organiser(context, tap.action)
    await context.once(cancel, tap.action)
    await context.close("actions.called_off")
