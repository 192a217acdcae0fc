"""From step to step: the next page is the first that asks for what isn't known yet."""

from __future__ import annotations

from bot.context import Context
from bot.message.payload import Payload
from bot.steps import ReminderStep, RemindStep
from handlers.reminders.payloads import PreviewPage, TextPage
from handlers.reminders.step_by_step.payloads import (
    ChooseRepeat,
    ChooseTime,
    DayPage,
    HourPage,
    RepeatPage,
)
from handlers.reminders.step_by_step.use_cases import (
    Wanted,
    begin_about,
    choose_repeat,
    choose_time,
    wanted,
)
from handlers.reminders.use_cases import begin_step_by_step


async def go_on(context: Context, draft_id: int) -> None:
    """Ask for what the draft still lacks, or show it."""
    await context.show(await asked_next(context, draft_id))


async def asked_next(context: Context, draft_id: int) -> Payload:
    """The page on which that is asked."""
    return _page(draft_id, await context.read(wanted, draft_id))


async def words_given(context: Context, step: ReminderStep) -> None:
    """The way in from another feature."""
    await context.require_organiser(step.chat_id)
    draft_id = await context.run(begin_about, step)
    await context.show(DayPage(draft_id, 0))


async def time_chosen(context: Context, tap: ChooseTime) -> None:
    await context.once(choose_time, tap.draft, tap.hour, tap.minute)
    await go_on(context, tap.draft)


async def reminder_wanted(context: Context, _step: RemindStep) -> None:
    """The same, with nothing known of the reminder yet."""
    await context.require_organiser()
    await context.show(DayPage(await context.run(begin_step_by_step, None), 0))


async def repeat_chosen(context: Context, tap: ChooseRepeat) -> None:
    await context.once(choose_repeat, tap.draft, tap.repeat)
    await go_on(context, tap.draft)


def _page(draft_id: int, what: Wanted) -> Payload:
    match what:
        case "day":
            return DayPage(draft_id, 0)
        case "hour":
            return HourPage(draft_id, halves=False, nightly=False)
        case "repeat":
            return RepeatPage(draft_id)
        case "text":
            return TextPage(draft_id)
        case _:
            return PreviewPage(draft_id)
