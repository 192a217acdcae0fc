"""What organisers decide about a post that may have arrived."""

from __future__ import annotations

from bot.context import Context
from handlers.delivery.payloads import Arrived, SendAgain
from handlers.delivery.use_cases import leave_as_it_is, send_again


async def sent_again(context: Context, tap: SendAgain) -> None:
    await context.require_organiser()
    await context.run(send_again, tap.row)
    await context.toast(context.words.plain("delivery.sent_again"))


async def arrived(context: Context, tap: Arrived) -> None:
    await context.require_organiser()
    await context.run(leave_as_it_is, tap.row)
    context.seek_card()
    await context.toast(context.words.plain("delivery.arrived"))
