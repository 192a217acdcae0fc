"""Looking at where elections stand, as neighbours do."""

from __future__ import annotations

from playground.chats import Chat, Message
from playground.people import Person
from tests.yard import Yard


async def look(yard: Yard, person: Person) -> Message:
    """Type /election, unseen by others; gives the answer."""
    return await answer(yard, person, yard.say(person, "/election"))


async def answer(yard: Yard, person: Person, command: Message) -> Message:
    """The first thing that the bot shows this person alone after a command of theirs."""

    def found() -> Message | None:
        seen = yard.world.visible(person, yard.group)
        later = seen[seen.index(command) + 1 :]
        answers = [message for message in later if message.is_ephemeral]
        return next((message for message in answers if message.text != "One moment…"), None)

    await yard.world.until(found)
    message = found()
    assert message is not None
    return message


async def picture(yard: Yard, person: Person, *, after: int, chat: Chat | None = None) -> Message:
    """The newest picture that this person sees, once there are more than `after` of them."""
    await yard.world.until(lambda: len(pictures(yard, person, chat)) > after)
    return pictures(yard, person, chat)[-1]


def pictures(yard: Yard, person: Person, chat: Chat | None = None) -> list[Message]:
    seen = yard.world.visible(person, chat or yard.group)
    return [message for message in seen if message.photo is not None]


def content(message: Message) -> bytes:
    """The picture of a message."""
    assert message.photo is not None
    return message.photo.content
