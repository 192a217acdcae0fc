"""What people tap to sign."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.feature import values_for
from handlers.elections.card.payloads import ManagePage
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.buttons import tell_asked
from handlers.elections.heart.acts.deeds import newcomers
from handlers.elections.signing.payloads import LetNewcomers, Sign, SignInBuilding, SignPage
from handlers.elections.signing.use_cases import require_elector, sign


async def signed(context: Context, tap: Sign | SignInBuilding) -> None:
    """A member of the chat signs, as far as the bot can know who is one.

    Whoever came too late is refused first: a raid must not keep Telegram busy with questions.
    """
    if not await context.is_member(await context.read(require_elector, tap.election)):
        raise Refused("candidates.refused.left")
    await context.once(sign, **values_for(sign, tap))
    await context.show(SignPage(tap.election))


async def newcomers_let(context: Context, tap: LetNewcomers) -> None:
    asked = await context.once(ask, tap.election, newcomers(may=tap.may))
    await tell_asked(context, asked, ManagePage(tap.election))
