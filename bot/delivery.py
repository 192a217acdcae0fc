"""Messages out to whole chats: the outbox, and the turn in which everything due is done.

Everything here is driven by rows, so a restart loses nothing. A row is claimed with a lease before it
is sent and finished after; a process killed in between leaves it to be sent again, marked "(repeat)".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.card_redraw import CardRedraw
from bot.client import Client
from bot.clock import Clock
from bot.face import Face
from bot.feature import CardView, DueSource, Feature, View
from bot.logs import report_fault
from bot.pace import Pace, retry_seconds
from bot.place import move_chat
from bot.removal import Removal
from bot.store import Store, UnitOfWork
from bot.texts import Html, Texts
from storage import cards, chats, outbox
from storage.chats import ChatSettings, Presence
from storage.outbox import OutboxState, Outgoing

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=10)
_AT_ONCE = 20
_MOST_BACKOFF_SECONDS = 300.0
_NO_RIGHTS_SECONDS = 600.0
# Telegram's words for a chat that is there, in which the bot may not write now.
_MUTED = ("rights to send", "topic_closed", "chat_write_forbidden", "restricted")


@dataclass(frozen=True)
class _Ready:
    """A row with what it shows and where."""

    chat: ChatSettings
    face: Face
    is_pinned: bool = False


class Delivery:
    """Sends what is due. `turn` does everything that can be done now; the schedule calls it."""

    def __init__(
        self,
        client: Client,
        store: Store,
        clock: Clock,
        texts: Texts,
        pace: Pace,
        features: tuple[Feature, ...],
    ) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._texts = texts
        self._pace = pace
        self._cards: Mapping[str, CardView] = {k: v for f in features for k, v in f.cards.items()}
        self._posts: Mapping[str, View] = {k: v for f in features for k, v in f.posts.items()}
        self._due = tuple(source for feature in features for source in feature.due)
        self._redraw = CardRedraw(client, store, clock, texts, pace, self._cards)
        self._removal = Removal(client, store, clock, pace)

    async def turn(self) -> datetime | None:
        """Do what is due. Gives the moment at which something will be, None where nothing waits."""
        moments = [
            *[await self._move(source) for source in self._due],
            await self._send_outbox(),
            await self._redraw.turn(),
            await self._removal.turn(),
        ]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _move(self, source: DueSource) -> datetime | None:
        """Put what fell due into the outbox; one feature's fault is no other's."""
        try:
            due = await self._store.read(source.next_due)
            if due is not None and due <= self._clock.now():
                await self._store.run(source.move)
                due = await self._store.read(source.next_due)
        except Exception as error:
            report_fault(logger, "what is due couldn't be moved", error)
            return None
        return due

    async def _send_outbox(self) -> datetime | None:
        """Send every open row whose chat's pace allows it now."""
        held: dict[int, datetime] = {}
        next_due = await self._store.read(_next_due, set())
        while next_due is not None and next_due <= self._clock.now():
            claimed = await self._store.run(_claim, set(held))
            if not claimed:
                break
            results = await asyncio.gather(*(self._send_safely(row) for row in claimed))
            for row, until in zip(claimed, results, strict=True):
                if until is not None:
                    held[row.chat_id] = until
            next_due = await self._store.read(_next_due, set(held))
        return min([*held.values(), *([next_due] if next_due else [])], default=None)

    async def _send_safely(self, row: Outgoing) -> datetime | None:
        """Send one row; a fault of ours in one must not hold up the other chats."""
        view = self._cards.get(row.kind) or self._posts.get(row.kind)
        try:
            ready = await self._store.read(self._load, view, row) if view else None
        except Exception as error:
            report_fault(logger, "a post couldn't be made", error)
            return await self._put_back(row, _MOST_BACKOFF_SECONDS)
        try:
            return await self._send(row, ready)
        except Exception as error:
            # It may have been sent: the row keeps its lease and comes again, marked.
            report_fault(logger, "a post couldn't be recorded", error)
            return self._clock.now() + LEASE

    async def _send(self, row: Outgoing, ready: _Ready | None) -> datetime | None:
        """Send one claimed row. Gives a moment where its chat must be left alone until then."""
        if ready is None:
            await self._store.run(_finish, row, OutboxState.SKIPPED)
            return None
        wait = self._pace.wait(ready.chat.telegram_id)
        if wait > 0:
            return await self._put_back(row, wait)
        try:
            message = await self._post(ready, row.thread_id, self._marked(ready, row))
        except TelegramError as error:
            return await self._recover(row, ready.chat, error)
        if row.kind not in self._cards:
            await self._store.run(_finish, row, OutboxState.SENT)
            return None
        card_id = await self._store.run(self._record_card, row, message.message_id, ready)
        if ready.is_pinned and card_id is not None:
            await self._pin(ready.chat, message, card_id)
        return None

    def _record_card(
        self, work: UnitOfWork, row: Outgoing, message_id: int, sent: _Ready
    ) -> int | None:
        """Gives the id of the card; None where it was left behind in a group that moved meanwhile."""
        outbox.finish(work.session, row.id, OutboxState.SENT)
        if chats.get(work.session, row.chat_id).telegram_id != sent.chat.telegram_id:
            key = f"{row.kind}:{row.ref}:moved:{row.id}"
            work.later.post(row.kind, row.ref, chat_id=row.chat_id, key=key)
            return None
        card = cards.Card(
            kind=row.kind,
            ref=row.ref,
            chat_id=row.chat_id,
            thread_id=row.thread_id,
            message_id=message_id,
        )
        card_id = cards.add(work.session, card)
        now = self._load(work, self._cards[row.kind], row)
        if now is None or now.face != sent.face:
            # It changed on the way, when there was no card yet that could have been marked.
            work.later.redraw(row.kind, row.ref)
        return card_id

    def _load(self, work: UnitOfWork, view: View, row: Outgoing) -> _Ready | None:
        snapshot = view.load(work, row.ref)
        if snapshot is None:
            return None
        chat = chats.settings_of(chats.get(work.session, row.chat_id))
        face = view.draw(snapshot, self._texts.in_language(chat.language))
        return _Ready(chat, face, isinstance(view, CardView) and view.is_pinned(snapshot))

    def _marked(self, ready: _Ready, row: Outgoing) -> Html:
        """The text, with a note where it comes late or possibly for the second time."""
        words = self._texts.in_language(ready.chat.language)
        notes = []
        if row.repeated:
            notes.append(words("frame.repeat"))
        if row.kind in self._posts and self._clock.now() - row.due_at > LATE_AFTER:
            notes.append(words("frame.late"))
        return Html("\n\n".join([ready.face.text, *notes]))

    async def _post(self, ready: _Ready, thread_id: int | None, text: Html) -> Message:
        self._pace.note(ready.chat.telegram_id)
        face = replace(ready.face, text=text)
        return await self._client.send_face(ready.chat.telegram_id, face, thread_id=thread_id)

    async def _recover(
        self, row: Outgoing, chat: ChatSettings, error: TelegramError
    ) -> datetime | None:
        """What becomes of a row that Telegram didn't take. Order matters: the library's BadRequest and
        TimedOut are both NetworkErrors."""
        if isinstance(error, RetryAfter):
            seconds = retry_seconds(error)
            self._pace.refuse(chat.telegram_id, seconds)
            return await self._put_back(row, seconds)
        if isinstance(error, ChatMigrated):
            await self._store.run(_follow, row, chat.telegram_id, error.new_chat_id)
            return None
        if isinstance(error, Forbidden):
            await self._store.run(_leave, row)
            return None
        if isinstance(error, BadRequest):
            return await self._recover_from_refusal(row, error)
        logger.warning("a post didn't get through (%s); next try soon", type(error).__name__)
        backoff = min(_MOST_BACKOFF_SECONDS, 2.0 ** min(row.attempts, 9))
        return await self._put_back(row, backoff, maybe_sent=_may_have_been_sent(error))

    async def _recover_from_refusal(self, row: Outgoing, error: BadRequest) -> datetime | None:
        reason = error.message.lower()
        if row.thread_id is not None and ("thread not found" in reason or "topic" in reason):
            await self._store.run(_move_to_general, row)
        elif any(words in reason for words in _MUTED):
            # Nobody tells the bot when a group lets its members write again: it has to try.
            return await self._put_back(row, _NO_RIGHTS_SECONDS)
        elif "chat not found" in reason:
            await self._store.run(_leave, row)
        else:
            report_fault(logger, "a post was refused", error)
            await self._store.run(_finish, row, OutboxState.SKIPPED)
        return None

    async def _put_back(
        self, row: Outgoing, seconds: float, *, maybe_sent: bool = False
    ) -> datetime:
        until = self._clock.now() + timedelta(seconds=seconds)
        await self._store.run(_put_back, row, until, maybe_sent)
        return until

    async def _pin(self, chat: ChatSettings, message: Message, card_id: int) -> None:
        """Pin quietly where the bot may; where it may not, the card stands all the same."""
        try:
            await self._client.pin_chat_message(
                chat.telegram_id, message.message_id, disable_notification=True
            )
        except TelegramError:
            logger.info("a card wasn't pinned: no right to")
        else:
            await self._store.run(_mark_pinned, card_id)


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


def _claim(work: UnitOfWork, held: set[int]) -> list[Outgoing]:
    return outbox.claim(work.session, work.now, lease=LEASE, limit=_AT_ONCE, not_chats=held)


def _next_due(work: UnitOfWork, held: set[int]) -> datetime | None:
    return outbox.next_due(work.session, not_chats=held)


def _finish(work: UnitOfWork, row: Outgoing, state: OutboxState) -> None:
    outbox.finish(work.session, row.id, state)


def _mark_pinned(work: UnitOfWork, card_id: int) -> None:
    cards.mark_pinned(work.session, card_id, True)


def _put_back(work: UnitOfWork, row: Outgoing, until: datetime, maybe_sent: bool) -> None:
    outbox.put_back(work.session, row.id, until, maybe_sent=maybe_sent)


def _follow(work: UnitOfWork, row: Outgoing, old_telegram_id: int, new_telegram_id: int) -> None:
    move_chat(work, old_telegram_id, new_telegram_id)
    outbox.put_back(work.session, row.id, work.now)


def _leave(work: UnitOfWork, row: Outgoing) -> None:
    """Telegram lets the bot say nothing there: the row waits until it is back."""
    outbox.put_back(work.session, row.id, work.now)
    chats.get(work.session, row.chat_id).presence = Presence.AWAY.value


def _move_to_general(work: UnitOfWork, row: Outgoing) -> None:
    outbox.drop_thread(work.session, row.id)
    outbox.put_back(work.session, row.id, work.now)
