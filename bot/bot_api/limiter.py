"""Every request that makes or edits a message waits for its turn, whichever way it comes."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.bot_api.pace import Pace, Sent
from bot.bot_api.refusals import Wait, classify
from bot.clock import Clock

_ASKS = "get"
_COUNTED = ("send", "copy", "forward", "edit")
_NOT_COUNTED = ("sendChatAction",)
MOST_PATIENCE_SECONDS = 20.0
# What nobody else sees can't be answered by a sign that all see: it waits its minute instead.
_MOST_PATIENCE_UNSEEN_SECONDS = 60.0
_MOST_WAITING = 500
# There are twice as many connections: where Telegram is slow to answer, the others are free to speak.
_MOST_QUESTIONS = 32

FOR_ALL = -1
"""Said with a request for the whole chat: a post or a card. All others are for one person, and say which
where that is known."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True)
class _Asked:
    """A request as the limits see it."""

    group: int | None
    is_edit: bool
    is_whisper: bool
    is_unseen: bool
    person: int | None
    messages: int


class PacedRequests(AIORateLimiter):
    """Keeps `pace`; beneath it the library's own limiter stays as a net.

    Raises `RetryAfter` without asking Telegram where a person's answer would have to wait too long: a group
    has had its fill, this person has, or too many wait already.
    """

    def __init__(
        self,
        clock: Clock,
        pace: Pace,
        before_speaking: Callable[[], None] = lambda: None,
        asking: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`before_speaking` is called by whoever tells Telegram something: what was to be done is done by
        then, so that nobody is to wait for it. Around each question to Telegram stands `asking`."""
        super().__init__(
            overall_max_rate=pace.limits.overall,
            overall_time_period=pace.limits.overall_seconds,
            group_max_rate=0,
        )
        self._clock = clock
        self._pace = pace
        self._before_speaking = before_speaking
        self._asking = asking
        self._questions = asyncio.Semaphore(_MOST_QUESTIONS)
        # Two queues: what is for all never stands behind what is for single people.
        self._for_all, self._for_one = asyncio.Lock(), asyncio.Lock()
        self._waiting = 0

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        if endpoint.startswith(_ASKS):
            with self._asking():
                async with self._questions:
                    return await callback(*args, **kwargs)
        self._before_speaking()
        if not endpoint.startswith(_COUNTED) or endpoint in _NOT_COUNTED:
            return await callback(*args, **kwargs)
        group, is_unseen = _group_of(data), "receiver_user_id" in data
        is_whisper = rate_limit_args != FOR_ALL
        asked = _Asked(
            group,
            # The cards' share of a minute is theirs: what one person turns over in private takes none of it.
            is_edit=endpoint.startswith("editMessage") and not is_whisper,
            is_whisper=is_whisper,
            is_unseen=is_unseen,
            person=data.get("receiver_user_id", rate_limit_args) if is_whisper else None,
            messages=len(data.get("message_ids", "1")),
        )
        sent = await self._in_turn(asked)
        try:
            return await super().process_request(callback, args, kwargs, endpoint, data, None)
        except TelegramError as error:
            verdict = classify(error)
            if group is not None and not is_unseen and isinstance(verdict, Wait):
                self._pace.refuse(group, verdict.seconds)
            raise
        finally:
            self._pace.end(sent)

    async def _in_turn(self, asked: _Asked) -> Sent:
        await self._wait_for_chat(asked)
        line = self._for_one if asked.is_whisper else self._for_all
        is_many = asked.is_whisper and self._waiting >= _MOST_WAITING
        if is_many and (line.locked() or self._wait_overall(asked) > 0):
            raise RetryAfter(math.ceil(_MOST_WAITING / self._pace.limits.overall_whispers))
        self._waiting += 1
        try:
            while True:
                async with line:
                    while (wait := self._wait_overall(asked)) > 0:
                        await self._clock.sleep(wait)
                    if self._wait_in_chat(asked) == 0:
                        return self._begin(asked)
                await self._wait_for_chat(asked)  # others were quicker
        finally:
            self._waiting -= 1

    async def _wait_for_chat(self, asked: _Asked) -> None:
        patience = _MOST_PATIENCE_UNSEEN_SECONDS if asked.is_unseen else MOST_PATIENCE_SECONDS
        while (wait := self._wait_in_chat(asked)) > 0:
            if wait > patience:
                raise RetryAfter(math.ceil(wait))
            await self._clock.sleep(wait)

    def _wait_in_chat(self, asked: _Asked) -> float:
        if asked.group is None:
            return 0.0
        return self._pace.wait_in_chat(
            asked.group,
            whisper=asked.is_whisper,
            unseen=asked.is_unseen,
            person=asked.person,
            messages=asked.messages,
        )

    def _wait_overall(self, asked: _Asked) -> float:
        return self._pace.wait_overall(whisper=asked.is_whisper, messages=asked.messages)

    def _begin(self, asked: _Asked) -> Sent:
        return self._pace.begin(
            asked.group,
            edit=asked.is_edit,
            whisper=asked.is_whisper,
            person=asked.person,
            messages=asked.messages,
        )


def _group_of(data: dict[str, Any]) -> int | None:
    """The group that a request is for; a private chat has no limit that one person could reach."""
    chat_id = data.get("chat_id")
    return chat_id if isinstance(chat_id, int) and chat_id < 0 else None
