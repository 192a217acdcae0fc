"""Cards: what has changed is redrawn from the database, many changes at once, within each chat's pace."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from telegram.error import TelegramError

from bot.bot_api.limiter import FOR_ALL
from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Moved, Wait, classify
from bot.delivery.composing import Composer, Drawn
from bot.delivery.line import Line
from bot.delivery.looking import Busy, Doing, seen_apart
from bot.delivery.presence import follow_chat, note_absence
from bot.delivery.retries import Retries
from bot.later import REDRAW_PAUSE
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage.delivery import cards
from storage.delivery.cards import DirtyCard

logger = logging.getLogger(__name__)

_AT_ONCE = 20
_AFTER_FAILURE_SECONDS = 5.0
_AFTER_FAULT = timedelta(minutes=5)
_AFTER_REFUSAL_SECONDS = 600.0


@dataclass(frozen=True)
class _Drawing:
    """A card as it is to look; None where the thing is gone."""

    card: DirtyCard
    drawn: Drawn | None


@dataclass
class _Done:
    """What came of a turn's cards, written down in one transaction."""

    drawn: list[DirtyCard] = field(default_factory=list)
    unpinned: list[DirtyCard] = field(default_factory=list)
    gone: list[DirtyCard] = field(default_factory=list)


class Redrawer:
    """Redraws cards that no longer show their thing's state."""

    def __init__(self, line: Line, composer: Composer) -> None:
        self._line = line
        self._composer = composer
        self._retries = Retries()

    def look(self, work: UnitOfWork, busy: Busy) -> Doing:
        """Draw what has been dirty for a moment, one card a chat, so that posts fit in between; only where an
        edit fits by the chat's own limits: in a rush of posts the cards get their share of the rest."""
        held, now = self._retries.held(work.now), work.now
        waiting = cards.dirty(work.session, busy=busy.edits, held=held, limit=_AT_ONCE + 1)
        ready = [card for card in waiting[:_AT_ONCE] if card.dirty_since + REDRAW_PAUSE <= now]
        since = [card.dirty_since for card in waiting[len(ready) :]]
        since += [card.next_in_chat for card in ready if card.next_in_chat]
        moments = [moment + REDRAW_PAUSE for moment in since]
        if cards.has_dirty_among(work.session, busy.edits):
            moments.append(now + timedelta(seconds=min(busy.edits.values())))
        drawings = [drawing for card in ready if (drawing := self._draw(work, card))]
        return partial(self._redraw_all, drawings, now, min(moments, default=None))

    def _draw(self, work: UnitOfWork, card: DirtyCard) -> _Drawing | None:
        def draw(work: UnitOfWork) -> _Drawing:
            return _Drawing(card, self._composer.draw(work, card.kind, card.ref, card.chat))

        drawing = seen_apart(work, "a card couldn't be drawn", draw)
        if drawing is None:
            self._retries.hold(card.id, work.now + _AFTER_FAULT)
        return drawing

    async def _redraw_all(
        self, drawings: list[_Drawing], drawn_at: datetime, next_moment: datetime | None
    ) -> datetime | None:
        now, done = self._line.clock.now(), _Done()
        attempts = {each.card.id: self._redraw_safely(each, done) for each in drawings}
        await self._retries.make(attempts, now)
        if done.drawn or done.gone:
            await self._write_down(done, drawn_at)
        moments = [*self._retries.held(now).values(), *([next_moment] if next_moment else [])]
        return min(moments, default=None)

    async def _write_down(self, done: _Done, drawn_at: datetime) -> None:
        try:
            await self._line.store.run(_settle, done, drawn_at)
        except Exception as error:
            report_fault(logger, "it couldn't be written down which cards were redrawn", error)
            until = self._line.clock.now() + _AFTER_FAULT
            for card in (*done.drawn, *done.gone):
                self._retries.hold(card.id, until)

    async def _redraw_safely(self, drawing: _Drawing, done: _Done) -> float:
        """Redraw one card. Returns the seconds to wait where it must be tried again, 0 when done."""
        # Posts may have gone to its chat since it was looked at.
        wait = self._line.pace.wait_in_chat(drawing.card.chat.telegram_id, edit=True)
        if wait > 0:
            return wait
        try:
            await self._redraw(drawing, done)
        except TelegramError as error:
            return await self._recover(drawing.card, error)
        except Exception as error:
            report_fault(logger, "a card couldn't be drawn", error)
            return _AFTER_FAULT.total_seconds()
        return 0.0

    async def _redraw(self, drawing: _Drawing, done: _Done) -> None:
        card, drawn = drawing.card, drawing.drawn
        if drawn is None:
            done.gone.append(card)
            return
        telegram_id = card.chat.telegram_id
        await self._line.client.edit_face(telegram_id, card.message_id, drawn.face, share=FOR_ALL)
        done.drawn.append(card)
        if card.pinned and not drawn.is_pinned:
            await self._unpin(card)
            done.unpinned.append(card)

    async def _recover(self, card: DirtyCard, error: TelegramError) -> float:
        store, chat = self._line.store, card.chat
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

    async def _unpin(self, card: DirtyCard) -> None:
        """The thing is over: its card gives the place at the top to others."""
        try:
            await self._line.client.unpin_chat_message(card.chat.telegram_id, card.message_id)
        except TelegramError:
            logger.info("a card wasn't unpinned: no right to")


def _settle(work: UnitOfWork, done: _Done, drawn_at: datetime) -> None:
    cards.mark_drawn(work.session, done.drawn, drawn_at)
    for card in done.unpinned:
        cards.mark_pinned(work.session, card.id, False)
    for card in done.gone:
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
