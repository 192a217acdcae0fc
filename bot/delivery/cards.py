"""Cards: what has changed is redrawn from the database, many changes at once, within each chat's pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.pace import Pace
from bot.bot_api.refusals import Failure, Moved, Refusal, Wait, classify
from bot.clock import Clock
from bot.delivery.presence import move_chat, note_absence
from bot.feature import Card
from bot.message.face import Face
from bot.message.words import Texts
from bot.safety.logs import report_fault
from bot.store import REDRAW_PAUSE, Store, UnitOfWork
from storage import chats
from storage.chats import ChatSettings
from storage.delivery import cards
from storage.delivery.cards import DirtyCard

logger = logging.getLogger(__name__)

_AT_ONCE = 20
_AFTER_FAILURE_SECONDS = 5.0
_AFTER_FAULT_SECONDS = 300.0


@dataclass(frozen=True)
class _Drawn:
    """A card as it should look now."""

    face: Face
    is_pinned: bool


class CardRedraw:
    """Redraws cards that no longer show their thing's state."""

    def __init__(
        self,
        client: Client,
        store: Store,
        clock: Clock,
        texts: Texts,
        pace: Pace,
        views: Mapping[str, Card],
    ) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._texts = texts
        self._pace = pace
        self._views = views
        self._not_before: dict[int, datetime] = {}

    async def turn(self) -> datetime | None:
        """Redraw what has been dirty for a moment, one card a chat, so that posts fit in between.

        Gives the moment for the next turn, None where nothing is dirty.
        """
        now = self._clock.now()
        moments: list[datetime] = []
        ready: dict[int, tuple[DirtyCard, ChatSettings]] = {}
        for card, chat in await self._store.read(_dirty_cards):
            # Only the chat's own limits: in a rush of posts the cards get their share of the rest.
            wait = self._pace.wait_in_chat(chat.telegram_id, edit=True)
            until = max(
                card.dirty_since + REDRAW_PAUSE,
                now + timedelta(seconds=wait),
                self._not_before.get(card.id, now),
            )
            if until <= now and len(ready) < _AT_ONCE and chat.id not in ready:
                ready[chat.id] = (card, chat)
            else:
                moments.append(until)
        waits = await asyncio.gather(*(self._redraw_safely(*pair) for pair in ready.values()))
        for (card, _), wait in zip(ready.values(), waits, strict=True):
            self._not_before.pop(card.id, None)
            if wait > 0:
                self._not_before[card.id] = now + timedelta(seconds=wait)
                moments.append(self._not_before[card.id])
        return min(moments, default=None)

    async def _redraw_safely(self, card: DirtyCard, chat: ChatSettings) -> float:
        """Redraw one card. Gives the seconds to wait where it must be tried again, 0 when done."""
        try:
            return await self._redraw(card, chat)
        except TelegramError as error:
            return await self._recover(card, chat, error)
        except Exception as error:
            report_fault(logger, "a card couldn't be drawn", error)
            return _AFTER_FAULT_SECONDS

    async def _redraw(self, card: DirtyCard, chat: ChatSettings) -> float:
        view = self._views.get(card.kind)
        drawn = await self._store.read(self._draw, view, card.ref, chat.language) if view else None
        if drawn is None:
            await self._store.run(_forget_card, card)
            return 0.0
        await self._client.edit_face(chat.telegram_id, card.message_id, drawn.face)
        await self._store.run(_mark_drawn, card)
        if card.pinned and not drawn.is_pinned:
            await self._unpin(card, chat)
        return 0.0

    def _draw(self, work: UnitOfWork, view: Card, ref: int, language: str) -> _Drawn | None:
        snapshot = view.load(work, ref)
        if snapshot is None:
            return None
        face = view.draw(snapshot, self._texts.in_language(language))
        return _Drawn(face, view.is_pinned(snapshot))

    async def _recover(self, card: DirtyCard, chat: ChatSettings, error: TelegramError) -> float:
        match classify(error):
            case Wait(seconds):
                return seconds
            case Moved(new_id):
                await self._store.run(move_chat, chat.telegram_id, new_id)
            case Failure.SHUT_OUT:
                await self._store.run(note_absence, card.chat_id, chat.sightings)
            case Refusal():
                # Deleted, or too old: the thing still needs its card.
                await self._store.run(_post_anew, card)
            case _:
                logger.warning("a card wasn't redrawn (%s); next try soon", type(error).__name__)
                return _AFTER_FAILURE_SECONDS
        return 0.0

    async def _unpin(self, card: DirtyCard, chat: ChatSettings) -> None:
        """The thing is over: its card gives the place at the top to others."""
        try:
            await self._client.unpin_chat_message(chat.telegram_id, card.message_id)
        except TelegramError:
            logger.info("a card wasn't unpinned: no right to")
        await self._store.run(_mark_unpinned, card)


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
