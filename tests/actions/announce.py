"""How these tests come to a card."""

from __future__ import annotations

from playground.chats import Message
from playground.people import Person
from tests.yard import Yard

CONCERT = "/action tomorrow 19:00 Concert in the courtyard @ Fountain"


async def announce(yard: Yard, person: Person, typed: str = CONCERT) -> Message:
    """Type an announcement and publish it; gives the card."""
    yard.say(person, typed)
    preview = await yard.hears(person, "Concert")
    await yard.tap(person, preview, (0, 0))
    return await yard.card("Concert")
