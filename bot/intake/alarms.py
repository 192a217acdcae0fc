"""Alarms for the operators: the first fault of a kind at once, and a minute's more of it in one message."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.clock import Clock
from bot.message.words import Html, Texts

logger = logging.getLogger(__name__)

_GATHERED_SECONDS = 60.0
_STOP_SECONDS = 5.0

Kind = tuple[str, str]


@dataclass
class _More:
    """How many came since the operators were told, and the last one's id."""

    count: int = 0
    last_id: str = ""


class Alarms:
    """Tells the operators ids of faults, which they find in the log; nothing of whom or what they befell."""

    def __init__(
        self, client: Client, texts: Texts, clock: Clock, operators: tuple[int, ...]
    ) -> None:
        self._client = client
        self._words = texts.in_language(None)
        self._clock = clock
        self._operators = operators
        self._gathering: dict[Kind, _More] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()

    def sound(self, error: Exception, error_id: str) -> None:
        """Begin to tell of a fault, unless one of its kind was told within a minute: then it is counted."""
        if not self._operators:
            return
        kind = _kind_of(error)
        more = self._gathering.get(kind)
        if more is not None:
            more.count += 1
            more.last_id = error_id
            return
        self._gathering[kind] = _More()
        first = self._words("frame.fault_for_operator", id=error_id)
        _begin(self._tell(first), self._telling)
        _begin(self._gather(kind), self._waiting)

    def tell(self, key: str) -> None:
        """Begin to tell the operators of what is no fault of ours, in the words of this key."""
        _begin(self._tell(self._words(key)), self._telling)

    async def stop(self) -> None:
        """Tell what was counted until now."""
        for task in self._waiting:
            task.cancel()
        gathered, self._gathering = self._gathering, {}
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await asyncio.gather(*self._telling)
                for more in gathered.values():
                    await self._tell_more(more)
        except TimeoutError:
            logger.info("the operators couldn't be told of the last faults")

    async def _gather(self, kind: Kind) -> None:
        """Tell every minute what it brought, until one brings nothing."""
        while True:
            await self._clock.sleep(_GATHERED_SECONDS)
            more = self._gathering[kind]
            if not more.count:
                del self._gathering[kind]
                return
            self._gathering[kind] = _More()
            await self._tell_more(more)

    async def _tell_more(self, more: _More) -> None:
        if more.count:
            key = "frame.more_faults_for_operator"
            await self._tell(self._words.count(key, more.count, id=more.last_id))

    async def _tell(self, text: Html) -> None:
        for operator in self._operators:
            try:
                await self._client.send_message(operator, text, parse_mode="HTML")
            except TelegramError:
                logger.info("an operator couldn't be told")


def _begin(work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work, name="alarms")
    among.add(task)
    task.add_done_callback(among.discard)


def _kind_of(error: Exception) -> Kind:
    """What was raised, and where."""
    raised_at = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f"{frame.filename}:{frame.lineno}" for frame in raised_at)
    return type(error).__qualname__, place
