"""What people tap to sign."""

from __future__ import annotations

from bot.context import Context
from bot.domain.refusal import Refused
from bot.feature import values_for
from handlers.elections.signing.payloads import Sign, SignInBuilding, SignPage
from handlers.elections.signing.use_cases import require_elector, sign


async def signed(context: Context, tap: Sign | SignInBuilding) -> None:
    """A member of the chat signs, as far as the bot can know who is one.

    Whoever came too late is refused first: a raid must not keep Telegram busy with questions.
    """
    if not await context.is_member(await context.read(require_elector, tap.election)):
        raise Refused("candidates.refused.left")
    await context.once(sign, **values_for(sign, tap))
    await context.show(SignPage(tap.election))
