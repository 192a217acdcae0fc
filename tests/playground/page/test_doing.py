"""What people do on the page: write, tap, follow links, move the bot."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)

from playground.chats import Chat
from playground.people import Person
from playground.world import World
from playground.yard import Yard
from tests.playground.page.asking import post, refused, texts, view

KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Going", callback_data="go")],
        [InlineKeyboardButton("Site", url="https://example.org/")],
    ]
)


async def test_a_command_marked_ephemeral_is_typed_unseen(
    page: httpx.AsyncClient, bot: Bot, group: Chat, vera: Person, ales: Person
) -> None:
    mine = BotCommand("mine", "What I signed", api_kwargs={"is_ephemeral": True})
    await bot.set_my_commands([mine], scope=BotCommandScopeAllGroupChats())
    await post(page, "say", person=ales.id, chat=group.id, text="/mine")
    assert (await texts(page, ales, group))[-1] == "/mine"
    assert "/mine" not in await texts(page, vera, group)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.text == "/mine"


async def test_a_reply_quotes_what_it_answers(
    page: httpx.AsyncClient, world: World, group: Chat, vera: Person, ales: Person
) -> None:
    asked = world.say(group, vera, "Who brings tea?")
    key = str(asked.message_id)
    await post(page, "say", person=ales.id, chat=group.id, text="Me", reply_to=key)
    shown = (await view(page, vera, group))["messages"][-1]
    assert shown["reply"] == {"key": key, "name": "Vera", "text": "Who brings tea?"}


async def test_what_cannot_be_said_is_refused_in_plain_words(
    page: httpx.AsyncClient, world: World, yard: Yard, group: Chat, vera: Person, tom: Person
) -> None:
    place = {"person": tom.id, "chat": group.id}
    assert "nothing to say" in await refused(page, "say", **place, text="  \n ")
    assert "4096" in await refused(page, "say", **place, text="😀" * 2049)
    in_forum = {"person": tom.id, "chat": yard.forum.id}
    assert "Tom can't write" in await refused(page, "say", **in_forum, text="Let me in")
    world.restrict(group, tom, by=vera)
    assert "Tom can't write" in await refused(page, "say", **place, text="Hello")
    assert "gone" in await refused(page, "say", **place, text="Hello", reply_to="999")


@pytest.mark.parametrize(
    ("things", "why"),
    [
        ({}, "nothing to send"),
        ({"file": {"name": "a.txt", "content": "?"}}, "didn't arrive whole"),
        ({"file": {"name": "a.txt", "content": ""}}, "empty"),
        ({"photos": [{"content": "YQ=="}] * 11}, "10 pictures at most"),
        ({"photos": "all of them"}, "list of objects"),
        ({"poll": {"question": "", "options": ["a", "b"]}}, "A question has"),
        ({"poll": {"question": "When?", "options": ["now"]}}, "2 to 12 answers"),
        ({"poll": {"question": "When?", "options": ["now", "n" * 101]}}, "An answer has"),
        ({"place": {"latitude": "here", "longitude": 27}}, "number of degrees"),
        ({"file": {"content": "YQ=="}, "text": "w" * 1025}, "room for 1024"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_plain_words(
    page: httpx.AsyncClient, vera: Person, group: Chat, things: dict[str, Any], why: str
) -> None:
    before = list(group.messages)
    assert why in await refused(page, "attach", person=vera.id, chat=group.id, **things)
    assert group.messages == before


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, {"text": None, "alert": False}),
        ({"text": "Noted"}, {"text": "Noted", "alert": False}),
        ({"text": "Really?", "show_alert": True}, {"text": "Really?", "alert": True}),
        (
            {"url": "https://t.me/dvor_bot?start=abc"},
            {"open": "https://t.me/dvor_bot?start=abc"},
        ),
    ],
)
async def test_a_tap_brings_the_bots_answer(
    page: httpx.AsyncClient,
    bot: Bot,
    group: Chat,
    ales: Person,
    answer: dict[str, Any],
    told: dict[str, Any],
) -> None:
    card = await bot.send_message(group.id, "Concert", reply_markup=KEYBOARD)
    place = {"person": ales.id, "chat": group.id, "key": str(card.message_id)}
    tapping = asyncio.create_task(post(page, "tap", **place, row=0, column=0))
    updates = await bot.get_updates(timeout=5)
    while updates[-1].callback_query is None:
        updates = await bot.get_updates(offset=updates[-1].update_id + 1, timeout=5)
    await bot.answer_callback_query(updates[-1].callback_query.id, **answer)
    assert await tapping == told


async def test_buttons_that_are_links_or_gone(
    page: httpx.AsyncClient, bot: Bot, group: Chat, ales: Person
) -> None:
    card = await bot.send_message(group.id, "Concert", reply_markup=KEYBOARD)
    place = {"person": ales.id, "chat": group.id, "key": str(card.message_id)}
    assert await post(page, "tap", **place, row=1, column=0) == {"open": "https://example.org/"}
    for row, column in ((2, 0), (0, 1), (-1, 0)):
        assert "gone" in await refused(page, "tap", **place, row=row, column=column)


async def test_start_opens_the_private_chat(
    page: httpx.AsyncClient, world: World, ales: Person
) -> None:
    private = world.private(ales)
    assert not (await view(page, ales, private))["chat"]["started"]
    assert await post(page, "start", person=ales.id) == {"chat": ales.id}
    assert (await view(page, ales, private))["chat"]["started"]
    assert await texts(page, ales, private) == ["/start"]


async def test_links_lead_where_they_should(
    page: httpx.AsyncClient, bot: Bot, world: World, yard: Yard, group: Chat, ales: Person
) -> None:
    async def opened(url: str) -> Any:
        return await post(page, "open", person=ales.id, url=url)

    sent = await bot.send_message(group.id, "Card")
    topic = next(topic for topic in yard.forum.topics.values() if topic.name == "Actions")
    said = world.say(yard.forum, ales, "Here", topic=topic)

    assert await opened("https://t.me/dvor_bot?start=abc") == {"chat": ales.id}
    assert await texts(page, ales, world.private(ales)) == ["/start abc"]
    place = f"https://t.me/c/{str(group.id)[4:]}"
    key = str(sent.message_id)
    assert await opened(f"{place}/{key}") == {"chat": group.id, "topic": None, "key": key}
    assert await opened(
        f"https://t.me/c/{str(yard.forum.id)[4:]}/{topic.thread_id}/{said.message_id}"
    ) == {"chat": yard.forum.id, "topic": topic.thread_id, "key": str(said.message_id)}
    for outside in ("https://example.org/", "javascript:alert(1)", "http://[", "https://t.me/x/1"):
        assert await opened(outside) == {"outside": outside}
    assert "gone" in await refused(page, "open", person=ales.id, url=f"{place}/999")
    add = "https://t.me/dvor_bot?startgroup&admin=pin_messages"
    assert "choose a group" in await refused(page, "open", person=ales.id, url=add)


async def test_a_link_into_a_chat_of_others_stays_shut(
    page: httpx.AsyncClient, world: World, yard: Yard, vera: Person, tom: Person
) -> None:
    said = world.say(yard.forum, vera, "Among us")
    url = f"https://t.me/c/{str(yard.forum.id)[4:]}/{said.message_id}"
    assert "Tom is not in that chat" in await refused(page, "open", person=tom.id, url=url)


async def test_the_bot_comes_and_goes_and_rises(
    page: httpx.AsyncClient, yard: Yard, vera: Person
) -> None:
    place = {"person": vera.id, "chat": yard.group.id}

    async def role() -> str:
        return str((await view(page, vera, yard.group))["chat"]["bot"])

    assert "isn't here" in await refused(page, "bot", **place, deed="promote")
    for deed, expected in (
        ("add", "member"),
        ("promote", "administrator"),
        ("demote", "member"),
        ("remove", "kicked"),
        ("add", "member"),
    ):
        await post(page, "bot", **place, deed=deed)
        assert await role() == expected
    assert "here already" in await refused(page, "bot", **place, deed="add")
    assert await refused(page, "bot", **place, deed="explode")


async def test_an_administrator_writes_in_the_groups_name(
    page: httpx.AsyncClient, group: Chat, vera: Person, ales: Person
) -> None:
    place = {"person": vera.id, "chat": group.id}
    await post(page, "anonymity", **place, anonymous=True)
    await post(page, "say", **place, text="Water is off at noon")
    shown = (await view(page, ales, group))["messages"][-1]
    assert shown["sender"]["name"] == group.title
    assert "administrators" in await refused(
        page, "anonymity", person=ales.id, chat=group.id, anonymous=True
    )


async def test_blocking_the_bot(page: httpx.AsyncClient, world: World, ales: Person) -> None:
    await post(page, "start", person=ales.id)
    await post(page, "block", person=ales.id, blocked=True)
    assert (await view(page, ales, world.private(ales)))["chat"]["blocked"]
    await post(page, "block", person=ales.id, blocked=False)
    assert not (await view(page, ales, world.private(ales)))["chat"]["blocked"]


async def test_a_key_below_the_field_offers_chats_and_goes(
    page: httpx.AsyncClient, bot: Bot, world: World, group: Chat, vera: Person, ales: Person
) -> None:
    private = world.private(vera)
    world.start(vera)
    wanted = KeyboardButtonRequestChat(5, chat_is_channel=False, bot_is_member=True)
    keys = [[KeyboardButton("Choose", request_chat=wanted)], [KeyboardButton("No")]]
    await bot.send_message(
        vera.id, "Which?", reply_markup=ReplyKeyboardMarkup(keys, one_time_keyboard=True)
    )
    shown = (await view(page, vera, private))["keys"]
    assert shown == [
        [{"text": "Choose", "chats": [{"id": group.id, "title": group.title}]}],
        [{"text": "No"}],
    ]
    assert (await view(page, vera, group))["keys"] == []
    assert "can't be chosen" in await refused(page, "press", person=vera.id, key="Choose", picked=1)
    assert "can't be chosen" in await refused(page, "press", person=ales.id, key="Choose")
    await post(page, "press", person=vera.id, key="Choose", picked=group.id)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.chat_shared is not None
    after = await view(page, vera, private)
    assert after["keys"] == []
    assert after["messages"][-1]["service"] == f"{vera.name} chose a chat"
