"""Updates in, at least once: polling that confirms an update only when it is done.

Done means: committed, refused, turned away at the door, or, where nothing is written, handled to where it
is only shown. Order is kept within a chat: of each chat one update is at work, so that chats take turns, and
they go on past one that is slow. Telegram shows the hundred updates after the first that isn't done, and
more as soon as half of them are. The offset is Telegram's to keep. What an update was, the log never says.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from telegram.error import TelegramError

from bot.bot_api.client import MOST_AT_ONCE, Client, RawUpdate
from bot.bot_api.refusals import Failure, Verdict, Wait, classify
from bot.clock import Clock
from bot.context import on_release
from bot.intake.polling.doorkeeper import Doorkeeper
from bot.intake.polling.journal import Journal
from bot.intake.polling.poll_length import PollLength
from bot.intake.polling.token_doubt import TokenDoubt
from bot.intake.reading import Incoming, chat_of, read_update

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "chat_member")
_MOST_BACKOFF_SECONDS = 30.0
_LONGEST_PATIENCE_SECONDS = 0.2
_SHORTEST_PATIENCE_SECONDS = 0.05
_OFF_DUTY_SECONDS = 1.0
_STOP_SECONDS = 10.0
_LAST_WORDS_SECONDS = 3.0


class Intake:
    """Fetches raw updates, parses each alone, and hands them to `process`.

    Of several processes only the one on duty fetches.
    """

    def __init__(
        self,
        client: Client,
        journal: Journal,
        process: Callable[[Incoming], Awaitable[None]],
        is_on_duty: Callable[[], Awaitable[bool]],
        doorkeeper: Doorkeeper,
        clock: Clock,
    ) -> None:
        self._client = client
        self._journal = journal
        self._process = process
        self._is_on_duty = is_on_duty
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._doubt = TokenDoubt(clock)
        self._poll_length = PollLength(clock)
        # How many seconds Telegram may take for the request under way.
        self._asked_for = 0
        self._stopping = asyncio.Event()
        self._polling: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        # Done, but Telegram can't be told yet: an update before them is still in hand.
        self._done: set[int] = set()
        # Set once no more than so many are left from the first in hand to the last fetched.
        self._has_room = asyncio.Event()
        self._most_left = 0
        self._patience = _SHORTEST_PATIENCE_SECONDS
        self._is_any_written = False
        self._next_id: int | None = None
        # The latest update of each chat, set when it is done.
        self._latest_of_chat: dict[object, asyncio.Event] = {}

    async def run(self) -> None:
        """Poll until `stop`; cancelling this stops nothing in the middle. Raises `UnknownTokenError`."""
        self._polling = asyncio.create_task(self._poll(), name="intake")
        await asyncio.shield(self._polling)

    async def stop(self) -> None:
        """Stop fetching, finish what is in hand and confirm it."""
        self._stopping.set()
        if self._polling is None:
            return
        _, late = await asyncio.wait({self._polling}, timeout=_STOP_SECONDS)
        for task in (*late, *self._running):
            task.cancel()
        self._journal.hold(())  # stopping is no death

    async def _poll(self) -> None:
        backoff = 0.0
        while not self._stopping.is_set():
            if not await self._is_on_duty():
                # Telegram serves one: a second poll would only end the first. What this process heard of
                # its token says nothing of the time when others ask.
                self._doubt.note(None)
                await self._unless_stopped(asyncio.sleep(_OFF_DUTY_SECONDS))
                continue
            asked_at = self._clock.monotonic()
            try:
                batch = await self._fetch()
            except TelegramError as error:
                lived = self._clock.monotonic() - asked_at
                backoff = self._pause_after(error, lived, backoff)
                await self._unless_stopped(self._clock.sleep(backoff))
                continue
            backoff = 0.0
            self._doubt.note(None)
            self._poll_length.note_answer()
            await self._take(batch)
            await self._wait_a_little(is_busy=bool(batch))
        while self._running:
            await asyncio.wait(self._running, timeout=_LAST_WORDS_SECONDS)
            if not self._in_hand:
                break  # who is left waits for Telegram's limits: that may be long
        await self._confirm()

    def _pause_after(self, error: TelegramError, lived: float, last_pause: float) -> float:
        """How many seconds to wait after a request that lived so long and failed. Raises
        `UnknownTokenError`."""
        verdict = classify(error)
        self._doubt.note(verdict)
        if verdict is Failure.LOST and self._poll_length.note_loss(lived, asked=self._asked_for):
            # It waited, so asking at once is no storm; and somebody may be saying something now.
            return 0.0
        logger.warning("fetching updates failed (%s), next try soon", _reason(error))
        return _longer(last_pause, verdict)

    async def _fetch(self) -> list[RawUpdate]:
        """What is new. Updates before the first one in hand are confirmed by asking."""
        offset = self._offset()
        self._done = {i for i in self._done if offset is not None and i >= offset}
        # While something is in hand it comes again at once, so that is no time to wait for more.
        self._asked_for = 0 if self._in_hand else self._poll_length.seconds
        batch = await self._unless_stopped(
            self._client.fetch_updates(offset, timeout=self._asked_for, allowed=ALLOWED_UPDATES)
        )
        ids = [i for i in map(_update_id, batch or ()) if i is not None]
        if ids:
            self._next_id = max(ids) + 1
        # Behind a full batch others wait; else only the patience below ends the wait for what is in hand.
        self._most_left = MOST_AT_ONCE // 2 if len(ids) >= MOST_AT_ONCE else 0
        if batch is not None and self._journal.is_suspicious:
            self._journal.forgive_all_but(ids)
        return [raw for raw in batch or () if self._is_new(raw)]

    def _offset(self) -> int | None:
        return min(self._in_hand) if self._in_hand else self._next_id

    def _is_new(self, raw: RawUpdate) -> bool:
        update_id = _update_id(raw)
        return (
            update_id is not None and update_id not in self._in_hand and update_id not in self._done
        )

    async def _take(self, batch: Sequence[RawUpdate]) -> None:
        """Begin with every update of a batch; after a crash, one at a time, to know the one to blame."""
        if self._journal.is_suspicious:
            for raw in batch:
                await self._take_suspect(raw)
            return
        for raw in batch:
            self._begin(raw)
        self._write_down()

    async def _take_suspect(self, raw: RawUpdate) -> None:
        update_id = _update_id(raw)
        if update_id is None:
            return
        if self._stopping.is_set():
            # It waits for the next start.
            self._next_id = min(update_id, self._next_id or update_id)
            return
        if self._journal.is_deadly(update_id):
            logger.error("an update that stopped the process twice is skipped")
        else:
            self._journal.hold((update_id,))
            self._begin(raw)
            if self._running:
                await asyncio.wait(self._running)
        self._journal.forgive(update_id)
        self._journal.hold(())

    def _begin(self, raw: RawUpdate) -> None:
        update_id = _update_id(raw)
        if update_id is None:
            return
        update = self._read(raw) if self._doorkeeper.admits(raw) else None
        if update is None:
            self._done.add(update_id)
            return
        chat, done = chat_of(update), asyncio.Event()
        before = self._latest_of_chat.get(chat)
        self._latest_of_chat[chat] = done
        self._in_hand.add(update_id)

        def release() -> None:
            done.set()
            self._in_hand.discard(update_id)
            self._done.add(update_id)
            if self._latest_of_chat.get(chat) is done:
                del self._latest_of_chat[chat]
            if self._left() <= self._most_left:
                self._has_room.set()

        task = asyncio.create_task(self._handle(update, before, release))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _handle(
        self, update: Incoming, before: asyncio.Event | None, release: Callable[[], None]
    ) -> None:
        if before is not None:
            await before.wait()
        on_release(release)
        try:
            await self._process(update)
        except Exception:
            logger.exception("an update slipped through the error handler")
        finally:
            release()

    def _read(self, raw: RawUpdate) -> Incoming | None:
        return read_update(raw, self._client, ALLOWED_UPDATES)

    async def _wait_a_little(self, *, is_busy: bool) -> None:
        """Until Telegram would show others; a slow update must not keep other chats' waiting, so that it is
        asked all the same: soon where much comes, else less often."""
        if is_busy or not self._in_hand:
            self._patience = _SHORTEST_PATIENCE_SECONDS
        if self._left() > self._most_left:
            self._has_room.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._has_room.wait(), self._patience)
            self._patience = min(_LONGEST_PATIENCE_SECONDS, 2 * self._patience)
        self._write_down()

    def _write_down(self) -> None:
        if self._in_hand or self._is_any_written:
            self._journal.hold(self._in_hand)
        self._is_any_written = bool(self._in_hand)

    def _left(self) -> int:
        """How many of what Telegram shows are fetched, from the first in hand on."""
        return (self._next_id or 0) - min(self._in_hand) if self._in_hand else 0

    async def _confirm(self) -> None:
        """Tell Telegram what is done, without waiting for more."""
        if self._next_id is None:
            return
        try:
            await self._client.fetch_updates(self._offset(), timeout=0, allowed=ALLOWED_UPDATES)
        except TelegramError:
            logger.info(
                "the last updates weren't confirmed; they will come again and change nothing"
            )

    async def _unless_stopped(
        self, work: Awaitable[list[RawUpdate]] | Awaitable[None]
    ) -> list[RawUpdate] | None:
        """The result of `work`, or None as soon as the intake is stopping."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            stopping.cancel()
            task.cancel()


def _update_id(raw: RawUpdate) -> int | None:
    update_id = raw.get("update_id")
    return update_id if isinstance(update_id, int) else None


def _longer(backoff: float, verdict: Verdict) -> float:
    if isinstance(verdict, Wait):
        return verdict.seconds
    return min(_MOST_BACKOFF_SECONDS, max(0.5, backoff * 2))


def _reason(error: TelegramError) -> str:
    if classify(error) is Failure.CONFLICT:
        return "another process polls with the same token"
    return type(error).__name__
