"""What people tap on reminders."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.domain.refusal import Refused
from bot.store import Redelivered
from handlers.reminders.cards import draw_list
from handlers.reminders.payloads import (
    ChooseReading,
    DeleteReminder,
    DropDraft,
    PreviewPage,
    SetReminder,
)
from handlers.reminders.use_cases import (
    chat_of_draft,
    choose_reading,
    delete_reminder,
    drop_draft,
    require_chat,
    set_reminder,
    waiting_in,
)


async def reading_chosen(context: Context, tap: ChooseReading) -> None:
    await require_organiser_for_draft(context, tap.draft)
    await context.run(choose_reading, context.person, context.place, tap.draft, tap.reading)
    await context.show(PreviewPage(tap.draft))


async def confirmed(context: Context, tap: SetReminder) -> None:
    await require_organiser_for_draft(context, tap.draft)
    with suppress(Redelivered):
        await context.run(set_reminder, context.person, context.place, tap.draft)
    await context.close("reminders.set")


async def dropped(context: Context, tap: DropDraft) -> None:
    await require_organiser_for_draft(context, tap.draft)
    await context.run(drop_draft, context.person, context.place, tap.draft)
    await context.close("frame.dropped")


async def deleted(context: Context, tap: DeleteReminder) -> None:
    """Gone at once; the list is shown anew and says what was deleted."""
    at = (context.person, context.place, tap.chat)
    await context.read(require_chat, *at)
    await context.require_organiser(tap.chat)
    text = None
    with suppress(Redelivered):
        text = (await context.run(delete_reminder, *at, tap.reminder)).text
    waiting = await context.read(waiting_in, *at, tap.page)
    await context.show(draw_list(waiting, context.words, may_delete=True, deleted=text))


async def require_organiser_for_draft(context: Context, draft_id: int) -> None:
    """Go on only for an organiser of the chat that a draft belongs to, as of now. Raises `Refused`."""
    at = (context.person, context.place, draft_id)
    chat_id = None if context.place.is_group else await context.read(chat_of_draft, *at)
    await context.require_organiser(chat_id)


async def is_organiser(context: Context, chat_id: int | None = None) -> bool:
    """Whether to offer what only organisers may do; the tap asks again."""
    try:
        await context.require_organiser(chat_id)
    except Refused:
        return False
    return True
