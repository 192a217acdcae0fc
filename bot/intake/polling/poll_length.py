"""How long one request for updates may stay open: what lies on the way may cut what is silent for long."""

from __future__ import annotations

import logging

from bot.clock import Clock

logger = logging.getLogger(__name__)

_LONGEST_SECONDS = 25
# What fails sooner was no wait that somebody cut.
_LEAST_WAIT_SECONDS = 1.0
# What was asked for and is still open so long after was cut by nobody: nothing comes at all.
_LATE_SECONDS = 5.0
_SHORTER_FOR_SECONDS = 3600.0


class PollLength:
    """As long as possible; shorter than what is cut, for an hour, where that happens again and again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seconds = _LONGEST_SECONDS
        self._shorter_until = 0.0
        self._was_cut = False

    @property
    def seconds(self) -> int:
        """How long to wait for something new."""
        if self._clock.monotonic() >= self._shorter_until:
            self._seconds = _LONGEST_SECONDS
        return self._seconds

    def note_answer(self) -> None:
        """A request was answered."""
        self._was_cut = False

    def note_loss(self, lived: float, *, asked: int) -> bool:
        """Note that a request was lost after `lived` seconds, which was to wait for `asked`.

        Returns whether it was a wait that was cut, and that asking again at once may mend.
        """
        if not asked or not _LEAST_WAIT_SECONDS <= lived <= asked + _LATE_SECONDS:
            return False
        if not self._was_cut:
            logger.info("a wait for updates was cut on its way, asking again")
            self._was_cut = True
            return True
        shorter = max(1, int(min(lived, asked) * 3 / 4))
        if shorter >= self.seconds:
            return False  # shorter waits haven't helped
        self._shorten(lived, shorter)
        return True

    def _shorten(self, lived: float, seconds: int) -> None:
        self._seconds = seconds
        self._shorter_until = self._clock.monotonic() + _SHORTER_FOR_SECONDS
        logger.warning(
            "a connection that waits for updates is cut on its way after %.0f seconds: "
            "for an hour the bot asks every %d seconds",
            lived,
            seconds,
        )
