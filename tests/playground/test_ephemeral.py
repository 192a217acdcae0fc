"""Ephemeral messages and commands, and servers that know nothing of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

if TYPE_CHECKING:
    from telegram import Bot

    from bot.clock import TurnableClock
    from playground.chats import Chat, Message
    from playground.people import Person
    from playground.taps import Tap
    from playground.world import World

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


@pytest.fixture
async def tap(bot: Bot, world: World, yard: Chat, anton: Person) -> Tap:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    await bot.send_message(yard.id, "card", reply_markup=markup)
    pressed: Tap = world.tap(anton, yard.messages[-1], "Go")
    return pressed


@pytest.fixture
async def command(bot: Bot, world: World, yard: Chat, anton: Person) -> Message:
    menu = [BotCommand("mine", "What I signed", api_kwargs={"is_ephemeral": True})]
    await bot.set_my_commands(menu, scope=BotCommandScopeAllGroupChats())
    return world.say(yard, anton, "/mine please")


def whisper(tap: Tap, **more: object) -> dict[str, object]:
    parameters = {"receiver_user_id": tap.person.id, "callback_query_id": tap.id, **more}
    return {
        "chat_id": tap.message.chat.id,
        "text": "psst",
        "ephemeral_message_parameters": parameters,
    }


async def test_one_person_sees_it(
    ask: Any, world: World, yard: Chat, tap: Tap, vera: Person, anton: Person
) -> None:
    result = (await ask("sendMessage", **whisper(tap), reply_markup=KEYBOARD))["result"]
    assert (result["message_id"], result["receiver_user"]["id"]) == (0, anton.id)
    shown = world.visible(anton, yard)[-1]
    assert (shown.text, shown.ephemeral_message_id) == ("psst", result["ephemeral_message_id"])
    assert shown not in world.visible(vera, yard)
    assert shown not in yard.messages


async def test_the_older_parameters_do_as_well(
    ask: Any, refusal: Any, world: World, yard: Chat, tap: Tap
) -> None:
    older = {"receiver_user_id": tap.person.id, "callback_query_id": tap.id}
    first = await ask("sendMessage", chat_id=yard.id, text="a", **older)
    both = await ask("sendMessage", **whisper(tap), **older)
    assert all(answer["result"]["ephemeral_message_id"] for answer in (first, both))
    words = await refusal("sendMessage", **whisper(tap), **(older | {"receiver_user_id": 5}))
    assert words == "Bad Request: EPHEMERAL_PARAMETERS_MISMATCH"


async def test_a_tap_allows_it_for_15_seconds(
    ask: Any, refusal: Any, tap: Tap, clock: TurnableClock
) -> None:
    clock.turn(timedelta(seconds=15))
    assert (await ask("sendMessage", **whisper(tap)))["ok"]
    clock.turn(timedelta(seconds=1))
    assert await refusal("sendMessage", **whisper(tap)) == "Bad Request: EPHEMERAL_NOT_ALLOWED"


async def test_a_tap_allows_it_for_the_tapping_person_there(
    refusal: Any, world: World, yard: Chat, house: Chat, tap: Tap, vera: Person
) -> None:
    not_allowed = "Bad Request: EPHEMERAL_NOT_ALLOWED"
    other = whisper(tap, receiver_user_id=vera.id)
    assert await refusal("sendMessage", **other) == not_allowed
    elsewhere = whisper(tap) | {"chat_id": house.id}
    assert await refusal("sendMessage", **elsewhere) == not_allowed
    stranger = world.add_person("Stranger")
    words = await refusal("sendMessage", **whisper(tap, receiver_user_id=stranger.id))
    assert words == "Bad Request: USER_NOT_PARTICIPANT"
    private = whisper(tap) | {"chat_id": world.start(vera).chat.id}
    assert await refusal("sendMessage", **private) == "Bad Request: EPHEMERAL_PEER_INVALID"


async def test_an_administrator_may_at_any_time(
    ask: Any, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    world.promote(yard, world.bot, vera)
    parameters = {"receiver_user_id": anton.id}
    answer = await ask(
        "sendMessage", chat_id=yard.id, text="psst", ephemeral_message_parameters=parameters
    )
    assert answer["result"]["ephemeral_message_id"]


async def test_taps_in_an_ephemeral_message(
    ask: Any, bot: Bot, world: World, yard: Chat, tap: Tap, vera: Person, anton: Person
) -> None:
    await ask("sendMessage", **whisper(tap), reply_markup=KEYBOARD)
    shown = world.visible(anton, yard)[-1]
    with pytest.raises(LookupError):
        world.tap(vera, shown, "Yes")
    world.tap(anton, shown, "Yes")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.message_id == 0
    assert query.message.api_kwargs["ephemeral_message_id"] == shown.ephemeral_message_id
    assert query.message.api_kwargs["receiver_user"]["id"] == anton.id


async def test_editing_and_deleting(
    ask: Any, refusal: Any, world: World, yard: Chat, tap: Tap, anton: Person
) -> None:
    sent = (await ask("sendMessage", **whisper(tap), reply_markup=KEYBOARD))["result"]
    place = {
        "chat_id": yard.id,
        "receiver_user_id": anton.id,
        "ephemeral_message_id": sent["ephemeral_message_id"],
    }
    changed = {"text": "<b>done</b>", "parse_mode": "HTML"}
    assert (await ask("editEphemeralMessageText", **place, **changed))["result"] is True
    shown = world.visible(anton, yard)[-1]
    assert (shown.text, shown.keyboard) == ("done", [])
    assert "message is not modified" in await refusal(
        "editEphemeralMessageText", **place, **changed
    )
    assert (await ask("editEphemeralMessageReplyMarkup", **place, reply_markup=KEYBOARD))["ok"]
    assert shown.buttons[0].text == "Yes"
    not_found = "Bad Request: message to edit not found"
    for wrong in ({"receiver_user_id": 7}, {"ephemeral_message_id": 7}):
        assert await refusal("editEphemeralMessageText", **(place | wrong), text="x") == not_found
    assert (await ask("deleteEphemeralMessage", **place))["ok"]
    assert shown not in world.visible(anton, yard)
    assert await refusal("deleteEphemeralMessage", **place) == (
        "Bad Request: message to delete not found"
    )
    assert await refusal("editMessageText", chat_id=yard.id, message_id=0, text="x") == not_found


async def test_a_command_that_only_the_bot_sees(
    bot: Bot, world: World, yard: Chat, command: Message, vera: Person, anton: Person
) -> None:
    assert command in world.visible(anton, yard)
    assert command not in world.visible(vera, yard)
    heard = (await bot.get_updates(offset=-1))[0].message
    assert heard is not None
    assert (heard.message_id, heard.text) == (0, "/mine please")
    assert heard.api_kwargs["ephemeral_message_id"] == command.ephemeral_message_id
    assert heard.api_kwargs["receiver_user"]["id"] == world.bot.id
    assert not world.say(yard, anton, "/mine", ephemeral=False).is_ephemeral
    assert not world.say(yard, anton, "/other").is_ephemeral
    assert not world.say(world.start(anton).chat, anton, "/mine").is_ephemeral


async def test_the_answer_to_it_is_ephemeral_too(
    ask: Any, refusal: Any, yard: Chat, command: Message, anton: Person, clock: TurnableClock
) -> None:
    message = {"chat_id": yard.id, "text": "yours"}
    ordinary = await refusal("sendMessage", **message, reply_parameters={"message_id": 0})
    assert ordinary == "Bad Request: message to be replied not found"
    reply = {"message_id": 0, "ephemeral_message_id": command.ephemeral_message_id}
    assert await refusal("sendMessage", **message, reply_parameters=reply) == (
        "Bad Request: EPHEMERAL_RECEIVER_REQUIRED"
    )
    message["ephemeral_message_parameters"] = {"receiver_user_id": anton.id}
    assert await refusal("sendMessage", **message) == "Bad Request: EPHEMERAL_NOT_ALLOWED"
    answer = await ask("sendMessage", **message, reply_parameters=reply)
    assert answer["result"]["reply_to_message"]["text"] == "/mine please"
    clock.turn(timedelta(seconds=16))
    assert await refusal("sendMessage", **message, reply_parameters=reply) == (
        "Bad Request: EPHEMERAL_NOT_ALLOWED"
    )


async def test_it_can_stand_in_the_place_of_the_card(
    ask: Any, refusal: Any, world: World, yard: Chat, tap: Tap, vera: Person, anton: Person
) -> None:
    await ask(
        "sendMessage", **whisper(tap, replace_callback_query_message=True), reply_markup=KEYBOARD
    )
    assert tap.message not in world.visible(anton, yard)
    assert tap.message in world.visible(vera, yard)
    second: Tap = world.tap(anton, world.visible(anton, yard)[-1], "Yes")
    words = await refusal("sendMessage", **whisper(second, replace_callback_query_message=True))
    assert words == "Bad Request: EPHEMERAL_REPLACE_INVALID"


async def test_it_can_be_lost(ask: Any, world: World, yard: Chat, tap: Tap, anton: Person) -> None:
    world.lose_ephemeral = True
    assert (await ask("sendMessage", **whisper(tap)))["result"]["ephemeral_message_id"]
    assert "psst" not in [message.text for message in world.visible(anton, yard)]


async def test_an_older_server_posts_it_in_public(
    ask: Any,
    refusal: Any,
    world: World,
    yard: Chat,
    tap: Tap,
    command: Message,
    vera: Person,
    anton: Person,
) -> None:
    world.ephemeral_supported = False
    result = (await ask("sendMessage", **whisper(tap)))["result"]
    assert "ephemeral_message_id" not in result
    assert result["message_id"] > 0
    assert world.visible(vera, yard)[-1].text == "psst"
    for method in (
        "deleteEphemeralMessage",
        "editEphemeralMessageText",
        "editEphemeralMessageReplyMarkup",
    ):
        assert await refusal(method, chat_id=1) == "Not Found: method not found"
    assert not world.say(yard, anton, "/mine").is_ephemeral


async def test_it_may_reply_to_an_ordinary_message(ask: Any, yard: Chat, tap: Tap) -> None:
    reply = {"message_id": tap.message.message_id}
    result = (await ask("sendMessage", **whisper(tap), reply_parameters=reply))["result"]
    assert result["ephemeral_message_id"]
    assert result["reply_to_message"]["message_id"] == tap.message.message_id


async def test_methods_that_know_nothing_of_it_post_in_public(
    ask: Any, world: World, yard: Chat, tap: Tap, vera: Person
) -> None:
    copied = {"from_chat_id": yard.id, "message_id": tap.message.message_id}
    result = (await ask("copyMessage", **copied, **whisper(tap)))["result"]
    assert result["message_id"] == world.visible(vera, yard)[-1].message_id
