"""What an organiser reads who tapped for something that nobody decides alone."""

from __future__ import annotations

from bot.context import Context
from bot.message.payload import Payload
from handlers.elections.heart.acts.asking import Asked


async def tell_asked(context: Context, asked: Asked | None, done: str | Payload) -> None:
    """Say what came of an act that may want a second organiser; `asked` is None for a tap that came
    twice, `done` the page that shows what is done, or the key of what is said then."""
    if asked is None:
        await context.close("ending.asked.before")
    elif asked is Asked.WAITING:
        await context.close("ending.asked.waiting")
    elif asked is Asked.ALONE:
        await context.close("ending.asked.alone")
    elif isinstance(done, Payload):
        await context.show(done)
    else:
        await context.close(done)
