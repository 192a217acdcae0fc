"""Quiet hours: set by organisers, kept by what the bot times itself and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timekeeping.quiet_hours import NEVER, USUAL
from bot.message.hour_words import quiet_note
from bot.message.words import load_words
from playground.chats import Message
from playground.people import Person
from tests.chats.setting_up import settings
from tests.elections.campaign import announce, at_the_hour, neighbours, sign_at_once, stand
from tests.yard import Yard, page_after, turn_to

pytestmark = pytest.mark.databases("sqlite")

SMALL = "/elect 24 Representative of Yard 5"  # six signatures are needed
NEWS = "has enough signatures"
NIGHT, MORNING = "2026-10-21 20:00", "2026-10-22 05:00"  # 23:00 and 08:00 in Minsk


async def page(yard: Yard, typed: str = "", person: Person | None = None) -> Message:
    """What somebody sees after `/quiet typed`."""
    return await page_after(yard, person or yard.vera, f"/quiet {typed}".strip())


def news(yard: Yard) -> list[Message]:
    return [message for message in yard.group.messages if NEWS in message.text]


async def reach_at_night(yard: Yard) -> Message:
    """Six neighbours sign at 23:00; gives the card, which shows it at midnight."""
    card = await announce(yard, SMALL)
    await stand(yard, yard.tom, "Tom K.")
    people = neighbours(yard, 6)
    turn_to(yard, NIGHT)
    for person in people:
        await sign_at_once(yard, person, card)
    return await at_the_hour(yard, "✅")


async def test_good_news_of_the_night_wait_for_the_morning(yard: Yard) -> None:
    await reach_at_night(yard)
    turn_to(yard, "2026-10-22 04:59")
    await yard.settled()
    assert not news(yard)
    turn_to(yard, MORNING)
    await yard.world.until(lambda: news(yard))
    assert "late" not in news(yard)[0].text


async def test_without_quiet_hours_they_come_at_night(yard: Yard) -> None:
    assert "no quiet hours" in (await page(yard, "off")).text
    await reach_at_night(yard)
    await yard.world.until(lambda: news(yard))


@pytest.mark.parametrize("typed", ["off", "1:00-6:00"])
async def test_what_waits_already_goes_by_the_new_hours(yard: Yard, typed: str) -> None:
    await reach_at_night(yard)
    assert not news(yard)
    await page(yard, typed)
    await yard.world.until(lambda: news(yard))


async def test_what_was_held_for_long_is_neither_late_nor_passed_over(yard: Yard) -> None:
    await reach_at_night(yard)
    turn_to(yard, "2026-10-22 04:30")  # seven hours and a half later
    await page(yard, "off")
    await yard.world.until(lambda: news(yard))
    assert "late" not in news(yard)[0].text


async def test_longer_quiet_hours_hold_what_waits_for_longer(yard: Yard) -> None:
    await reach_at_night(yard)
    await page(yard, "21:00-10:00")
    turn_to(yard, MORNING)
    await yard.settled()
    assert not news(yard)
    turn_to(yard, "2026-10-22 07:00")
    await yard.world.until(lambda: news(yard))


async def test_the_nights_of_another_clock_hold_it_too(yard: Yard) -> None:
    await reach_at_night(yard)
    zones = await settings(yard)
    await yard.tap(yard.vera, zones, "Time zone")
    await yard.tap(yard.vera, zones, "Warsaw")
    turn_to(yard, MORNING)
    await yard.settled()
    assert not news(yard)  # it is 07:00 in Warsaw
    turn_to(yard, "2026-10-22 06:00")
    await yard.world.until(lambda: news(yard))


async def test_what_somebody_timed_comes_at_night(yard: Yard) -> None:
    yard.say(yard.vera, "/remind today 23:30 Lights off")
    preview = await yard.hears(yard.vera, "Lights off")
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-21 20:30")
    await yard.world.until(
        lambda: any("Lights off" in m.text and m.is_ordinary for m in yard.group.messages)
    )


async def test_what_somebody_does_is_told_at_night(yard: Yard) -> None:
    turn_to(yard, NIGHT)
    await announce(yard, SMALL)


async def test_the_settings_show_them_and_they_are_set_by_tapping(yard: Yard) -> None:
    await yard.tap(yard.vera, await yard.card("Hello, neighbours"), "⚙️ Settings")
    shown = await yard.hears(yard.vera, "how I'm set up")
    assert shown.is_ephemeral
    await yard.tap(yard.vera, shown, "Quiet hours: 22:00–08:00")
    assert "Quiet hours: 22:00–08:00, Minsk time" in shown.text
    assert "✓ 22:00–08:00" in yard.labels(shown)
    await yard.tap(yard.vera, shown, "23:00–07:00")
    await yard.world.until(lambda: "✓ 23:00–07:00" in yard.labels(shown))
    await yard.tap(yard.vera, shown, "None")
    assert "✓ None" in yard.labels(shown)
    await yard.tap(yard.vera, shown, "‹ Back")
    assert "🌙 Quiet hours: none" in yard.labels(shown)


async def test_hours_of_ones_own_are_typed(yard: Yard) -> None:
    shown = await page(yard, "22:30-7")
    assert "22:30–07:00, Minsk time" in shown.text
    assert not any(label.startswith("✓") for label in yard.labels(shown))
    assert "/quiet 22:00-8:00" in (await page(yard, "when it is dark")).text


@pytest.mark.parametrize(
    "typed", ["с 10 вечера до 8 утра", "з 22-й да 8-й", "10pm to 8am", "ад 22 да 8 гадзін раніцы"]
)
async def test_they_are_typed_as_all_hours_are(yard: Yard, typed: str) -> None:
    await page(yard, "off")
    assert "22:00–08:00, Minsk time" in (await page(yard, typed)).text


@pytest.mark.parametrize("typed", ["не надо", "выключы", "не трэба", "off"])
async def test_none_is_said_in_each_language(yard: Yard, typed: str) -> None:
    assert "no quiet hours" in (await page(yard, typed)).text


async def test_only_organisers_set_them(yard: Yard) -> None:
    assert (await page(yard, "off", yard.tom)).text.startswith("Only this chat's administrators")
    welcome = await yard.card("Hello, neighbours")
    answer = await yard.forge(yard.tom, welcome, "q.page:1")
    assert (answer.text or "").startswith("Only this chat's administrators")
    answer = await yard.forge(yard.tom, welcome, "q.set:1:0000:0000")
    assert (answer.text or "").startswith("Only this chat's administrators")
    assert "22:00–08:00" in (await page(yard)).text


@pytest.mark.parametrize("forged", ["q.set:1:2500:0800", "q.set:1::", "q.set:999:2200:0800"])
async def test_forged_buttons_change_nothing(yard: Yard, forged: str) -> None:
    answer = await yard.forge(yard.vera, await page(yard), forged)
    assert answer.show_alert
    assert "22:00–08:00" in (await page(yard)).text


def test_a_preview_says_where_a_typed_hour_lies_in_them() -> None:
    minsk, words = ZoneInfo("Europe/Minsk"), load_words("en")
    night, noon = datetime(2026, 10, 21, 20, tzinfo=UTC), datetime(2026, 10, 21, 9, tzinfo=UTC)
    note = quiet_note(USUAL, night, minsk, words)
    assert note is not None
    assert "22:00–08:00" in note
    assert quiet_note(USUAL, noon, minsk, words) is None
    assert quiet_note(NEVER, night, minsk, words) is None
