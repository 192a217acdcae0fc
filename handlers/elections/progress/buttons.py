"""What organisers tap on the picture."""

from __future__ import annotations

from contextlib import suppress

from bot.context import Context
from bot.store import Redelivered
from handlers.elections.progress.payloads import ShowEveryone
from handlers.elections.progress.use_cases import show_everyone
from handlers.elections.use_cases import chat_of


async def shown_to_everyone(context: Context, tap: ShowEveryone) -> None:
    await context.require_organiser(await context.read(chat_of, tap.election))
    with suppress(Redelivered):
        await context.run(show_everyone, context.person, context.place, tap.election)
    await context.toast(context.words.plain("progress.shown"))
