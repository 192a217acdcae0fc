"""How these tests come to what is typed in private and is about a group."""

from __future__ import annotations

from playground.chats import Chat
from playground.people import Person
from tests.yard import Yard

PICK = "💬 Choose the chat"


async def typed_in_private(yard: Yard, person: Person, typed: str) -> Chat:
    """Type a command in private, and choose the yard for which it is; gives the private chat."""
    private = yard.world.private(person)
    yard.say(person, typed, chat=private)
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(person, PICK, yard.group)
    return private
