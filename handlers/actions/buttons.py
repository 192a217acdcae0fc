"""What people tap on actions."""

from __future__ import annotations

from bot.context import Context
from bot.domain.actions.answers import Answer
from bot.domain.refusal import Refused
from bot.person.drafts import is_anonymous_draft
from bot.store import Redelivered
from handlers.actions.faces import draw_preview
from handlers.actions.payloads import (
    CancelAction,
    ChooseReading,
    DropDraft,
    GiveAnswer,
    GiveSupport,
    Publish,
    SaveEdit,
    TakeSupportBack,
)
from handlers.actions.supporting import give_support, take_support_back
from handlers.actions.use_cases import (
    cancel,
    chat_of,
    choose_reading,
    drop_draft,
    edited_action,
    give_answer,
    is_author,
    publish,
    save_edit,
    standing_answer,
)


async def answer(context: Context, tap: GiveAnswer) -> None:
    """Going, Maybe, Can't; the same again takes it back."""
    if tap.answer not in list(Answer):
        raise Refused("frame.refused.unknown_thing")
    try:
        standing = await context.run(give_answer, tap.action, Answer(tap.answer))
    except Redelivered:
        standing = await context.read(standing_answer, tap.action)
    key = standing.value if standing else "taken_back"
    await context.toast(context.words.plain(f"actions.answered.{key}"))


async def reading_chosen(context: Context, tap: ChooseReading) -> None:
    await is_organiser_for_draft(context, tap.draft)
    preview = await context.run(choose_reading, tap.draft, tap.reading)
    await context.show(draw_preview(preview, context.words))


async def published(context: Context, tap: Publish) -> None:
    await is_organiser_for_draft(context, tap.draft)
    await context.run(publish, tap.draft)
    await context.close("actions.published")


async def edit_saved(context: Context, tap: SaveEdit) -> None:
    await require_author_or_organiser(context, await context.read(edited_action, tap.draft))
    has_changed = await context.run(save_edit, tap.draft)
    await context.close("actions.saved" if has_changed else "actions.unchanged")


async def dropped(context: Context, tap: DropDraft) -> None:
    await is_organiser_for_draft(context, tap.draft)
    await context.run(drop_draft, tap.draft)
    await context.close("frame.dropped")


async def called_off(context: Context, tap: CancelAction) -> None:
    await require_author_or_organiser(context, tap.action)
    await context.run(cancel, tap.action)
    await context.close("actions.called_off")


async def support_given(context: Context, tap: GiveSupport) -> None:
    await context.run(give_support, tap.action)
    await context.close("representatives.support.given")


async def support_taken_back(context: Context, tap: TakeSupportBack) -> None:
    await context.run(take_support_back, tap.action)
    await context.close("representatives.support.taken_back")


async def is_organiser_for_draft(context: Context, draft_id: int) -> bool:
    """Asked only where it matters: for what an anonymous administrator began."""
    if not await context.read(is_anonymous_draft, draft_id):
        return False
    await context.require_organiser()
    return True


async def require_author_or_organiser(context: Context, action_id: int) -> None:
    """Go on only for the action's author or an organiser of its chat, as of now. Raises `Refused`."""
    if await context.read(is_author, action_id):
        return
    try:
        await context.require_organiser(await context.read(chat_of, action_id))
    except Refused:
        raise Refused("actions.refused.not_author") from None
