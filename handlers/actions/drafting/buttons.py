"""What people tap on the way, where the next page hangs on what is still unknown."""

from __future__ import annotations

from bot.context import Context
from bot.message.payload import Payload
from handlers.actions.drafting.draft import Step
from handlers.actions.drafting.payloads import (
    CapacityPage,
    ChooseDay,
    ChooseHour,
    ChooseReading,
    DayPage,
    HourPage,
    PlacePage,
    PreviewPage,
    WordsPage,
)
from handlers.actions.drafting.use_cases import (
    choose_day,
    choose_hour,
    choose_reading,
    to_be_asked,
)


async def day_chosen(context: Context, tap: ChooseDay) -> None:
    await _go_on(context, tap.draft, await context.once(choose_day, tap.draft, tap.day))


async def hour_chosen(context: Context, tap: ChooseHour) -> None:
    step = await context.once(choose_hour, tap.draft, tap.hour, tap.minute)
    await _go_on(context, tap.draft, step)


async def reading_chosen(context: Context, tap: ChooseReading) -> None:
    await _go_on(context, tap.draft, await context.once(choose_reading, tap.draft, tap.reading))


async def _go_on(context: Context, draft_id: int, step: Step | None) -> None:
    """Show what is to be asked next; of a tap that came twice it is looked up."""
    page = await asked_next(context, draft_id) if step is None else page_at(step, draft_id)
    await context.show(page)


async def asked_next(context: Context, draft_id: int) -> Payload:
    """The page that asks for what a draft still lacks."""
    return page_at(await context.read(to_be_asked, draft_id), draft_id)


def page_at(step: Step, draft_id: int) -> Payload:
    """The page on which this is asked."""
    match step:
        case Step.DAY:
            return DayPage(draft_id, 0)
        case Step.HOUR:
            return HourPage(draft_id, halves=False, nightly=False)
        case Step.WORDS:
            return WordsPage(draft_id)
        case Step.PLACE:
            return PlacePage(draft_id)
        case Step.CAPACITY:
            return CapacityPage(draft_id)
        case Step.PREVIEW:
            return PreviewPage(draft_id)
