"""Every request that makes or edits a message waits for its turn, whichever way it comes."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.bot_api.pace import Pace, Sent
from bot.bot_api.refusals import Wait, classify
from bot.clock import Clock

_COUNTED = ("send", "copy", "forward", "edit")
_NOT_COUNTED = ("sendChatAction",)
_MOST_PATIENCE_SECONDS = 20.0

FOR_ALL = 1
"""Said with a request for the whole chat: a post or a card. All others are for one person."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class PacedRequests(AIORateLimiter):
    """Keeps `pace`; beneath it the library's own limiter stays as a net.

    Raises `RetryAfter` without asking Telegram where a group has had its fill and a person's answer
    would have to wait too long.
    """

    def __init__(self, clock: Clock, pace: Pace) -> None:
        super().__init__(
            overall_max_rate=pace.limits.overall,
            overall_time_period=pace.limits.overall_seconds,
            group_max_rate=0,
        )
        self._clock = clock
        self._pace = pace
        self._first_come = asyncio.Lock()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        if not endpoint.startswith(_COUNTED) or endpoint in _NOT_COUNTED:
            return await callback(*args, **kwargs)
        group, is_unseen = _group_of(data), "receiver_user_id" in data
        sent = await self._in_turn(
            group,
            endpoint,
            is_whisper=rate_limit_args != FOR_ALL,
            is_unseen=is_unseen,
            messages=len(data.get("message_ids", "1")),
        )
        try:
            return await super().process_request(callback, args, kwargs, endpoint, data, None)
        except TelegramError as error:
            verdict = classify(error)
            if group is not None and not is_unseen and isinstance(verdict, Wait):
                self._pace.refuse(group, verdict.seconds)
            raise
        finally:
            self._pace.end(sent)

    async def _in_turn(
        self,
        group: int | None,
        endpoint: str,
        *,
        is_whisper: bool,
        is_unseen: bool,
        messages: int,
    ) -> Sent:
        # The cards' share of a minute is theirs: what one person turns over in private takes none of it.
        is_edit = endpoint.startswith("editMessage") and not is_whisper
        if group is not None:
            while (
                wait := self._pace.wait_in_chat(
                    group, whisper=is_whisper, unseen=is_unseen, messages=messages
                )
            ) > 0:
                if wait > _MOST_PATIENCE_SECONDS:
                    raise RetryAfter(math.ceil(wait))
                await self._clock.sleep(wait)
        async with self._first_come:
            while (wait := self._pace.wait_overall(messages=messages)) > 0:
                await self._clock.sleep(wait)
            return self._pace.begin(group, edit=is_edit, whisper=is_whisper, messages=messages)


def _group_of(data: dict[str, Any]) -> int | None:
    """The group that a request is for; a private chat has no limit that one person could reach."""
    chat_id = data.get("chat_id")
    return chat_id if isinstance(chat_id, int) and chat_id < 0 else None
