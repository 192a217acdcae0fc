"""Waiting at the start for what isn't there yet: Telegram, and the database's server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Wait, classify
from bot.clock import Clock
from bot.intake.polling.token_doubt import TokenDoubt
from storage.database import is_up

logger = logging.getLogger(__name__)

_MOST_PAUSE_SECONDS = 30.0


async def until_telegram_takes(
    request: Callable[[], Awaitable[object]], clock: Clock, *, may_be_refused: bool
) -> None:
    """Make a request again and again while Telegram can't be reached or somebody on the way answers in its
    place.

    Raises Telegram's refusal where the request may be refused: what can't be must come from elsewhere; and
    where it wants long silence before that. Raises `UnknownTokenError` where it doesn't know the token for
    minutes.
    """
    doubt = TokenDoubt(clock)
    for pause in _pauses():
        try:
            await request()
        except TelegramError as error:
            verdict = classify(error)
            doubt.note(verdict)
            asked = verdict.seconds if isinstance(verdict, Wait) else 0.0
            if may_be_refused and (isinstance(verdict, Refusal) or asked > _MOST_PAUSE_SECONDS):
                raise
            if verdict is not Failure.UNKNOWN_ADDRESS:
                logger.warning(
                    "Telegram can't be reached (%s), next try soon. If that lasts, see PROXY_URL in .env",
                    type(error).__name__,
                )
            await clock.sleep(max(pause, asked))
        else:
            return


async def unless_refused(step: Callable[[], Awaitable[object]], clock: Clock) -> None:
    """Take a step of the start, as `until_telegram_takes`; what Telegram refuses the bot works without."""
    try:
        await until_telegram_takes(step, clock, may_be_refused=True)
    except TelegramError as error:
        what, kind = step.__name__.strip("_"), type(error).__name__
        logger.warning(
            "Telegram refuses a step of the start (%s, %s), going on without it", what, kind
        )


async def until_server_is_up(database_url: str, clock: Clock) -> None:
    """Return once the database's server lets anybody in: it may have been started with the bot."""
    for pause in _pauses():
        if await asyncio.to_thread(is_up, database_url):
            return
        logger.warning(
            "The database's server can't be reached, next try soon. If that lasts, see DATABASE_URL in .env"
        )
        await clock.sleep(pause)


def _pauses() -> Iterator[float]:
    """Seconds between tries, longer each time."""
    pause = 1.0
    while True:
        yield pause
        pause = min(_MOST_PAUSE_SECONDS, pause * 2)
