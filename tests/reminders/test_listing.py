"""What waits: listed for everyone, opened by organisers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.message.words import load_words
from tests.reminders.reminding import (
    EMPTY,
    WEEKLY_WALK,
    breathe,
    fill,
    listing,
    opener,
    remind,
    second_yard,
)
from tests.yard import Yard, turn_to

if TYPE_CHECKING:
    from playground.people import Person


async def test_an_empty_list_says_how_to_begin(yard: Yard) -> None:
    listed = await listing(yard, yard.tom, EMPTY)
    assert "/remind every monday 11:00 Seniors' walk" in listed.text
    assert not listed.buttons


async def test_everyone_sees_what_waits_the_soonest_first(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    await remind(yard, "24.10.2027 19:00 Anniversary\nof the yard")
    await remind(yard, "tomorrow 19:00 " + "Long " * 30)
    breathe(yard)
    listed = await listing(yard, yard.tom, "3 reminders are waiting")
    assert listed.reply_to is not None
    assert listed.reply_to.sender is yard.tom
    assert listed.text.split("\n\n")[1:] == [
        f"1. {('Long ' * 30)[:59]}…\n🕖 Thursday 22 October, 19:00",
        "2. Seniors' walk\n🕖 Monday 26 October, 11:00\n🔁 Every Monday at 11:00",
        "3. Anniversary\n🕖 Sunday 24 October 2027, 19:00",
        "Minsk time",
    ]


async def test_only_organisers_open_what_waits(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    assert not (await listing(yard, yard.tom, "1 reminder is waiting")).buttons
    listed = await listing(yard, yard.vera, "1 reminder is waiting")
    assert yard.labels(listed) == ["⚙️ Seniors' walk", "✖️ Close"]


async def test_markup_in_a_text_is_only_text(yard: Yard) -> None:
    await remind(yard, "monday 11:00 <b>Tea</b> & cake")
    listed = await listing(yard, yard.vera, "1. <b>Tea</b> & cake")
    await yard.tap(yard.vera, listed, opener(1))
    await yard.hears(yard.vera, "⏰ <b>Tea</b> & cake")


async def test_a_long_list_has_pages(yard: Yard) -> None:
    await fill(yard, yard.group, 20)
    first = await listing(yard, yard.vera, "20 reminders are waiting")
    assert "Page 1 of 3" in first.text
    assert "1. Number 000" in first.text
    assert "8. Number 007" in first.text
    assert "Number 008" not in first.text
    assert yard.labels(first) == [f"⚙️ Number 00{n}" for n in range(8)] + [
        "Next ›",
        "✖️ Close",
    ]
    await yard.tap(yard.vera, first, "Next")
    second = await yard.hears(yard.vera, "Page 2 of 3")
    assert "9. Number 008" in second.text
    await yard.tap(yard.vera, second, "Next")
    third = await yard.hears(yard.vera, "Page 3 of 3")
    assert "20. Number 019" in third.text
    assert yard.labels(third)[-2:] == ["‹ Previous", "✖️ Close"]
    await yard.tap(yard.vera, third, "Previous")
    await yard.hears(yard.vera, "Page 2 of 3")


async def test_one_comes_back_to_where_the_list_stood_or_to_its_last_page(yard: Yard) -> None:
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    for deleted in (9, 9):
        yard.clock.turn(timedelta(minutes=1))  # a group's minute has room for so many pages
        if "Page 1 of 2" in listed.text:
            await yard.tap(yard.vera, listed, "Next")
            listed = await yard.hears(yard.vera, "Page 2 of 2")
        await yard.tap(yard.vera, listed, opener(deleted))
        page = await yard.hears(yard.vera, "⏰ Number")
        await yard.tap(yard.vera, page, "Delete")
        await yard.tap(yard.vera, await yard.hears(yard.vera, "Deleted: Number"), "All reminders")
        listed = await yard.hears(yard.vera, "are waiting")
    assert "8. Number 007" in listed.text
    assert "Page" not in listed.text


async def test_the_301st_is_refused_kindly(yard: Yard) -> None:
    await fill(yard, yard.group, 299)
    await remind(yard, "2.11.2026 11:00 The last one that fits")
    yard.say(yard.vera, f"/remind {WEEKLY_WALK}")
    await yard.hears(yard.vera, "300 reminders already")
    listed = await listing(yard, yard.vera, "300 reminders are waiting")
    await yard.tap(yard.vera, listed, opener(1))
    await yard.tap(yard.vera, await yard.hears(yard.vera, "⏰ The last one"), "Delete")
    await yard.hears(yard.vera, "Deleted: The last one")
    breathe(yard)
    await remind(yard, WEEKLY_WALK)


async def test_two_previews_do_not_make_301(yard: Yard) -> None:
    await fill(yard, yard.group, 299)
    previews = []
    for text in ("Tea", "Cake"):
        yard.say(yard.vera, f"/remind 2.11.2026 11:00 {text}")
        previews.append(await yard.hears(yard.vera, f"⏰ {text}"))
    await yard.tap(yard.vera, previews[0], "Schedule")
    answer = await yard.tap(yard.vera, previews[1], "Schedule")
    assert answer.show_alert
    assert "300 reminders already" in (answer.text or "")


async def test_another_chat_has_room_of_its_own(yard: Yard) -> None:
    await fill(yard, yard.group, 300)
    other = await second_yard(yard)
    await remind(yard, WEEKLY_WALK, chat=other)
    await listing(yard, yard.vera, "1 reminder is waiting", other)


async def test_a_page_far_away_is_the_last_one(yard: Yard) -> None:
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    chat_id = str(listed.buttons[0].callback_data).split(":")[1]
    await yard.forge(yard.vera, listed, f"r.list:{chat_id}:999999")
    await yard.hears(yard.vera, "Page 2 of 2")


@pytest.mark.parametrize(
    ("name", "days", "moment"),
    [
        ("ales", ("панядзелках", "чацвяргах"), "панядзелак, 26 кастрычніка, 11:00"),
        ("nina", ("понедельникам", "четвергам"), "понедельник, 26 октября, 11:00"),
    ],
)
async def test_each_reads_the_list_in_their_own_language(
    yard: Yard, name: str, days: tuple[str, str], moment: str
) -> None:
    await remind(yard, "monday 11:00 Чай")
    await remind(yard, "every monday and thursday 12:30 Прагулка")
    person: Person = getattr(yard, name)
    listed = await listing(yard, person, "Прагулка")
    heading, walk, tea, zone = listed.text.split("\n\n")
    words = load_words(person.language_code or "")
    assert heading == words.count("reminders.waiting.list.heading", 2).plain()
    assert moment in tea
    assert zone == words.zone_of_list("Europe/Minsk").plain()
    assert all(word in walk for word in (*days, "12:30"))
    assert "reminders" not in listed.text


async def test_where_telegram_can_not_whisper_a_reply_shows_the_list_and_a_link_leads_to_one(
    yard: Yard,
) -> None:
    """Who set a reminder is for organisers alone."""
    yard.world.ephemeral_supported = False
    await yard.restart()
    await fill(yard, yard.group, 10)
    listed = await listing(yard, yard.vera, "Page 1 of 2")
    assert not listed.is_ephemeral
    await yard.tap(yard.vera, listed, "Next")
    await yard.world.until(lambda: "Page 2 of 2" in listed.text)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, listed, opener(10)))
    await yard.hears(yard.vera, "⏰ Number 009", private)
    assert "Page 2 of 2" in listed.text


async def test_in_private_the_list_goes_on_for_a_quarter_of_an_hour(yard: Yard) -> None:
    yard.world.ephemeral_supported = False
    await yard.restart()
    await fill(yard, yard.group, 20)
    command = yard.say(yard.vera, "/reminders")
    listed = await yard.hears(yard.vera, "Page 1 of 3")
    yard.world.delete(command)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, listed, "Next"))
    page = await yard.hears(yard.vera, "Page 2 of 3", private)
    for forged in ("r.list:999:0", "r.delete:999:1:0"):
        assert "doesn't work here" in ((await yard.forge(yard.vera, page, forged)).text or "")
    await yard.tap(yard.vera, page, opener(9))
    await yard.world.until(lambda: "⏰ Number 008" in page.text)
    await yard.tap(yard.vera, page, "Delete")
    await yard.world.until(lambda: "Deleted: Number 008" in page.text)
    turn_to(yard, "2026-10-21 09:20")
    answer = await yard.tap(yard.vera, page, "All reminders")
    assert "run out of time" in (answer.text or "")
