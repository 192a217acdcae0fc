"""Reading what the page asks for: names and numbers become people, chats and messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playground.chats import ChatKind
from playground.gate import Problem
from playground.views import Spot, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from playground.chats import Chat, Message, Topic
    from playground.errors import JSON
    from playground.people import Person
    from playground.world import World


class Asked:
    """One request's fields. Every reader raises Problem for what it can't make sense of."""

    def __init__(self, world: World, fields: Mapping[str, JSON]) -> None:
        self._world = world
        self._fields = fields

    def text(self, name: str) -> str:
        """A string; empty where it is missing."""
        value = self._fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Problem(f"“{name}” must be a text.")
        return value.encode("utf-8", "replace").decode()

    def whole(self, name: str) -> int:
        """A whole number, also as a string of digits."""
        try:
            return int(str(self._fields.get(name)))
        except ValueError:
            raise Problem(f"“{name}” must be a whole number.") from None

    def given(self, name: str) -> bool:
        """Whether there is something under this name."""
        return self._fields.get(name) is not None

    def yes(self, name: str) -> bool:
        return self._fields.get(name) is True

    def record(self, name: str) -> dict[str, JSON] | None:
        """An object; None where it is missing."""
        value = self._fields.get(name)
        if value is not None and not isinstance(value, dict):
            raise Problem(f"“{name}” must be an object.")
        return value

    def records(self, name: str) -> list[dict[str, JSON]]:
        """A list of objects; empty where it is missing."""
        value = self._fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise Problem(f"“{name}” must be a list of objects.")
        return value

    @property
    def person(self) -> Person:
        """Who acts."""
        wanted = self.whole("person")
        person = next((each for each in self._world.people if each.id == wanted), None)
        if person is None:
            raise Problem("There is no such neighbour.", status=404)
        return person

    @property
    def chat(self) -> Chat:
        """Where; a person's own id is the private chat with the bot."""
        wanted = self.whole("chat")
        if wanted > 0 and wanted == self.person.id:
            return self._world.private(self.person)
        chat = self._world.chats.get(wanted)
        while chat is not None and chat.upgraded_to is not None:
            chat = chat.upgraded_to
        if chat is None or chat.kind is ChatKind.PRIVATE:
            raise Problem("There is no such chat.", status=404)
        return chat

    @property
    def spot(self) -> Spot:
        """Who and where, with the topic in a forum: General where none is named."""
        chat = self.chat
        return Spot(self.person, chat, self._topic(chat) if chat.forum else None)

    def message(self, spot: Spot, name: str) -> Message:
        """A message that the person sees there."""
        key = self.text(name)
        for message in reversed(self._world.visible(spot.person, spot.chat)):
            if key_of(message) == key:
                return message
        raise Problem("This message is gone.", status=404)

    def _topic(self, chat: Chat) -> Topic:
        if not self._fields.get("topic"):
            return chat.general
        topic = chat.topics.get(self.whole("topic"))
        if topic is None:
            raise Problem("There is no such topic.", status=404)
        return topic


async def read_body(world: World, request: web.Request) -> Asked:
    """The fields of a POST. Raises Problem."""
    try:
        fields = json.loads(await request.read())
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Problem("The request is no JSON object.")
    return Asked(world, fields)
