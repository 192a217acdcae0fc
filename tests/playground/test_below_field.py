"""Keys below the field: which chats Telegram offers, what it tells of a choice, what it refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot

from playground.chats import Chat
from playground.people import Person
from playground.world import World

Refusal = Callable[..., Awaitable[str]]
Ask = Callable[..., Awaitable[dict[str, Any]]]


def key(text: str = "Choose", **wanted: Any) -> dict[str, Any]:
    return {"text": text, "request_chat": {"request_id": 7, "chat_is_channel": False, **wanted}}


def below(*keys: Any, **more: Any) -> dict[str, Any]:
    return {"keyboard": [[each] for each in keys], **more}


async def sent(ask: Ask, person: Person, markup: dict[str, Any]) -> None:
    answer = await ask("sendMessage", chat_id=person.id, text="Which?", reply_markup=markup)
    assert answer["ok"], answer
    assert "reply_markup" not in answer["result"]


async def test_a_choice_is_told_by_a_service_message(
    world: World, bot: Bot, ask: Ask, vera: Person, yard: Chat
) -> None:
    world.start(vera)
    await sent(ask, vera, below(key(bot_is_member=True), "No", one_time_keyboard=True))
    world.press(vera, "Choose", yard)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.chat_shared is not None
    assert (message.chat_shared.request_id, message.chat_shared.chat_id) == (7, yard.id)
    assert message.chat_shared.title is None
    assert message.from_user is not None
    assert message.from_user.id == vera.id
    with pytest.raises(LookupError):
        world.press(vera, "Choose", yard)  # one time only


async def test_a_title_is_told_where_it_is_asked_for(
    world: World, bot: Bot, ask: Ask, vera: Person, yard: Chat
) -> None:
    world.start(vera)
    await sent(ask, vera, below(key(request_title=True)))
    world.press(vera, "Choose", yard)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.chat_shared is not None
    assert message.chat_shared.title == "Yard 5"


async def test_a_plain_key_types_its_text(world: World, bot: Bot, ask: Ask, vera: Person) -> None:
    world.start(vera)
    await sent(ask, vera, below("No"))
    world.press(vera, "No")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.text == "No"


async def test_only_chats_that_fit_are_offered(
    world: World, ask: Ask, vera: Person, anton: Person, yard: Chat, house: Chat
) -> None:
    empty = world.add_group("No bot", creator=vera)
    forum = world.add_group("Forum", creator=vera, forum=True)
    world.add_bot(forum, by=vera)
    world.start(vera)
    cases: tuple[tuple[dict[str, Any], set[Chat]], ...] = (
        ({}, {yard, house, empty, forum}),
        ({"bot_is_member": True}, {yard, house, forum}),
        ({"chat_is_forum": True}, {forum}),
        ({"chat_is_forum": False}, {yard, house, empty}),
        ({"chat_has_username": True}, set()),
        ({"chat_is_channel": True}, set()),
        ({"chat_is_created": True}, {yard, house, empty, forum}),
    )
    for wanted, offered in cases:
        await sent(ask, vera, below(key(**wanted)))
        assert set(world.offered(vera, "Choose")) == offered, wanted
    world.start(anton)
    await sent(ask, anton, below(key(chat_is_created=True)))
    assert world.offered(anton, "Choose") == []
    world.leave(yard, anton)
    await sent(ask, anton, below(key()))
    assert world.offered(anton, "Choose") == [house]


async def test_keys_are_put_away(world: World, ask: Ask, vera: Person, yard: Chat) -> None:
    world.start(vera)
    await sent(ask, vera, below(key()))
    answer = await ask("sendMessage", chat_id=vera.id, text="A page")
    assert answer["ok"]
    assert world.offered(vera, "Choose") == [yard]  # a message without keys leaves them
    await sent(ask, vera, {"remove_keyboard": True})
    with pytest.raises(LookupError):
        world.press(vera, "Choose", yard)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ({"keyboard": ["No"]}, "must be an Array of Arrays"),
        ({"keyboard": []}, "REPLY_MARKUP_BUTTONS_EMPTY"),
        (below({"request_chat": {}}), '"text" must be of type String'),
        (below(key(" ")), "must be non-empty"),
        (below({"text": "A", "request_chat": {"chat_is_channel": False}}), '"request_id"'),
        (below(key(request_id=2**31)), "32-bit"),
        (below(key(), key()), "BUTTON_ID_INVALID"),
    ],
)
async def test_what_is_no_keyboard_is_refused(
    world: World, refusal: Refusal, vera: Person, markup: dict[str, Any], words: str
) -> None:
    world.start(vera)
    assert words in await refusal(
        "sendMessage", chat_id=vera.id, text="Which?", reply_markup=markup
    )
    assert world.private(vera).keys is None


async def test_chats_are_requested_in_private_only(refusal: Refusal, yard: Chat) -> None:
    refused = await refusal("sendMessage", chat_id=yard.id, text="?", reply_markup=below(key()))
    assert "chats can be requested in private chats only" in refused


async def test_an_edit_brings_no_keys(
    world: World, bot: Bot, refusal: Refusal, vera: Person
) -> None:
    world.start(vera)
    message = await bot.send_message(vera.id, "Which?")
    refused = await refusal(
        "editMessageText",
        chat_id=vera.id,
        message_id=message.message_id,
        text="Which one?",
        reply_markup=below(key()),
    )
    assert "inline keyboard expected" in refused
