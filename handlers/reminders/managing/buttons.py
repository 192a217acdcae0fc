"""What organisers tap on reminders that wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from bot.context import Context
from bot.store import PersonalWork, Redelivered
from handlers.reminders.managing.faces import draw_deleted
from handlers.reminders.managing.payloads import (
    ChangePage,
    ChooseNewReading,
    DeleteReminder,
    DropChange,
    ItemPage,
    ListPage,
    MoveHere,
    Pause,
    PostNow,
    Resume,
    SaveChange,
    SkipNext,
    SwitchOf,
    Undo,
)
from handlers.reminders.managing.use_cases import (
    choose_reading,
    delete_reminder,
    drop_change,
    move_here,
    pause,
    post_now,
    require_chat,
    resume,
    save_change,
    skip_next,
    switch_setting,
    undo,
)

Deed = Callable[[PersonalWork, int, int], None]


class _OnReminder(Protocol):
    """A tap on the page of one reminder."""

    @property
    def chat(self) -> int: ...
    @property
    def reminder(self) -> int: ...
    @property
    def page(self) -> int: ...


async def paused(context: Context, tap: Pause) -> None:
    await _do(context, tap, pause)


async def resumed(context: Context, tap: Resume) -> None:
    await _do(context, tap, resume)


async def skipped(context: Context, tap: SkipNext) -> None:
    await _do(context, tap, skip_next)


async def moved_here(context: Context, tap: MoveHere) -> None:
    await _do(context, tap, move_here)


async def undone(context: Context, tap: Undo) -> None:
    await _do(context, tap, undo)


async def switched(context: Context, tap: SwitchOf) -> None:
    await require_organiser_of(context, tap.chat)
    with suppress(Redelivered):
        await context.run(switch_setting, tap.chat, tap.reminder, tap.setting)
    await context.show(ItemPage(tap.chat, tap.reminder, tap.page))


async def deleted(context: Context, tap: DeleteReminder) -> None:
    """Gone at once, and for a minute it can come back."""
    await require_organiser_of(context, tap.chat)
    try:
        row = await context.run(delete_reminder, tap.chat, tap.reminder)
    except Redelivered:
        await context.show(ListPage(tap.chat, tap.page))
    else:
        await context.show(draw_deleted(row, tap.page, context.words))


async def posted_now(context: Context, tap: PostNow) -> None:
    await require_organiser_of(context, tap.chat)
    with suppress(Redelivered):
        await context.run(post_now, tap.chat, tap.reminder)
    await context.close("managing.posted")


async def reading_chosen(context: Context, tap: ChooseNewReading) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(choose_reading, tap.draft, tap.reading)
    await context.show(ChangePage(tap.draft))


async def change_saved(context: Context, tap: SaveChange) -> None:
    await context.require_organiser_of_draft(tap.draft)
    chat, reminder = await context.run(save_change, tap.draft)
    await context.show(ItemPage(chat, reminder, 0))


async def change_dropped(context: Context, tap: DropChange) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(drop_change, tap.draft)
    await context.close("managing.unchanged")


async def require_organiser_of(context: Context, chat_id: int) -> None:
    """Go on only for an organiser of a chat whose things may be touched from here. Raises `Refused`."""
    await context.read(require_chat, chat_id)
    await context.require_organiser(chat_id)


async def _do(context: Context, tap: _OnReminder, deed: Deed) -> None:
    """Change one reminder and show its page anew."""
    await require_organiser_of(context, tap.chat)
    with suppress(Redelivered):
        await context.run(deed, tap.chat, tap.reminder)
    await context.show(ItemPage(tap.chat, tap.reminder, tap.page))
