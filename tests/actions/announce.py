"""How these tests come to a card, and behind its ⋯."""

from __future__ import annotations

from playground.chats import Chat, Message
from playground.people import Person
from tests.yard import Yard

CONCERT = "/action tomorrow 19:00 Concert in the courtyard @ Fountain"


async def announce(yard: Yard, person: Person, typed: str = CONCERT) -> Message:
    """Type an announcement and publish it; gives the card."""
    yard.say(person, typed)
    preview = await yard.hears(person, "Concert")
    await yard.tap(person, preview, (0, 0))
    return await yard.card("Concert")


async def behind_more(yard: Yard, person: Person, card: Message) -> Message:
    """What ⋯ whispers to somebody about the concert."""

    def whispered() -> list[Message]:
        seen = yard.world.visible(person, yard.group)
        return [message for message in seen if message.is_ephemeral and "Concert" in message.text]

    before = whispered()
    await yard.tap(person, card, "⋯")
    await yard.world.until(lambda: any(message not in before for message in whispered()))
    return whispered()[-1]


async def change(yard: Yard, person: Person, card: Message, field: str, choice: str) -> Message:
    """⋯, the field, a choice, Save; gives what everybody reads."""
    page = await behind_more(yard, person, card)
    await yard.tap(person, page, field)
    await yard.world.until(lambda: choice in yard.labels(page))
    await yard.tap(person, page, choice)
    await yard.world.until(lambda: "Save" in str(yard.labels(page)))
    await yard.tap(person, page, "Save")
    return await yard.hears(yard.nina, "This has changed")


async def asked_to_type(yard: Yard, person: Person, card: Message, field: str) -> Chat:
    """⋯, Words or Place, and into the private chat, where that is asked."""
    page = await behind_more(yard, person, card)
    return await yard.follow(person, await yard.tap(person, page, field))


def draft_of(page: Message) -> str:
    """The number of the draft that a page's buttons carry."""
    (draft,) = {
        (button.callback_data or "").split(":")[1]
        for button in page.buttons
        if (button.callback_data or "").startswith("a.drop:")
    }
    return draft
