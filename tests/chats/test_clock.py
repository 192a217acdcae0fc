"""`/timezone`: the chat's clock, and what time it is there."""

from __future__ import annotations

import pytest

from tests.actions.announce import CONCERT
from tests.chats.setting_up import settings
from tests.yard import Yard


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("в Гомеле", "by the clock of Minsk – it's 12:00 there now."),
        ("Gdańsk", "by the clock of Warsaw – it's 11:00 there now."),
        ("МСК", "by the clock of Moscow – it's 12:00 there now."),
        ("UTC+5:30", "by the clock of Kolkata – it's 14:30 there now."),
    ],
)
async def test_a_place_is_answered_with_the_time_there(yard: Yard, typed: str, answer: str) -> None:
    yard.say(yard.vera, f"/timezone {typed}")
    assert (
        await yard.hears(yard.vera, "by the clock of")
    ).text == f"Good, from now on I go {answer}"


@pytest.mark.parametrize("typed", ["GMT+3", "UTC+3", "UTC +3", "+3"])
async def test_three_hours_ahead_are_three_hours_east(yard: Yard, typed: str) -> None:
    yard.say(yard.vera, "/timezone Lisbon")
    await yard.hears(yard.vera, "by the clock of Lisbon – it's 10:00 there now.")
    yard.say(yard.vera, f"/timezone {typed}")
    said = await yard.hears(yard.vera, "by the clock of UTC+3 – it's 12:00 there now.")
    assert "send your city instead" in said.text
    yard.say(yard.tom, CONCERT)
    await yard.hears(yard.tom, "19:00, UTC+3 time")
    assert "🕖 Time zone: UTC+3" in yard.labels(await settings(yard))


async def test_a_place_on_a_button_is_answered_the_same_way(yard: Yard) -> None:
    page = await settings(yard)
    await yard.tap(yard.vera, page, "Time zone")
    assert "Which clock do you live by?" in page.text
    await yard.tap(yard.vera, page, "Tbilisi")
    await yard.hears(yard.vera, "by the clock of Tbilisi – it's 13:00 there now.")


async def test_each_language_says_what_time_it_is(yard: Yard) -> None:
    for person, said in (
        (yard.ales, "цяпер: Варшава — зараз там 11:00."),
        (yard.nina, "теперь: Варшава — сейчас там 11:00."),
    ):
        yard.world.promote(yard.group, person, yard.vera)
        yard.say(person, "/timezone Варшава")
        await yard.hears(person, said)


@pytest.mark.parametrize(
    "typed", ["localtime", "Factory", "Etc/GMT+3", "EST", "UTC+15", "UTC-5:30"]
)
async def test_what_means_no_clock_is_refused_with_examples(yard: Yard, typed: str) -> None:
    yard.say(yard.vera, f"/timezone {typed}")
    refusal = await yard.hears(yard.vera, "I don't know that place")
    assert "/timezone Lisbon" in refusal.text
    assert "/timezone UTC+3" in refusal.text


async def test_a_country_with_several_clocks_is_asked_for_a_city(yard: Yard) -> None:
    yard.say(yard.vera, "/timezone Россия")
    await yard.hears(yard.vera, "That country has several clocks")


@pytest.mark.parametrize("zone", ["localtime", "Factory", "Etc/Zulu", "EST"])
async def test_a_forged_button_sets_no_clock_that_a_command_refuses(yard: Yard, zone: str) -> None:
    welcome = await yard.card("Hello, neighbours")
    answer = await yard.forge(yard.vera, welcome, f"c.zone:1:{zone}")
    assert "the clock of" not in (answer.text or "")
    await yard.forge(yard.vera, welcome, "c.zone:1:Europe/Warsaw")
    await yard.hears(yard.vera, "by the clock of Warsaw – it's 11:00 there now.")
