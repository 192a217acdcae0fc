"""What becomes of a post that Telegram didn't take, or that may have arrived without our knowing."""

from __future__ import annotations

import logging
import random
from datetime import timedelta

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Moved, Wait, classify, words_of
from bot.delivery.composing import Composer
from bot.delivery.line import Line
from bot.delivery.presence import move_chat, note_absence
from bot.delivery.setbacks import notices
from bot.delivery.setbacks.obstacles import Obstacle, of_row
from bot.feature import WhenUncertain
from bot.person.access import may_send_anything
from bot.safety.codes import ForeignRow
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage.chats import ChatSettings
from storage.delivery import held_posts, holds, outbox
from storage.delivery.outbox import DuePost, OutboxState

logger = logging.getLogger(__name__)

_MOST_BACKOFF_SECONDS = 300.0
_NO_RIGHTS = timedelta(minutes=10)
_ONCE_MORE = timedelta(seconds=2)
_LONGEST_UNKNOWN = timedelta(hours=6)
_LONGEST_WORDS = 100
# So often a post may get no answer before somebody had better look.
_MOST_UNANSWERED = 4
# So often a post may fail before others of its chat go first: it may be the one that Telegram chokes on.
_MOST_IN_FRONT = 4


class Setbacks:
    """Decides, and writes it down."""

    def __init__(self, line: Line, composer: Composer) -> None:
        self._store = line.store
        self._client = line.client
        self._standing = line.standing
        self._composer = composer
        # Copies that Telegram didn't make although the bot might send everything, by their rows.
        self._refused_with_every_right: set[int] = set()

    async def recover(self, due: DuePost, chat: ChatSettings, error: TelegramError) -> None:
        """Deal with a claimed post that wasn't sent."""
        match classify(error):
            case Wait(seconds):
                await self._store.run(_hold, due, timedelta(seconds=seconds))
            case Moved(new_id):
                await self._follow(due, chat, new_id)
            case Failure.SHUT_OUT | Refusal.NO_SUCH_CHAT:
                await self._store.run(_leave, due, chat.sightings)
                await self._tell_obstacle(due)
            case Refusal() as refusal:
                await self._recover_from_refusal(due, chat, refusal, error)
                await self._tell_obstacle(due)
            case Failure.WEATHER | Failure.UNKNOWN_ADDRESS | Failure.CONFLICT:
                # A token that isn't known is a sure no: nothing was done.
                logger.warning(
                    "a post didn't get through (%s); next try soon", type(error).__name__
                )
                pause = _backoff(due.attempts)
                put_off = set_aside if due.attempts > _MOST_IN_FRONT else _hold
                await self._store.run(put_off, due, pause)
            case _:
                logger.warning("nobody knows whether a post arrived (%s)", type(error).__name__)
                await self._store.run(self.repeat_or_ask, due)

    async def _follow(self, due: DuePost, chat: ChatSettings, new_telegram_id: int) -> None:
        try:
            await self._store.run(_follow, due, chat.telegram_id, new_telegram_id)
        except ForeignRow:  # the operator has been told, and may put it right
            await self._store.run(set_aside, due, _growing(due.attempts))

    async def _tell_obstacle(self, due: DuePost) -> None:
        """Only what still keeps it: what gave way to General, or comes in words, is on its way."""
        obstacle = await self._store.read(_obstacle_of, due)
        if obstacle is not None:
            self._standing.note_obstacle(due.kind, due.ref, obstacle)

    async def _recover_from_refusal(
        self, due: DuePost, chat: ChatSettings, refusal: Refusal, error: TelegramError
    ) -> None:
        run, words = self._store.run, words_of(error)[:_LONGEST_WORDS]
        match refusal:
            case Refusal.NO_SUCH_TOPIC if due.thread_id is not None:
                await run(_send_to_general, due)
            case Refusal.TOPIC_CLOSED | Refusal.NO_SUCH_TOPIC:
                await run(_wait_for_topic, due, words)
            case Refusal.CHAT_CLOSED:
                # Nobody tells the bot when a group lets its members write again: it has to try.
                await run(_hold, due, _NO_RIGHTS, is_silenced=True)
            case Refusal.NO_TEXT:
                await run(_wait_for_words, due, words)
            case Refusal.MAY_NOT_SEND_THIS | Refusal.NO_PICTURES | Refusal.NO_RIGHT:
                await run(self._keep, due, words, _NO_RIGHTS)
            case Refusal.NOTHING_TO_COPY:
                await run(self._give_up_copying, due, is_gone=True)
            case Refusal.COPYING_FORBIDDEN:
                await run(self._give_up_copying, due, is_gone=False)
            case Refusal.NOT_COPIED:
                await self._recover_from_no_copy(due, chat, words)
            case Refusal.NOT_FREE:
                await run(self._keep, due, words, _growing(due.attempts))
            case _:
                report_fault(logger, "a post was refused", error)
                await run(self._keep, due, words, _growing(due.attempts))

    async def _recover_from_no_copy(self, due: DuePost, chat: ChatSettings, words: str) -> None:
        """Nobody can copy it, or the bot may not send its kind: Telegram says the same of both.

        The right may have been given since. So it is tried once more before it is given up.
        """
        if not await self._may_send_anything(chat):
            self._refused_with_every_right.discard(due.id)
            await self._store.run(self._keep, due, words, _NO_RIGHTS)
        elif due.id not in self._refused_with_every_right:
            self._refused_with_every_right.add(due.id)
            await self._store.run(set_aside, due, _ONCE_MORE)
        else:
            self._refused_with_every_right.discard(due.id)
            await self._store.run(self._give_up_copying, due, is_gone=False)

    async def _may_send_anything(self, chat: ChatSettings) -> bool:
        """Whether it can't be for want of a right; False also where Telegram doesn't tell."""
        try:
            return await may_send_anything(self._client, chat.telegram_id)
        except TelegramError:
            return False

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

    def _keep(self, work: UnitOfWork, due: DuePost, words: str, pause: timedelta) -> None:
        """It waits by itself, and administrators are told: what else is due in its chat may well be sent."""
        set_aside(work, due, pause)
        headline = self._composer.headline(work, due) or ""
        held_posts.keep(work.session, due.id, words, headline)
        notices.tell_of_refusal(work, due)

    def _give_up_copying(self, work: UnitOfWork, due: DuePost, *, is_gone: bool) -> None:
        """It comes in its own words, where it has any; the feature hears why."""
        post = self._composer.posts.get(due.kind)
        if post is not None and post.not_copied is not None:
            post.not_copied(work, due.ref, is_gone=is_gone)
        drawn = self._composer.draw_due(work, due)
        if drawn is not None and (drawn.face.instead or drawn.face.text):
            outbox.send_in_words(work.session, due.id)
            work.later.wake()
        else:
            outbox.finish(work.session, due.id, OutboxState.SKIPPED)


def _obstacle_of(work: UnitOfWork, due: DuePost) -> Obstacle | None:
    row = outbox.get(work.session, due.id)
    return of_row(work, row) if row is not None else None


def _backoff(attempts: int) -> timedelta:
    """Longer each time, up to five minutes; never the same for two, or all would come back at once."""
    longest = min(_MOST_BACKOFF_SECONDS, 2.0 ** min(attempts, 9))
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - no secret


def _growing(attempts: int) -> timedelta:
    """For what nobody knows the end of: ten minutes, twenty, at last six hours."""
    longer = timedelta(minutes=10 * 2 ** min(attempts - 1, 10))
    return min(longer, _LONGEST_UNKNOWN)


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


def _wait_for_topic(work: UnitOfWork, due: DuePost, words: str) -> None:
    """Its topic is closed. General says it instead, unless that is closed too."""
    due = outbox.as_it_stands(work.session, due)
    general = holds.topic(None)
    is_general_open = holds.until(work.session, due.chat_id, general, work.now) is None
    if due.thread_id is not None and is_general_open:
        outbox.send_to_general(work.session, due.id, instead_of=due.thread_id)
        return
    outbox.put_back(work.session, due.id)
    held_posts.keep(work.session, due.id, words, "")
    _hold_part(work, due, holds.topic(due.thread_id))
    own = outbox.back_to_topic(work.session, due.id) if due.thread_id is None else None
    if own is not None:
        _hold_part(work, due, holds.topic(own))


def _wait_for_words(work: UnitOfWork, due: DuePost, words: str) -> None:
    """The group lets the bot write nothing; pictures and copies may go on."""
    due = outbox.as_it_stands(work.session, due)
    set_aside(work, due, _NO_RIGHTS)
    held_posts.keep(work.session, due.id, words, "")
    _hold_part(work, due, holds.TEXT)


def _hold_part(work: UnitOfWork, due: DuePost, what: str) -> None:
    until = work.now + _NO_RIGHTS
    holds.hold(work.session, due.chat_id, work.now, until, what=what, is_silenced=True)


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
