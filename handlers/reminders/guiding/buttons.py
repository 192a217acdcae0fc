"""What organisers tap on the way from step to step."""

from __future__ import annotations

from bot.context import Context
from bot.steps import ReminderStep
from handlers.reminders.guiding.payloads import (
    ChooseDay,
    ChooseRepeat,
    ChooseTime,
    DayPage,
    HourPage,
    RepeatPage,
)
from handlers.reminders.guiding.use_cases import begin_about, choose_day, choose_repeat, choose_time
from handlers.reminders.payloads import PreviewPage, TextPage


async def words_given(context: Context, step: ReminderStep) -> None:
    """The way in from another feature."""
    await context.require_organiser(step.chat_id)
    draft_id = await context.run(begin_about, step)
    await context.show(DayPage(draft_id))


async def day_chosen(context: Context, tap: ChooseDay) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(choose_day, tap.draft, tap.day)
    await context.show(HourPage(tap.draft))


async def time_chosen(context: Context, tap: ChooseTime) -> None:
    await context.require_organiser_of_draft(tap.draft)
    await context.run(choose_time, tap.draft, tap.hour, tap.minute)
    await context.show(RepeatPage(tap.draft))


async def repeat_chosen(context: Context, tap: ChooseRepeat) -> None:
    await context.require_organiser_of_draft(tap.draft)
    is_whole = await context.run(choose_repeat, tap.draft, tap.repeat)
    await context.show(PreviewPage(tap.draft) if is_whole else TextPage(tap.draft))
