"""What becomes of a post that Telegram didn't take, or that may have arrived without our knowing."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.bot_api.pace import retry_seconds
from bot.delivery import notices
from bot.delivery.presence import move_chat, note_absence
from bot.feature import Post, WhenUncertain
from bot.safety.logs import report_fault
from bot.store import Store, UnitOfWork
from storage.chats import ChatSettings
from storage.delivery import holds, outbox
from storage.delivery.outbox import OutboxState, Outgoing

logger = logging.getLogger(__name__)

_MOST_BACKOFF_SECONDS = 300.0
_NO_RIGHTS = timedelta(minutes=10)
# So often a post may get no answer before somebody had better look.
_MOST_UNANSWERED = 4
# So often a post may fail before others of its chat go first: it may be the one that Telegram chokes on.
_MOST_IN_FRONT = 4
# Telegram's words for a chat that is there, in which the bot may not write now.
_MUTED = ("rights to send text", "topic_closed", "chat_write_forbidden", "restricted")
# The same for pictures, files or polls alone.
_MAY_NOT_SEND_THIS = "rights to send"

# The message that was to be copied is there no more, or its chat lets nobody copy.
_UNCOPYABLE = ("to copy not found", "no messages to copy", "message can't be copied")


class Setbacks:
    """Decides, and writes it down. `headline` gives a row's first line."""

    def __init__(
        self,
        store: Store,
        views: Mapping[str, Post],
        headline: Callable[[UnitOfWork, Outgoing], str | None],
    ) -> None:
        self._store = store
        self._views = views
        self._headline = headline

    async def recover(self, row: Outgoing, chat: ChatSettings, error: TelegramError) -> None:
        """Deal with a claimed row that wasn't sent. Order matters: the library's BadRequest and
        TimedOut are both NetworkErrors."""
        if isinstance(error, RetryAfter):
            await self._hold(row, timedelta(seconds=retry_seconds(error)))
        elif isinstance(error, ChatMigrated):
            await self._store.run(_follow, row, chat.telegram_id, error.new_chat_id)
        elif isinstance(error, Forbidden):
            await self._store.run(_leave, row, chat.sightings)
        elif isinstance(error, BadRequest):
            await self._recover_from_refusal(row, chat, error)
        elif _may_have_been_sent(error):
            logger.warning("nobody knows whether a post arrived (%s)", type(error).__name__)
            await self._store.run(self.settle_uncertain, row)
        else:
            logger.warning("a post didn't get through (%s); next try soon", type(error).__name__)
            pause = _backoff(row.attempts)
            if row.attempts > _MOST_IN_FRONT:
                await self._store.run(_set_aside, row, pause)
            else:
                await self._hold(row, pause)

    def settle_uncertain(self, work: UnitOfWork, row: Outgoing) -> None:
        """Say it again with a mark, or let an organiser decide where twice would be embarrassing, or where
        it was said again often enough."""
        row = outbox.as_it_stands(work.session, row)
        view = self._views.get(row.kind)
        headline = self._headline(work, row)
        if view is None or headline is None:  # the thing is gone
            outbox.finish(work.session, row.id, OutboxState.SKIPPED)
        elif view.when_uncertain is WhenUncertain.REPEAT and not _often_enough(row):
            outbox.repeat(work.session, row.id)
            # It was the network, most likely: a moment's peace before the next try.
            until = work.now + _backoff(row.attempts)
            holds.hold(work.session, row.chat_id, work.now, until, is_silenced=False)
            work.later.wake(until)
        else:
            outbox.ask_about(work.session, row.id, headline)
            notices.ask(work, row)

    async def _recover_from_refusal(
        self, row: Outgoing, chat: ChatSettings, error: BadRequest
    ) -> None:
        reason = error.message.lower()
        if row.thread_id is not None and ("thread not found" in reason or "topic" in reason):
            await self._store.run(_send_to_general, row)
        elif any(words in reason for words in _MUTED):
            # Nobody tells the bot when a group lets its members write again: it has to try.
            await self._hold(row, _NO_RIGHTS, is_silenced=True)
        elif _MAY_NOT_SEND_THIS in reason:
            await self._store.run(self._keep_for_later, row)
        elif "chat not found" in reason:
            await self._store.run(_leave, row, chat.sightings)
        elif any(words in reason for words in _UNCOPYABLE):
            await self._store.run(self._give_up_copying, row)
        else:
            report_fault(logger, "a post was refused", error)
            await self._store.run(_skip, row)

    def _keep_for_later(self, work: UnitOfWork, row: Outgoing) -> None:
        """It waits by itself: what else is due in its chat may well be sent."""
        _set_aside(work, row, _NO_RIGHTS)
        notices.tell_of_missing_right(work, row, self._headline(work, row) or "")

    def _give_up_copying(self, work: UnitOfWork, row: Outgoing) -> None:
        outbox.finish(work.session, row.id, OutboxState.SKIPPED)
        view = self._views.get(row.kind)
        if view is not None and view.source_gone is not None:
            view.source_gone(work, row.ref)

    async def _hold(self, row: Outgoing, pause: timedelta, *, is_silenced: bool = False) -> None:
        await self._store.run(_hold, row, pause, is_silenced)


def _backoff(attempts: int) -> timedelta:
    """Longer each time, up to five minutes; never the same for two, or all would come back at once."""
    longest = min(_MOST_BACKOFF_SECONDS, 2.0 ** min(attempts, 9))
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - no secret


def _often_enough(row: Outgoing) -> bool:
    """A chat that gets everything and a network that loses the answers must not make a flood of repeats.

    A question is the exception: there is nobody else to ask.
    """
    return row.repeated and row.attempts >= _MOST_UNANSWERED and row.kind != notices.QUESTION


def _may_have_been_sent(error: TelegramError) -> bool:
    """Whether Telegram may have done the work although no good answer came.

    Not where there was no connection to ask by, nor where Telegram itself says that it failed; a gateway
    between doesn't know, and a connection that broke tells nothing.
    """
    if not isinstance(error, NetworkError):
        return True
    if error.__cause__ is None:
        return not error.message.startswith("Internal Server Error")
    return type(error.__cause__).__name__ not in ("ConnectError", "ConnectTimeout", "PoolTimeout")


def _hold(work: UnitOfWork, row: Outgoing, pause: timedelta, is_silenced: bool) -> None:
    row = outbox.as_it_stands(work.session, row)
    outbox.put_back(work.session, row.id)
    until = work.now + pause
    holds.hold(work.session, row.chat_id, work.now, until, is_silenced=is_silenced)


def _set_aside(work: UnitOfWork, row: Outgoing, pause: timedelta) -> None:
    outbox.put_back(work.session, row.id, until=work.now + pause)


def _follow(work: UnitOfWork, row: Outgoing, old_telegram_id: int, new_telegram_id: int) -> None:
    move_chat(work, old_telegram_id, new_telegram_id)
    outbox.put_back(work.session, row.id)


def _leave(work: UnitOfWork, row: Outgoing, sightings: int) -> None:
    """Telegram lets the bot say nothing there: the row waits until it is back, which it may be already."""
    row = outbox.as_it_stands(work.session, row)
    outbox.put_back(work.session, row.id)
    if note_absence(work, row.chat_id, sightings):
        holds.hold(work.session, row.chat_id, work.now, work.now, is_silenced=True)


def _skip(work: UnitOfWork, row: Outgoing) -> None:
    outbox.finish(work.session, row.id, OutboxState.SKIPPED)


def _send_to_general(work: UnitOfWork, row: Outgoing) -> None:
    outbox.send_to_general(work.session, row.id)
