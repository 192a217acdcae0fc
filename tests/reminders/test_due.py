"""Reminders come: on time, in their place, once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlmodel import select

from bot.store import UnitOfWork
from playground.chats import Message
from playground.faults import Fault
from playground.world import PATIENCE_SECONDS
from storage.reminders import ReminderRow
from tests.reminders.reminding import WALK, listing, opener, posted, posts, remind
from tests.yard import Yard, turn_to

LATE = "(late: it had to wait, sorry)"


async def test_a_reminder_comes_on_time_and_only_once(yard: Yard) -> None:
    await remind(yard, f"monday 11:00 {WALK}")
    await remind(yard, "monday 10:59 The minute before")
    await remind(yard, "26.10.2026 18:00 The evening after")
    turn_to(yard, "2026-10-26 07:59")
    await posted(yard, "The minute before")
    assert not posts(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    post = await posted(yard, WALK)
    assert post.text == f"⏰ {WALK}"
    assert not post.buttons
    turn_to(yard, "2026-10-26 15:00")
    await posted(yard, "The evening after")
    await posted(yard, WALK, count=1)


async def test_a_weekly_reminder_comes_every_week(yard: Yard) -> None:
    await remind(yard, f"every monday and thursday 11:00 {WALK}")
    moments = ["2026-10-22", "2026-10-26", "2026-10-29", "2026-11-02"]
    for count, day in enumerate(moments, 1):
        turn_to(yard, f"{day} 08:00")
        assert LATE not in (await posted(yard, WALK, count=count)).text


async def test_it_comes_in_the_topic_where_it_was_typed(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", creator=yard.vera, forum=True)
    yard.world.add_bot(forum, by=yard.vera)
    walks = yard.world.add_topic(forum, "Walks", by=yard.vera)
    tea = yard.world.add_topic(forum, "Tea", by=yard.vera)
    await remind(yard, f"today 13:00 {WALK}", chat=forum, topic=walks)
    await remind(yard, "today 13:00 Tea", chat=forum, topic=tea)
    await remind(yard, "today 13:00 General", chat=forum)
    turn_to(yard, "2026-10-21 10:00")
    assert (await posted(yard, WALK, forum)).topic is walks
    assert (await posted(yard, "Tea", forum)).topic is tea
    general = (await posted(yard, "General", forum)).topic
    assert general is None or general.is_general


async def test_a_deleted_topic_loses_no_reminder(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", creator=yard.vera, forum=True)
    yard.world.add_bot(forum, by=yard.vera)
    topic = yard.world.add_topic(forum, "Walks", by=yard.vera)
    await remind(yard, f"every day 13:00 {WALK}", chat=forum, topic=topic)
    yard.world.delete_topic(forum, topic)
    for count in (1, 2):
        turn_to(yard, f"2026-10-{20 + count} 10:00")
        await posted(yard, WALK, forum, count=count)


async def test_markup_is_only_text_and_the_longest_text_comes_whole(yard: Yard) -> None:
    text = "<b>Tea</b> & cake\n\n&lt;tag <a href='x'>\n" + "🌳" * 1400
    text += "." * (3000 - len(text) - 1400)
    await remind(yard, f"every day 13:00 {text}")
    turn_to(yard, "2026-10-21 10:00")
    post = await posted(yard, "Tea")
    assert post.text == f"⏰ {text}"
    assert not post.entities


async def test_a_skipped_hour_in_spring(yard: Yard) -> None:
    """Clocks in Warsaw go from 02:00 to 03:00 on 28 March 2027."""
    turn_to(yard, "2027-03-15 09:00")
    await set_clock(yard, "Europe/Warsaw")
    await remind(yard, f"every sunday 02:30 {WALK}")
    await remind(yard, "28.03.2027 03:29 The minute before")
    moments = ["2027-03-21 01:30", "2027-03-28 01:29", "2027-03-28 01:30", "2027-04-04 00:30"]
    for moment, expected in zip(moments, [1, 1, 2, 3], strict=True):
        turn_to(yard, moment)
        if moment.endswith("01:29"):
            await posted(yard, "The minute before")
        post = await posted(yard, WALK, count=expected)
        assert LATE not in post.text


async def test_a_skipped_hour_is_named_in_the_preview(yard: Yard) -> None:
    turn_to(yard, "2027-03-22 09:00")
    await set_clock(yard, "Europe/Warsaw")
    for line in (f"every sunday 02:30 {WALK}", f"28.03.2027 02:30 {WALK}"):
        yard.say(yard.vera, f"/remind {line}")
        await yard.hears(yard.vera, "this hour doesn't exist")


async def test_a_double_hour_in_autumn_comes_once(yard: Yard) -> None:
    """Clocks in Warsaw go from 03:00 back to 02:00 on 25 October 2026."""
    await set_clock(yard, "Europe/Warsaw")
    await remind(yard, f"every sunday 02:30 {WALK}")
    await remind(yard, "25.10.2026 04:00 The hour after")
    turn_to(yard, "2026-10-25 00:30")
    await posted(yard, WALK)
    turn_to(yard, "2026-10-25 01:30")
    turn_to(yard, "2026-10-25 03:00")
    await posted(yard, "The hour after")
    await posted(yard, WALK, count=1)
    turn_to(yard, "2026-11-01 01:30")
    await posted(yard, WALK, count=2)


async def test_in_twenty_minutes_means_it_also_in_the_hour_that_comes_twice(yard: Yard) -> None:
    await set_clock(yard, "Europe/Warsaw")
    turn_to(yard, "2026-10-25 00:50")
    await remind(yard, f"in 20 minutes {WALK}")
    await remind(yard, "in 19 minutes The minute before")
    turn_to(yard, "2026-10-25 01:09")
    await posted(yard, "The minute before")
    assert not posts(yard, WALK)
    turn_to(yard, "2026-10-25 01:10")
    await posted(yard, WALK)


async def test_what_is_set_keeps_its_clock_when_the_chat_takes_another(yard: Yard) -> None:
    await remind(yard, f"every monday 11:00 {WALK}")
    await set_clock(yard, "Europe/Lisbon")
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK)
    yard.say(yard.vera, "/reminders")
    listed = await yard.hears(yard.vera, "Monday 2 November, 11:00\n")
    assert listed.text.endswith("\n\nMinsk time"), "said once, for all of them"
    await remind(yard, "every friday 19:00 Tea")
    listed = await listing(yard, yard.vera, "2 reminders are waiting")
    assert "Monday 2 November, 11:00, Minsk time" in listed.text
    assert "Friday 30 October, 19:00, Lisbon time" in listed.text


async def test_after_a_downtime_the_latest_comes_late_and_what_is_too_late_is_listed(
    yard: Yard,
) -> None:
    await remind(yard, f"every day 11:00 {WALK}")
    await remind(yard, "monday 11:00 Only once")
    await yard.stop()
    turn_to(yard, "2026-11-11 09:00")
    await yard.start()
    assert LATE in (await posted(yard, WALK)).text
    turn_to(yard, "2026-11-11 09:01")
    await yard.hears(yard.vera, "Only once")
    assert not posts(yard, "Only once"), "a fortnight late is too late"
    listed = await listing(yard, yard.vera, "1. Only once\n⏸ Paused")
    await yard.tap(yard.vera, listed, opener(1))
    page = await yard.hears(yard.vera, "⏰ Only once\n\n⏸ Paused")
    await yard.tap(yard.vera, page, "Post now")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "instead of later"), "Post it now")
    assert (await posted(yard, "Only once")).text == "⏰ Only once"
    await listing(yard, yard.vera, "1 reminder is waiting")
    turn_to(yard, "2026-11-12 08:00")
    assert LATE not in (await posted(yard, WALK, count=2)).text


async def test_many_that_are_late_all_say_so(yard: Yard) -> None:
    """More than Telegram lets a group have in a minute."""
    for number in range(25):
        await remind(yard, f"today 13:00 Number {number:02}")
        yard.clock.turn(timedelta(seconds=20))
    await yard.stop()
    turn_to(yard, "2026-10-21 15:00")
    await yard.start()
    await yard.world.until(lambda: len(posts(yard, "Number")) >= 15)
    yard.clock.turn(timedelta(seconds=61))
    await yard.world.until(lambda: len(posts(yard, "Number")) == 25)
    await posted(yard, "Number", count=25)
    late = posts(yard, "Number")
    assert [post.text[2:11] for post in late] == [f"Number {number:02}" for number in range(25)]
    assert all(LATE in post.text for post in late)


async def test_a_restart_loses_nothing(yard: Yard) -> None:
    await remind(yard, f"every monday 11:00 {WALK}")
    await yard.restart()
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK)
    await yard.restart()
    await remind(yard, "26.10.2026 13:00 Tea")
    turn_to(yard, "2026-10-26 10:00")
    await posted(yard, "Tea")
    await posted(yard, WALK, count=1)


async def test_nothing_is_sent_where_the_bot_was_removed_and_comes_once_when_it_is_back(
    yard: Yard,
) -> None:
    other = yard.world.add_group("Yard 6", creator=yard.vera)
    yard.world.add_bot(other, by=yard.vera)
    await remind(yard, f"every day 11:00 {WALK}")
    await remind(yard, "every day 11:00 Elsewhere", chat=other)
    yard.world.kick(yard.group, yard.world.bot, by=yard.vera)
    await yard.quiet()
    calls = len(yard.world.calls)
    for count, day in enumerate(("22", "23", "24"), 1):
        turn_to(yard, f"2026-10-{day} 08:00")
        await posted(yard, "Elsewhere", other, count=count)
    tried = [call for call in yard.world.calls[calls:] if call.params.get("chat_id")]
    assert {int(call.params["chat_id"]) for call in tried} == {other.id}
    turn_to(yard, "2026-10-24 09:00")
    yard.world.add_bot(yard.group, by=yard.vera)
    assert LATE in (await posted(yard, WALK)).text
    turn_to(yard, "2026-10-25 08:00")
    assert LATE not in (await posted(yard, WALK, count=2)).text


async def test_one_that_waited_to_be_sent_when_the_bot_was_removed_comes_once_too(
    yard: Yard,
) -> None:
    await remind(yard, f"every day 11:00 {WALK}")
    fault = hold_back(yard, WALK)
    turn_to(yard, "2026-10-22 08:00")
    await yard.world.until(lambda: fault.struck)
    yard.world.kick(yard.group, yard.world.bot, by=yard.vera)
    await yard.quiet()
    turn_to(yard, "2026-10-25 09:00")
    yard.server.faults.clear()
    yard.world.add_bot(yard.group, by=yard.vera)
    await posted(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK, count=2)


async def test_a_group_that_becomes_a_supergroup_keeps_its_reminders(yard: Yard) -> None:
    house = yard.world.add_group("House", creator=yard.vera, kind="group")
    yard.world.add_bot(house, by=yard.vera)
    await remind(yard, f"every monday 11:00 {WALK}", chat=house)
    grown = yard.world.migrate(house)
    await yard.quiet()
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK, grown)
    yard.say(yard.vera, "/reminders", chat=grown)
    await yard.hears(yard.vera, "Monday 2 November, 11:00", grown)


async def test_one_deleted_while_it_waits_to_be_sent_is_not_sent(yard: Yard) -> None:
    await remind(yard, f"every monday 11:00 {WALK}")
    await remind(yard, "26.10.2026 11:10 Tea")
    fault = hold_back(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    await yard.world.until(lambda: fault.struck)
    yard.say(yard.vera, "/reminders")
    listed = await yard.hears(yard.vera, "2 reminders are waiting")
    await yard.tap(yard.vera, listed, opener(2))
    await yard.tap(yard.vera, await yard.hears(yard.vera, f"⏰ {WALK}"), "Delete")
    await yard.hears(yard.vera, "Deleted: ")
    yard.server.faults.clear()
    turn_to(yard, "2026-10-26 08:10")
    await posted(yard, "Tea")
    assert not posts(yard, WALK)


async def test_one_that_may_have_been_seen_already_says_so(yard: Yard) -> None:
    await remind(yard, f"monday 11:00 {WALK}")
    yard.server.faults.add(
        "sendMessage", "cut", when=lambda params: params.text("text") == f"⏰ {WALK}"
    )
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK)
    turn_to(yard, "2026-10-26 08:01")
    assert "(repeat" in (await posted(yard, WALK, count=2)).text


async def test_a_reminder_that_came_is_erased(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    await remind(yard, "every monday 11:00 Tea")
    turn_to(yard, "2026-10-21 10:00")
    await posted(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, "Tea")
    assert yard.app is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        # The hourly work sees to it, and nothing there wakes us.
        while await yard.app.store.read(kept_texts) != ["Tea"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def set_clock(yard: Yard, zone: str) -> Message:
    """Let the chat live by another clock."""
    yard.say(yard.vera, f"/timezone {zone}")
    return await yard.hears(yard.vera, zone.partition("/")[2])


def hold_back(yard: Yard, text: str) -> Fault:
    """Let Telegram fail at the posts of this reminder until its faults are cleared."""
    return yard.server.faults.add(
        "sendMessage",
        "500",
        times=1000,
        when=lambda params: params.text("text").startswith(f"⏰ {text}"),
    )


def kept_texts(work: UnitOfWork) -> list[str]:
    return [reminder.text for reminder in work.session.exec(select(ReminderRow))]
