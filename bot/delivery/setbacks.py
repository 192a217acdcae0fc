"""What becomes of a post that Telegram didn't take, or that may have arrived without our knowing."""

from __future__ import annotations

import logging
import random
from datetime import timedelta

from telegram.error import TelegramError

from bot.bot_api.refusals import Failure, Moved, Refusal, Wait, classify
from bot.delivery import notices
from bot.delivery.composing import Composer
from bot.delivery.presence import move_chat, note_absence
from bot.feature import WhenUncertain
from bot.safety.logs import report_fault
from bot.store import Store, UnitOfWork
from storage.chats import ChatSettings
from storage.delivery import holds, outbox
from storage.delivery.outbox import DuePost, OutboxState

logger = logging.getLogger(__name__)

_MOST_BACKOFF_SECONDS = 300.0
_NO_RIGHTS = timedelta(minutes=10)
# So often a post may get no answer before somebody had better look.
_MOST_UNANSWERED = 4
# So often a post may fail before others of its chat go first: it may be the one that Telegram chokes on.
_MOST_IN_FRONT = 4
_NOT_IN_THIS_TOPIC = (Refusal.NO_SUCH_TOPIC, Refusal.TOPIC_CLOSED, Refusal.TOPIC_UNUSABLE)


class Setbacks:
    """Decides, and writes it down."""

    def __init__(self, store: Store, composer: Composer) -> None:
        self._store = store
        self._composer = composer

    async def recover(self, due: DuePost, chat: ChatSettings, error: TelegramError) -> None:
        """Deal with a claimed post that wasn't sent."""
        match classify(error):
            case Wait(seconds):
                await self._store.run(_hold, due, timedelta(seconds=seconds))
            case Moved(new_id):
                await self._store.run(_follow, due, chat.telegram_id, new_id)
            case Failure.SHUT_OUT | Refusal.NO_SUCH_CHAT:
                await self._store.run(_leave, due, chat.sightings)
            case Refusal() as refusal:
                await self._recover_from_refusal(due, refusal, error)
            case Failure.WEATHER:
                logger.warning(
                    "a post didn't get through (%s); next try soon", type(error).__name__
                )
                pause = _backoff(due.attempts)
                put_off = set_aside if due.attempts > _MOST_IN_FRONT else _hold
                await self._store.run(put_off, due, pause)
            case _:
                logger.warning("nobody knows whether a post arrived (%s)", type(error).__name__)
                await self._store.run(self.repeat_or_ask, due)

    async def _recover_from_refusal(
        self, due: DuePost, refusal: Refusal, error: TelegramError
    ) -> None:
        match refusal:
            case _ if refusal in _NOT_IN_THIS_TOPIC and due.thread_id is not None:
                await self._store.run(_send_to_general, due)
            case Refusal.MUTED | Refusal.RESTRICTED | Refusal.TOPIC_CLOSED:
                # Nobody tells the bot when a group lets its members write again: it has to try.
                await self._store.run(_hold, due, _NO_RIGHTS, is_silenced=True)
            case Refusal.MAY_NOT_SEND_THIS | Refusal.NO_PICTURES:
                await self._store.run(self._keep_for_later, due)
            case Refusal.NOTHING_TO_COPY:
                await self._store.run(self._give_up_copying, due)
            case _:
                report_fault(logger, "a post was refused", error)
                await self._store.run(skip, due)

    def repeat_or_ask(self, work: UnitOfWork, due: DuePost) -> None:
        """Nobody knows whether it arrived: say it again with a mark, or let an organiser decide where twice
        would be embarrassing, or where it was said again often enough."""
        due = outbox.as_it_stands(work.session, due)
        post = self._composer.posts.get(due.kind)
        headline = self._composer.headline(work, due)
        if post is None or headline is None:  # the thing is gone
            outbox.finish(work.session, due.id, OutboxState.SKIPPED)
        elif post.when_uncertain is WhenUncertain.REPEAT and not _often_enough(due):
            outbox.repeat(work.session, due.id)
            # It was the network, most likely: a moment's peace before the next try.
            until = work.now + _backoff(due.attempts)
            holds.hold(work.session, due.chat_id, work.now, until, is_silenced=False)
            work.later.wake(until)
        else:
            outbox.ask_about(work.session, due.id, headline)
            notices.ask(work, due)

    def _keep_for_later(self, work: UnitOfWork, due: DuePost) -> None:
        """It waits by itself: what else is due in its chat may well be sent."""
        set_aside(work, due, _NO_RIGHTS)
        notices.tell_of_missing_right(work, due, self._composer.headline(work, due) or "")

    def _give_up_copying(self, work: UnitOfWork, due: DuePost) -> None:
        outbox.finish(work.session, due.id, OutboxState.SKIPPED)
        post = self._composer.posts.get(due.kind)
        if post is not None and post.source_gone is not None:
            post.source_gone(work, due.ref)


def _backoff(attempts: int) -> timedelta:
    """Longer each time, up to five minutes; never the same for two, or all would come back at once."""
    longest = min(_MOST_BACKOFF_SECONDS, 2.0 ** min(attempts, 9))
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - no secret


def _often_enough(due: DuePost) -> bool:
    """A chat that gets everything and a network that loses the answers must not make a flood of repeats.

    A question is the exception: there is nobody else to ask.
    """
    return due.repeated and due.attempts >= _MOST_UNANSWERED and due.kind != notices.QUESTION


def _hold(work: UnitOfWork, due: DuePost, pause: timedelta, *, is_silenced: bool = False) -> None:
    """Nothing is said in its chat for so long."""
    due = outbox.as_it_stands(work.session, due)
    outbox.put_back(work.session, due.id)
    until = work.now + pause
    holds.hold(work.session, due.chat_id, work.now, until, is_silenced=is_silenced)


def set_aside(work: UnitOfWork, due: DuePost, pause: timedelta) -> None:
    """It alone isn't said for so long."""
    outbox.put_back(work.session, due.id, until=work.now + pause)


def _follow(work: UnitOfWork, due: DuePost, old_telegram_id: int, new_telegram_id: int) -> None:
    move_chat(work, old_telegram_id, new_telegram_id)
    outbox.put_back(work.session, due.id)


def _leave(work: UnitOfWork, due: DuePost, sightings: int) -> None:
    """Telegram lets the bot say nothing there: it waits until the bot is back, which it may be already."""
    due = outbox.as_it_stands(work.session, due)
    outbox.put_back(work.session, due.id)
    if note_absence(work, due.chat_id, sightings):
        holds.hold(work.session, due.chat_id, work.now, work.now, is_silenced=True)


def skip(work: UnitOfWork, due: DuePost) -> None:
    outbox.finish(work.session, due.id, OutboxState.SKIPPED)


def _send_to_general(work: UnitOfWork, due: DuePost) -> None:
    outbox.send_to_general(work.session, due.id)
