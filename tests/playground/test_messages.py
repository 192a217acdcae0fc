"""Sending: what arrives, and what is refused with which words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Forbidden

if TYPE_CHECKING:
    import httpx
    from telegram import Bot

    from bot.clock import TurnableClock
    from playground.chats import Chat
    from playground.people import Person
    from playground.server import Server
    from playground.world import World

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Going", callback_data="go"),
            InlineKeyboardButton("No", callback_data="no"),
        ]
    ]
)


async def test_a_message_stands_in_the_chat_as_it_was_meant(
    bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    sent = await bot.send_message(
        yard.id, "<b>Concert</b> at 19:00", parse_mode="HTML", reply_markup=KEYBOARD
    )
    assert sent.text_html == "<b>Concert</b> at 19:00"
    assert sent.from_user is not None
    assert sent.from_user.id == world.bot.id
    shown = await world.message(vera, yard, "Concert")
    assert shown.message_id == sent.message_id
    assert shown.text == "Concert at 19:00"
    assert [button.text for button in shown.buttons] == ["Going", "No"]


async def test_text_is_trimmed_and_counted_after_parsing(
    refusal: Any, ask: Any, yard: Chat
) -> None:
    fits = await ask(
        "sendMessage", chat_id=yard.id, text=f"<b>{'x' * 4096}</b>  \n", parse_mode="HTML"
    )
    assert len(fits["result"]["text"]) == 4096
    for text in ("x" * 4097, "😀" * 2049):
        words = await refusal("sendMessage", chat_id=yard.id, text=text)
        assert words == "Bad Request: message is too long"


async def test_captions_are_shorter(refusal: Any, ask: Any, bot: Bot, yard: Chat) -> None:
    stored = (await bot.send_document(yard.id, b"list", filename="list.txt")).document
    assert stored is not None
    fits = await ask("sendDocument", chat_id=yard.id, document=stored.file_id, caption="x" * 1024)
    assert fits["ok"]
    words = await refusal(
        "sendDocument", chat_id=yard.id, document=stored.file_id, caption="x" * 1025
    )
    assert words == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "ж<x>", "parse_mode": "html"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 2',
        ),
        ({"text": "*x*", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"message_id": 0}}, "message to be replied not found"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "receive an entity with incorrect offset -1",
        ),
        (
            {"text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type specified",
        ),
    ],
)
async def test_what_sending_refuses(
    refusal: Any, yard: Chat, params: dict[str, Any], words: str
) -> None:
    assert await refusal("sendMessage", chat_id=yard.id, **params) == f"Bad Request: {words}"


_REFUSED = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, f"{_REFUSED}Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "callback_data": ""},
            f"{_REFUSED}Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "x"}, f'{_REFUSED}Can\'t find field "text"'),
        ({"text": 5, "callback_data": "x"}, f'{_REFUSED}Field "text" must be of type String'),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ж" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "callback_data": "x", "url": "https://example.org"},
            f"{_REFUSED}exactly one of the optional fields must be used",
        ),
        (
            {"text": "x", "url": "localhost"},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://example.org"},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
    ],
)
async def test_what_a_button_may_not_be(
    refusal: Any, yard: Chat, button: dict[str, Any], words: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    said = await refusal("sendMessage", chat_id=yard.id, text="x", reply_markup=markup)
    assert said == f"Bad Request: {words}"


async def test_a_keyboard_has_bounds(refusal: Any, ask: Any, yard: Chat) -> None:
    button = {"text": "x", "callback_data": "ж" * 32}
    full = {"inline_keyboard": [[button] * 8] * 12}
    assert (await ask("sendMessage", chat_id=yard.id, text="x", reply_markup=full))["ok"]
    for rows in ([[button] * 9], [[button]] * 101):
        words = await refusal(
            "sendMessage", chat_id=yard.id, text="x", reply_markup={"inline_keyboard": rows}
        )
        assert words == "Bad Request: reply markup is too long"


async def test_private_chats_open_from_the_persons_side(
    bot: Bot, world: World, yard: Chat, anton: Person
) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(anton.id, "hello")
    world.start(anton)
    await bot.send_message(anton.id, "hello")
    world.block(anton)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(anton.id, "still there?")
    world.unblock(anton)
    await bot.send_message(anton.id, "welcome back")
    private = world.private(anton)
    assert [message.text for message in private.messages] == ["/start", "hello", "welcome back"]


async def test_unknown_chats(refusal: Any, world: World, vera: Person, server: Server) -> None:
    stranger = world.add_person("Stranger")
    foreign = world.add_group("Elsewhere", creator=vera)
    for chat_id in (stranger.id, foreign.id, 5, "@nowhere"):
        assert (
            await refusal("sendMessage", chat_id=chat_id, text="x") == "Bad Request: chat not found"
        )
    assert await refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"


@pytest.mark.parametrize(("kind", "spoken"), [("house", "group chat"), ("yard", "supergroup chat")])
async def test_where_the_bot_is_not_welcome(
    refusal: Any, world: World, request: pytest.FixtureRequest, vera: Person, kind: str, spoken: str
) -> None:
    group: Chat = request.getfixturevalue(kind)
    world.kick(group, world.bot, by=vera)
    words = await refusal("sendMessage", chat_id=group.id, text="x")
    assert words == f"Forbidden: bot was kicked from the {spoken}"
    world.add_bot(group, by=vera)
    world.leave(group, world.bot)
    words = await refusal("sendMessage", chat_id=group.id, text="x")
    assert words == f"Forbidden: bot is not a member of the {spoken}"


async def test_a_silenced_bot_cannot_write(
    refusal: Any, world: World, yard: Chat, vera: Person
) -> None:
    world.restrict(yard, world.bot, vera)
    words = await refusal("sendMessage", chat_id=yard.id, text="x")
    assert words == "Bad Request: not enough rights to send text messages to the chat"


async def test_parameters_come_in_every_form(
    http: httpx.AsyncClient, yard: Chat, world: World
) -> None:
    keyboard = '{"inline_keyboard": [[{"text": "Go", "callback_data": "g"}]]}'
    params = {"chat_id": str(yard.id), "text": "x", "reply_markup": keyboard}
    answers = [
        await http.get("sendMessage", params=params),
        await http.post("SENDMESSAGE", data=params),
        await http.post(
            "sendmessage", files={name: (None, value) for name, value in params.items()}
        ),
        await http.post("sendMessage", json=params),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len(yard.messages) == 1 + len(answers)
    assert all(message.buttons[0].text == "Go" for message in yard.messages[1:])


async def test_replies_and_forwards(
    bot: Bot, world: World, yard: Chat, house: Chat, vera: Person
) -> None:
    asked = world.say(yard, vera, "/help")
    answer = await bot.send_message(yard.id, "Here", reply_to_message_id=asked.message_id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "/help"
    assert yard.messages[-1].reply_to is asked
    forwarded = await bot.forward_message(house.id, yard.id, asked.message_id)
    assert forwarded.forward_origin is not None
    copied = await bot.copy_message(house.id, yard.id, asked.message_id)
    assert house.messages[-1].message_id == copied.message_id
    assert house.messages[-1].forward_origin is None


async def test_deleting_own_messages_for_48_hours(
    bot: Bot, refusal: Any, world: World, yard: Chat, house: Chat, clock: TurnableClock
) -> None:
    for group, words in (
        (yard, "message can't be deleted"),
        (house, "message can't be deleted for everyone"),
    ):
        fresh = await bot.send_message(group.id, "fresh")
        assert await bot.delete_message(group.id, fresh.message_id)
        again = await refusal("deleteMessage", chat_id=group.id, message_id=fresh.message_id)
        assert again == "Bad Request: message to delete not found"
        old = await bot.send_message(group.id, "old")
        clock.turn(timedelta(hours=48))
        said = await refusal("deleteMessage", chat_id=group.id, message_id=old.message_id)
        assert said == f"Bad Request: {words}"


async def test_deleting_others_messages_takes_a_right(
    bot: Bot, refusal: Any, world: World, yard: Chat, vera: Person, anton: Person
) -> None:
    spam = world.say(yard, anton, "spam")
    assert "can't be deleted" in await refusal(
        "deleteMessage", chat_id=yard.id, message_id=spam.message_id
    )
    world.promote(yard, world.bot, vera, can_pin_messages=True)
    assert "can't be deleted" in await refusal(
        "deleteMessage", chat_id=yard.id, message_id=spam.message_id
    )
    world.promote(yard, world.bot, vera, can_delete_messages=True)
    more = world.say(yard, anton, "more spam")
    assert await bot.delete_messages(yard.id, [spam.message_id, more.message_id, 12345])
    assert world.visible(anton, yard)[-1].service


async def test_polls_actions_and_reactions(bot: Bot, refusal: Any, yard: Chat) -> None:
    poll = (await bot.send_poll(yard.id, "When?", ["Friday", "Saturday"])).poll
    assert poll is not None
    assert [option.text for option in poll.options] == ["Friday", "Saturday"]
    assert await bot.send_chat_action(yard.id, "typing")
    assert await refusal("sendChatAction", chat_id=yard.id, action="dance") == (
        "Bad Request: wrong parameter action in request"
    )
    sent = await bot.send_message(yard.id, "x")
    assert await bot.set_message_reaction(yard.id, sent.message_id, "👍")
    assert await refusal("setMessageReaction", chat_id=yard.id, message_id=9999) == (
        "Bad Request: message to react not found"
    )
