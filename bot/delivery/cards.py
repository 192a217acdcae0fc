"""Cards: what has changed is redrawn from the database, many changes at once, within each chat's pace."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.bot_api.limiter import FOR_ALL
from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Moved, Wait, classify
from bot.delivery.composing import Composer
from bot.delivery.line import Line
from bot.delivery.presence import follow_chat, note_absence
from bot.delivery.retries import Retries
from bot.safety.logs import report_fault
from bot.store import REDRAW_PAUSE, UnitOfWork
from storage import chats
from storage.chats import ChatSettings
from storage.delivery import cards
from storage.delivery.cards import DirtyCard

logger = logging.getLogger(__name__)

_AT_ONCE = 20
_AFTER_FAILURE_SECONDS = 5.0
_AFTER_FAULT_SECONDS = 300.0
_AFTER_REFUSAL_SECONDS = 600.0


class Redrawer:
    """Redraws cards that no longer show their thing's state."""

    def __init__(self, line: Line, composer: Composer) -> None:
        self._line = line
        self._composer = composer
        self._retries = Retries()

    async def turn(self) -> datetime | None:
        """Redraw what has been dirty for a moment, one card a chat, so that posts fit in between.

        Returns the moment for the next turn, None where nothing is dirty.
        """
        now = self._line.clock.now()
        waiting = await self._line.store.read(_dirty_cards)
        self._retries.forget_all_but({card.id for card, _ in waiting})
        moments: list[datetime] = []
        ready: dict[int, tuple[DirtyCard, ChatSettings]] = {}
        for card, chat in waiting:
            until = self._not_before(card, chat, now)
            if until <= now and len(ready) < _AT_ONCE and chat.id not in ready:
                ready[chat.id] = (card, chat)
            else:
                moments.append(until)
        attempts = {card.id: self._redraw_safely(card, chat) for card, chat in ready.values()}
        await self._retries.make(attempts, now)
        not_before = self._retries.not_before
        moments += [not_before[card_id] for card_id in attempts if card_id in not_before]
        return min(moments, default=None)

    def _not_before(self, card: DirtyCard, chat: ChatSettings, now: datetime) -> datetime:
        # Only the chat's own limits: in a rush of posts the cards get their share of the rest.
        wait = self._line.pace.wait_in_chat(chat.telegram_id, edit=True)
        return max(
            card.dirty_since + REDRAW_PAUSE,
            now + timedelta(seconds=wait),
            self._retries.not_before.get(card.id, now),
        )

    async def _redraw_safely(self, card: DirtyCard, chat: ChatSettings) -> float:
        """Redraw one card. Returns the seconds to wait where it must be tried again, 0 when done."""
        try:
            await self._redraw(card, chat)
        except TelegramError as error:
            return await self._recover(card, chat, error)
        except Exception as error:
            report_fault(logger, "a card couldn't be drawn", error)
            return _AFTER_FAULT_SECONDS
        return 0.0

    async def _redraw(self, card: DirtyCard, chat: ChatSettings) -> None:
        client, store = self._line.client, self._line.store
        drawn = await store.read(self._composer.draw, card.kind, card.ref, chat)
        if drawn is None:
            await store.run(_forget_card, card)
            return
        await client.edit_face(chat.telegram_id, card.message_id, drawn.face, share=FOR_ALL)
        await store.run(_mark_drawn, card)
        if card.pinned and not drawn.is_pinned:
            await self._unpin(card, chat)

    async def _recover(self, card: DirtyCard, chat: ChatSettings, error: TelegramError) -> float:
        store = self._line.store
        match classify(error):
            case Wait(seconds):
                return seconds
            case Moved(new_id):
                if not await follow_chat(store, chat.telegram_id, new_id):
                    return _AFTER_REFUSAL_SECONDS
            case Failure.SHUT_OUT | Refusal.NO_SUCH_CHAT:
                await store.run(note_absence, card.chat_id, chat.sightings)
            case Refusal.NOT_EDITABLE:
                # Deleted, or too old: the thing still needs its card.
                await store.run(_post_anew, card)
            case Refusal.OTHER:
                report_fault(logger, "a card was refused", error)
                return _AFTER_REFUSAL_SECONDS
            case Refusal() as reason:
                # It stands, and shows what it showed.
                logger.info("a card can't be redrawn now: %s", reason.name)
                return _AFTER_REFUSAL_SECONDS
            case _:
                logger.warning("a card wasn't redrawn (%s); next try soon", type(error).__name__)
                return _AFTER_FAILURE_SECONDS
        return 0.0

    async def _unpin(self, card: DirtyCard, chat: ChatSettings) -> None:
        """The thing is over: its card gives the place at the top to others."""
        try:
            await self._line.client.unpin_chat_message(chat.telegram_id, card.message_id)
        except TelegramError:
            logger.info("a card wasn't unpinned: no right to")
        await self._line.store.run(_mark_unpinned, card)


def _dirty_cards(work: UnitOfWork) -> list[tuple[DirtyCard, ChatSettings]]:
    return [
        (card, chats.settings_of(chats.get(work.session, card.chat_id)))
        for card in cards.dirty(work.session)
    ]


def _mark_drawn(work: UnitOfWork, card: DirtyCard) -> None:
    cards.mark_drawn(work.session, card.id, card.changes)


def _mark_unpinned(work: UnitOfWork, card: DirtyCard) -> None:
    cards.mark_pinned(work.session, card.id, False)


def _forget_card(work: UnitOfWork, card: DirtyCard) -> None:
    cards.remove(work.session, card.id)


def _post_anew(work: UnitOfWork, card: DirtyCard) -> None:
    cards.remove(work.session, card.id)
    if not cards.all_of(work.session, card.kind, card.ref):
        work.later.post(
            card.kind,
            card.ref,
            chat_id=card.chat_id,
            thread_id=card.thread_id,
            key=f"{card.kind}:{card.ref}:after:{card.id}",
        )
