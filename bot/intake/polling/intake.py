"""Updates in, at least once: polling that confirms an update only when it is done.

Done means: committed, refused, turned away at the door, or, where nothing is written, handled to where it
is only shown. Order is kept within a chat (`order.py`); chats go on past one that is slow. Telegram shows the
hundred updates from the first that isn't done on (`window.py`), so it is asked again as soon as half of them
are done. The offset is Telegram's to keep. What an update was, the log never says.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from telegram.error import TelegramError

from bot.bot_api.client import Client, RawUpdate
from bot.bot_api.refusals import Failure, Verdict, Wait, classify
from bot.clock import Clock
from bot.intake.polling.doorkeeper import Doorkeeper
from bot.intake.polling.journal import Journal
from bot.intake.polling.order import InHand, Line
from bot.intake.polling.other_poller import OtherPoller
from bot.intake.polling.poll_length import PollLength
from bot.intake.polling.token_doubt import TokenDoubt
from bot.intake.polling.window import Window
from bot.intake.reading import Incoming, chat_of, read_update
from bot.intake.tap import IncomingTap
from bot.safety.logs import report_fault

T = TypeVar("T")
logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "chat_member")
_MOST_BACKOFF_SECONDS = 30.0
_LONGEST_PATIENCE_SECONDS = 0.2
_SHORTEST_PATIENCE_SECONDS = 0.05
_OFF_DUTY_SECONDS = 1.0
_STOP_SECONDS = 10.0
_LAST_WORDS_SECONDS = 3.0
# What isn't done by then waits for something, and to wait kills no process.
_SUSPECT_SECONDS = 3.0
_SUSPECTS_WORDS_SECONDS = 0.1


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
        tell_of_other: Callable[[], None],
    ) -> None:
        """`tell_of_other` is called where another program takes updates with the same token."""
        self._client = client
        self._journal = journal
        self._process = process
        self._is_on_duty = is_on_duty
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._doubt = TokenDoubt(clock)
        self._other = OtherPoller(clock, tell_of_other)
        self._poll_length = PollLength(clock)
        # How many seconds Telegram may take for the request under way.
        self._asked_for = 0
        self._stopping = asyncio.Event()
        self._polling: asyncio.Task[None] | None = None
        self._interruptible: asyncio.Task[Any] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._is_over = False
        self._window = Window()
        self._lines: WeakValueDictionary[object, Line] = WeakValueDictionary()
        self._patience = _SHORTEST_PATIENCE_SECONDS

    async def run(self) -> None:
        """Poll until `stop`; cancelling this stops nothing in the middle.

        Raises `UnknownTokenError`, and `OtherPollerError` where another bot had the token first.
        """
        self._polling = asyncio.create_task(self._poll(), name="intake")
        await asyncio.shield(self._polling)

    async def stop(self) -> None:
        """Stop fetching, finish what is in hand and confirm it."""
        self._stopping.set()
        if self._polling is None:
            return
        if self._interruptible is not None:
            self._interruptible.cancel()
        _, late = await asyncio.wait({self._polling}, timeout=_STOP_SECONDS)
        self._is_over = True
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
                self._other.forget()
                await self._unless_stopped(asyncio.sleep(_OFF_DUTY_SECONDS))
                continue
            asked_at = self._clock.monotonic()
            try:
                batch = await self._fetch()
            except TelegramError as error:
                lived = self._clock.monotonic() - asked_at
                backoff = await self._pause_after(error, lived, backoff)
                await self._unless_stopped(self._clock.sleep(backoff))
                continue
            backoff = 0.0
            self._doubt.note(None)
            self._other.note_answer()
            self._poll_length.note_answer()
            await self._take(batch)
            await self._wait_a_little(is_busy=bool(batch))
        while self._running:
            await asyncio.wait(self._running, timeout=_LAST_WORDS_SECONDS)
            if not self._window:
                break  # who is left waits for Telegram's limits: that may be long
        await self._confirm()

    async def _pause_after(self, error: TelegramError, lived: float, last_pause: float) -> float:
        """How many seconds to wait after a request that lived so long and failed. Raises
        `UnknownTokenError` and `OtherPollerError`."""
        verdict = classify(error)
        self._doubt.note(verdict)
        if verdict is Failure.CONFLICT:
            return await self._leave_to_other()
        if verdict is Failure.LOST and self._poll_length.note_loss(lived, asked=self._asked_for):
            # It waited, so asking at once is no storm; and somebody may be saying something now.
            return 0.0
        logger.warning("fetching updates failed (%s), next try soon", type(error).__name__)
        return _longer(last_pause, verdict)

    async def _leave_to_other(self) -> float:
        """How many seconds to leave it to the one whose request ended ours. Raises `OtherPollerError`."""
        if not await self._is_on_duty():
            return 0.0  # that was the one who is on duty now
        logger.info("another request for updates ended this one")
        return self._other.note_conflict()

    async def _fetch(self) -> list[RawUpdate]:
        """What is new. Updates before the first one in hand are confirmed by asking."""
        # While something is in hand it comes again at once, so that is no time to wait for more.
        self._asked_for = 0 if self._window.in_hand else self._poll_length.seconds
        batch = await self._unless_stopped(
            self._client.fetch_updates(
                self._window.offset(), timeout=self._asked_for, allowed=ALLOWED_UPDATES
            )
        )
        if batch is None:
            return []
        ids = [i for i in map(_update_id, batch) if i is not None]
        self._window.note_shown(ids)
        if self._journal.is_suspicious:
            self._journal.forgive_all_but(ids)
        return [raw for raw in batch if self._is_new(raw)]

    def _is_new(self, raw: RawUpdate) -> bool:
        update_id = _update_id(raw)
        return update_id is not None and self._window.is_new(update_id)

    async def _take(self, batch: Sequence[RawUpdate]) -> None:
        """Begin with every update of a batch; after a crash, those that were in hand one at a time, to know
        the one to blame."""
        for raw in batch:
            if self._journal.is_suspicious:
                await self._take_suspect(raw)
            else:
                self._begin(raw)
        # What is done by the next death was confirmed, or is done again: it needn't be struck out at once.
        if batch and self._window.in_hand:
            self._journal.hold(self._window.in_hand)

    async def _take_suspect(self, raw: RawUpdate) -> None:
        update_id = _update_id(raw)
        if update_id is None:
            return
        if self._stopping.is_set():
            self._window.leave(update_id)
            return
        if self._journal.is_deadly(update_id):
            logger.error("an update that stopped the process twice is skipped")
            self._window.end(update_id)
        else:
            self._journal.hold((update_id,))
            others = set(self._running)
            self._begin(raw)
            await self._watch(self._running - others, update_id)
        self._journal.forgive(update_id)
        self._journal.hold(())

    async def _watch(self, running: set[asyncio.Task[None]], update_id: int) -> None:
        """Return once this one has come to its end, or waits."""
        if running:
            await asyncio.wait(running, timeout=_SUSPECTS_WORDS_SECONDS)
        if running and update_id in self._window.in_hand:
            await asyncio.wait(running, timeout=_SUSPECT_SECONDS)

    def _begin(self, raw: RawUpdate) -> None:
        update_id = _update_id(raw)
        if update_id is None:
            return
        update = self._read(raw) if self._doorkeeper.admits(raw) else None
        if update is None:
            self._window.end(update_id)
            return
        chat = chat_of(update)
        line = self._lines.get(chat)
        if line is None:
            line = self._lines[chat] = Line(chat)

        def begin(in_hand: InHand) -> None:
            if self._is_over:
                return
            task = asyncio.create_task(self._handle(update, in_hand), context=in_hand.context())
            self._running.add(task)
            task.add_done_callback(self._running.discard)

        InHand(self._window, line, update_id, begin, is_tap=isinstance(update, IncomingTap))

    async def _handle(self, update: Incoming, in_hand: InHand) -> None:
        try:
            await self._process(update)
        except Exception as error:
            report_fault(logger, "an update slipped through the error handler", error)
        finally:
            in_hand.let_go()

    def _read(self, raw: RawUpdate) -> Incoming | None:
        return read_update(raw, self._client, ALLOWED_UPDATES)

    async def _wait_a_little(self, *, is_busy: bool) -> None:
        """Until Telegram would show others; a slow update must not keep other chats' waiting, so that it is
        asked all the same: soon where much comes, else less often."""
        if is_busy or not self._window.in_hand:
            self._patience = _SHORTEST_PATIENCE_SECONDS
        while not self._window.is_clear and not self._stopping.is_set():
            await self._window.change(self._patience)
            self._patience = min(_LONGEST_PATIENCE_SECONDS, 2 * self._patience)
            if self._window.is_full:
                self._window.make_way()
            if not self._window.is_full:
                break

    async def _confirm(self) -> None:
        """Tell Telegram what is done, without waiting for more."""
        offset = self._window.offset()
        if offset is None:
            return
        try:
            await self._client.fetch_updates(offset, timeout=0, allowed=ALLOWED_UPDATES)
        except TelegramError:
            logger.info(
                "the last updates weren't confirmed; they will come again and change nothing"
            )

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result of `work`, or None as soon as the intake is stopping."""
        if self._stopping.is_set():
            work.close()
            return None
        task = self._interruptible = asyncio.create_task(work)
        try:
            await asyncio.wait({task})
            return None if task.cancelled() else task.result()
        finally:
            task.cancel()


def _update_id(raw: RawUpdate) -> int | None:
    update_id = raw.get("update_id")
    return update_id if isinstance(update_id, int) else None


def _longer(backoff: float, verdict: Verdict) -> float:
    if isinstance(verdict, Wait):
        return verdict.seconds
    return min(_MOST_BACKOFF_SECONDS, max(0.5, backoff * 2))
