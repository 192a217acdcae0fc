"""What is known of a group without asking the database: its language, and whether the bot is there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from bot.person import known_chats
from bot.person.known_chats import KnownChats
from bot.person.place import PRIVATE, Place
from bot.store import UnitOfWork
from playground.chats import Message
from playground.people import Person
from storage.chats import ChatRow
from storage.database import Database
from tests.actions.announce import announce
from tests.chats.setting_up import speak
from tests.yard import Yard

IN_ENGLISH = ("See you", "Your answer")
IN_BELARUSIAN = ("Да сустрэчы", "Ваш адказ")
IN_RUSSIAN = ("До встречи", "Ваш ответ")


@pytest.fixture
async def card(yard: Yard) -> Message:
    return await announce(yard, yard.ales)


@pytest.fixture
def ana(yard: Yard) -> Person:
    """She speaks no language of ours, so that she hears her group's."""
    ana = yard.world.add_person("Ana", language="pt")
    yard.world.join(yard.group, ana)
    return ana


@pytest.fixture
def looked_up() -> Iterator[list[str]]:
    """Every statement that looks for a group by Telegram's id."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "chat.telegram_id = " in statement:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


async def hears(yard: Yard, person: Person, card: Message) -> str:
    return (await yard.tap(person, card, (0, 0))).text or ""


async def test_a_tap_is_answered_in_the_language_that_its_group_has_now(
    yard: Yard, card: Message, ana: Person
) -> None:
    assert (await hears(yard, ana, card)).startswith(IN_ENGLISH)
    await speak(yard, "Беларуская")
    assert (await hears(yard, ana, card)).startswith(IN_BELARUSIAN)
    await speak(yard, "Русский")
    assert (await hears(yard, ana, card)).startswith(IN_RUSSIAN)


async def test_not_every_tap_asks_for_its_group(
    yard: Yard, card: Message, ana: Person, looked_up: list[str]
) -> None:
    await hears(yard, yard.tom, card)
    looked_up.clear()
    for person in (ana, yard.nina, yard.tom):
        await hears(yard, person, card)
    assert looked_up == []
    yard.clock.turn(timedelta(minutes=2))
    await hears(yard, ana, card)
    assert looked_up


@pytest.mark.databases("sqlite")
async def test_what_another_process_wrote_is_known_after_a_minute(
    yard: Yard, card: Message, ana: Person
) -> None:
    assert (await hears(yard, ana, card)).startswith(IN_ENGLISH)
    other = Database(yard.database_url)
    other.write_now(lambda session: session.execute(update(ChatRow).values(language="ru")))
    other.close()
    assert (await hears(yard, ana, card)).startswith(IN_ENGLISH)
    yard.clock.turn(timedelta(seconds=61))
    assert (await hears(yard, ana, card)).startswith(IN_RUSSIAN)


async def test_who_looked_before_a_change_keeps_nothing_of_it(yard: Yard) -> None:
    assert yard.app is not None
    store, here = yard.app.store, Place(yard.group.id)
    known = KnownChats(store, yard.clock)

    def rename(work: UnitOfWork, timezone: str) -> None:
        work.chat_at(here).timezone = timezone

    for zone in ("Europe/Minsk", "Europe/Warsaw") * 5:
        looking = [asyncio.create_task(known.at(here)) for _ in range(3)]
        await store.run(rename, zone)
        await asyncio.gather(*looking)
        chat = await known.at(here)
        assert chat is not None
        assert chat.timezone == zone


@pytest.mark.databases("sqlite")
async def test_memory_has_an_end_however_many_groups_there_are(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert yard.app is not None
    monkeypatch.setattr(known_chats, "_MOST_KEPT", 3)
    known = KnownChats(yard.app.store, yard.clock)
    for number in range(7):
        assert await known.at(Place(-number - 1)) is None
    assert len(known._kept) == 3
    assert await known.at(PRIVATE) is None
    assert await known.at(Place(yard.group.id)) is not None
