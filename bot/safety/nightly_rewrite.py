"""Once a night the tables about people forget in which order they were written (`storage/rewriting.py`)."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.domain.timekeeping.recurrence import EVERY_DAY, Weekly
from storage.duty import Duty
from storage.rewriting import forget_order

logger = logging.getLogger(__name__)

_NIGHTLY = Weekly(EVERY_DAY, time(3))
_AFTER_START = timedelta(hours=1)


class NightlyRewrite:
    """Remembers when the next is due; `in_time` is called every hour.

    Nothing of it is stored: an hour after each start there is one too, for machines that sleep at night.
    """

    def __init__(self, engine: Engine, clock: Clock, timezone: str, duty: Duty) -> None:
        """`timezone` says when it is night; of several processes only the one on `duty` rewrites."""
        self._engine = engine
        self._clock = clock
        self._zone = ZoneInfo(timezone)
        self._duty = duty
        self._due_at = clock.now() + _AFTER_START

    async def in_time(self) -> None:
        """Rewrite where a night has come. Where it fails it stays due."""
        now = self._clock.now()
        if now < self._due_at or not await asyncio.to_thread(self._duty.take):
            return
        try:
            await asyncio.to_thread(forget_order, self._engine)
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            logger.warning("rows still show their order (SQLSTATE %s); next try in an hour", state)
        else:
            self._due_at = next_night(now, self._zone)


def next_night(after: datetime, zone: ZoneInfo) -> datetime:
    """The next three o'clock in `zone`, when hardly anybody taps."""
    return _NIGHTLY.next_after(after, zone).at
