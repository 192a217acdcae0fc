"""Copying messages, polls and albums, as Telegram does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(8) + (1).to_bytes(4, "big") * 2


async def test_a_copy_says_nothing_of_whose_it_was(
    bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    said = world.say(yard, vera, "<b>Tea</b> at <i>five</i>", html=True)
    copy = await bot.copy_message(yard.id, yard.id, said.message_id)
    copied = yard.messages[-1]
    assert copied.message_id == copy.message_id
    assert (copied.text, copied.entities) == ("Tea at five", said.entities)
    assert copied.sender is world.bot
    assert copied.forward_origin is None


async def test_a_copied_poll_begins_anew(bot: Bot, world: World, yard: Chat, vera: Person) -> None:
    asked = world.say(yard, vera, poll=world.new_poll("When?", ["Friday", "Saturday"]))
    await bot.copy_message(yard.id, yard.id, asked.message_id)
    poll, copied = asked.content.poll, yard.messages[-1].content.poll
    assert poll is not None
    assert copied is not None
    assert copied["question"] == "When?"
    assert [option["text"] for option in copied["options"]] == ["Friday", "Saturday"]
    assert copied["id"] != poll["id"]


async def test_an_album_keeps_together(bot: Bot, world: World, yard: Chat, vera: Person) -> None:
    album = world.say_album(yard, vera, [PIXEL, PIXEL, PIXEL], "The mural")
    numbers = [message.message_id for message in album]
    copies = await bot.copy_messages(yard.id, yard.id, numbers)
    copied = yard.messages[-3:]
    assert [copy.message_id for copy in copies] == [message.message_id for message in copied]
    assert len({message.media_group_id for message in copied}) == 1
    assert copied[0].media_group_id not in (None, album[0].media_group_id)
    assert [message.text for message in copied] == ["The mural", "", ""]


async def test_an_album_is_heard_by_administrators_only(
    world: World, yard: Chat, vera: Person
) -> None:
    world.updates.drop()
    world.say_album(yard, vera, [PIXEL, PIXEL])
    assert not world.updates.waiting()
    world.promote(yard, world.bot, vera)
    world.updates.drop()
    world.say_album(yard, vera, [PIXEL, PIXEL])
    assert len(world.updates.waiting()) == 2


async def test_what_is_gone_is_passed_over_and_nothing_at_all_is_refused(
    bot: Bot, refusal: Any, world: World, yard: Chat, vera: Person
) -> None:
    first, second = (world.say(yard, vera, text) for text in ("one", "two"))
    world.delete(first)
    numbers = [first.message_id, second.message_id]
    assert len(await bot.copy_messages(yard.id, yard.id, numbers)) == 1
    world.delete(second)
    here = {"chat_id": yard.id, "from_chat_id": yard.id}
    said = await refusal("copyMessages", **here, message_ids=str(numbers))
    assert said == "Bad Request: there are no messages to forward"
    said = await refusal("copyMessage", **here, message_id=first.message_id)
    assert said == "Bad Request: message to copy not found"


async def test_what_can_not_be_copied(refusal: Any, world: World, yard: Chat, vera: Person) -> None:
    here = {"chat_id": yard.id, "from_chat_id": yard.id}
    quiz = world.say(yard, vera, poll=world.new_poll("Who?", ["Me", "You"], quiz=True))
    service = next(message for message in yard.messages if message.service)
    for message in (quiz, service):
        said = await refusal("copyMessage", **here, message_id=message.message_id)
        assert said == "Bad Request: the message can't be copied"
        said = await refusal("copyMessages", **here, message_ids=str([message.message_id]))
        assert said == "Bad Request: messages can't be forwarded"
    tea = world.say(yard, vera, "Tea")
    yard.protected = True
    said = await refusal("copyMessage", **here, message_id=tea.message_id)
    assert said == "Bad Request: message has protected content and can't be forwarded"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("", "message identifiers are not specified"),
        ("[]", "message identifiers are not specified"),
        ('"5"', "expected an Array of message identifiers"),
        ('["x"]', "can't parse message identifier as a Number"),
        ("[3, 2]", "message identifiers must be in a strictly increasing order"),
        (str(list(range(1, 102))), "too many message identifiers specified"),
    ],
)
async def test_which_numbers_are_refused(
    refusal: Any, yard: Chat, numbers: str, words: str
) -> None:
    said = await refusal("copyMessages", chat_id=yard.id, from_chat_id=yard.id, message_ids=numbers)
    assert said == f"Bad Request: {words}"
