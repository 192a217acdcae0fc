"""Editing an action and calling it off: its author and organisers, nobody else."""

from __future__ import annotations

import pytest

from playground.chats import Chat, Message
from playground.entities import slice_utf16
from playground.people import Person
from tests.actions.announce import announce
from tests.yard import Yard


async def begin_edit(yard: Yard, person: Person, card: Message) -> Chat:
    """Change, Edit, and into the private chat."""
    await yard.tap(person, card, "Change")
    page = await yard.hears(person, "What about")
    private = await yard.follow(person, await yard.tap(person, page, "Edit"))
    await yard.hears(person, "Send me", private)
    return private


async def test_the_author_changes_the_moment_and_the_chat_is_told(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 20:00 Concert in the courtyard @ Old oak", chat=private)
    preview = await yard.hears(yard.tom, "This is how", private)
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.nina, "This has changed")
    await yard.settled()
    await yard.world.until(lambda: "Friday 23 October, 20:00" in card.text)
    assert "Old oak" in card.text


async def test_the_page_shows_the_line_ready_to_copy_and_it_reads_back(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action tomorrow 19:00 Concert @ Fountain\nBring cups")
    private = await begin_edit(yard, yard.tom, card)
    page = await yard.hears(yard.tom, "Send me", private)
    (code,) = [entity for entity in page.entities if entity["type"] == "code"]
    line = slice_utf16(page.text, code["offset"], code["length"])
    yard.say(yard.tom, line, chat=private)
    preview = await yard.hears(yard.tom, "This is how", private)
    assert "Thursday 22 October, 19:00" in preview.text
    assert "Bring cups" in preview.text


async def test_bad_input_while_editing_is_hinted_at_and_can_be_sent_again(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "one of these days", chat=private)
    await yard.hears(yard.tom, "day and time", private)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    await yard.hears(yard.tom, "This is how", private)


async def test_a_line_sent_after_the_preview_replaces_it(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 8:00 Concert", chat=private)
    older = await yard.hears(yard.tom, "23 October, 08:00", private)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    newer = await yard.hears(yard.tom, "23 October, 20:00", private)
    assert "has expired" in ((await yard.tap(yard.tom, older, "Save")).text or "")
    await yard.tap(yard.tom, newer, "Save")
    told = await yard.hears(yard.nina, "This has changed")
    assert "20:00" in told.text


async def test_what_is_written_after_saving_is_no_edit_however_often_it_was_begun(
    yard: Yard,
) -> None:
    card = await announce(yard, yard.tom)
    await begin_edit(yard, yard.tom, card)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    await yard.tap(yard.tom, await yard.hears(yard.tom, "This is how", private), "Save")
    await yard.hears(yard.nina, "This has changed")
    yard.say(yard.tom, "24.10 21:00 Concert", chat=private)
    await yard.hears(yard.tom, "in your neighbours' group chat", private)


async def test_where_nothing_changed_nobody_is_told(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    yard.say(yard.tom, "22.10 19:00 Concert in the courtyard @ Fountain", chat=private)
    preview = await yard.hears(yard.tom, "This is how", private)
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.tom, "I told nobody", private)
    await yard.settled()
    assert not [m for m in yard.group.messages if "This has changed" in m.text]


async def test_an_edit_survives_a_restart(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await begin_edit(yard, yard.tom, card)
    await yard.restart()
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    preview = await yard.hears(yard.tom, "This is how", private)
    await yard.restart()
    await yard.tap(yard.tom, preview, "Save")
    await yard.hears(yard.nina, "This has changed")


@pytest.mark.parametrize("who", ["tom", "vera"])
async def test_author_and_organisers_call_it_off(yard: Yard, who: str) -> None:
    person: Person = getattr(yard, who)
    card = await announce(yard, yard.tom)
    await yard.tap(person, card, "Change")
    page = await yard.hears(person, "What about")
    await yard.tap(person, page, "Call it off")
    question = await yard.hears(person, "Really call off")
    await yard.tap(person, question, "Yes")
    await yard.hears(yard.nina, "is called off")
    await yard.settled()
    await yard.world.until(lambda: "Called off." in card.text)
    assert not card.buttons


async def test_calling_off_can_be_thought_better_of(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Change")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "What about"), "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "No, keep it")
    await yard.hears(yard.tom, "What about")
    await yard.settled()
    assert "Called off" not in card.text


async def test_other_neighbours_are_refused_kindly(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    answer = await yard.tap(yard.ales, card, "Change")
    assert answer.show_alert
    for data in ("a.cancel!:1", "a.cancel:1", "a.edit:1", "a.change:1"):
        forged = await yard.forge(yard.ales, card, data)
        assert forged.show_alert or forged.url is not None
    await yard.settled()
    assert "Called off" not in card.text


async def test_rights_are_looked_up_anew_at_the_last_tap(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    yard.world.promote(yard.group, yard.nina, yard.vera)
    await yard.tap(yard.nina, card, "Change")
    page = next(m for m in reversed(yard.world.visible(yard.nina, yard.group)) if m.is_ephemeral)
    yard.world.demote(yard.group, yard.nina, yard.vera)
    answer = await yard.tap(yard.nina, page, (1, 0))
    assert answer.show_alert
    forged = await yard.forge(yard.nina, page, "a.cancel!:1")
    assert forged.show_alert


async def test_a_cancelled_card_is_unpinned(yard: Yard) -> None:
    yard.promote_bot()
    card = await announce(yard, yard.tom)
    await yard.world.until(lambda: card.pinned)
    await yard.tap(yard.tom, card, "Change")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "What about"), "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "Yes")
    await yard.settled()
    await yard.world.until(lambda: not card.pinned)


async def test_the_list_shows_what_is_coming_with_links_to_the_cards(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.restart()  # where the card stands is recorded by now
    yard.say(yard.nina, "/actions")
    listed = await yard.hears(yard.nina, "22 октября\n19:00")
    (link,) = [entity for entity in listed.entities if entity["type"] == "text_link"]
    assert link["url"].endswith(f"/{card.message_id}")


async def test_the_list_says_the_year_where_it_is_another(yard: Yard) -> None:
    await announce(yard, yard.tom)
    yard.say(yard.tom, "/action 22.10.2027 19:00 Once more")
    preview = await yard.hears(yard.tom, "Once more")
    await yard.tap(yard.tom, preview, "Publish")
    yard.say(yard.tom, "/actions")
    listed = await yard.hears(yard.tom, "Coming up")
    assert "Thursday 22 October\n" in listed.text
    assert "Friday 22 October 2027\n" in listed.text


async def test_an_empty_list_suggests_something(yard: Yard) -> None:
    yard.say(yard.tom, "/actions")
    await yard.hears(yard.tom, "Nothing is planned yet")


async def test_a_long_list_stays_within_one_message(yard: Yard) -> None:
    for number in range(12):
        await announce(
            yard, yard.tom, f"/action tomorrow 19:{number + 10} Concert {'ы' * 180} @ {'щ' * 180}"
        )
        await yard.settled(seconds=70)
    yard.say(yard.tom, "/actions")
    listed = await yard.hears(yard.tom, "more later on")
    assert "Coming up" in listed.text
