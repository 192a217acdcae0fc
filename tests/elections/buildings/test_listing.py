"""Who lives here: buildings listed, changed and removed by organisers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from tests.elections.campaign import list_buildings
from tests.yard import Yard

MINUTE = timedelta(minutes=1)
"""In which one person gets only so many answers."""

HOUSES = "Fountain street 5: 120, from the house committee\nFountain street 7: ~90"


async def adding(yard: Yard, page: Message) -> Message:
    """Tap Add or change, and follow; gives the page that asks."""
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Add or change"))
    return await yard.hears(yard.vera, "Send me the buildings, one a line", private)


async def test_without_any_it_says_how_to_list_them(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings")
    page = await yard.hears(yard.vera, "No buildings are listed yet")
    assert "/buildings Fountain street 5: 120" in page.text
    page = await adding(yard, page)
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.hears(yard.vera, "No buildings are listed yet", page.chat)


async def test_plain_lines_in_private_are_the_list(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings")
    page = await adding(yard, await yard.hears(yard.vera, "No buildings are listed yet"))
    assert "/buildings" not in page.text, "lines alone are meant here"
    yard.say(yard.vera, "Fountain street 5: 120\nFountain street 7 – ~90", chat=page.chat)
    page = await yard.hears(yard.vera, "210 residents so far", page.chat)
    assert "Fountain street 7: about 90" in page.text
    assert "/elect without a number counts from this" in page.text, "what is next"
    assert yard.labels(page)[:2] == ["➕ Add or change", "🗑 Remove"]
    yard.say(yard.vera, "Fountain street 9: 10", chat=page.chat)
    await yard.hears(yard.vera, "I work in your neighbours' group chat", page.chat)
    await yard.tap(yard.vera, page, "Add or change")
    yard.say(yard.vera, "Fountain street 9: 10", chat=page.chat)
    await yard.hears(yard.vera, "220 residents so far", page.chat)


async def test_what_can_be_read_stands_and_the_rest_is_sent_again(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings")
    private = (await adding(yard, await yard.hears(yard.vera, "No buildings are listed yet"))).chat
    yard.say(yard.vera, "the house\nFountain street 5: many", chat=private)
    await yard.hears(yard.vera, "I can't read “the house”", private)
    yard.say(yard.vera, "A: 10\nB: many\nC: 0", chat=private)
    page = await yard.hears(yard.vera, "I couldn't read these yet", private)
    assert "🏠 A: 10" in page.text
    assert "• B: many\n• C: 0" in page.text
    yard.say(yard.vera, "B: 20\nother: 30", chat=private)
    page = await yard.hears(yard.vera, "other is the word for all other buildings", private)
    assert "🏠 B: 20" in page.text
    yard.say(yard.vera, "C: 30", chat=private)
    page = await yard.hears(yard.vera, "60 residents in all", private)
    assert page.text.count("🏠") == 3


async def test_a_wish_to_add_may_be_dropped(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings")
    page = await adding(yard, await yard.hears(yard.vera, "No buildings are listed yet"))
    await yard.tap(yard.vera, page, "Cancel")
    yard.say(yard.vera, "Fountain street 9: 10", chat=page.chat)
    await yard.hears(yard.vera, "I work in your neighbours' group chat", page.chat)


async def test_several_lines_at_once_make_a_list_with_its_sum(yard: Yard) -> None:
    page = await list_buildings(yard, HOUSES)
    assert "Fountain street 5: 120 (from the house committee, 21 October)" in page.text
    assert "Fountain street 7: about 90 (21 October)" in page.text
    assert "210 residents so far: some numbers are missing or estimated" in page.text


async def test_an_exact_list_is_not_provisional_and_an_unknown_number_is(yard: Yard) -> None:
    page = await list_buildings(yard, "A: 10\nB: 11")
    assert "21 residents in all." in page.text
    page = await list_buildings(yard, "C: ?")
    assert "C: not known yet" in page.text
    assert "21 residents so far: some numbers are missing or estimated" in page.text


async def test_unknown_numbers_alone_make_no_sum(yard: Yard) -> None:
    page = await list_buildings(yard, "A: ?")
    assert "isn't known yet" in page.text


async def test_a_known_name_is_changed(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    page = await list_buildings(yard, "fountain STREET 7: 100")
    assert "fountain STREET 7: 100" in page.text
    assert "220 residents in all." in page.text
    assert page.text.count("🏠") == 2


async def test_a_known_name_is_known_in_letters_of_another_alphabet(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5a: 120")
    page = await list_buildings(yard, "Fountain street 5а: 100")  # its last letter Cyrillic
    assert "100 residents in all." in page.text
    assert page.text.count("🏠") == 1


async def test_a_building_is_removed_by_buttons(yard: Yard) -> None:
    page = await list_buildings(yard, "\n".join(f"House {n}: 10" for n in range(9)))
    await yard.tap(yard.vera, page, "Remove")
    page = await yard.hears(yard.vera, "Which building should I take off")
    assert len([label for label in yard.labels(page) if "House" in label]) == 8
    await yard.tap(yard.vera, page, "Next")
    page = await yard.hears(yard.vera, "Which building should I take off")
    await yard.tap(yard.vera, page, "House 8")
    page = await yard.hears(yard.vera, "80 residents in all")
    assert "House 8" not in page.text


async def test_the_list_to_remove_from_turns_its_pages_both_ways(yard: Yard) -> None:
    page = await list_buildings(yard, "\n".join(f"House {n}: 10" for n in range(17)))
    await yard.tap(yard.vera, page, "Remove")

    async def shown() -> list[str]:
        page = await yard.hears(yard.vera, "Which building should I take off")
        labels = [label.removeprefix("🗑 ") for label in yard.labels(page)]
        return labels[: labels.index("‹ Back") + 1]

    first = [f"House {n}" for n in range(8)]
    assert await shown() == [*first, "Next ›", "‹ Back"]
    await yard.tap(yard.vera, page, "Next")
    assert await shown() == [
        *(f"House {n}" for n in range(8, 16)),
        "‹ Previous",
        "Next ›",
        "‹ Back",
    ]
    await yard.tap(yard.vera, page, "Next")
    assert await shown() == ["House 16", "‹ Previous", "‹ Back"]
    yard.clock.turn(MINUTE)
    await yard.tap(yard.vera, page, "Previous")
    await yard.tap(yard.vera, page, "Previous")
    assert await shown() == [*first, "Next ›", "‹ Back"]
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.hears(yard.vera, "170 residents in all")


async def test_what_cannot_be_read_is_refused_whole(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings A: 10\nB: many")
    await yard.hears(yard.vera, "I can't read “B: many”")
    yard.say(yard.vera, "/buildings")
    await yard.hears(yard.vera, "No buildings are listed yet")


async def test_thirty_buildings_are_enough(yard: Yard) -> None:
    page = await list_buildings(yard, "\n".join(f"House {n}: 10" for n in range(31)))
    assert "more than 30 buildings" in page.text


@pytest.mark.databases("sqlite")
async def test_a_house_stands_once_however_it_is_written(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 120\nFountain street 51: 80")
    for alike in (
        "Fountаin street 5",
        "Fountain street, 5",
        "Fountain street\u3164 5",
        "FOUNTAIN STREET \u01bc",
    ):
        page = await list_buildings(yard, f"{alike}: 120")
        assert "200 residents" in page.text, alike
    yard.clock.turn(MINUTE)
    page = await list_buildings(yard, "Fountain street 5a: 30")
    assert "230 residents" in page.text
    page = await list_buildings(yard, "OTHER\u200b: 90")
    assert "the word for all other buildings" in page.text
    assert "230 residents" in (await list_buildings(yard, "")).text


async def test_markup_in_a_name_is_only_text(yard: Yard) -> None:
    page = await list_buildings(yard, "<b>R&D</b>: 10, <i>me</i>")
    assert "<b>R&D</b>: 10 (<i>me</i>" in page.text


async def test_only_organisers_see_and_change_the_list(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    page = await list_buildings(yard, "A: 10", yard.tom)
    assert "Only this chat's administrators" in page.text
    page = await yard.card("Hello, neighbours")
    for data in ("b.list:1", "b.remove:1:0", "b.remove!:1:1"):
        answer = await yard.forge(yard.tom, page, data)
        assert "Only this chat's administrators" in (answer.text or ""), data
    private = await yard.follow(yard.tom, await yard.forge(yard.tom, page, "b.add:1"))
    await yard.hears(yard.tom, "Only this chat's administrators", private)
    assert "210 residents so far" in (await list_buildings(yard, "")).text


async def test_another_chats_buildings_are_out_of_reach(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    other = yard.world.add_group("Yard 6", creator=yard.tom)
    yard.world.add_bot(other, by=yard.tom)
    elsewhere = await yard.card("Hello, neighbours", other)
    for data in ("b.list:1", "b.remove:1:0", "b.remove!:1:1", "b.remove!:2:1"):
        answer = await yard.forge(yard.tom, elsewhere, data)
        assert answer.show_alert, data
    assert "210 residents so far" in (await list_buildings(yard, "")).text
