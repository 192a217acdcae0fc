"""The outbox emptied: what is due is sent, post by post, and what became of it is written down.

A post is claimed right before it is sent and finished right after, so that a process killed in between
leaves it uncertain and no other. Which chats take something now is asked before any post is claimed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from telegram import ReplyParameters
from telegram.error import TelegramError

from bot.bot_api.drawing import drawn_aside
from bot.bot_api.limiter import FOR_ALL
from bot.bot_api.phrases import NO_TEXT, Refusal, meaning_of
from bot.delivery.composing import Composer, Drawn
from bot.delivery.line import Line
from bot.delivery.looking import Busy, Doing
from bot.delivery.retries import all_ended
from bot.delivery.setbacks import notices
from bot.delivery.setbacks.recovery import Setbacks, set_aside, skip
from bot.feature import Card, WhenLate
from bot.message.face import Face
from bot.message.words import Html, paragraphs
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage import chats, quiet_hours
from storage.chats import ChatSettings, Presence
from storage.delivery import cards, held_posts, holds, outbox, queue, sending
from storage.delivery.outbox import DuePost, OutboxState, Urgency
from storage.delivery.sending import Destination

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


@dataclass(frozen=True)
class _Instead:
    """What is written down where a post isn't sent now."""

    do: Callable[[UnitOfWork, DuePost], None]


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

    def look(self, work: UnitOfWork, busy: Busy) -> Doing:
        """Find what goes next, or when something will."""
        moments = queue.moments(work.session, work.now, busy=busy.posts)
        is_anything_near = moments.next is not None and moments.next <= work.now
        if (moments.is_any_due or is_anything_near) and self._is_any_stranded(work):
            return self._end_stranding
        planned = self._plan(work, set(busy.posts)) if is_anything_near else []
        if planned:
            return partial(self._send_all, planned)
        known = [moments.next] if moments.next else []
        if moments.is_any_due and queue.has_due_among(work.session, work.now, busy.posts):
            known.append(work.now + timedelta(seconds=min(busy.posts.values())))
        return partial(_next_at, min(known, default=None))

    async def _end_stranding(self) -> datetime:
        """Nothing else is said before these."""
        await self._line.store.run(self._clear_stranded)
        return self._line.clock.now()

    async def _send_all(self, planned: list[DuePost]) -> datetime:
        """Send them; there may be more."""
        # One iterator for all: each takes the next post that nobody has in hand.
        coming = iter(planned)
        await all_ended(self._send_each(coming) for _ in range(_AT_ONCE))
        return self._line.clock.now()

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
        return queue.next_among(
            work.session,
            work.now,
            Urgency.TIMED,
            limit=_A_TURN,
            busy=busy,
            among=self._had_news,
        )

    def _first_in_chats(
        self, work: UnitOfWork, urgency: Urgency, busy: set[int], but_not: set[int]
    ) -> list[DuePost]:
        return queue.next_of_each_chat(
            work.session, work.now, urgency, limit=_A_TURN, busy=busy, but_not=but_not
        )

    async def _send_each(self, planned: Iterator[DuePost]) -> None:
        """Send one after another."""
        for due in planned:
            await self._send_safely(due)

    async def _send_safely(self, due: DuePost) -> None:
        """Send one post; a fault of ours in one must not hold up the others."""
        clock, store = self._line.clock, self._line.store
        while (wait := self._line.pace.wait(due.telegram_id)) > 0:
            if wait > _MOST_PATIENCE_SECONDS:
                return  # its chat has become busy; nothing is written down for that
            await clock.sleep(wait)
        self._served[due.urgency].add(due.chat_id)
        self._had_news.pop(due.chat_id, None)
        if due.urgency is Urgency.NOW:
            self._had_news[due.chat_id] = clock.monotonic()
        try:
            made = await store.read(self._make, due)
            if isinstance(made, Drawn):
                # Before it is claimed: what can't be drawn was surely not sent.
                made = replace(made, face=await drawn_aside(made.face))
        except Exception as error:
            report_fault(logger, "a post couldn't be made", error)
            await store.run(set_aside, due, _AFTER_FAULT)
            return
        match made:
            case Drawn():
                if await store.run(_claim, due):
                    await self._send_claimed(replace(due, attempts=due.attempts + 1), made)
            case _Instead():
                await store.run(made.do, due)

    def _make(self, work: UnitOfWork, due: DuePost) -> Drawn | _Instead:
        """What it looks like now, or what to do in place of sending it."""
        destination = sending.destination(work.session, due)
        chat = destination.chat
        if due.is_self_timed and chat.quiet.contain(work.now, ZoneInfo(chat.timezone)):
            # Quiet hours have begun since it was due: it was delayed on its way.
            return _Instead(_wait_until_over)
        drawn = self._composer.draw_for(work, due, chat)
        if drawn is None:
            return _Instead(skip)
        if destination.has_holds and _content_of(drawn.face) is holds.TEXT:
            # The group lets the bot say nothing of the kind.
            held_until = holds.until(work.session, chat.id, holds.TEXT, work.now)
            if held_until is not None:
                return _Instead(partial(_wait_until, until=held_until))
        return drawn

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
            message = await client.send_face(
                chat_id,
                face,
                thread_id=due.thread_id,
                reply=_in_answer_to(drawn.answered),
                share=FOR_ALL,
            )
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
        try:
            words = await self._line.client.send_face(
                chat_id,
                face,
                thread_id=thread_id,
                reply=_in_answer_to(message_id),
                share=FOR_ALL,
            )
        except TelegramError as error:
            logger.warning("the words beneath a copy didn't get through: %s", type(error).__name__)
            return ()
        return (words.message_id,)

    def _record(
        self, work: UnitOfWork, due: DuePost, sent: Drawn, message_ids: tuple[int, ...]
    ) -> int | None:
        """Returns the id of the card, where it is one that wasn't left behind in a group that moved."""
        destination = sending.destination(work.session, due)
        due = replace(due, chat_id=destination.chat.id)
        sending.mark_sent(work.session, due.id)
        _note_success(work, due, destination, sent.face)
        is_card = isinstance(sent.post, Card)
        if destination.chat.telegram_id != sent.chat.telegram_id:
            # The numbers mean other messages now. A card was left behind, and a question: nobody taps there.
            if is_card or due.kind == notices.QUESTION:
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


def _in_answer_to(message_id: int | None) -> ReplyParameters | None:
    """It is said all the same where that message is gone."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def _next_at(moment: datetime | None) -> datetime | None:
    """There is nothing to send now."""
    return moment


def _wait_until_over(work: UnitOfWork, due: DuePost) -> None:
    """Before anything is claimed: not an attempt, and nothing that could be uncertain."""
    chat_id = outbox.as_it_stands(work.session, due).chat_id
    quiet_hours.follow(work.session, chat_id, work.now)


def _claim(work: UnitOfWork, due: DuePost) -> bool:
    return sending.claim(work.session, due.id, work.now, lease=LEASE)


def _content_of(face: Face) -> str | None:
    """The kind of content that a group may forbid by itself; a picture's words go without it."""
    return None if face.copies or face.attachment else holds.TEXT


def _note_success(work: UnitOfWork, due: DuePost, destination: Destination, face: Face) -> None:
    """It stands, so the bot is there and may write: what waited for that may be tried at once."""
    if not destination.chat.is_here:
        chats.see(work.session, chats.get(work.session, due.chat_id), Presence.MEMBER)
    if not destination.has_holds:
        return
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
