"""What people type about reminders."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from handlers.reminders.buttons import is_organiser
from handlers.reminders.cards import draw_list
from handlers.reminders.payloads import PreviewPage
from handlers.reminders.use_cases import draft_reminder, waiting_here


async def remind(context: Context, typed: str) -> None:
    """`/remind every monday 11:00 Seniors' walk`"""
    await context.require_organiser()
    if not typed:
        raise Refused("reminders.refused.example")
    draft_id = await context.run(draft_reminder, context.person, context.place, typed)
    await context.show(PreviewPage(draft_id))


async def reminders(context: Context, _typed: str) -> None:
    """`/reminders`: what waits."""
    waiting = await context.read(waiting_here, context.place)
    may_delete = await is_organiser(context)
    await context.show(draw_list(waiting, context.words, may_delete=may_delete))
