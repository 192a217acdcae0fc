"""Copies, pins, silence, and posts that make room for the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from bot.store import UnitOfWork
from playground.chats import Message
from storage.delivery.outbox import OutboxRow, OutboxState
from storage.reminders import ReminderRow
from tests.delivery.test_turn import turned_until
from tests.reminders.reminding import (
    EMPTY,
    PIXEL,
    listing,
    opener,
    posted,
    posts,
    previewed,
    remind,
)
from tests.yard import Yard, turn_to

if TYPE_CHECKING:
    from playground.chats import Chat

DAYS = ["2026-10-22 08:00", "2026-10-23 08:00", "2026-10-24 08:00"]
GONE = "For administrators"


async def test_a_picture_is_copied_each_time_as_it_is(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "<b>The</b> mural", photo=PIXEL, html=True)
    await remind(yard, "every day 11:00", reply_to=mural)
    for count, moment in enumerate(DAYS[:2], 1):
        turn_to(yard, moment)
        copy = await copied(yard, count)
        assert (copy.photo, copy.text, copy.entities) == (mural.photo, "The mural", mural.entities)
        assert copy.forward_origin is None


async def test_polls_and_files_are_copied_too(yard: Yard) -> None:
    asked = yard.world.say(yard.group, yard.nina, poll=yard.world.new_poll("When?", ["Fri", "Sat"]))
    rules = yard.world.say(yard.group, yard.nina, document=b"Be kind", file_name="rules.txt")
    preview = await previewed(yard, "today 13:00", reply_to=asked)
    assert "A copy of your 📊 poll" in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    await remind(yard, "today 13:01", reply_to=rules)
    turn_to(yard, "2026-10-21 10:00")
    poll = (await copied(yard, 1)).content.poll
    assert poll is not None
    assert poll["question"] == "When?"
    turn_to(yard, "2026-10-21 10:01")
    document = (await copied(yard, 2)).document
    assert document is not None
    assert document.name == "rules.txt"


async def test_an_album_that_an_administrator_bot_saw_is_copied_whole(yard: Yard) -> None:
    yard.promote_bot()
    album = yard.world.say_album(yard.group, yard.nina, [PIXEL] * 3, "The mural")
    await yard.quiet()
    preview = await previewed(yard, "today 13:00", reply_to=album[1])
    assert "Only this one" not in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-21 10:00")
    await copied(yard, 3)
    copies = copies_in(yard.group, yard)
    assert len({copy.media_group_id for copy in copies}) == 1
    assert copies[0].text == "The mural"


async def test_a_picture_that_is_too_late_is_listed_by_its_name(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    await remind(yard, "today 13:01", reply_to=yard.world.say(yard.group, yard.nina, photo=PIXEL))
    await yard.stop()
    turn_to(yard, "2026-10-21 20:00")
    await yard.start()
    await turned_until(yard, lambda: any("too late" in m.text for m in yard.group.messages), 10)
    listed = await yard.hears(yard.vera, "• 🖼 picture: The mural\n")
    assert "• 🖼 picture\n" in listed.text
    assert "without words" not in listed.text


async def test_a_picture_that_may_not_be_sent_waits_for_that_and_holds_up_nothing_else(
    yard: Yard,
) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    await remind(yard, "today 13:01 Tea")
    yard.world.set_permissions(yard.group, can_send_photos=False)
    turn_to(yard, "2026-10-21 10:00")
    told = await yard.hears(yard.tom, "For administrators: “🖼 picture: The mural” is waiting")
    turn_to(yard, "2026-10-21 10:01")
    await posted(yard, "Tea")
    turn_to(yard, "2026-10-21 10:11")
    await yard.world.until(lambda: copying(yard) == 2)
    yard.world.set_permissions(yard.group, can_send_photos=True)
    await turned_until(yard, lambda: copies_in(yard.group, yard), 60)
    await copied(yard, 1)
    assert [m for m in yard.group.messages if "For administrators: " in m.text] == [told]
    assert not [m for m in yard.group.messages if "couldn't write here" in m.text]


async def test_where_the_original_is_gone_its_words_come_and_organisers_are_told(
    yard: Yard,
) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The <i>mural</i>", photo=PIXEL, html=True)
    await remind(yard, "every day 11:00", reply_to=mural)
    yard.world.delete(mural)
    turn_to(yard, DAYS[0])
    post = await posted(yard, "The mural")
    assert [entity["type"] for entity in post.entities] == ["italic"]
    await yard.hears(yard.tom, GONE)
    turn_to(yard, DAYS[1])
    await posted(yard, "The mural", count=2)
    assert sum(GONE in message.text for message in yard.group.messages) == 1


def nothing_on_its_way(work: UnitOfWork) -> bool:
    states = {row.state for row in work.session.exec(select(OutboxRow))}
    return states <= {OutboxState.SENT, OutboxState.SKIPPED}


async def test_where_the_original_is_gone_and_had_no_words_it_is_paused(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    await remind(yard, "every day 11:00", reply_to=mural)
    yard.world.delete(mural)
    turn_to(yard, DAYS[0])
    await yard.hears(yard.tom, "it is gone, and it had no words. I paused it")
    await yard.written(nothing_on_its_way)
    listed = await listing(yard, yard.vera, "1 reminder is waiting")
    assert "1. 🖼 picture\n⏸ Paused" in listed.text
    await yard.tap(yard.vera, listed, opener(1))
    page = await yard.hears(yard.vera, "⏸ Paused\n\n🔁")
    assert "Give it a text first" in ((await yard.tap(yard.vera, page, "Resume")).text or "")
    await yard.tap(yard.vera, page, "Post now")
    question = await yard.hears(yard.vera, "without waiting")
    assert "Give it a text first" in (
        (await yard.tap(yard.vera, question, "Post it now")).text or ""
    )


async def test_where_the_original_of_what_comes_once_is_gone_nothing_is_said_to_wait(
    yard: Yard,
) -> None:
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    yard.world.delete(mural)
    turn_to(yard, "2026-10-21 10:00")
    told = await yard.hears(yard.tom, GONE)
    assert "no words that I could post instead" in told.text
    assert "paused" not in told.text
    await listing(yard, yard.vera, EMPTY)


async def test_a_picture_left_behind_by_a_group_that_moved_is_paused_and_told_of_once(
    yard: Yard,
) -> None:
    house = yard.world.add_group("House", creator=yard.vera, kind="group")
    yard.world.add_bot(house, by=yard.vera)
    mural = yard.world.say(house, yard.vera, photo=PIXEL)
    await remind(yard, "every day 11:00", chat=house, reply_to=mural)
    await remind(yard, "every day 11:00 Tea", chat=house)
    grown = yard.world.migrate(house)
    await yard.quiet()
    for count, moment in enumerate(DAYS[:2], 1):
        turn_to(yard, moment)
        await posted(yard, "Tea", grown, count=count)
        await yard.hears(yard.vera, "I paused it", grown)
    assert sum(GONE in message.text for message in grown.messages) == 1
    assert "🖼 picture\n⏸ Paused" in (await listing(yard, yard.vera, "2 reminders", grown)).text


async def test_in_a_group_that_became_a_supergroup_other_messages_have_the_numbers(
    yard: Yard,
) -> None:
    house = yard.world.add_group("House", creator=yard.vera, kind="group")
    yard.world.add_bot(house, by=yard.vera)
    mural = yard.world.say(house, yard.vera, "The mural", photo=PIXEL)
    await remind(yard, "every day 11:00", chat=house, reply_to=mural)
    grown = yard.world.migrate(house)
    for _ in range(mural.message_id):
        yard.world.say(grown, yard.vera, photo=PIXEL)
    await yard.quiet()
    turn_to(yard, DAYS[0])
    assert (await posted(yard, "The mural", grown)).photo is None
    assert not copies_in(grown, yard)


@pytest.mark.parametrize("silent", [True, False])
async def test_a_silent_one_makes_no_sound(yard: Yard, silent: bool) -> None:
    preview = await previewed(yard, "today 13:00 Tea")
    if silent:
        await yard.tap(yard.vera, preview, "Sound: yes")
        await yard.world.until(lambda: "🔕 Sound: no" in yard.labels(preview))
    await yard.tap(yard.vera, preview, "Schedule")
    turn_to(yard, "2026-10-21 10:00")
    await posted(yard, "Tea")
    call = next(c for c in reversed(yard.world.calls) if c.params.get("text") == "⏰ Tea")
    assert (call.params.get("disable_notification") == "true") is silent


async def test_a_pin_takes_the_place_of_the_one_before(yard: Yard) -> None:
    yard.promote_bot()
    await switched_on(yard, "every day 11:00 Tea", "Pin: no")
    for count, moment in enumerate(DAYS, 1):
        turn_to(yard, moment)
        post = await posted(yard, "Tea", count=count)
        await yard.world.until(lambda now=post: yard.group.pins == [now])  # type: ignore[misc]


async def test_pinned_no_more_it_leaves_the_top_at_once(yard: Yard) -> None:
    yard.promote_bot()
    await switched_on(yard, "every day 11:00 Tea", "Pin: no")
    turn_to(yard, DAYS[0])
    post = await posted(yard, "Tea")
    await yard.world.until(lambda: yard.group.pins == [post])
    listed = await listing(yard, yard.vera, "1 reminder is waiting")
    await yard.tap(yard.vera, listed, opener(1))
    page = await yard.hears(yard.vera, "The next times")
    await yard.tap(yard.vera, page, "Pin: yes")
    await yard.world.until(lambda: not yard.group.pins)
    assert not post.deleted


async def test_only_the_newest_stays(yard: Yard) -> None:
    await switched_on(yard, "every day 11:00 Tea", "Only the latest: no")
    for moment in DAYS:
        turn_to(yard, moment)
        await yard.world.until(
            lambda day=moment[:10]: [str(p.date.date()) for p in posts(yard, "Tea")] == [day]  # type: ignore[misc]
        )


async def test_the_note_beneath_a_late_picture_goes_with_it(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    preview = await previewed(yard, "every day 11:00", reply_to=mural)
    await yard.tap(yard.vera, preview, "Only the latest: no")
    await yard.world.until(lambda: "🧹 Only the latest: yes" in yard.labels(preview))
    await yard.tap(yard.vera, preview, "Schedule")
    await yard.stop()
    turn_to(yard, "2026-10-22 09:00")
    await yard.start()
    late = await yard.hears(yard.tom, "(late")
    copy = await copied(yard, 1)
    await recorded(yard)
    turn_to(yard, DAYS[1])
    await yard.world.until(lambda: late.deleted and copy.deleted)


async def test_what_is_to_make_room_goes_before_telegram_forbids_it(yard: Yard) -> None:
    """A week later it couldn't be deleted any more."""
    await switched_on(yard, "every monday 11:00 Tea", "Only the latest: no")
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, "Tea")
    await recorded(yard)
    yard.clock.turn(timedelta(hours=46))
    await yard.quiet()
    await posted(yard, "Tea")
    yard.clock.turn(timedelta(minutes=61))
    await yard.world.until(lambda: not posts(yard, "Tea"))
    turn_to(yard, "2026-11-02 08:00")
    await posted(yard, "Tea")


async def test_a_post_stays_where_that_was_changed_in_time(yard: Yard) -> None:
    await switched_on(yard, "every monday 11:00 Tea", "Only the latest: no")
    await remind(yard, "29.10 11:00 Cake")
    turn_to(yard, "2026-10-26 08:00")
    await posted(yard, "Tea")
    await recorded(yard)
    listed = await listing(yard, yard.vera, "2 reminders are waiting")
    await yard.tap(yard.vera, listed, opener(2))
    page = await yard.hears(yard.vera, "⏰ Tea\n\n🔁")
    await yard.tap(yard.vera, page, "Only the latest: yes")
    await yard.world.until(lambda: "🧹 Only the latest: no" in yard.labels(page))
    turn_to(yard, "2026-10-29 08:00")
    await posted(yard, "Cake")
    await posted(yard, "Tea")


async def switched_on(yard: Yard, line: str, setting: str) -> None:
    """Set a reminder with one of its settings turned over."""
    preview = await previewed(yard, line)
    before = yard.labels(preview)
    await yard.tap(yard.vera, preview, setting)
    shown = preview
    if preview.is_ephemeral:
        shown = await yard.hears(yard.vera, "The next times")
    await yard.world.until(lambda: yard.labels(shown) != before)
    await yard.tap(yard.vera, shown, "Schedule")


async def recorded(yard: Yard) -> None:
    """Wait until it is written down that a post was sent, which comes after the sending."""
    await yard.written(is_recorded)


def is_recorded(work: UnitOfWork) -> bool:
    return any(reminder.last_posts for reminder in work.session.exec(select(ReminderRow)))


def copies_in(chat: Chat, yard: Yard) -> list[Message]:
    """The bot's messages that are no text of its own."""
    return [
        message
        for message in chat.messages
        if message.sender is yard.world.bot
        and (message.content.has_media or message.content.poll is not None)
    ]


async def copied(yard: Yard, count: int) -> Message:
    """The newest of exactly `count` copies; waits for it."""
    await yard.world.until(lambda: len(copies_in(yard.group, yard)) >= count)
    found = copies_in(yard.group, yard)
    assert len(found) == count
    return found[-1]


def copying(yard: Yard) -> int:
    """How often a copy was tried."""
    return sum(call.method == "copyMessage" for call in yard.world.calls)
