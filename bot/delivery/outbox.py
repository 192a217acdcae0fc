"""The outbox emptied: what is due is sent, post by post, and what became of it is written down.

A post is claimed right before it is sent and finished right after, so that a process killed in between
leaves it uncertain and no other. Which chats take something now is asked before any post is claimed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import ReplyParameters
from telegram.error import TelegramError

from bot.bot_api.limiter import FOR_ALL
from bot.bot_api.phrases import NO_TEXT, Refusal, meaning_of
from bot.delivery.composing import Composer, Drawn
from bot.delivery.line import Line
from bot.delivery.setbacks import notices
from bot.delivery.setbacks.recovery import Setbacks, set_aside, skip
from bot.feature import Card, WhenLate
from bot.message.face import Face
from bot.message.words import Html, paragraphs
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage import chats, quiet_hours
from storage.chats import ChatSettings, Presence
from storage.delivery import cards, held_posts, holds, outbox, queue
from storage.delivery.outbox import DuePost, OutboxState, Urgency

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=10)
_AT_ONCE = 8
_A_TURN = 30
# Each chat that had its turn is a value in the query for the next, and databases take some 32,000.
LONGEST_ROUND = 10_000
_NEWS_SECONDS = 600.0
_AFTER_FAULT = timedelta(minutes=5)
_MOST_PATIENCE_SECONDS = 2.0
_PASSED_AT_ONCE = 200


class Sender:
    """Sends what is due, as many as Telegram takes in about a second, then gives way to other work."""

    def __init__(self, line: Line, composer: Composer, grace: timedelta) -> None:
        self._line = line
        self._composer = composer
        self._grace = grace
        self._passing = [
            kind for kind, post in composer.posts.items() if post.when_late is WhenLate.LIST
        ]
        self._setbacks = Setbacks(line, composer)
        # Whose turn it was: each chat sends one before any sends its next, for each urgency apart.
        self._served: dict[Urgency, set[int]] = {urgency: set() for urgency in Urgency}
        # Chats in which somebody's news went last, and when: what is due at its moment is next there.
        self._had_news: dict[int, float] = {}

    async def turn(self) -> datetime | None:
        """Send some of what is due. Returns the moment for the next turn, None where nothing waits."""
        now, store = self._line.clock.now(), self._line.store
        while await store.read(self._is_any_stranded):
            await store.run(self._clear_stranded)
        busy = self._line.pace.busy()
        planned = iter(await store.read(self._plan, set(busy)))
        # One iterator for all: each takes the next post that nobody has in hand.
        if any(await asyncio.gather(*(self._send_each(planned) for _ in range(_AT_ONCE)))):
            return now
        moment, some_wait = await store.read(_next_moment, set(busy))
        moments = [moment] if moment else []
        if some_wait:
            moments.append(now + timedelta(seconds=min(busy.values())))
        return min(moments, default=None)

    def _is_any_stranded(self, work: UnitOfWork) -> bool:
        """Whether posts wait in vain: in the hand of a sender that stopped, where the bot was removed, or
        because it is too late to say them."""
        before = work.now - self._grace
        return bool(
            queue.left_in_hand(work.session, work.now)
            or queue.too_late(work.session, before, self._passing, limit=1)
            or queue.silent_where_away(work.session, work.now)
        )

    def _clear_stranded(self, work: UnitOfWork) -> None:
        for due in queue.left_in_hand(work.session, work.now):
            self._setbacks.repeat_or_ask(work, due)
        for chat_id in queue.silent_where_away(work.session, work.now):
            holds.hold(work.session, chat_id, work.now, work.now, is_silenced=True)
        before = work.now - self._grace
        for due in queue.too_late(work.session, before, self._passing, limit=_PASSED_AT_ONCE):
            self._let_pass(work, due)

    def _let_pass(self, work: UnitOfWork, due: DuePost) -> None:
        headline = self._composer.headline(work, due)
        if headline is None:  # the thing is gone: nothing was missed
            outbox.finish(work.session, due.id, OutboxState.SKIPPED)
            return
        outbox.let_pass(work.session, due.id, headline, notices.tell_passed(work, due))
        passed = self._composer.posts[due.kind].passed
        if passed is not None:
            passed(work, due.ref, due.due_at)

    def _plan(self, work: UnitOfWork, busy: set[int]) -> list[DuePost]:
        """What goes next: the most urgent first, of each chat one, and each chat once in a round. But much
        news in a chat takes turns with what is due at its moment."""
        planned = self._after_news(work, busy)
        for urgency, served in self._served.items():
            if len(served) >= LONGEST_ROUND:
                served.clear()
            chosen = {due.chat_id for due in planned}
            first = self._first_in_chats(work, urgency, busy, served | chosen)
            if not first and served:
                served.clear()
                first = self._first_in_chats(work, urgency, busy, chosen)
            planned += first
        return planned[:_A_TURN]

    def _after_news(self, work: UnitOfWork, busy: set[int]) -> list[DuePost]:
        since = self._line.clock.monotonic() - _NEWS_SECONDS
        recent = [(chat_id, at) for chat_id, at in self._had_news.items() if at > since]
        self._had_news = dict(recent[-LONGEST_ROUND:])
        if not self._had_news:
            return []
        return queue.next_of_each_chat(
            work.session,
            work.now,
            Urgency.TIMED,
            limit=_A_TURN,
            busy=busy,
            but_not=(),
            among=self._had_news,
        )

    def _first_in_chats(
        self, work: UnitOfWork, urgency: Urgency, busy: set[int], but_not: set[int]
    ) -> list[DuePost]:
        return queue.next_of_each_chat(
            work.session, work.now, urgency, limit=_A_TURN, busy=busy, but_not=but_not
        )

    async def _send_each(self, planned: Iterator[DuePost]) -> bool:
        """Send one after another. Returns whether anything came of it."""
        results = [await self._send_safely(due) for due in planned]
        return any(results)

    async def _send_safely(self, due: DuePost) -> bool:
        """Send one post; a fault of ours in one must not hold up the others."""
        clock, store = self._line.clock, self._line.store
        while (wait := self._line.pace.wait(due.telegram_id)) > 0:
            if wait > _MOST_PATIENCE_SECONDS:
                return False  # its chat has become busy; nothing is written down for that
            await clock.sleep(wait)
        self._served[due.urgency].add(due.chat_id)
        self._had_news.pop(due.chat_id, None)
        if due.urgency is Urgency.NOW:
            self._had_news[due.chat_id] = clock.monotonic()
        try:
            if due.is_self_timed and await store.read(_is_quiet, due):
                await store.run(_wait_until_over, due)
                return True
            drawn, held_until = await store.read(self._draw, due)
        except Exception as error:
            report_fault(logger, "a post couldn't be made", error)
            await store.run(set_aside, due, _AFTER_FAULT)
            return True
        if drawn is None:
            await store.run(skip, due)
        elif held_until is not None:
            await store.run(_wait_until, due, held_until)
        elif await store.run(_claim, due):
            await self._send_claimed(replace(due, attempts=due.attempts + 1), drawn)
        return True

    def _draw(self, work: UnitOfWork, due: DuePost) -> tuple[Drawn | None, datetime | None]:
        """What it looks like now, and until when the group lets the bot say nothing of the kind."""
        drawn = self._composer.draw_due(work, due)
        if drawn is None or _content_of(drawn.face) is not holds.TEXT:
            return drawn, None
        return drawn, holds.until(work.session, drawn.chat.id, holds.TEXT, work.now)

    async def _send_claimed(self, due: DuePost, drawn: Drawn) -> None:
        try:
            message_ids = await self._send(due, drawn)
        except TelegramError as error:
            await self._setbacks.recover(due, drawn.chat, error)
            return
        except Exception as error:
            # It may have been sent: the post keeps its lease and is uncertain then.
            report_fault(logger, "a post couldn't be sent", error)
            return
        try:
            card_id = await self._line.store.run(self._record, due, drawn, message_ids)
        except Exception as error:
            report_fault(logger, "a post couldn't be recorded", error)
            return
        self._line.standing.note_sent(due.kind, due.ref)
        if drawn.is_pinned:
            await self._pin(drawn.chat, message_ids[0], card_id)

    async def _send(self, due: DuePost, drawn: Drawn) -> tuple[int, ...]:
        """Returns the numbers of the messages that it became."""
        client, chat_id, text = self._line.client, drawn.chat.telegram_id, self._marked(due, drawn)
        face = replace(drawn.face, text=text, copies=())
        if not drawn.face.copies:
            message = await client.send_face(chat_id, face, thread_id=due.thread_id, share=FOR_ALL)
            return (message.message_id,)
        copies = await client.copy_into(
            chat_id, drawn.face.copies, thread_id=due.thread_id, is_silent=face.is_silent
        )
        beneath = await self._say_beneath(chat_id, face, due.thread_id, copies[0]) if text else ()
        return (*copies, *beneath)

    async def _say_beneath(
        self, chat_id: int, face: Face, thread_id: int | None, message_id: int
    ) -> tuple[int, ...]:
        """The words that a copy can't carry; without them it stands all the same."""
        reply = ReplyParameters(message_id, allow_sending_without_reply=True)
        try:
            words = await self._line.client.send_face(
                chat_id, face, thread_id=thread_id, reply=reply, share=FOR_ALL
            )
        except TelegramError as error:
            logger.warning("the words beneath a copy didn't get through: %s", type(error).__name__)
            return ()
        return (words.message_id,)

    def _record(
        self, work: UnitOfWork, due: DuePost, sent: Drawn, message_ids: tuple[int, ...]
    ) -> int | None:
        """Returns the id of the card, where it is one that wasn't left behind in a group that moved."""
        due = outbox.as_it_stands(work.session, due)
        outbox.finish(work.session, due.id, OutboxState.SENT)
        _note_success(work, due, sent.face)
        is_card = isinstance(sent.post, Card)
        if chats.get(work.session, due.chat_id).telegram_id != sent.chat.telegram_id:
            # The numbers mean other messages now, and a card was left behind.
            if is_card:
                key = f"{due.kind}:{due.ref}:moved:{due.id}"
                work.later.post(due.kind, due.ref, chat_id=due.chat_id, key=key)
            return None
        if sent.post.sent is not None:
            sent.post.sent(work, due.ref, message_ids)
        return self._record_card(work, due, sent, message_ids[0]) if is_card else None

    def _record_card(self, work: UnitOfWork, due: DuePost, sent: Drawn, message_id: int) -> int:
        card = cards.CardRow(
            kind=due.kind,
            ref=due.ref,
            chat_id=due.chat_id,
            thread_id=due.thread_id,
            message_id=message_id,
        )
        card_id = cards.add(work.session, card)
        now = self._composer.draw_due(work, due)
        if now is None or now.face != sent.face:
            # It changed on the way, when there was no card yet that could have been marked.
            work.later.redraw(due.kind, due.ref)
        return card_id

    def _marked(self, due: DuePost, drawn: Drawn) -> Html:
        """The text, with a note where it comes late, astray, or possibly for the second time."""
        words = self._line.texts.in_language(drawn.chat.language)
        notes = []
        if due.repeated:
            notes.append(words("frame.repeat"))
        is_news = drawn.post.when_late is not WhenLate.NO_MATTER
        if is_news and self._line.clock.now() - due.due_at > LATE_AFTER:
            notes.append(words("frame.late"))
        if due.is_astray:
            notes.append(words("delivery.astray"))
        return paragraphs(*([drawn.face.text] if drawn.face.text else []), *notes)

    async def _pin(self, chat: ChatSettings, message_id: int, card_id: int | None) -> None:
        """Pin quietly where the bot may; where it may not, the message stands all the same."""
        try:
            await self._line.client.pin_chat_message(
                chat.telegram_id, message_id, disable_notification=True
            )
        except TelegramError:
            logger.info("a message wasn't pinned: no right to")
        else:
            if card_id is not None:
                await self._line.store.run(_mark_pinned, card_id)


def _next_moment(work: UnitOfWork, busy: set[int]) -> tuple[datetime | None, bool]:
    """When something can be done next, and whether something is due in a chat that is busy."""
    moment = queue.next_moment(work.session, work.now, busy=busy)
    return moment, queue.has_due_among(work.session, work.now, busy)


def _is_quiet(work: UnitOfWork, due: DuePost) -> bool:
    """Whether quiet hours have begun since it was due: it was delayed on its way."""
    chat_id = outbox.as_it_stands(work.session, due).chat_id
    return quiet_hours.are_now(work.session, chat_id, work.now)


def _wait_until_over(work: UnitOfWork, due: DuePost) -> None:
    """Before anything is claimed: not an attempt, and nothing that could be uncertain."""
    chat_id = outbox.as_it_stands(work.session, due).chat_id
    quiet_hours.follow(work.session, chat_id, work.now)


def _claim(work: UnitOfWork, due: DuePost) -> bool:
    return outbox.claim(work.session, due.id, work.now, lease=LEASE)


def _content_of(face: Face) -> str | None:
    """The kind of content that a group may forbid by itself; a picture's words go without it."""
    return None if face.copies or face.attachment else holds.TEXT


def _note_success(work: UnitOfWork, due: DuePost, face: Face) -> None:
    """It stands, so the bot is there and may write: what waited for that may be tried at once."""
    chat = chats.get(work.session, due.chat_id)
    if chat.presence is Presence.AWAY:
        chats.see(work.session, chat, Presence.MEMBER)
    content = _content_of(face)
    what = [holds.topic(due.thread_id), *([content] if content else [])]
    released = holds.release(work.session, due.chat_id, *what)
    if holds.TEXT in released.what:
        for row in held_posts.all_refused(work.session, due.chat_id):
            if meaning_of(row.refusal or "") is Refusal.NO_TEXT:
                held_posts.try_now(work.session, row.id)
    if released.silenced_since is not None:
        notices.tell_of_return(work, due.chat_id, released.silenced_since)


def _wait_until(work: UnitOfWork, due: DuePost, until: datetime) -> None:
    """Nothing of its kind is taken before: it isn't even tried."""
    outbox.put_back(work.session, due.id, until=until)
    held_posts.keep(work.session, due.id, NO_TEXT, "")


def _mark_pinned(work: UnitOfWork, card_id: int) -> None:
    cards.mark_pinned(work.session, card_id, True)
