"""What people tap to announce something."""

from __future__ import annotations

from bot.context import Context
from bot.steps import AnnounceStep
from handlers.actions.announcing.counting import where_much_was_announced
from handlers.actions.announcing.payloads import Begin, Publish
from handlers.actions.announcing.use_cases import begin_step_by_step, publish
from handlers.actions.drafting.payloads import DayPage
from storage import actions


async def begun(context: Context, _from: Begin | AnnounceStep) -> None:
    """Step by step, from a button of ours or of another feature."""
    await begin(context)


async def begin(context: Context) -> None:
    draft_id = await context.run(begin_step_by_step)
    await context.show(DayPage(draft_id, 0))


async def published(context: Context, tap: Publish) -> None:
    chat_id = await context.read(where_much_was_announced, tap.draft)
    if chat_id is not None:
        await context.is_organiser(chat_id)
    action_id = await context.once(publish, tap.draft)
    await context.close_on_its_way(actions.CARD, action_id, "actions.published")
