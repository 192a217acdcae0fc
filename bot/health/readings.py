"""What only the database knows, asked seldom and beside the writer; and whether it can be written."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from bot.clock import Clock
from bot.safety.logs import report_fault
from bot.store import Store, UnitOfWork
from storage import instance
from storage.database import size
from storage.delivery.backlog import Backlog, backlog
from storage.troubles import UnusableDatabaseError

logger = logging.getLogger(__name__)

_EVERY_SECONDS = 30.0
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Reading:
    """What the database said."""

    backlog: Backlog
    # For how many seconds posts have waited that nothing but our own doing keeps.
    open_seconds: float
    database_bytes: int


class Readings:
    """The latest reading, whoever asks and however often."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.can_write = True
        """Whether the disk took what was to be written last, as far as anything was."""
        self._latest: Reading | None = None
        self._next_at = clock.monotonic()
        self._asking: asyncio.Task[None] | None = None

    def note_refusal(self) -> None:
        """A commit failed because the disk is full, failing or read-only. From the writer's thread."""
        self.can_write = False

    async def latest(self) -> Reading | None:
        """Return what the database said half a minute ago at most; None where it can't be read, or doesn't
        answer within five seconds."""
        if self._clock.monotonic() >= self._next_at and not self._is_asking:
            self._asking = asyncio.create_task(self._ask(), name="health")
        if self._asking is not None:
            await asyncio.wait([self._asking], timeout=_PATIENCE_SECONDS)
        return None if self._is_asking else self._latest

    async def stop(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait([self._asking])

    @property
    def _is_asking(self) -> bool:
        """Whether the database has yet to answer: asked a second time, it would hold up those who read."""
        return self._asking is not None and not self._asking.done()

    async def _ask(self) -> None:
        self._next_at = self._clock.monotonic() + _EVERY_SECONDS
        try:
            self._latest = await self._store.read(_read)
            if not self.can_write:
                await self._try_to_write()
        except Exception as error:
            self._latest = None
            report_fault(logger, "the database couldn't be asked how it is", error)

    async def _try_to_write(self) -> None:
        """Once the disk is mended: it may take hours until somebody else has anything to write."""
        with suppress(UnusableDatabaseError):  # which the log has of whoever was refused first
            await self._store.run(_write)
            self.can_write = True


def _write(work: UnitOfWork) -> None:
    instance.write_anew(work.session)


def _read(work: UnitOfWork) -> Reading:
    waiting = backlog(work.session, work.now)
    since = waiting.open_since
    open_seconds = 0.0 if since is None else (work.now - since).total_seconds()
    return Reading(waiting, open_seconds, size(work.session.connection()))
