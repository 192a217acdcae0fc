"""What organisers tap about who may sign."""

from __future__ import annotations

from bot.context import Context
from handlers.elections.card.payloads import ManagePage
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.acts.deeds import newcomers
from handlers.elections.signing.payloads import LetNewcomers


async def newcomers_let(context: Context, tap: LetNewcomers) -> None:
    asked = await context.once(ask, tap.election, newcomers(may=tap.may))
    await tell_asked(context, asked, ManagePage(tap.election))
