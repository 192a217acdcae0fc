"""A reminder's text, time, signature, topic and settings, changed while it waits."""

from __future__ import annotations

import pytest

from tests.reminders.reminding import (
    WALK,
    WEEKLY_WALK,
    breathe,
    edited,
    listing,
    newest_page,
    opened,
    opener,
    posted,
    remind,
)
from tests.yard import Yard, turn_to


async def test_a_new_text_is_typed_in_private_with_its_formatting(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    private = await edited(yard, "Text", "Send me the new text")
    yard.say(yard.vera, "<b>Seniors</b> & <i>friends</i> walk", chat=private, html=True)
    shown = await yard.hears(yard.vera, "This is how it will be", private)
    assert [entity["type"] for entity in shown.entities] == ["bold", "italic"]
    await yard.tap(yard.vera, shown, "Save")
    turn_to(yard, "2026-10-21 10:00")
    post = await posted(yard, "Seniors & friends walk")
    assert [entity["type"] for entity in post.entities] == ["bold", "italic"]


async def test_a_new_time_is_typed_echoed_and_saved(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "Time", "Every Monday at 11:00")
    for nonsense, says in (
        ("sometimes", "can't make out when"),
        ("tomorrow 12:00 and tea", "I don't understand “and tea”"),
    ):
        yard.say(yard.vera, nonsense, chat=private)
        await yard.hears(yard.vera, says, private)
    yard.say(yard.vera, "every thursday 12:00", chat=private)
    shown = await yard.hears(yard.vera, "Every Thursday at 12:00", private)
    assert "• Thursday 22 October, 12:00\n" in shown.text
    await yard.tap(yard.vera, shown, "Save")
    turn_to(yard, "2026-10-22 09:00")
    await posted(yard, WALK)
    turn_to(yard, "2026-10-26 08:00")
    await yard.quiet()
    await posted(yard, WALK, count=1)


async def test_the_present_times_are_offered_with_their_end(yard: Yard) -> None:
    await remind(yard, f"every monday 11:00 until 1 june {WALK}")
    private = await edited(yard, "Time", "Every Monday at 11:00 until 01.06.2027")
    yard.say(yard.vera, "Every Monday at 11:00 until 01.06.2027", chat=private)
    shown = await yard.hears(yard.vera, "This is how it will be", private)
    assert "Last day: Tuesday 1 June 2027" in shown.text


async def test_a_new_time_in_quiet_hours_is_said_to_come_all_the_same(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "Time", "Every Monday at 11:00")
    yard.say(yard.vera, "every monday 23:00", chat=private)
    shown = await yard.hears(yard.vera, "Every Monday at 23:00", private)
    assert "in your quiet hours (22:00–08:00). You chose the hour" in shown.text


async def test_a_new_time_may_be_unclear_too(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "Time", "Every Monday at 11:00")
    yard.say(yard.vera, "19.10", chat=private)
    question = await yard.hears(yard.vera, "time or a date", private)
    await yard.tap(yard.vera, question, "A time")
    shown = await yard.hears(yard.vera, "Wednesday 21 October, 19:10", private)
    await yard.tap(yard.vera, shown, "Cancel")
    await yard.hears(yard.vera, "everything stays as it was", private)
    assert "Every Monday at 11:00" in (await opened(yard)).text


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("today 13:00", "18:00", "Wednesday 21 October, 18:00"),
        ("today 13:00", "saturday", "Saturday 24 October, 13:00"),
        ("every monday 11:00", "12:00", "Every Monday at 12:00"),
        ("every monday 11:00", "every tuesday", "Every Tuesday at 11:00"),
        ("every monday 11:00", "tomorrow", "Thursday 22 October, 11:00"),
        ("every monday 11:00 until 1 june", "at 18:30", "Every Monday at 18:30"),
    ],
)
async def test_a_day_or_an_hour_alone_leaves_the_other_as_it_was(
    yard: Yard, before: str, typed: str, after: str
) -> None:
    await remind(yard, f"{before} {WALK}")
    private = await edited(yard, "Time", "")
    yard.say(yard.vera, typed, chat=private)
    await yard.hears(yard.vera, after, private)


async def test_what_is_typed_beneath_the_preview_changes_it_again(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    private = await edited(yard, "Time", "")
    yard.say(yard.vera, "saturday", chat=private)
    await yard.hears(yard.vera, "Saturday 24 October, 13:00", private)
    yard.say(yard.vera, "18:00", chat=private)
    shown = await yard.hears(yard.vera, "Saturday 24 October, 18:00", private)
    await yard.tap(yard.vera, shown, "Save")
    assert "Saturday 24 October, 18:00" in (await opened(yard)).text


async def test_of_two_new_rules_one_is_chosen(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "Time", "Every Monday at 11:00")
    yard.say(yard.vera, "every monday at 8", chat=private)
    question = await yard.hears(yard.vera, "Which of these", private)
    await yard.tap(yard.vera, question, "20:00")
    shown = await yard.hears(yard.vera, "Every Monday at 20:00", private)
    await yard.tap(yard.vera, shown, "Save")
    turn_to(yard, "2026-10-26 17:00")
    await posted(yard, WALK)


async def test_a_signature_is_a_word_of_ones_own_for_organisers_only(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "From", "Who is it from")
    yard.say(yard.vera, "x" * 33, chat=private)
    await yard.hears(yard.vera, "33 characters, and 32 fit", private)
    yard.say(yard.vera, "by the oak", chat=private)
    await yard.tap(yard.vera, await yard.hears(yard.vera, "🏷 by the oak", private), "Save")
    assert "🏷 by the oak" in (await opened(yard)).text
    assert "by the oak" not in (await listing(yard, yard.tom, WALK)).text
    turn_to(yard, "2026-10-26 08:00")
    assert "by the oak" not in (await posted(yard, WALK)).text


async def test_it_moves_to_the_topic_where_that_is_tapped(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", creator=yard.vera, forum=True)
    yard.world.add_bot(forum, by=yard.vera)
    walks = yard.world.add_topic(forum, "Walks", by=yard.vera)
    await remind(yard, f"today 13:00 {WALK}", chat=forum)
    yard.say(yard.vera, "/reminders", chat=forum, topic=walks)
    listed = await yard.hears(yard.vera, "1 reminder is waiting", forum)
    await yard.tap(yard.vera, listed, opener(1))
    page = await yard.hears(yard.vera, "It comes in another topic", forum)
    await yard.tap(yard.vera, page, "Post it in this topic")
    turn_to(yard, "2026-10-21 10:00")
    assert (await posted(yard, WALK, forum)).topic is walks


async def test_settings_are_turned_over_on_the_page(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    breathe(yard)
    page = await opened(yard)
    for off, on in (
        ("Sound: yes", "Sound: no"),
        ("Pin: no", "Pin: yes"),
        ("Only the latest: no", "Only the latest: yes"),
    ):
        await yard.tap(yard.vera, page, off)
        page = await newest_page(yard, on)
    assert "after two days at the latest" in page.text


async def test_a_signature_that_shows_nothing_is_none(yard: Yard) -> None:
    await remind(yard, WEEKLY_WALK)
    private = await edited(yard, "From", "Who is it from")
    yard.say(yard.vera, "\u3164\u2800", chat=private)
    await yard.tap(yard.vera, await yard.hears(yard.vera, "nobody is named", private), "Save")
    assert "🏷" not in (await opened(yard)).text
