"""Messages out to whole chats: the turn in which everything due is done.

A turn looks once, in one transaction that reads: what fell due, and what each queue can do now. Then it
does that. Everything here is driven by rows, so a restart loses nothing. Of several processes on one
database one is on duty and the others stand by.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.cards import Redrawer
from bot.delivery.composing import Composer
from bot.delivery.line import Line
from bot.delivery.looking import Busy, Doing, Queue, seen_apart
from bot.delivery.outbox import Sender
from bot.delivery.removal import Remover
from bot.feature import DueSource, Features
from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage.duty import Duty

logger = logging.getLogger(__name__)

_OFF_DUTY = timedelta(seconds=2)
_OTHERS_WRITE = timedelta(seconds=1)
_AFTER_FAULT = timedelta(seconds=5)


@dataclass(frozen=True)
class _Found:
    """When what falls due by itself does, what of it has, and what the queues can do; None where one couldn't
    look."""

    due: dict[DueSource, datetime]
    overdue: list[DueSource]
    doings: list[Doing | None]


class Delivery:
    """Does what is due. `turn` does some of what can be done now; the heartbeat calls it again and again."""

    def __init__(self, line: Line, features: Features, *, duty: Duty, grace: timedelta) -> None:
        composer = Composer(line.texts, features.posts)
        self._line = line
        self._duty = duty
        self._sources = features.due
        self._queues: tuple[Queue, ...] = (
            Sender(line, composer, grace),
            Redrawer(line, composer),
            Remover(line),
        )

    async def turn(self) -> datetime | None:
        """Do what is due. Returns the moment at which something will be, None where nothing waits."""
        now = self._line.clock.now
        if not await self._duty.is_mine():
            return now() + _OFF_DUTY
        found, moved = await self._find(), set()
        if overdue := found.overdue:
            moved = {source for source in overdue if await self._move(source)}
            found = await self._find(anyway=True)
        moments = [
            at for source, at in found.due.items() if source in moved or source not in overdue
        ]
        for doing in found.doings:
            moment = await self._do(doing)
            moments += [moment] if moment else []
        if self._duty.is_shared:
            # Another process may write a row without this one being woken.
            moments.append(now() + _OTHERS_WRITE)
        return min(moments, default=None)

    async def _find(self, *, anyway: bool = False) -> _Found:
        pace = self._line.pace
        busy = Busy(pace.busy(), pace.busy(edit=True))
        return await self._line.store.read(self._look, busy, anyway=anyway)

    def _look(self, work: UnitOfWork, busy: Busy, *, anyway: bool) -> _Found:
        """The queues are looked at once nothing is overdue, which adds to them; or `anyway`."""
        due = {}
        for source in self._sources:
            moment = seen_apart(work, "what is due couldn't be looked up", source.next_due)
            if moment is not None:
                due[source] = moment
        overdue = [source for source, at in due.items() if at <= work.now]
        if overdue and not anyway:
            return _Found(due, overdue, [])
        doings = [
            seen_apart(work, "a queue couldn't be looked at", partial(queue.look, busy=busy))
            for queue in self._queues
        ]
        return _Found(due, overdue, doings)

    async def _move(self, source: DueSource) -> bool:
        """Put what fell due into the outbox; one feature's fault is no other's."""
        try:
            await source.move_due(self._line.store)
        except Exception as error:
            report_fault(logger, "what is due couldn't be moved", error)
            return False
        return True

    async def _do(self, doing: Doing | None) -> datetime | None:
        """One queue's fault is no other's either."""
        try:
            if doing is not None:
                return await doing()
        except Exception as error:
            report_fault(logger, "a queue couldn't be served; it is tried again soon", error)
        return self._line.clock.now() + _AFTER_FAULT
