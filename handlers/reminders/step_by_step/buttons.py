"""What organisers tap on the way from step to step, where the next page isn't always the same."""

from __future__ import annotations

from bot.context import Context
from bot.steps import ReminderStep, RemindStep
from handlers.reminders.payloads import PreviewPage, TextPage
from handlers.reminders.step_by_step.payloads import ChooseRepeat, DayPage
from handlers.reminders.step_by_step.use_cases import begin_about, choose_repeat, has_message
from handlers.reminders.use_cases import begin_step_by_step


async def words_given(context: Context, step: ReminderStep) -> None:
    """The way in from another feature."""
    await context.require_organiser(step.chat_id)
    draft_id = await context.run(begin_about, step)
    await context.show(DayPage(draft_id))


async def reminder_wanted(context: Context, _step: RemindStep) -> None:
    """The same, with nothing known of the reminder yet."""
    await context.require_organiser()
    await context.show(DayPage(await context.run(begin_step_by_step, None)))


async def repeat_chosen(context: Context, tap: ChooseRepeat) -> None:
    """The last step; the text is asked for where there is none yet."""
    await context.once(choose_repeat, tap.draft, tap.repeat)
    is_whole = await context.read(has_message, tap.draft)
    await context.show(PreviewPage(tap.draft) if is_whole else TextPage(tap.draft))
