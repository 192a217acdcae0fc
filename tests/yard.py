"""A courtyard to test in: the real bot, real HTTP, a real database, the strict stand-in for Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.app import FEATURES, App
from bot.clock import Clock, TurnableClock
from bot.feature import Feature
from bot.intake.tap import IncomingTap
from bot.person.place import Person as Asked
from bot.person.place import Place
from bot.person.unfinished import find_unfinished
from bot.safety.logs import RedactingFormatter
from bot.settings import Settings, read_settings
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.people import Person
from playground.server import Server
from playground.taps import CallbackAnswer, Tap
from playground.world import PATIENCE_SECONDS, World
from tests.forged_payloads import with_stored_ids

# A Wednesday noon in Minsk, some days before Europe's clocks go back.
NOON = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)


class LogKeeper(logging.Handler):
    """Keeps what the operator's log would say, at every level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(RedactingFormatter())
        self.lines: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines.append(line)
        # aiohttp.server is the stand-in: a client that hung up is no fault of the bot.
        if record.levelno >= logging.ERROR and not record.name.startswith("aiohttp."):
            self.errors.append(line)


@dataclass(repr=False)  # it would tell the whole world, and asyncio asks for it with every fixture
class Yard:
    """A group of neighbours with the bot among them, as a plain member."""

    folder: Path
    database_url: str
    world: World
    server: Server
    clock: TurnableClock
    log: LogKeeper
    group: Chat
    vera: Person  # the group's creator; English
    ales: Person  # Belarusian
    nina: Person  # Russian
    tom: Person  # English
    features: tuple[Feature, ...] = FEATURES
    overrides: dict[str, str] = field(default_factory=dict)
    # The clock of the bot's machine, where it isn't everybody's.
    machine: Clock | None = None
    _task: asyncio.Task[None] | None = None
    app: App | None = None
    _at_work: dict[str, asyncio.Event] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return read_settings(
            {
                "BOT_TOKEN": self.world.bot.token,
                "BOT_API_URL": self.server.url,
                "DATABASE_URL": self.database_url,
                "DATA_DIR": str(self.folder / "data"),
                "KEY_FILE": str(self.folder / "keys" / "dvor.key"),
                **self.overrides,
            }
        )

    async def start(self) -> None:
        """Start the bot; returns when it listens and has said what it is."""
        self.app = App(self.settings, self.machine or self.clock, self.features)
        self._watch_taps(self.app)
        self._task = asyncio.create_task(self.app.run())
        waiting = asyncio.ensure_future(self.app.introduced.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            await self.ended()

    async def move_in(self, *more: Feature) -> None:
        """Start the bot, with these features too, and add it to the group; returns when it has said hello."""
        self.features = (*self.features, *more)
        await self.start()
        self.world.add_bot(self.group, by=self.vera)
        await self.hears(self.tom, "Hello, neighbours")

    async def stop(self) -> None:
        """Stop the bot as Ctrl+C does."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def ended(self) -> None:
        """Wait until the bot ends by itself; raises what ended it."""
        assert self._task is not None
        task, self._task = self._task, None
        async with asyncio.timeout(PATIENCE_SECONDS):
            await task

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def say(self, person: Person, text: str, **how: Any) -> Message:
        """Type something into the group (or `chat=`)."""
        return self.world.say(how.pop("chat", self.group), person, text, **how)

    async def hears(self, person: Person, containing: str, chat: Chat | None = None) -> Message:
        """The bot's newest message with these words that this person sees; waits for it."""
        place = chat or self.group

        def found() -> Message | None:
            return next(
                (
                    message
                    for message in reversed(self.world.visible(person, place))
                    if containing in message.text and message.sender is self.world.bot
                ),
                None,
            )

        await self.world.until(found)
        message = found()
        assert message is not None
        return message

    async def asks(self, person: Person, containing: str, chat: Chat | None = None) -> Message:
        """The same, where a reply to it is to go on: waits until it is written down which."""
        question = await self.hears(person, containing, chat)

        def is_written_down(work: UnitOfWork) -> bool:
            of_theirs = work.done_by(Asked(person.id), Place(question.chat.id))
            return find_unfinished(of_theirs, name_of(question)) is not None

        await self.written(is_written_down)
        return question

    async def tap(self, person: Person, message: Message, button: Any) -> CallbackAnswer:
        """Tap a button and wait until the tap is answered, and its page turned, which comes after."""
        tap = self.world.tap(person, message, button)
        assert not isinstance(tap, str), f"{button} opens {tap}"
        return await self._obeyed(tap)

    async def forge(self, person: Person, message: Message, data: str) -> CallbackAnswer:
        """Tap with a payload of one's own making, in which 1 is the first of its kind."""
        return await self._obeyed(self.world.tap_data(person, message, await self.stored(data)))

    async def _obeyed(self, tap: Tap) -> CallbackAnswer:
        answer = await self.world.answered(tap)
        if tap.id in self._at_work:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._at_work[tap.id].wait()
        return answer

    def _watch_taps(self, app: App) -> None:
        """See which taps the bot is still at work on."""
        take = app._taps.take

        async def watched(tap: IncomingTap) -> None:
            ended = self._at_work[tap.id] = asyncio.Event()
            try:
                await take(tap)
            finally:
                ended.set()
                self._at_work.pop(tap.id, None)

        app._taps.take = watched  # type: ignore[method-assign]

    async def stored(self, data: str) -> str:
        """A payload in which 1 is the first of its kind, with the ids that the database has for them."""
        if self.database_url.startswith("sqlite"):
            return data
        assert self.app is not None
        return await self.app.store.read(lambda work: with_stored_ids(work.session, data))

    async def follow(self, person: Person, answer: CallbackAnswer) -> Chat:
        """Go where a tap's answer leads: into the private chat."""
        assert answer.url is not None, f"the tap leads nowhere: {answer}"
        self.world.open_url(person, answer.url)
        return self.world.private(person)

    async def card(self, containing: str, chat: Chat | None = None, button: str = "") -> Message:
        """The newest message to everyone with these words and with buttons, or with this one; waits
        for it."""
        place = chat or self.group

        def found() -> Message | None:
            return next(
                (
                    message
                    for message in reversed(place.messages)
                    if containing in message.text
                    and not message.reply_to
                    and any(button in label for label in self.labels(message))
                ),
                None,
            )

        await self.world.until(found)
        card = found()
        assert card is not None
        return card

    async def settled(self, seconds: float = 4) -> None:
        """Turn the clock past the pause before cards are redrawn, and wait for what that brings."""
        self.clock.turn(timedelta(seconds=seconds))
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until the bot has taken every update and asks for more."""
        await self.world.until(lambda: not self.world.updates)

    async def written(self, condition: Callable[[UnitOfWork], object]) -> None:
        """Wait until the database says so, where nobody in the world can see it."""
        assert self.app is not None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not await self.app.store.read(condition):  # noqa: ASYNC110 - nothing there wakes us
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(
                f"not written within {PATIENCE_SECONDS:g} s. {self.world.last_seen()}"
            ) from None

    def labels(self, message: Message) -> list[str]:
        return [button.text for button in message.buttons]

    def promote_bot(self) -> None:
        """Make the bot an administrator, as Vera."""
        self.world.promote(self.group, self.world.bot, self.vera)


def name_of(message: Message) -> str:
    """How the bot names a message to which a reply goes on with something."""
    if message.is_ephemeral:
        return f"whisper {message.ephemeral_message_id}"
    return str(message.message_id)


def build_yard(
    folder: Path,
    database_url: str,
    server: Server,
    world: World,
    clock: TurnableClock,
    log: LogKeeper,
) -> Yard:
    """People and their group; the bot isn't in it yet."""
    vera = world.add_person("Vera", language="en")
    ales = world.add_person("Ales", language="be")
    nina = world.add_person("Nina", language="ru")
    tom = world.add_person("Tom", language="en")
    group = world.add_group("Yard 5", creator=vera, kind="supergroup", members=[ales, nina, tom])
    return Yard(folder, database_url, world, server, clock, log, group, vera, ales, nina, tom)


def turn_to(yard: Yard, moment: str) -> None:
    """Turn the clock to a moment of UTC, such as "2026-10-26 08:00"."""
    ahead = datetime.fromisoformat(moment).replace(tzinfo=UTC) - yard.clock.now()
    assert ahead > timedelta(), "the clock is only turned forward"
    yard.clock.turn(ahead)


async def turn_to_full_hour(
    yard: Yard, next_publishing: Callable[[Session], datetime | None]
) -> None:
    """Turn the clock to the next full hour, and wait until what becomes public then is."""
    now = yard.clock.now()
    past = timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
    yard.clock.turn(timedelta(hours=1) - past)

    def is_published(work: UnitOfWork) -> bool:
        at = next_publishing(work.session)
        return at is None or at > work.now

    await yard.written(is_published)


async def page_after(yard: Yard, person: Person, typed: str) -> Message:
    """What somebody, and nobody else, is answered to a command that only the bot saw."""
    command = yard.say(person, typed, ephemeral=True)

    def answer() -> Message | None:
        seen = yard.world.visible(person, command.chat)
        later = seen[seen.index(command) + 1 :]
        return next((m for m in later if m.is_ephemeral and "…" not in m.text), None)

    await yard.world.until(answer)
    found = answer()
    assert found is not None
    return found
