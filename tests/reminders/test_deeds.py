"""What organisers do with what waits, one reminder at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.store import UnitOfWork
from storage.reminders import ReminderRow
from tests.delivery.test_turn import put_back
from tests.reminders.reminding import (
    EMPTY,
    WALK,
    WEEKLY_WALK,
    breathe,
    listing,
    newest_page,
    opened,
    opener,
    posted,
    posts,
    remind,
    second_yard,
)
from tests.reminders.test_due import hold_back
from tests.yard import Yard, turn_to


async def test_the_page_of_one_says_everything_and_offers_everything(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    page = await opened(yard)
    assert page.text.split("\n\n") == [
        f"⏰ {WALK}",
        "🔁 Every Monday at 11:00",
        "The next times:\n"
        "• Monday 26 October, 11:00\n"
        "• Monday 2 November, 11:00\n"
        "• Monday 9 November, 11:00\n"
        "Minsk time",
    ]
    assert yard.labels(page) == [
        "⏸ Pause",
        "⏭ Skip one",
        "📣 Post now…",
        "🗑 Delete",
        "✏️ Text",
        "🕖 Time",
        "🏷 From",
        "🔔 Sound: yes",
        "📌 Pin: no",
        "🧹 Only the latest: no",
        "‹ Back",
        "✖️ Close",
    ]


async def test_a_paused_one_is_silent_until_it_goes_on(yard: Yard) -> None:
    await remind(yard, f"every day 11:00 {WALK}")
    await remind(yard, "every day 11:00 Tea")
    breathe(yard)
    page = await opened(yard, 1, WALK)
    await yard.tap(yard.vera, page, "Pause")
    page = await yard.hears(yard.vera, "⏸ Paused")
    assert "Skip one" not in " ".join(yard.labels(page))
    for count, day in enumerate(("2026-10-22", "2026-10-23"), 1):
        turn_to(yard, f"{day} 08:00")
        await posted(yard, "Tea", count=count)
    assert not posts(yard, WALK)
    assert "⏸ Paused" in (await listing(yard, yard.tom, "2 reminders are waiting")).text
    page = await opened(yard, 1, WALK)
    await yard.tap(yard.vera, page, "Resume")
    assert "• Saturday 24 October" in (await yard.hears(yard.vera, "The next times")).text
    turn_to(yard, "2026-10-24 08:00")
    await posted(yard, WALK)


async def test_a_pause_longer_than_its_only_moment_wants_a_new_one(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    await yard.tap(yard.vera, await opened(yard), "Pause")
    await yard.hears(yard.vera, "⏸ Paused")
    turn_to(yard, "2026-10-21 10:30")
    answer = await yard.tap(yard.vera, await opened(yard), "Resume")
    assert "Its moment has passed" in (answer.text or "")


async def test_a_pause_holds_back_what_is_on_its_way_for_the_last_time(yard: Yard) -> None:
    yard.promote_bot()  # then the page is whispered, and stays for the hour
    await yard.quiet()
    await remind(yard, f"today 13:00 {WALK}")
    page = await opened(yard)
    fault = hold_back(yard, WALK)
    turn_to(yard, "2026-10-21 10:00")
    await put_back(yard, fault)
    await yard.tap(yard.vera, page, "Pause")
    page = await yard.hears(yard.vera, "⏸ Paused")
    yard.server.faults.clear()
    turn_to(yard, "2026-10-21 10:30")
    assert "Its moment has passed" in ((await yard.tap(yard.vera, page, "Resume")).text or "")
    await yard.tap(yard.vera, page, "Post now")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "instead of later"), "Post it now")
    await posted(yard, WALK)


async def test_skipping_leaves_out_one_and_can_be_undone_for_a_minute(yard: Yard) -> None:
    await remind(yard, f"every day 11:00 {WALK}")
    breathe(yard)
    await yard.tap(yard.vera, await opened(yard), "Skip one")
    page = await yard.hears(yard.vera, "• Friday 23 October")
    assert "22 October" not in page.text
    await yard.tap(yard.vera, page, "Undo")
    page = await yard.hears(yard.vera, "• Thursday 22 October")
    turn_to(yard, "2026-10-21 09:03")  # a group's minute has room for so many pages
    await yard.tap(yard.vera, page, "Skip one")
    page = await opened(yard)
    turn_to(yard, "2026-10-21 09:05")
    answer = await yard.tap(yard.vera, page, "Undo")
    assert "for a minute only" in (answer.text or "")
    await remind(yard, "22.10 11:01 Tea")
    turn_to(yard, "2026-10-22 08:01")
    await posted(yard, "Tea")
    assert not posts(yard, WALK)
    turn_to(yard, "2026-10-23 08:00")
    await posted(yard, WALK)


async def test_the_last_one_can_not_be_skipped(yard: Yard) -> None:
    await remind(yard, f"every day 11:00 1 time {WALK}")
    answer = await yard.tap(yard.vera, await opened(yard), "Skip one")
    assert "Nothing comes after that one" in (answer.text or "")


async def test_a_deletion_can_be_undone_for_a_minute_and_is_erased_after(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    await remind(yard, "today 13:01 Tea")
    breathe(yard)
    await yard.tap(yard.vera, await opened(yard, 1, WALK), "Delete")
    gone = await yard.hears(yard.vera, f"🗑 Deleted: {WALK}")
    await listing(yard, yard.vera, "1 reminder is waiting")
    await yard.tap(yard.vera, gone, "Undo")
    turn_to(yard, "2026-10-21 09:03")  # a group's minute has room for so many pages
    await listing(yard, yard.vera, "2 reminders are waiting")
    await yard.tap(yard.vera, await opened(yard, 1, WALK), "Delete")
    gone = await yard.hears(yard.vera, f"🗑 Deleted: {WALK}")
    turn_to(yard, "2026-10-21 09:05")
    await erased(yard, ["Tea"])
    answer = await yard.tap(yard.vera, gone, "Undo")
    assert "for a minute only" in (answer.text or "")
    turn_to(yard, "2026-10-21 10:01")
    await posted(yard, "Tea")
    assert not posts(yard, WALK)


async def test_posting_now_takes_a_second_tap_and_leaves_the_times_alone(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    await yard.tap(yard.vera, await opened(yard), "Post now")
    question = await yard.hears(yard.vera, "without waiting")
    assert not posts(yard, WALK)
    taps = [yard.world.tap(yard.vera, question, "Post it now") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    await posted(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, WALK, count=2)


async def test_one_that_comes_once_has_come_when_it_is_posted_now(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    await remind(yard, "today 13:01 Tea")
    breathe(yard)
    await yard.tap(yard.vera, await opened(yard, 1, WALK), "Post now")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "instead of later"), "Post it now")
    await posted(yard, WALK)
    turn_to(yard, "2026-10-21 10:01")
    await posted(yard, "Tea")
    await posted(yard, WALK, count=1)


# Rights


@pytest.mark.parametrize("deed", ["Pause", "Skip", "Delete", "Sound: yes", "Pin: no"])
async def test_an_organiser_demoted_meanwhile_changes_nothing(yard: Yard, deed: str) -> None:
    await remind(yard, WEEKLY_WALK)
    yard.world.promote(yard.group, yard.tom, yard.vera)
    page = await opened(yard, person=yard.tom)
    before = page.text
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.tap(yard.tom, page, deed)
    assert "Only this chat's administrators" in (answer.text or "")
    assert (await opened(yard)).text == before


async def test_an_anonymous_administrator_opens_and_deletes(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    yard.world.promote(yard.group, yard.nina, yard.vera, is_anonymous=True)
    yard.say(yard.nina, "/reminders", anonymous=True, ephemeral=False)
    listed = await yard.hears(yard.nina, "1 reminder is waiting")
    refused = await yard.tap(yard.tom, listed, opener(1))
    assert "Only this chat's administrators" in (refused.text or "")
    await yard.tap(yard.nina, listed, (0, 0))
    page = await newest_page(yard, "Выдаліць|Удалить|Delete")
    await yard.tap(yard.nina, page, "Удалить")
    await listing(yard, yard.vera, EMPTY)


async def test_two_taps_on_delete_delete_one(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    await remind(yard, "every tuesday 11:00 Tea")
    breathe(yard)
    page = await opened(yard)
    first = yard.world.tap(yard.vera, page, "Delete")
    second = yard.world.tap(yard.vera, page, "Delete")
    await yard.world.answered(first)
    assert "gone already" in ((await yard.world.answered(second)).text or "")
    await listing(yard, yard.vera, "1 reminder is waiting")


async def test_a_skip_that_telegram_delivers_again_skips_one(yard: Yard) -> None:
    await remind(yard, f"every day 11:00 {WALK}")
    await yard.tap(yard.vera, await opened(yard), "Skip one")
    await yard.hears(yard.vera, "• Friday 23 October")
    tapped = yard.world.updates.push({})
    await yard.quiet()
    yard.world.redeliver(tapped - 1)
    await yard.quiet()
    turn_to(yard, "2026-10-21 09:02")  # a group's minute has room for so many pages
    assert "• Friday 23 October" in (await opened(yard)).text


async def test_one_that_came_meanwhile_is_gone(yard: Yard) -> None:
    await remind(yard, f"today 12:02 {WALK}")
    await remind(yard, "today 12:03 Tea")
    page = await opened(yard, 1, WALK)
    turn_to(yard, "2026-10-21 09:03")
    await posted(yard, "Tea")
    for deed in ("Pause", "Delete", "Post now", "Text"):
        answer = await yard.tap(yard.vera, page, deed)
        if answer.url is not None:
            private = await yard.follow(yard.vera, answer)
            await yard.hears(yard.vera, "gone already", private)
        else:
            assert "gone already" in (answer.text or ""), deed


async def test_another_chats_reminders_are_out_of_reach(yard: Yard) -> None:
    other = await second_yard(yard)
    await remind(yard, WEEKLY_WALK)
    await remind(yard, WEEKLY_WALK, chat=other)
    here = await listing(yard, yard.vera, "1 reminder is waiting")
    there = await listing(yard, yard.vera, "1 reminder is waiting", other)
    (_, chat_id, _, _), (_, theirs, reminder, _) = (
        str(message.buttons[0].callback_data).split(":") for message in (here, there)
    )
    for code in ("item", "pause", "resume", "skip", "delete", "undo", "now", "now!", "here"):
        yard.clock.turn(timedelta(minutes=1))  # so many taps at once are too many
        for chat, says in ((theirs, "doesn't work here"), ("999", "doesn't work here")):
            answer = await yard.forge(yard.vera, here, f"r.{code}:{chat}:{reminder}:0")
            assert says in (answer.text or ""), code
        for number in (reminder, "999"):
            answer = await yard.forge(yard.vera, here, f"r.{code}:{chat_id}:{number}:0")
            assert "gone already" in (answer.text or "") or code == "undo", code
    for forged in (f"r.turn:{chat_id}:1:0:rule", f"r.item:{chat_id}:-1:0", "r.list:999:0"):
        answer = await yard.forge(yard.vera, here, forged)
        assert "doesn't work here" in (answer.text or ""), forged
    await listing(yard, yard.vera, "1 reminder is waiting")
    await listing(yard, yard.vera, "1 reminder is waiting", other)


async def erased(yard: Yard, texts: list[str]) -> None:
    """Wait until only the reminders with these texts are kept."""
    await yard.written(lambda work: kept_texts(work) == texts)


def kept_texts(work: UnitOfWork) -> list[str]:
    return [reminder.text for reminder in work.session.exec(select(ReminderRow))]
