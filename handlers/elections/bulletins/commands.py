"""What people type about bulletins."""

from __future__ import annotations

import logging

from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.domain.elections.bulletins.proof_codes import read_code
from bot.domain.refusal import Refused
from handlers.elections.bulletins import faces
from handlers.elections.bulletins.use_cases import look_up

logger = logging.getLogger(__name__)


async def check(context: Context, typed: str) -> None:
    """`/check 7K2M-09QX-…`: whether the latest bulletin has it. Only where nobody else reads along."""
    if typed and context.place.is_group and context.ephemeral_id is None:
        await _take_away(context)
        raise Refused("bulletins.refused.in_public")
    if not typed:
        raise Refused("bulletins.refused.example")
    code = read_code(typed)
    if code is None:
        raise Refused("bulletins.refused.code")
    found = await context.read(look_up, code)
    await context.show(faces.draw_found(found, context.words))


async def _take_away(context: Context) -> None:
    """A code that was typed for all to see goes, where the bot may remove what others write."""
    if context.message is None:
        return
    try:
        await context.message.delete()
    except (BadRequest, Forbidden):
        logger.info("a code that was typed in public stays: no right to remove it")
