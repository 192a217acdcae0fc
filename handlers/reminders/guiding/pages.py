"""The steps, one after another."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.message.face import Face
from handlers.reminders.guiding import faces
from handlers.reminders.guiding.payloads import DayPage, HourPage, MinutePage, RepeatPage
from handlers.reminders.guiding.use_cases import choices, days_ahead, require_new


async def day_page(context: Context, page: DayPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(days_ahead, page.draft)
    return faces.draw_days(page.draft, found, context.words)


async def hour_page(context: Context, page: HourPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    await context.read(require_new, page.draft)
    return faces.draw_hours(page.draft, context.words)


async def minute_page(context: Context, page: MinutePage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    await context.read(require_new, page.draft)
    if page.hour not in range(24):
        raise Refused("frame.refused.unknown_thing")
    return faces.draw_minutes(page.draft, page.hour, context.words)


async def repeat_page(context: Context, page: RepeatPage) -> Face:
    await context.require_organiser_of_draft(page.draft)
    found = await context.read(choices, page.draft)
    return faces.draw_repeats(page.draft, found, context.words)
