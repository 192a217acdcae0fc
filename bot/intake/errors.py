"""What goes wrong in a handler, in one place, in this order:

1. `Refused`: a rule said no. The person gets its words, privately.
2. `Redelivered`: the update had its effect before. Nothing to say.
3. Telegram won't let us speak there (kicked, blocked). A line in the log.
4. Anything else is our fault. The person gets a short id; the log has it too, with the frames but
   without a word of what was said; the operators get the id alone (`bot/intake/alarms.py`).
"""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Wait, classify
from bot.context import Context
from bot.delivery.presence import goes_along
from bot.domain.refusal import Refused
from bot.intake.tap import IncomingTap
from bot.safety.logs import report_fault
from storage.handled_updates import Redelivered
from storage.troubles import UnusableDatabaseError

logger = logging.getLogger(__name__)

_OUT_OF_REACH = (
    Failure.SHUT_OUT,
    Refusal.NO_SUCH_CHAT,
    Refusal.NO_SUCH_TOPIC,
    Refusal.TOPIC_CLOSED,
    Refusal.CHAT_CLOSED,
    Refusal.NO_TEXT,
    Refusal.NO_PICTURES,
    Refusal.MAY_NOT_SEND_THIS,
    Refusal.NOT_FREE,
    Refusal.NO_RIGHT,
)
"""What Telegram refuses for a reason that lies in the chat: gone, muted, closed."""


async def on_error(_update: object, context: Context) -> None:
    """The error handler of the application."""
    error = context.error
    if isinstance(error, Redelivered):
        logger.info("an update came twice")
    elif isinstance(error, Refused):
        if _somebody_waits(context):
            await refuse_quietly(context, error)
    elif isinstance(error, TelegramError):
        await _on_telegram_error(context, error)
    elif error is not None:
        await _own_up(context, error)


async def _on_telegram_error(context: Context, error: TelegramError) -> None:
    if await goes_along(context, error):
        return
    match classify(error):
        case verdict if verdict in _OUT_OF_REACH:
            logger.info("Telegram lets us say nothing there")
        case Wait() | Failure.WEATHER | Failure.LOST | Failure.UNKNOWN_ADDRESS:
            # Of a token that stays unknown the intake says the rest.
            logger.warning("an answer didn't get through: %s", type(error).__name__)
        case _:
            await _own_up(context, error)


async def _own_up(context: Context, error: Exception) -> None:
    error_id = report_fault(logger, "a handler failed", error)
    # First, for what the person is told may have to wait for its turn.
    context.services.alarms.sound(error, error_id)
    if _somebody_waits(context):
        await refuse_quietly(context, Refused("frame.fault", id=error_id))


def _somebody_waits(context: Context) -> bool:
    """Whether it was about what somebody typed or tapped, and not what Telegram tells of its own accord."""
    incoming = getattr(context, "incoming", None)
    return isinstance(incoming, IncomingTap) or bool(incoming is not None and incoming.message)


async def refuse_quietly(context: Context, refused: Refused) -> None:
    """Refuse; where even that fails there is nobody left to tell."""
    try:
        await context.refuse(refused)
    except (TelegramError, UnusableDatabaseError) as error:
        logger.warning("a refusal didn't get through: %s", type(error).__name__)
