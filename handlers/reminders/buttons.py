"""What organisers tap while they set a reminder."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.store import Redelivered
from handlers.reminders.payloads import (
    ChooseReading,
    DropDraft,
    PreviewPage,
    SetReminder,
    Switch,
)
from handlers.reminders.use_cases import (
    choose_reading,
    drop_draft,
    set_reminder,
    switch_setting,
)


async def reading_chosen(context: Context, tap: ChooseReading) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(choose_reading, tap.draft, tap.reading)
    await context.show(PreviewPage(tap.draft))


async def switched(context: Context, tap: Switch) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(switch_setting, tap.draft, tap.setting)
    await context.show(PreviewPage(tap.draft))


async def confirmed(context: Context, tap: SetReminder) -> None:
    await context.require_organiser_of_draft(tap.draft)
    with suppress(Redelivered):
        await context.run(set_reminder, tap.draft)
    await context.close("reminders.set")


async def dropped(context: Context, tap: DropDraft) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(drop_draft, tap.draft)
    await context.close("frame.dropped")
