"""What the page is told: the world through the eyes of one person in one place."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
)

from bot.clock import TurnableClock
from playground.chats import Chat
from playground.people import Person
from playground.world import World
from playground.yard import Yard
from tests.playground.page.asking import FIFTEEN_TO_ELEVEN, post, texts, view

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


async def test_the_first_view_is_the_founders(page: httpx.AsyncClient, yard: Yard) -> None:
    shown = (await page.get("/api/state")).json()
    assert shown["person"] == yard.founder.id
    assert shown["chat"]["id"] == yard.group.id
    assert {person["language"] for person in shown["people"]} == {"en", "be", "ru"}
    assert {person["role"] for person in shown["people"]} == {"owner", "admin", ""}


async def test_the_page_and_its_modules_are_served_and_load_nothing_from_elsewhere(
    page: httpx.AsyncClient,
) -> None:
    front = await page.get("/")
    assert "<title>Dvor playground</title>" in front.text
    assert "default-src 'self'" in front.headers["Content-Security-Policy"]
    script = await page.get("/app.js")
    assert "javascript" in script.headers["Content-Type"]
    assert (await page.get("/../command.py")).status_code == 404
    assert (await page.get("/%2e%2e/command.py")).status_code in (403, 404)


async def test_an_ephemeral_message_reaches_its_reader_alone(
    page: httpx.AsyncClient, bot: Bot, world: World, group: Chat, vera: Person, ales: Person
) -> None:
    world.promote(group, world.bot, by=vera)
    to_ales = {"ephemeral_message_parameters": {"receiver_user_id": ales.id}}
    await bot.send_message(group.id, "psst", api_kwargs=to_ales)
    shown = (await view(page, ales, group))["messages"][-1]
    assert (shown["text"], shown["only"]) == ("psst", "Ales")
    assert "psst" not in await texts(page, vera, group)


async def test_an_empty_private_chat_says_what_the_bot_is_for(
    page: httpx.AsyncClient, bot: Bot, world: World, group: Chat, ales: Person
) -> None:
    await bot.set_my_description("For neighbours")
    await bot.set_my_description("Для суседзяў", language_code="be")
    shown = await view(page, ales, world.private(ales))
    assert (shown["chat"]["about"], shown["messages"]) == ("Для суседзяў", [])
    assert (await view(page, ales, group))["chat"]["about"] == ""


async def test_times_are_shown_in_the_readers_words(
    page: httpx.AsyncClient, bot: Bot, group: Chat, vera: Person, ales: Person
) -> None:
    at = int((FIFTEEN_TO_ELEVEN + timedelta(hours=26)).timestamp())
    html = f'<tg-time unix="{at}" format="wDt">x</tg-time> <tg-time unix="{at}">kept</tg-time>'
    await bot.send_message(group.id, html, parse_mode="HTML")

    async def times(person: Person) -> list[str | None]:
        return [e["shown"] for e in (await view(page, person, group))["messages"][-1]["entities"]]

    assert await times(vera) == ["Thursday, 22 October 2026, 12:45", None]
    (in_belarusian, _) = await times(ales)
    assert in_belarusian is not None
    assert in_belarusian.startswith("чацвер, 22 кастрычніка 2026")


async def test_a_relative_time_follows_the_clock(
    page: httpx.AsyncClient, bot: Bot, clock: TurnableClock, group: Chat, vera: Person
) -> None:
    at = int((FIFTEEN_TO_ELEVEN + timedelta(hours=3)).timestamp())
    await bot.send_message(
        group.id, f'<tg-time unix="{at}" format="r">x</tg-time>', parse_mode="HTML"
    )
    before = (await view(page, vera, group))["messages"][-1]["entities"][0]["shown"]
    clock.turn(timedelta(hours=1))
    after = (await view(page, vera, group))["messages"][-1]["entities"][0]["shown"]
    assert (before, after) == ("in 3 hours", "in 2 hours")


async def test_the_menu_is_the_persons_own(
    page: httpx.AsyncClient, bot: Bot, group: Chat, vera: Person, ales: Person
) -> None:
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand("help", "What I do")], scope=scope)
    await bot.set_my_commands([BotCommand("help", "Што я ўмею")], scope=scope, language_code="be")
    assert (await view(page, vera, group))["menu"][0]["description"] == "What I do"
    assert (await view(page, ales, group))["menu"][0]["description"] == "Што я ўмею"


async def test_service_messages_read_as_sentences(
    page: httpx.AsyncClient, bot: Bot, world: World, group: Chat, vera: Person, tom: Person
) -> None:
    world.promote(group, world.bot, by=vera)
    sent = await bot.send_message(group.id, "Tea at six")
    await bot.pin_chat_message(group.id, sent.message_id)
    world.leave(group, tom)
    shown = await view(page, vera, group)
    lines = [message["service"] for message in shown["messages"] if message["service"]]
    assert lines == ["Vera added Dvor", "Dvor pinned “Tea at six”", "Tom left the group"]
    assert shown["chat"]["pins"] == [{"key": str(sent.message_id), "text": "Tea at six"}]


async def test_a_forum_shows_one_topic_at_a_time(
    page: httpx.AsyncClient, yard: Yard, vera: Person
) -> None:
    entry = next(chat for chat in (await view(page, vera, yard.forum))["chats"] if "topics" in chat)
    assert [topic["name"] for topic in entry["topics"]] == ["General", "Actions", "Lost and found"]
    actions = entry["topics"][1]["id"]
    place = {"person": vera.id, "chat": yard.forum.id}
    await post(page, "say", **place, topic=actions, text="Here")
    in_topic = await view(page, vera, yard.forum, topic=actions)
    assert in_topic["messages"][-1]["text"] == "Here"
    assert "Here" not in await texts(page, vera, yard.forum)


async def test_only_pictures_are_shown_in_place(
    page: httpx.AsyncClient, bot: Bot, group: Chat, vera: Person
) -> None:
    await bot.send_photo(group.id, PNG)
    await bot.send_document(group.id, b"<script>alert(1)</script>", filename="page.html")
    photo, document = (await view(page, vera, group))["messages"][-2:]
    picture = await page.get(photo["photo"]["url"])
    saved = await page.get(document["document"]["url"])
    assert (picture.headers["Content-Type"], picture.content) == ("image/png", PNG)
    assert saved.headers["Content-Type"] == "application/octet-stream"
    assert saved.headers["Content-Disposition"] == "attachment"
    assert (await page.get("/api/file/documents/none.txt")).status_code == 404


async def test_changes_are_told_as_they_happen(
    page: httpx.AsyncClient, world: World, group: Chat, vera: Person
) -> None:
    async with asyncio.timeout(10), page.stream("GET", "/api/events") as stream:
        lines = (line async for line in stream.aiter_lines() if line)
        assert await anext(lines) == "data: changed"
        world.say(group, vera, "Good morning")
        assert await anext(lines) == "data: changed"
