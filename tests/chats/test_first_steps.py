"""Somebody of seventy who never typed a command: from the greeting alone to what they came for."""

from __future__ import annotations

import pytest

from tests.elections.campaign import announce, stand
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


async def test_from_the_greeting_to_tea_in_the_courtyard(yard: Yard) -> None:
    """Seven taps and three letters, sending included; nobody else sees a step of it."""
    before = list(yard.group.messages)
    await yard.tap(yard.nina, await yard.card("Hello, neighbours"), "📣 Announce")
    page = await yard.hears(yard.nina, "Позвать")
    await yard.tap(yard.nina, page, "📣 Сделать объявление")
    await yard.tap(yard.nina, page, "Завтра")
    private = await yard.follow(yard.nina, await yard.tap(yard.nina, page, "19"))
    await yard.hears(yard.nina, "А что будет?", private)
    yard.say(yard.nina, "чай", chat=private)
    preview = await yard.hears(yard.nina, "Вот что увидят соседи", private)
    assert yard.group.messages == before
    await yard.tap(yard.nina, preview, "Опубликовать")
    await yard.card("Thursday 22 October, 19:00")


async def test_from_the_private_chat_to_tea_in_the_courtyard(yard: Yard) -> None:
    private = yard.world.private(yard.nina)
    yard.world.start(yard.nina)
    page = await yard.hears(yard.nina, "Со мной соседям", private)
    await yard.tap(yard.nina, page, "📣 Позвать")
    await yard.tap(yard.nina, page, "📣 Сделать объявление")
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.nina, "💬 Выбрать чат", yard.group)
    days = await yard.hears(yard.nina, "В какой день?", private)
    await yard.tap(yard.nina, days, "Завтра")
    await yard.tap(yard.nina, days, "19")
    await yard.hears(yard.nina, "А что будет?", private)
    yard.say(yard.nina, "чай", chat=private)
    await yard.tap(
        yard.nina, await yard.hears(yard.nina, "Вот что увидят соседи", private), "Опубликовать"
    )
    await yard.card("Thursday 22 October, 19:00")


async def test_from_the_greeting_to_a_signature(yard: Yard) -> None:
    election = await announce(yard)
    await stand(yard, yard.tom, "Vera K.")
    await yard.tap(yard.nina, await yard.card("Hello, neighbours"), "✍️ Signatures")
    page = await yard.hears(yard.nina, "решают, кто представляет соседей")
    await yard.tap(yard.nina, page, "📊 Сколько уже подписей")
    await yard.world.until(lambda: "Representative of Yard 5" in page.text)
    links = [entity.get("url", "") for entity in page.entities]
    assert any(link.endswith(f"/{election.message_id}") for link in links)
    answer = await yard.tap(yard.nina, election, "Sign")
    private = await yard.follow(yard.nina, answer) if answer.url else yard.group
    page = await yard.hears(yard.nina, "Vera K.", private)
    await yard.tap(yard.nina, page, (0, 0))
    await yard.hears(yard.nina, "засчитана", private)


async def test_from_the_greeting_an_organiser_sets_the_chat_up_in_five_taps(yard: Yard) -> None:
    await yard.tap(yard.vera, await yard.card("Hello, neighbours"), "⚙️ Settings")
    page = await yard.hears(yard.vera, "how I'm set up")
    await yard.tap(yard.vera, page, "Беларуская")
    await yard.tap(yard.vera, page, "Warsaw")
    await yard.tap(yard.vera, page, "🌙 Quiet hours")
    await yard.tap(yard.vera, page, "23:00–07:00")
    await yard.tap(yard.vera, page, "‹ Back")
    labels = yard.labels(page)
    assert {"✓ Беларуская", "🕖 Time zone: Warsaw", "🌙 Quiet hours: 23:00–07:00"} <= set(labels)
