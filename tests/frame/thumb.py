"""Somebody's thumb: every tap of it is counted, and every character that it types."""

from __future__ import annotations

from typing import Any

from playground.chats import Chat, Message
from playground.people import Person
from tests.yard import Yard


class Thumb:
    """Does a job as one person, and knows what that cost.

    A command from the menu is a tap, and so is sending what was typed. What the bot leads to opens by itself.
    """

    def __init__(self, yard: Yard, person: Person) -> None:
        self._yard = yard
        self._person = person
        self.chat: Chat = yard.group
        self.taps = 0
        self.characters = 0

    async def picks(self, command: str, says: str) -> Message:
        """Take a command out of the menu; gives the page that says so."""
        self.taps += 1
        self._yard.say(self._person, f"/{command}", chat=self.chat, ephemeral=self.chat.is_group)
        return await self.sees(says)

    async def sends(self, text: str, says: str) -> Message:
        """Type something and send it."""
        self.taps += 1
        self.characters += len(text)
        self._yard.say(self._person, text, chat=self.chat)
        return await self.sees(says)

    async def taps_on(self, message: Message, button: Any, says: str = "") -> Message:
        """Tap a button, and go where it leads; gives the page that says so then."""
        self.taps += 1
        answer = await self._yard.tap(self._person, message, button)
        assert not answer.show_alert, answer.text
        if answer.url is not None:
            self.chat = await self._yard.follow(self._person, answer)
        return await self.sees(says)

    async def sees(self, says: str) -> Message:
        return await self._yard.hears(self._person, says, self.chat)

    @property
    def cost(self) -> tuple[int, int]:
        """Taps, and characters."""
        return self.taps, self.characters
