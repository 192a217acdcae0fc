"""What people tap on actions, where the answer hangs on what came of it or on whose action it is."""

from __future__ import annotations

from bot.context import Context
from bot.domain.actions.answers import Answer
from bot.domain.refusal import Refused
from handlers.actions.answering import current_answer, give_answer
from handlers.actions.counting import where_much_was_announced
from handlers.actions.drafting import edited_action
from handlers.actions.payloads import CancelAction, GiveAnswer, Publish, SaveEdit
from handlers.actions.use_cases import cancel, chat_of, is_author, publish, save_edit
from storage import actions
from storage.handled_updates import Redelivered


async def answered(context: Context, tap: GiveAnswer) -> None:
    """Going, Maybe, Can't; the same again takes it back."""
    if tap.answer not in list(Answer):
        raise Refused("frame.refused.unknown_thing")
    try:
        answer = await context.run(give_answer, tap.action, Answer(tap.answer))
    except Redelivered:
        answer = await context.read(current_answer, tap.action)
    key = answer.value if answer else "taken_back"
    await context.toast(context.words.plain(f"actions.answered.{key}"))


async def published(context: Context, tap: Publish) -> None:
    chat_id = await context.read(where_much_was_announced, tap.draft)
    if chat_id is not None:
        await context.is_organiser(chat_id)
    action_id = await context.once(publish, tap.draft)
    await context.close_on_its_way(actions.CARD, action_id, "actions.published")


async def edit_saved(context: Context, tap: SaveEdit) -> None:
    await require_author_or_organiser(context, await context.read(edited_action, tap.draft))
    has_changed = await context.run(save_edit, tap.draft)
    await context.close("actions.saved" if has_changed else "actions.unchanged")


async def called_off(context: Context, tap: CancelAction) -> None:
    await require_author_or_organiser(context, tap.action)
    await context.once(cancel, tap.action)
    await context.close("actions.called_off")


async def require_author_or_organiser(context: Context, action_id: int) -> None:
    """Go on only for the action's author or an organiser of its chat, as of now. Raises `Refused`."""
    if await context.read(is_author, action_id):
        return
    try:
        await context.require_organiser(await context.read(chat_of, action_id))
    except Refused:
        raise Refused("actions.refused.not_author") from None
