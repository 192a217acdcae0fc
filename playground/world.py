"""The world of the stand-in: everything that people and their clients do, for tests and the page.

    world = World(clock=clock)
    vera = world.add_person("Vera")
    yard = world.add_group("Yard 5", creator=vera)
    world.add_bot(yard, by=vera)
    world.say(yard, vera, "/help")
    answer = await world.message(vera, yard, "organise")

The deeds are plain calls on the event loop's thread; `until` and its like wait for the bot.
"""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from playground.deeds import Deeds

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.chats import Chat, Message
    from playground.errors import JSON
    from playground.people import Person
    from playground.state import ApiCall
    from playground.taps import CallbackAnswer, Tap

_SHOWN_MESSAGES = 5
_SHOWN_CALLS = 3
_SHOWN_CHARACTERS = 300
# What the bot asks and tells whatever people do.
_UNTOLD_CALLS = (
    "getupdates", "setmycommands", "getmydescription", "setmydescription", "getmyshortdescription",
    "setmyshortdescription",
)  # fmt: skip
_LOOK_AGAIN_SECONDS = 0.05
PATIENCE_SECONDS = float(os.environ.get("DVOR_PATIENCE", "10"))
"""How long to wait for the bot. Whoever sees what they wait for never waits it out; a slow machine
gets more."""


class World(Deeds):
    """A world to act in and to watch. See the base classes for the deeds."""

    async def until(
        self, condition: Callable[[], object], timeout: float = PATIENCE_SECONDS
    ) -> None:
        """Wait, at most `timeout` seconds of real time, until the condition holds.

        Looks again after every change of the world, and now and then for what isn't one: a poll that
        begins, a line in a log. Raises AssertionError with what was last seen.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        change = asyncio.Event()
        self.on_change(change.set)
        try:
            while not condition():
                change.clear()
                left = deadline - loop.time()
                if left <= 0:
                    raise AssertionError(f"not within {timeout:g} s. {self.last_seen()}")
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(left, _LOOK_AGAIN_SECONDS)):
                        await change.wait()
        finally:
            self.off_change(change.set)

    async def message(
        self, person: Person, chat: Chat, containing: str, timeout: float = PATIENCE_SECONDS
    ) -> Message:
        """The newest message with these words that the person sees there."""

        def found() -> Message | None:
            seen = reversed(self.visible(person, chat))
            return next((message for message in seen if containing in message.text), None)

        await self.until(found, timeout)
        message = found()
        assert message is not None  # noqa: S101  until() saw it, and nothing ran in between
        return message

    async def answered(self, tap: Tap, timeout: float = PATIENCE_SECONDS) -> CallbackAnswer:
        """The bot's answer to a tap."""
        await self.until(lambda: tap.answer, timeout)
        assert tap.answer is not None  # noqa: S101  until() saw it
        return tap.answer

    async def settled(self, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not len(self.updates), timeout)

    def last_seen(self) -> str:
        """Who said what last, and what the bot called last: for a person to read."""
        said = [message for chat in self.chats.values() for message in chat.log]
        said.sort(key=lambda message: message.edit_date or message.date)
        calls = [call for call in self.calls if call.method.lower() not in _UNTOLD_CALLS]
        return "\n  ".join(
            [
                "Last seen:",
                *(_shortened(_line(message)) for message in said[-_SHOWN_MESSAGES:]),
                f"{len(self.updates)} updates wait for the bot, which last called:",
                *(
                    f"{_shortened(_told(call))} -> {call.error or 'ok'}"
                    for call in calls[-_SHOWN_CALLS:]
                ),
            ]
        )


def _told(call: ApiCall) -> str:
    params = {name: _read(value) for name, value in call.params.items()}
    return f"{call.method} {params}"


def _read(value: JSON) -> JSON:
    """JSON inside a form's field as a person reads it."""
    if isinstance(value, str) and value.startswith(("{", "[")):
        with suppress(ValueError):
            read: JSON = json.loads(value)
            return read
    return value


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def _line(message: Message) -> str:
    notes = [
        note
        for note, holds in (
            (f"only for {message.receiver.name if message.receiver else ''}", message.is_ephemeral),
            ("deleted", message.deleted),
            ("lost", message.lost),
            ("edited", bool(message.edited)),
            ("pinned", message.pinned),
        )
        if holds
    ]
    what = repr(message.text) if message.text else ", ".join(message.content.json()) or "nothing"
    buttons = "".join(f" [{button.text}]" for button in message.buttons)
    aside = f" ({', '.join(notes)})" if notes else ""
    return f"{message.chat!r} {message.sender.name}: {what}{buttons}{aside}"
