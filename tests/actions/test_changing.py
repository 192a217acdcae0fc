"""Changing an action, each field alone, and calling it off: its author and organisers, nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Chat, Message
from playground.entities import slice_utf16
from playground.people import Person
from tests.actions.announce import announce, asked_to_type, behind_more, draft_of
from tests.yard import Yard

PREVIEW = "This is how"


async def begin_edit(yard: Yard, person: Person, card: Message) -> Chat:
    """⋯, Words, and into the private chat."""
    private = await asked_to_type(yard, person, card, "Words")
    await yard.hears(person, "How should it read", private)
    return private


async def told(yard: Yard) -> Message:
    """What everybody reads of a change."""
    return await yard.hears(yard.nina, "This has changed")


async def test_another_hour_is_four_taps_away(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Time")
    assert "At what time?" in page.text
    await yard.tap(yard.tom, page, "20")
    assert "Thursday 22 October, 20:00" in page.text
    await yard.tap(yard.tom, page, "Save")
    assert "Thursday 22 October, 20:00" in (await told(yard)).text
    await yard.settled()
    await yard.world.until(lambda: "22 October, 20:00" in card.text)
    assert "Concert in the courtyard\n" in card.text
    assert "📍 Fountain" in card.text


async def test_another_day_keeps_the_hour_and_another_hour_the_day(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.tom, card)
    yard.clock.turn(timedelta(minutes=1))  # nobody taps that fast
    await yard.tap(yard.tom, page, "Time")
    await yard.tap(yard.tom, page, "Another day")
    await yard.tap(yard.tom, page, "Sat 24")
    assert "Saturday 24 October, 19:00" in page.text
    yard.clock.turn(timedelta(minutes=1))
    await yard.tap(yard.tom, page, "Time")
    await yard.tap(yard.tom, page, ":30")
    await yard.tap(yard.tom, page, "18:30")
    assert "Saturday 24 October, 18:30" in page.text
    await yard.tap(yard.tom, page, "Save")
    await told(yard)


async def test_a_day_on_which_that_hour_has_passed_is_asked_for_another(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action tomorrow 10:00 Concert @ Fountain")
    page = await behind_more(yard, yard.tom, card)
    yard.clock.turn(timedelta(minutes=1))  # nobody taps that fast
    await yard.tap(yard.tom, page, "Time")
    await yard.tap(yard.tom, page, "Another day")
    await yard.tap(yard.tom, page, "Today")
    assert "Wednesday 21 October" in page.text
    assert "At what time?" in page.text
    assert "11" not in yard.labels(page)
    await yard.tap(yard.tom, page, "17")
    assert "Wednesday 21 October, 17:00" in page.text


async def test_the_words_alone_are_typed_in_private_ready_to_copy(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action tomorrow 19:00 Concert @ Fountain\nBring cups")
    private = await begin_edit(yard, yard.tom, card)
    page = await yard.hears(yard.tom, "How should it read", private)
    (code,) = [entity for entity in page.entities if entity["type"] == "code"]
    assert slice_utf16(page.text, code["offset"], code["length"]) == "Concert\nBring cups"
    yard.say(yard.tom, "Great Concert\nBring tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "Thursday 22 October, 19:00" in preview.text
    await yard.tap(yard.tom, preview, "Save")
    assert "📣 Great Concert\n" in (await told(yard)).text
    await yard.settled()
    await yard.world.until(lambda: "📣 Great Concert" in card.text)
    assert "📍 Fountain\n\nBring tea" in card.text


async def test_the_place_alone_and_that_there_is_none(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await asked_to_type(yard, yard.tom, card, "Place")
    asked = await yard.hears(yard.tom, "Where do you meet?", private)
    assert "📍 Fountain" in asked.text
    yard.say(yard.tom, "In house 5, at the table", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📍 In house 5, at the table" in preview.text
    assert "Concert in the courtyard\n🕖 Thursday 22 October, 19:00" in preview.text
    await yard.tap(yard.tom, preview, "Place")
    asked = await yard.hears(yard.tom, "Where do you meet?", private)
    await yard.tap(yard.tom, asked, "Without a place")
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📍" not in preview.text
    await yard.tap(yard.tom, preview, "Save")
    assert "📍" not in (await told(yard)).text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "at 18:00",
            "Concert in the courtyard\n🕖 Thursday 22 October, 18:00, Minsk time\n📍 Fountain",
        ),
        ("18.30", "Concert in the courtyard\n🕖 Thursday 22 October, 18:30"),
        ("saturday", "Concert in the courtyard\n🕖 Saturday 24 October, 19:00"),
        ("saturday 18:00", "Concert in the courtyard\n🕖 Saturday 24 October, 18:00"),
        ("завтра 18:00", "Concert in the courtyard\n🕖 Thursday 22 October, 18:00"),
        ("Tea for all", "Tea for all\n🕖 Thursday 22 October, 19:00, Minsk time\n📍 Fountain"),
        (
            "@ the old oak",
            "Concert in the courtyard\n🕖 Thursday 22 October, 19:00, Minsk time\n📍 the old oak",
        ),
        ("23.10 20:00 Tea @ Oak", "Tea\n🕖 Friday 23 October, 20:00, Minsk time\n📍 Oak"),
        ("23.10 20:00 @ Oak", "courtyard\n🕖 Friday 23 October, 20:00, Minsk time\n📍 Oak"),
    ],
)
async def test_what_is_typed_changes_what_it_says_and_nothing_else(
    yard: Yard, typed: str, shown: str
) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, typed, chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert shown in preview.text


async def test_of_a_bare_hour_which_half_of_the_day_is_asked_for_that_day(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action saturday 15:00 Concert @ Fountain")
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "at 7", chat=private)
    question = await yard.hears(yard.tom, "Which of these", private)
    await yard.tap(yard.tom, question, "19:00")
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "Saturday 24 October, 19:00" in preview.text


@pytest.mark.parametrize("typed", ["yesterday 19:00", "tomorrow 25:00 Tea", "19:00 Tea @ "])
async def test_bad_input_while_editing_names_no_command_and_can_be_sent_again(
    yard: Yard, typed: str
) -> None:
    card = await announce(yard, yard.tom)
    private = await asked_to_type(yard, yard.tom, card, "Place")
    yard.say(yard.tom, "in house 5", chat=private)
    await yard.hears(yard.tom, PREVIEW, private)
    yard.say(yard.tom, typed, chat=private)
    await yard.world.until(lambda: PREVIEW not in private.messages[-1].text)
    await yard.quiet()
    assert private.messages[-1].sender is yard.world.bot
    assert "/action" not in private.messages[-1].text
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    await yard.hears(yard.tom, "Friday 23 October, 20:00", private)


async def test_a_line_sent_after_the_preview_replaces_it(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 8:00 Concert", chat=private)
    older = await yard.hears(yard.tom, "23 October, 08:00", private)
    yard.say(yard.tom, "20:00", chat=private)
    newer = await yard.hears(yard.tom, "23 October, 20:00", private)
    assert "has expired" in ((await yard.tap(yard.tom, older, "Save")).text or "")
    await yard.tap(yard.tom, newer, "Save")
    assert "20:00" in (await told(yard)).text


async def test_what_is_written_after_saving_is_no_edit_however_often_it_was_begun(
    yard: Yard,
) -> None:
    card = await announce(yard, yard.tom)
    await begin_edit(yard, yard.tom, card)
    yard.clock.turn(timedelta(minutes=3))
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    await yard.tap(yard.tom, await yard.hears(yard.tom, PREVIEW, private), "Save")
    await told(yard)
    yard.say(yard.tom, "24.10 21:00 Concert", chat=private)
    await yard.hears(yard.tom, "in your neighbours' group chat", private)


async def test_where_nothing_changed_nobody_is_told(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "22.10 19:00 Concert in the courtyard @ Fountain", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.tom, "I told nobody", private)
    await yard.settled()
    assert not [m for m in yard.group.messages if "This has changed" in m.text]


async def test_two_who_change_one_field_each_take_nothing_back(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    page = await behind_more(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Time")
    await yard.tap(yard.vera, page, "20")
    await yard.tap(yard.vera, page, "Save")
    await told(yard)
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.nina, "📣 Tea\n🕖 Thursday 22 October, 20:00")


async def test_after_saving_there_is_a_way_to_the_card_and_back(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.settled()
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "Concert tonight", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    await yard.tap(yard.tom, preview, "Save")
    page = await yard.hears(yard.tom, "Saved.", private)
    link = next(button for button in page.buttons if button.text == "💬 To the card")
    assert (link.url or "").endswith(f"/{card.message_id}")
    await yard.tap(yard.tom, page, "‹ Back")
    await yard.hears(yard.tom, "The numbers on a card", private)


async def test_back_from_a_field_that_was_not_changed_leads_behind_more(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Time")
    await yard.tap(yard.tom, page, "‹ Back")
    assert "Call it off" in str(yard.labels(page))


async def test_an_edit_survives_a_restart(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    await yard.restart()
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    await yard.restart()
    await yard.tap(yard.tom, preview, "Save")
    await told(yard)


@pytest.mark.parametrize("who", ["tom", "vera"])
async def test_author_and_organisers_call_it_off(yard: Yard, who: str) -> None:
    person: Person = getattr(yard, who)
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, person, card)
    await yard.tap(person, page, "Call it off")
    question = await yard.hears(person, "Really call off")
    await yard.tap(person, question, "Yes")
    await yard.hears(yard.nina, "is called off")
    await yard.settled()
    await yard.world.until(lambda: "Called off." in card.text)
    assert not card.buttons


async def test_calling_off_can_be_thought_better_of(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "No, keep it")
    await yard.hears(yard.tom, "The numbers on a card")
    await yard.settled()
    assert "Called off" not in card.text


async def test_behind_more_everybody_finds_what_they_may_do_and_is_refused_nothing(
    yard: Yard,
) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.ales, card)
    assert yard.labels(page)[0] == "👎 Не змагу"
    assert not {"🕖 Час", "❌ Скасаваць"} & set(yard.labels(page))


async def test_what_is_forged_is_refused_kindly(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for data in ("cancel!:1", "cancel:1", "alter:1:time", "alter:1:words", "alter:9:time"):
        assert (await yard.forge(yard.ales, card, f"a.{data}")).show_alert
    assert (await yard.forge(yard.tom, card, "a.alter:1:title")).show_alert
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Time")
    draft = draft_of(page)
    days = ("2026-10-20", "2027-10-20", "nonsense")
    hours = ("24:0", "9:61")
    for data in (
        *(f"a.day!:{draft}:{day}" for day in days),
        *(f"a.hour!:{draft}:{hour}" for hour in hours),
        f"a.publish:{draft}",
    ):
        assert (await yard.forge(yard.tom, page, data)).show_alert, data
    for data in (f"a.hour!:{draft}:20:0", f"a.save:{draft}", f"a.words!:{draft}"):
        assert (await yard.forge(yard.ales, card, data)).show_alert, data
    await yard.settled()
    assert "19:00" in card.text
    assert "Called off" not in card.text


async def test_rights_are_looked_up_anew_at_the_last_tap(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    yard.world.promote(yard.group, yard.nina, yard.vera)
    page = await behind_more(yard, yard.nina, card)
    yard.world.demote(yard.group, yard.nina, yard.vera)
    for button in ("❌", "🕖"):
        assert (await yard.tap(yard.nina, page, button)).show_alert
    forged = await yard.forge(yard.nina, page, "a.cancel!:1")
    assert forged.show_alert


async def test_a_cancelled_card_is_unpinned(yard: Yard) -> None:
    yard.promote_bot()
    card = await announce(yard, yard.tom)
    await yard.world.until(lambda: card.pinned)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "Yes")
    await yard.settled()
    await yard.world.until(lambda: not card.pinned)
