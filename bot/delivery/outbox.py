"""The outbox emptied: what is due is sent, row by row, and what became of it is written down.

A row is claimed right before it is sent and finished right after, so that a process killed in between
leaves it uncertain and no other. Which chats take something now is asked before any row is claimed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import ReplyParameters
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.pace import Pace
from bot.clock import Clock
from bot.delivery import notices
from bot.delivery.setbacks import Setbacks
from bot.feature import Card, Post
from bot.message.face import Face
from bot.message.words import Html, Texts, paragraphs
from bot.safety.logs import report_fault
from bot.store import Store, UnitOfWork
from storage import chats, quiet_hours
from storage.chats import ChatSettings
from storage.delivery import cards, holds, outbox, queue
from storage.delivery.outbox import OutboxState, Outgoing, Urgency

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=10)
_AT_ONCE = 8
_A_TURN = 30
# Each chat that had its turn is a value in the query for the next, and databases take some 32,000.
LONGEST_ROUND = 10_000
_AFTER_FAULT = timedelta(minutes=5)
_MOST_PATIENCE_SECONDS = 2.0
_PASSED_AT_ONCE = 200
_HEADLINE_LENGTH = 80


@dataclass(frozen=True)
class _Ready:
    """A row with what it shows and where."""

    chat: ChatSettings
    face: Face
    is_pinned: bool = False


class Outbox:
    """Sends what is due, as many as Telegram takes in about a second, then gives way to other work."""

    def __init__(
        self,
        client: Client,
        store: Store,
        clock: Clock,
        texts: Texts,
        pace: Pace,
        views: Mapping[str, Post],
        grace: timedelta,
    ) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._texts = texts
        self._pace = pace
        self._views = views
        self._grace = grace
        self._passing = [kind for kind, view in views.items() if view.passes]
        self._setbacks = Setbacks(store, views, self._headline)
        # Whose turn it was: each chat sends one before any sends its next, for each urgency apart.
        self._served: dict[Urgency, set[int]] = {urgency: set() for urgency in Urgency}

    async def turn(self) -> datetime | None:
        """Send some of what is due. Gives the moment for the next turn, None where nothing waits."""
        now = self._clock.now()
        while await self._store.read(self._has_leftovers):
            await self._store.run(self._settle_leftovers)
        busy = self._pace.busy()
        planned = iter(await self._store.read(self._plan, set(busy)))
        # One iterator for all: each takes the next row that nobody has in hand.
        if any(await asyncio.gather(*(self._send_each(planned) for _ in range(_AT_ONCE)))):
            return now
        moment, some_wait = await self._store.read(_next_moment, set(busy))
        moments = [moment] if moment else []
        if some_wait:
            moments.append(now + timedelta(seconds=min(busy.values())))
        return min(moments, default=None)

    def _has_leftovers(self, work: UnitOfWork) -> bool:
        before = work.now - self._grace
        return bool(
            queue.left_in_hand(work.session, work.now)
            or queue.too_late(work.session, before, self._passing, limit=1)
            or queue.silent_where_away(work.session, work.now)
        )

    def _settle_leftovers(self, work: UnitOfWork) -> None:
        """Rows that a sender left in its hand, rows that wait where the bot was removed, and rows that
        are too late to be said."""
        for row in queue.left_in_hand(work.session, work.now):
            self._setbacks.settle_uncertain(work, row)
        for chat_id in queue.silent_where_away(work.session, work.now):
            holds.hold(work.session, chat_id, work.now, work.now, is_silenced=True)
        before = work.now - self._grace
        for row in queue.too_late(work.session, before, self._passing, limit=_PASSED_AT_ONCE):
            headline = self._headline(work, row)
            if headline is None:  # the thing is gone: nothing was missed
                outbox.finish(work.session, row.id, OutboxState.SKIPPED)
            else:
                outbox.let_pass(work.session, row.id, headline, notices.tell_passed(work, row))
                passed = self._views[row.kind].passed
                if passed is not None:
                    passed(work, row.ref, row.due_at)

    def _plan(self, work: UnitOfWork, busy: set[int]) -> list[Outgoing]:
        """What goes next: the most urgent first, of each chat one, and each chat once in a round."""
        planned: list[Outgoing] = []
        for urgency, served in self._served.items():
            if len(served) >= LONGEST_ROUND:
                served.clear()
            chosen = {row.chat_id for row in planned}
            rows = self._first_rows(work, urgency, busy, served | chosen)
            if not rows and served:
                served.clear()
                rows = self._first_rows(work, urgency, busy, chosen)
            planned += rows
        return planned[:_A_TURN]

    def _first_rows(
        self, work: UnitOfWork, urgency: Urgency, busy: set[int], but_not: set[int]
    ) -> list[Outgoing]:
        return queue.next_of_each_chat(
            work.session, work.now, urgency, limit=_A_TURN, busy=busy, but_not=but_not
        )

    async def _send_each(self, rows: Iterator[Outgoing]) -> bool:
        """Send one after another. Gives whether anything came of it."""
        results = [await self._send_safely(row) for row in rows]
        return any(results)

    async def _send_safely(self, row: Outgoing) -> bool:
        """Send one row; a fault of ours in one must not hold up the others."""
        while (wait := self._pace.wait(row.telegram_id)) > 0:
            if wait > _MOST_PATIENCE_SECONDS:
                return False  # its chat has become busy; nothing is written down for that
            await self._clock.sleep(wait)
        self._served[row.urgency].add(row.chat_id)
        view = self._views.get(row.kind)
        try:
            if row.is_self_timed and await self._store.read(_is_quiet, row):
                await self._store.run(_wait_until_over, row)
                return True
            ready = await self._store.read(self._load, view, row) if view else None
        except Exception as error:
            report_fault(logger, "a post couldn't be made", error)
            await self._store.run(_put_back, row, self._clock.now() + _AFTER_FAULT)
            return True
        if view is None or ready is None:
            await self._store.run(_skip, row)
        elif await self._store.run(_claim, row):
            await self._send_claimed(replace(row, attempts=row.attempts + 1), view, ready)
        return True

    async def _send_claimed(self, row: Outgoing, view: Post, ready: _Ready) -> None:
        try:
            message_ids = await self._post(row, view, ready)
        except TelegramError as error:
            await self._setbacks.recover(row, ready.chat, error)
            return
        except Exception as error:
            # It may have been sent: the row keeps its lease and is uncertain then.
            report_fault(logger, "a post couldn't be sent", error)
            return
        try:
            card_id = await self._store.run(self._record, row, view, ready, message_ids)
        except Exception as error:
            report_fault(logger, "a post couldn't be recorded", error)
            return
        if ready.is_pinned:
            await self._pin(ready.chat, message_ids[0], card_id)

    async def _post(self, row: Outgoing, view: Post, ready: _Ready) -> tuple[int, ...]:
        """Gives the numbers of the messages that it became."""
        chat_id, text = ready.chat.telegram_id, self._marked(row, view, ready)
        face = replace(ready.face, text=text, copies=())
        if not ready.face.copies:
            message = await self._client.send_face(
                chat_id, face, thread_id=row.thread_id, is_silent=face.is_silent
            )
            return (message.message_id,)
        copies = await self._client.copy_into(
            chat_id, ready.face.copies, thread_id=row.thread_id, is_silent=face.is_silent
        )
        beneath = await self._say_beneath(chat_id, face, row.thread_id, copies[0]) if text else ()
        return (*copies, *beneath)

    async def _say_beneath(
        self, chat_id: int, face: Face, thread_id: int | None, message_id: int
    ) -> tuple[int, ...]:
        """The words that a copy can't carry; without them it stands all the same."""
        reply = ReplyParameters(message_id, allow_sending_without_reply=True)
        try:
            words = await self._client.send_face(
                chat_id, face, thread_id=thread_id, reply=reply, is_silent=face.is_silent
            )
        except TelegramError as error:
            logger.warning("the words beneath a copy didn't get through: %s", type(error).__name__)
            return ()
        return (words.message_id,)

    def _record(
        self,
        work: UnitOfWork,
        row: Outgoing,
        view: Post,
        sent: _Ready,
        message_ids: tuple[int, ...],
    ) -> int | None:
        """Gives the id of the card, where it is one that wasn't left behind in a group that moved."""
        row = outbox.as_it_stands(work.session, row)
        outbox.finish(work.session, row.id, OutboxState.SENT)
        silenced_since = holds.release(work.session, row.chat_id)
        if silenced_since is not None:
            notices.tell_of_return(work, row.chat_id, silenced_since)
        if chats.get(work.session, row.chat_id).telegram_id != sent.chat.telegram_id:
            # The numbers mean other messages now, and a card was left behind.
            if isinstance(view, Card):
                key = f"{row.kind}:{row.ref}:moved:{row.id}"
                work.later.post(row.kind, row.ref, chat_id=row.chat_id, key=key)
            return None
        if view.sent is not None:
            view.sent(work, row.ref, message_ids)
        return self._record_card(work, row, view, sent, message_ids[0])

    def _record_card(
        self, work: UnitOfWork, row: Outgoing, view: Post, sent: _Ready, message_id: int
    ) -> int | None:
        if not isinstance(view, Card):
            return None
        card = cards.CardRow(
            kind=row.kind,
            ref=row.ref,
            chat_id=row.chat_id,
            thread_id=row.thread_id,
            message_id=message_id,
        )
        card_id = cards.add(work.session, card)
        now = self._load(work, view, row)
        if now is None or now.face != sent.face:
            # It changed on the way, when there was no card yet that could have been marked.
            work.later.redraw(row.kind, row.ref)
        return card_id

    def _load(self, work: UnitOfWork, view: Post, row: Outgoing) -> _Ready | None:
        snapshot = view.load(work, row.ref)
        if snapshot is None:
            return None
        row = outbox.as_it_stands(work.session, row)
        chat = chats.settings_of(chats.get(work.session, row.chat_id))
        face = view.draw(snapshot, self._texts.in_language(chat.language))
        return _Ready(chat, face, view.is_pinned(snapshot))

    def _headline(self, work: UnitOfWork, row: Outgoing) -> str | None:
        """Its first line, as organisers know it; None where the thing is gone, nothing where it says
        nothing in words."""
        view = self._views.get(row.kind)
        try:
            ready = self._load(work, view, row) if view else None
        except Exception as error:
            report_fault(logger, "a post couldn't be made", error)
            return ""
        if ready is None:
            return None
        shown = (ready.face.text or ready.face.name).plain()
        line = next((line for line in shown.splitlines() if line.strip()), "")
        return line if len(line) <= _HEADLINE_LENGTH else f"{line[: _HEADLINE_LENGTH - 1]}…"

    def _marked(self, row: Outgoing, view: Post, ready: _Ready) -> Html:
        """The text, with a note where it comes late, astray, or possibly for the second time."""
        words = self._texts.in_language(ready.chat.language)
        notes = []
        if row.repeated:
            notes.append(words("frame.repeat"))
        if view.passes and self._clock.now() - row.due_at > LATE_AFTER:
            notes.append(words("frame.late"))
        if row.is_astray:
            notes.append(words("delivery.astray"))
        return paragraphs(*([ready.face.text] if ready.face.text else []), *notes)

    async def _pin(self, chat: ChatSettings, message_id: int, card_id: int | None) -> None:
        """Pin quietly where the bot may; where it may not, the message stands all the same."""
        try:
            await self._client.pin_chat_message(
                chat.telegram_id, message_id, disable_notification=True
            )
        except TelegramError:
            logger.info("a message wasn't pinned: no right to")
        else:
            if card_id is not None:
                await self._store.run(_mark_pinned, card_id)


def _next_moment(work: UnitOfWork, busy: set[int]) -> tuple[datetime | None, bool]:
    """When something can be done next, and whether something is due in a chat that is busy."""
    moment = queue.next_moment(work.session, work.now, busy=busy)
    return moment, queue.has_due_among(work.session, work.now, busy)


def _is_quiet(work: UnitOfWork, row: Outgoing) -> bool:
    """Whether quiet hours have begun since this row was due: it was delayed on its way."""
    chat_id = outbox.as_it_stands(work.session, row).chat_id
    return quiet_hours.are_now(work.session, chat_id, work.now)


def _wait_until_over(work: UnitOfWork, row: Outgoing) -> None:
    """Before anything is claimed: not an attempt, and nothing that could be uncertain."""
    chat_id = outbox.as_it_stands(work.session, row).chat_id
    quiet_hours.follow(work.session, chat_id, work.now)


def _claim(work: UnitOfWork, row: Outgoing) -> bool:
    return outbox.claim(work.session, row.id, work.now, lease=LEASE)


def _skip(work: UnitOfWork, row: Outgoing) -> None:
    outbox.finish(work.session, row.id, OutboxState.SKIPPED)


def _put_back(work: UnitOfWork, row: Outgoing, until: datetime) -> None:
    outbox.put_back(work.session, row.id, until=until)


def _mark_pinned(work: UnitOfWork, card_id: int) -> None:
    cards.mark_pinned(work.session, card_id, True)
