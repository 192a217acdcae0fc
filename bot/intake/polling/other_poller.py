"""Another program that asks for updates with the same token: another bot, or a webhook.

Telegram serves one at a time, and ends the request of the other (409). So two on one token answer by turns,
each to a part of the people. Whoever was there first stays; the newcomer ends. A conflict ends the request of
one of them, in turn, so of two newcomers one reaches the end first, and the other stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.clock import Clock

logger = logging.getLogger(__name__)

# Whoever fetches for so long was there first; whoever hears nothing for so long no more.
_SETTLED_SECONDS = 120.0
# One may come of a bot that says its last words, while the next begins.
_CONFLICTS_TO_BE_SURE = 3
_ONE_ROW_SECONDS = 60.0
_OVER_SECONDS = 600.0
# Whoever was there first asks again soon, so that the newcomer learns of it before it takes much.
_NEWCOMERS_PAUSE = 1.0
_SETTLED_PAUSE = 0.5
_MOST_PAUSE = 30.0
_SOON_AGAIN = 10

_NEWCOMERS_WORDS = """\
Another bot works with this BOT_TOKEN and was there first, so this one ends: Telegram tells each update to
one of them only, and what one's database knows the other's doesn't. Stop the other before you start this
one. If you know of no other, somebody else has the token: revoke it with @BotFather."""


class OtherPollerError(Exception):
    """Another bot had this token first; the message says what to do."""


class OtherPoller:
    """How often another one came between, and who was there first."""

    def __init__(self, clock: Clock, tell: Callable[[], None]) -> None:
        """`tell` is called once where another one doesn't go away."""
        self._clock = clock
        self._tell = tell
        self._since: float | None = None
        self._heard_at = 0.0
        self._is_settled = False
        self._conflicts = 0
        self._last_conflict = 0.0
        self._is_told = False

    def note_answer(self) -> None:
        """Telegram answered a request for updates."""
        now = self._hear()
        if self._is_told and now - self._last_conflict >= _OVER_SECONDS:
            logger.info("no other program takes updates with this BOT_TOKEN any more")
            self._is_told = False

    def note_conflict(self) -> float:
        """Telegram ended a request for another one's. Returns how many seconds to leave it to that one.

        Raises `OtherPollerError` where the other was there first.
        """
        now = self._hear()
        if not self._is_settled:
            self._since = now
        if now - self._last_conflict >= _ONE_ROW_SECONDS:
            self._conflicts = 0
        self._conflicts += 1
        self._last_conflict = now
        if self._conflicts >= _CONFLICTS_TO_BE_SURE:
            self._be_sure()
        return self._pause()

    def forget(self) -> None:
        """Others of this database fetched meanwhile: what this process heard says nothing of that time."""
        self._since, self._is_settled, self._conflicts = None, False, 0

    def _hear(self) -> float:
        """Note that Telegram was heard. Returns when."""
        now = self._clock.monotonic()
        if self._since is None or now - self._heard_at >= _SETTLED_SECONDS:
            self._since, self._is_settled = now, False
        self._heard_at = now
        self._is_settled = self._is_settled or now - self._since >= _SETTLED_SECONDS
        return now

    def _be_sure(self) -> None:
        if not self._is_settled:
            raise OtherPollerError(_NEWCOMERS_WORDS)
        if not self._is_told:
            self._is_told = True
            logger.error(
                "another program takes updates with this BOT_TOKEN, a second bot or a webhook: part of what "
                "people say doesn't come here. Stop it; if you know of none, revoke the token with @BotFather"
            )
            self._tell()

    def _pause(self) -> float:
        if not self._is_settled:
            return _NEWCOMERS_PAUSE
        return min(_MOST_PAUSE, _SETTLED_PAUSE * 2.0 ** max(0, self._conflicts - _SOON_AGAIN))
