"""What an organiser reads who tapped for something that nobody decides alone."""

from __future__ import annotations

from bot.context import Context
from bot.message.payload import Payload
from handlers.elections.heart.acts.asking import Asked
from handlers.elections.heart.buttons import tell

_NOT_YET = {
    None: "ending.asked.before",
    Asked.WAITING: "ending.asked.waiting",
    Asked.ALONE: "ending.asked.alone",
}


async def tell_asked(
    context: Context, asked: Asked | None, done: str | Payload, back: Payload | None = None
) -> None:
    """Say what came of an act that may want a second organiser; `asked` is None for a tap that came
    twice, `done` the page that shows what is done, or the key of what is said then. What isn't done yet has a
    way back to `back`, or else to that page."""
    way_back = done if back is None and isinstance(done, Payload) else back
    key = _NOT_YET.get(asked)
    if key is None and isinstance(done, Payload):
        await context.show(done)
    elif way_back is None:
        await context.close(key or str(done))
    else:
        await tell(context, key or str(done), way_back)
