"""What becomes of a post that Telegram didn't take, or that may have arrived without our knowing."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from datetime import timedelta

from telegram.error import TelegramError

from bot.bot_api.refusals import Failure, Moved, Refusal, Wait, classify
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
_NOT_IN_THIS_TOPIC = (Refusal.NO_SUCH_TOPIC, Refusal.TOPIC_CLOSED, Refusal.TOPIC_UNUSABLE)


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
        """Deal with a claimed row that wasn't sent."""
        match classify(error):
            case Wait(seconds):
                await self._hold(row, timedelta(seconds=seconds))
            case Moved(new_id):
                await self._store.run(_follow, row, chat.telegram_id, new_id)
            case Failure.SHUT_OUT | Refusal.NO_SUCH_CHAT:
                await self._store.run(_leave, row, chat.sightings)
            case Refusal() as refusal:
                await self._recover_from_refusal(row, refusal, error)
            case Failure.WEATHER:
                logger.warning(
                    "a post didn't get through (%s); next try soon", type(error).__name__
                )
                await self._try_later(row)
            case _:
                logger.warning("nobody knows whether a post arrived (%s)", type(error).__name__)
                await self._store.run(self.settle_uncertain, row)

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
        self, row: Outgoing, refusal: Refusal, error: TelegramError
    ) -> None:
        match refusal:
            case _ if refusal in _NOT_IN_THIS_TOPIC and row.thread_id is not None:
                await self._store.run(_send_to_general, row)
            case Refusal.MUTED | Refusal.RESTRICTED | Refusal.TOPIC_CLOSED:
                # Nobody tells the bot when a group lets its members write again: it has to try.
                await self._hold(row, _NO_RIGHTS, is_silenced=True)
            case Refusal.MAY_NOT_SEND_THIS | Refusal.NO_PICTURES:
                await self._store.run(self._keep_for_later, row)
            case Refusal.NOTHING_TO_COPY:
                await self._store.run(self._give_up_copying, row)
            case _:
                report_fault(logger, "a post was refused", error)
                await self._store.run(_skip, row)

    async def _try_later(self, row: Outgoing) -> None:
        pause = _backoff(row.attempts)
        if row.attempts > _MOST_IN_FRONT:
            await self._store.run(_set_aside, row, pause)
        else:
            await self._hold(row, pause)

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
