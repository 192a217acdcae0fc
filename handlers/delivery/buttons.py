"""What organisers decide about a post that may have arrived."""

from __future__ import annotations

from bot.context import Context
from handlers.delivery.payloads import Arrived
from handlers.delivery.use_cases import leave_as_it_is


async def arrived(context: Context, tap: Arrived) -> None:
    found = await context.once(leave_as_it_is, tap.row)
    if found is not None:
        context.services.standing.note_sent(*found)
    context.seek_card()
    await context.toast(context.words.plain("delivery.arrived"))
