"""When to believe that Telegram doesn't know the token: on a bad day a server says so once by mistake."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.bot_api.refusals import Failure, Verdict
from bot.clock import Clock

logger = logging.getLogger(__name__)

_PATIENCE = timedelta(minutes=2)


class UnknownTokenError(Exception):
    """Telegram has said for minutes that it doesn't know the token; the message says what to do."""


class TokenDoubt:
    """How long the answer has been 401 or 404, and nothing else."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: float | None = None

    def note(self, verdict: Verdict | None) -> None:
        """Note how a request that every token may make ended: None where it was answered.

        Raises `UnknownTokenError` once there is no doubt.
        """
        if verdict is not Failure.UNKNOWN_ADDRESS:
            self._since = None
        elif self._since is None:
            self._since = self._clock.monotonic()
            logger.warning(
                "Telegram says that it doesn't know this BOT_TOKEN. If it is new, stop and copy it anew "
                "from @BotFather; else this may pass, and the next two minutes will tell"
            )
        elif self._clock.monotonic() - self._since >= _PATIENCE.total_seconds():
            raise UnknownTokenError(
                "Telegram doesn't know this BOT_TOKEN: for two minutes it has said nothing else.\n"
                "It was revoked, or isn't whole: copy it anew from @BotFather. With a BOT_API_URL of your\n"
                "own, look whether a Bot API server is there."
            )
