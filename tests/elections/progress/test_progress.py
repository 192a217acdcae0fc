"""`/election` as a picture, what goes with it, and the milestones on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from playground.entities import utf16_length
from playground.people import Person
from tests.chats.setting_up import speak
from tests.elections.campaign import (
    Records,
    announce,
    at_the_hour,
    begin_standing,
    close_by_two,
    list_buildings,
    neighbours,
    newest_update,
    redeliver,
    redrawn,
    reply_to,
    sign_at_once,
    stand,
)
from tests.elections.ending.test_paper_at_the_end import on_paper
from tests.elections.looking import answer, content, look, picture, pictures
from tests.elections.paper.collecting import ledger, printed
from tests.yard import Yard, turn_to

OF_TWENTY = "/elect 80 Representative of Yard 5"
QUARTER, HALF = "A quarter of the way", "Half of the way"

on_one_database = pytest.mark.databases("sqlite")
"""For what is only about how things are shown."""


async def begin(yard: Yard, typed: str = OF_TWENTY) -> Message:
    """An election with Vera K. in it; gives its card."""
    await announce(yard, typed)
    return await stand(yard, yard.tom, "Vera K.")


async def sign_all(yard: Yard, people: list[Person], card: Message) -> None:
    for person in people:
        await sign_at_once(yard, person, card)


async def withdraw_all(yard: Yard, people: list[Person], card: Message) -> None:
    for person in people:
        await yard.forge(person, card, "e.withdraw:1")


def said_to_all(yard: Yard, containing: str) -> list[Message]:
    return [m for m in yard.group.messages if containing in m.text and not m.is_ephemeral]


def seen_waiting(yard: Yard, person: Person) -> list[Message]:
    return [m for m in yard.world.visible(person, yard.group) if "One moment" in m.text]


# The picture


async def test_one_election_comes_as_a_picture_and_in_words(yard: Yard) -> None:
    card = await begin(yard)
    await sign_all(yard, neighbours(yard, 7), card)
    await at_the_hour(yard, "5 / 20")
    page = await look(yard, yard.tom)
    assert page.photo is not None
    await yard.world.until(lambda: not seen_waiting(yard, yard.tom))
    assert page.photo.width == 1280
    assert page.photo.height > 0
    assert "Vera K.\n▰▰▱▱▱▱▱▱▱▱ 5 / 20" in page.text
    assert len(page.text) <= 1024


@on_one_database
async def test_it_comes_as_evening_and_as_morning(yard: Yard) -> None:
    await begin(yard)
    evening = await look(yard, yard.tom)
    assert yard.labels(evening) == ["✍️ Sign", "☀️ Morning", "💬 To the card", "✖️ Close"]
    await yard.tap(yard.tom, evening, "Morning")
    morning = await picture(yard, yard.tom, after=1)
    assert morning.is_ephemeral
    assert content(morning) != content(evening)
    assert morning.text == evening.text
    await yard.tap(yard.tom, morning, "Evening")
    assert content(await picture(yard, yard.tom, after=2)) == content(evening)


@on_one_database
async def test_from_the_picture_to_a_signature(yard: Yard) -> None:
    await begin(yard)
    page = await look(yard, yard.vera)
    await yard.tap(yard.vera, page, "Sign")
    question = await yard.hears(yard.vera, "I sign for")
    await yard.tap(yard.vera, question, "yes, I sign")
    await yard.hears(yard.vera, "Your signature is counted")
    assert len(Records(yard).signatures) == 1


async def test_the_picture_changes_at_full_hours_only(yard: Yard) -> None:
    card = await begin(yard)
    people = neighbours(yard, 5)
    before = await look(yard, yard.tom)
    assert "As of 12:00, Wed 21 October" in before.text
    await sign_all(yard, people, card)
    now = await look(yard, yard.tom)
    assert (now.text, content(now)) == (before.text, content(before))
    await at_the_hour(yard, "5 / 20")
    later = await look(yard, yard.tom)
    assert "As of 13:00, Wed 21 October" in later.text
    assert content(later) != content(before)


@on_one_database
async def test_the_picture_speaks_as_the_chat_and_the_words_as_the_reader(yard: Yard) -> None:
    await begin(yard)
    english = await look(yard, yard.tom)
    belarusian_words = await look(yard, yard.ales)
    assert content(belarusian_words) == content(english)
    assert "менш за 5" in belarusian_words.text
    await speak(yard, "Беларуская")
    after = await look(yard, yard.tom)
    assert content(after) != content(english)
    assert after.text == english.text


@on_one_database
async def test_several_elections_come_in_words_each_with_its_picture(yard: Yard) -> None:
    await begin(yard)
    await announce(yard, "/elect 60 Keeper of the fountain")
    page = await look(yard, yard.tom)
    assert page.photo is None
    assert yard.labels(page) == [
        "📊 Keeper of the fountain",
        "📊 Representative of Yard 5",
        "✖️ Close",
    ]
    await yard.tap(yard.tom, page, "Representative")
    found = await picture(yard, yard.tom, after=0)
    assert "Vera K." in found.text
    assert "Keeper" not in found.text


@on_one_database
async def test_words_without_room_beneath_come_alone(yard: Yard) -> None:
    card = await begin(yard, f"/elect 400 {'🌻' * 180}")
    for number, person in enumerate(neighbours(yard, 8), start=3):
        draft = await begin_standing(yard, person, f"{'🌻' * 50} {number}")
        await yard.forge(person, card, f"e.stand!:{draft}:1")
        yard.clock.turn(timedelta(seconds=30))
    page = await look(yard, yard.tom)
    assert page.photo is None
    assert page.text.count("fewer than 5") == len(Records(yard).candidates)
    await yard.tap(yard.tom, page, "Picture")
    found = await picture(yard, yard.tom, after=0)
    assert utf16_length(found.text) <= 1024


@on_one_database
async def test_typed_for_all_to_see_the_words_come_and_the_picture_by_a_tap(yard: Yard) -> None:
    await begin(yard)
    reply = await reply_to(yard, yard.say(yard.tom, "/election", ephemeral=False))
    assert reply.photo is None
    assert "fewer than 5 / 20" in reply.text
    assert (await yard.tap(yard.nina, reply, "Picture")).show_alert
    await yard.tap(yard.tom, reply, "Picture")
    found = await picture(yard, yard.tom, after=0)
    assert found.is_ephemeral
    assert not pictures(yard, yard.nina)


@on_one_database
async def test_an_administrator_bot_whispers_the_picture_at_once(yard: Yard) -> None:
    await begin(yard)
    yard.promote_bot()
    found = await answer(yard, yard.tom, yard.say(yard.tom, "/election", ephemeral=False))
    assert found.photo is not None


@on_one_database
async def test_an_anonymous_administrator_gets_the_words(yard: Yard) -> None:
    await begin(yard)
    reply = await reply_to(yard, yard.say(yard.vera, "/election", anonymous=True, ephemeral=False))
    assert "fewer than 5 / 20" in reply.text
    assert reply.photo is None


@on_one_database
async def test_where_nothing_can_be_whispered_the_picture_comes_in_private(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await begin(yard)
    reply = await reply_to(yard, yard.say(yard.tom, "/election"))
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, reply, "Picture"))
    evening = await picture(yard, yard.tom, after=0, chat=private)
    await yard.tap(yard.tom, evening, "Morning")
    morning = await picture(yard, yard.tom, after=1, chat=private)
    assert content(morning) != content(evening)
    await yard.tap(yard.tom, morning, "Sign")
    await yard.hears(yard.tom, "I sign for", private)
    assert not yard.log.errors


@on_one_database
async def test_a_group_without_pictures_gets_the_words(yard: Yard) -> None:
    await begin(yard)
    yard.world.set_permissions(yard.group, can_send_photos=False)
    page = await look(yard, yard.vera)
    assert "fewer than 5 / 20" in page.text
    assert page.photo is None
    await yard.tap(yard.vera, page, "Show everyone")
    await yard.world.until(lambda: said_to_all(yard, "about 20 more needed"))


async def test_over_is_over(yard: Yard) -> None:
    card = await begin(yard)
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    await yard.forge(yard.tom, card, "ep.pic:1:light")
    found = await picture(yard, yard.tom, after=0)
    assert "This election is over" in found.text
    assert "more needed" not in found.text
    assert "✍️ Sign" not in yard.labels(found)


# For everyone


async def test_an_organiser_shows_everyone(yard: Yard) -> None:
    card = await begin(yard)
    page = await look(yard, yard.vera)
    shown = await yard.tap(yard.vera, page, "Show everyone")
    assert "in a moment" in (shown.text or "")
    await yard.world.until(lambda: [m for m in yard.group.messages if m.photo])
    (post,) = [m for m in yard.group.messages if m.photo]
    assert post.text == page.text
    assert yard.labels(post) == ["✍️ Sign"]
    assert content(post) == content(page)
    again = await yard.tap(yard.vera, page, "Show everyone")
    assert "already" in (again.text or "")
    await sign_all(yard, neighbours(yard, 5), card)
    again = await yard.tap(yard.vera, page, "Show everyone")
    assert "already" in (again.text or ""), "nobody sees it in between"
    await at_the_hour(yard, "5 / 20")
    page = await look(yard, yard.vera)
    await yard.tap(yard.vera, page, "Show everyone")
    await yard.world.until(lambda: len([m for m in yard.group.messages if m.photo]) == 2)


async def test_only_organisers_show_everyone(yard: Yard) -> None:
    card = await begin(yard)
    assert "📣 Show everyone" not in yard.labels(await look(yard, yard.tom))
    for data in ("ep.show!:1", "ep.remind:1", "ep.sheets:1"):
        refused = await yard.forge(yard.tom, card, data)
        assert "administrators" in (refused.text or ""), data
    yard.world.promote(yard.group, yard.tom, yard.vera)
    page = await look(yard, yard.tom)
    yard.world.demote(yard.group, yard.tom, yard.vera)
    refused = await yard.tap(yard.tom, page, "Show everyone")
    assert "administrators" in (refused.text or "")
    assert not [m for m in yard.group.messages if m.photo]


async def test_a_redelivered_tap_shows_it_once(yard: Yard) -> None:
    card = await begin(yard)
    await yard.forge(yard.vera, card, "ep.show!:1")
    tap = newest_update(yard)
    await yard.world.until(lambda: any(m.photo for m in yard.group.messages))
    await redeliver(yard, tap)
    await yard.settled()
    assert len([m for m in yard.group.messages if m.photo]) == 1


async def test_forged_buttons_are_refused(yard: Yard) -> None:
    card = await begin(yard)
    for data in ("ep.pic:1:purple", "ep.pic:9:light", "ep.show!:9", "ep.remind:9", "ep.sheets:9"):
        assert (await yard.forge(yard.vera, card, data)).show_alert, data


async def test_another_chats_election_is_out_of_reach(yard: Yard) -> None:
    await begin(yard)
    other = yard.world.add_group("Yard 9", creator=yard.tom, kind="supergroup", members=[])
    yard.world.add_bot(other, by=yard.tom)
    there = await yard.hears(yard.tom, "Hello, neighbours", other)
    for data in ("ep.pic:1:light", "ep.show!:1", "ep.remind:1", "ep.sheets:1"):
        assert (await yard.forge(yard.tom, there, data)).show_alert, data


# Milestones


async def test_each_milestone_is_told_once(yard: Yard) -> None:
    card = await begin(yard)
    people = neighbours(yard, 20)
    await sign_all(yard, people[:4], card)
    await at_the_hour(yard)
    assert not said_to_all(yard, QUARTER)
    await sign_all(yard, people[4:5], card)
    assert not said_to_all(yard, QUARTER)
    await at_the_hour(yard)
    post = await yard.hears(yard.tom, QUARTER)
    assert "Vera K.\n▰▰▱▱▱▱▱▱▱▱ 5 / 20\nabout 15 more needed" in post.text
    await withdraw_all(yard, people[:5], card)
    await at_the_hour(yard, "fewer than 5 / 20")
    await sign_all(yard, people[:10], card)
    await at_the_hour(yard)
    await yard.hears(yard.tom, HALF)
    await sign_all(yard, people[10:15], card)
    await at_the_hour(yard, "15 / 20")
    await sign_all(yard, people[15:], card)
    await at_the_hour(yard, "20 / 20")
    await yard.hears(yard.tom, "has enough signatures")
    assert len(said_to_all(yard, "of the way")) == 3
    assert len(said_to_all(yard, QUARTER)) == 1
    told = [*said_to_all(yard, "of the way"), *said_to_all(yard, "has enough signatures")]
    drawn = {content(post) for post in told}
    assert len(drawn) == 4, "each with the picture of its numbers"
    assert [yard.labels(post) for post in told] == [["✍️ Sign", "📊 Picture"]] * 4


@on_one_database
async def test_that_enough_signed_is_told_after_the_end_too_and_asks_for_no_signature(
    yard: Yard,
) -> None:
    yard.say(yard.vera, "/quiet 13:00-8:00")
    await yard.hears(yard.vera, "13:00–08:00")
    card = await begin(yard)
    await sign_all(yard, neighbours(yard, 20), card)
    await at_the_hour(yard, "20 / 20")
    assert not said_to_all(yard, "has enough signatures")
    await close_by_two(yard, card)
    turn_to(yard, "2026-10-22 05:00")
    post = await yard.hears(yard.tom, "has enough signatures")
    assert yard.labels(post) == ["📊 Picture"]
    await yard.tap(yard.tom, post, "Picture")
    assert "This election is over" in (await picture(yard, yard.tom, after=1)).text


@on_one_database
async def test_a_small_target_has_no_milestones(yard: Yard) -> None:
    card = await begin(yard, "/elect 36 Representative of Yard 5")
    await sign_all(yard, neighbours(yard, 8), card)
    await at_the_hour(yard, "5 / 9")
    assert not said_to_all(yard, "of the way")


@on_one_database
async def test_a_milestone_is_a_picture_with_what_everyone_may_do(yard: Yard) -> None:
    card = await begin(yard)
    await sign_all(yard, neighbours(yard, 5), card)
    await at_the_hour(yard)
    post = await yard.hears(yard.tom, QUARTER)
    assert post.photo is not None
    assert yard.labels(post) == ["✍️ Sign", "📊 Picture"]
    await yard.tap(yard.nina, post, "Picture")
    page = await picture(yard, yard.nina, after=1)
    assert page.is_ephemeral
    assert "📣 Show everyone" not in yard.labels(page)
    await yard.tap(yard.vera, post, "Picture")
    page = await picture(yard, yard.vera, after=1)
    assert yard.labels(page)[-4:-1] == ["📣 Show everyone", "⏰ Remind", "🖨 Print sheets"]


@on_one_database
async def test_of_several_candidates_a_milestone_says_all_numbers(yard: Yard) -> None:
    card = await begin(yard)
    await stand(yard, yard.vera, "Adam L.")
    for person in neighbours(yard, 6):
        await sign_at_once(yard, person, card, candidate=2)
    await at_the_hour(yard)
    post = await yard.hears(yard.tom, QUARTER)
    assert post.text.index("Adam L.") < post.text.index("Vera K."), "whose news it is"
    assert "fewer than 5 / 20" in post.text


@on_one_database
async def test_where_no_pictures_are_let_in_milestones_come_in_words(yard: Yard) -> None:
    card = await begin(yard)
    yard.world.set_permissions(yard.group, can_send_photos=False)
    await sign_all(yard, neighbours(yard, 20), card)
    await at_the_hour(yard)
    post = await yard.hears(yard.tom, "Vera K. has enough signatures")
    assert post.photo is None
    assert "20 / 20" in post.text
    assert not yard.log.errors


# What is foretold, and the buildings


async def test_a_forecast_goes_by_the_last_seven_days(yard: Yard) -> None:
    card = await begin(yard)
    await sign_all(yard, neighbours(yard, 5), card)
    await at_the_hour(yard)
    page = await look(yard, yard.tom)
    # Five in seven days: the other fifteen take twenty-one.
    assert "about 15 more needed; if it goes on like this, by Wed 11 November" in page.text
    yard.clock.turn(timedelta(days=7))
    page = await look(yard, yard.tom)
    assert "about 15 more needed" in page.text
    assert "pace" not in page.text


async def test_buildings_stand_beneath_and_keep_their_secret(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 60\nOak lane 1: 20\nThe cottage: 6")
    card = await begin(yard, "/elect Representative of Yard 5")
    people = neighbours(yard, 12)
    for person in people[:6]:
        await yard.forge(person, card, "e.signin!:1:1:1")
    for person in people[6:10]:
        await yard.forge(person, card, "e.signin!:1:1:2")
    await at_the_hour(yard)
    page = await look(yard, yard.tom)
    assert "By building\nFountain street 5: 5\nOak lane 1: fewer than 5" in page.text
    assert "cottage" not in page.text, "so few live there that any number would tell"
    before = content(page)
    await yard.forge(people[6], card, "e.withdraw:1")
    await yard.forge(people[10], card, "e.signin!:1:1:2")
    await yard.forge(people[11], card, "e.signin!:1:1:2")
    await at_the_hour(yard)
    page = await look(yard, yard.tom)
    assert "Oak lane 1: 5" in page.text
    assert content(page) != before
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    assert Records(yard).buildings_shown == {1: 5, 2: 5}
    assert Records(yard).building_counts == [], "no true number is left"


async def test_paper_counts_in_the_building_that_its_sheet_names(yard: Yard) -> None:
    yard.world.start(yard.vera)
    await list_buildings(yard, "Fountain street 5: 60\nOak lane 1: 20")
    card = await begin(yard, "/elect Representative of Yard 5")
    await sign_all_in(yard, neighbours(yard, 9), card, building=1)
    await at_the_hour(yard)
    for building in ("Fountain street 5", "Oak lane 1"):
        await printed(yard, f"/sheet 20 {building}")
    await on_paper(yard, 1, 15)
    await on_paper(yard, 2, 12)
    await redrawn(yard, "in the chat 5, on paper 27")
    page = await look(yard, yard.tom)
    assert "Fountain street 5: 15 on paper, 5 in the chat" in page.text
    # Eight more could sign there: any number of them would tell.
    assert "Oak lane 1: 12 on paper\n\n" in page.text
    before = content(page)
    await yard.settled(61)
    await ledger(yard, "/paper 1 void")
    await redrawn(yard, "in the chat 5, on paper 12")
    page = await look(yard, yard.tom)
    assert "Fountain street 5: 5 in the chat" in page.text
    assert content(page) != before


async def sign_all_in(yard: Yard, people: list[Person], card: Message, *, building: int) -> None:
    for person in people:
        await yard.forge(person, card, f"e.signin!:1:1:{building}")
