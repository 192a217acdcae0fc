"""What can't be undone takes two organisers, or, where there is one, a day in which it can be stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from playground.chats import Message
from storage.database import Database
from storage.elections.acts import ActRow
from tests.elections.campaign import (
    TITLE,
    Records,
    agreed,
    announce,
    list_buildings,
    manage,
    neighbours,
    newest_update,
    organiser,
    redeliver,
    redrawn,
    sign_at_once,
    stand,
)
from tests.safety.traces import kept_files, kept_rows
from tests.yard import Yard

CLOSE = "wants to close this election now"
DAY = timedelta(hours=25)
SQLITE = pytest.mark.databases("sqlite")


async def begun(yard: Yard) -> Message:
    """An election in which somebody stands; gives its card."""
    await announce(yard)
    return await stand(yard, yard.tom, "Vera K.")


def acts(yard: Yard) -> list[ActRow]:
    database = Database(yard.database_url)
    try:
        return database.read_now(lambda s: list(s.exec(select(ActRow).order_by("id"))))
    finally:
        database.close()


def is_open(yard: Yard) -> bool:
    return Records(yard).elections[0].state == "open"


async def test_a_second_organiser_agrees_and_nobody_else(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.hears(yard.vera, "A second administrator has to agree")
    message = await yard.card(CLOSE)
    assert yard.labels(message) == ["✅ I agree", "✋ Stop it"]
    assert "by Thu 22 October, 12:0" in message.text
    await redrawn(yard, "An administrator wants to close it now")
    answer = await yard.tap(yard.vera, message, "I agree")
    assert "This came from you" in (answer.text or "")
    for person, button, said in (
        (yard.tom, "I agree", "a second one has to agree by Thu 22 October, 12:0"),
        (yard.ales, "Stop it", "Вам нічога рабіць не трэба"),
        (yard.nina, "Stop it", "Если никто не согласится, всё останется как есть"),
    ):
        answer = await yard.tap(person, message, button)
        assert not answer.show_alert
        page = await yard.hears(person, said)
        assert page.is_ephemeral
        assert len(page.buttons) == 1, "the way out alone"
    assert is_open(yard)
    (row,) = acts(yard)
    assert row.person_tag is not None
    await agreed(yard, second, CLOSE)
    await yard.hears(yard.tom, f"This election is over: {TITLE}")
    await yard.settled(61)
    await yard.world.until(lambda: "Done" in message.text and not message.buttons)
    assert [(act.state, act.person_tag) for act in acts(yard)] == [("done", None)]
    for data in ("ee.yes!:1", "ee.stop!:1"):
        assert "decided already" in ((await yard.forge(second, card, data)).text or "")


@SQLITE
async def test_where_there_are_no_whispers_others_read_in_private_who_decides(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    card = await begun(yard)
    organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    message = await yard.card(CLOSE)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, message, "Stop it"))
    page = await yard.hears(yard.tom, "You needn't do anything", private)
    assert any("Close" in label for label in yard.labels(page))
    assert is_open(yard)


async def test_asking_for_the_same_is_agreeing_and_asking_twice_is_not(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    for _ in range(2):
        await yard.forge(yard.vera, card, "e.freeze!:1")
    assert len(acts(yard)) == 1
    await yard.forge(second, card, "e.freeze!:1")
    await yard.hears(second, "The target is fixed")
    assert Records(yard).elections[0].is_frozen


@SQLITE
async def test_any_organiser_stops_it_and_the_chat_is_told(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.tap(second, await yard.card(CLOSE), "Stop it")
    await yard.hears(yard.tom, "Stopped. Everything stays as it was")
    assert is_open(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    assert [act.state for act in acts(yard)] == ["stopped", "waiting"], "it can be asked for again"


async def test_without_agreement_it_comes_to_nothing(yard: Yard) -> None:
    card = await begun(yard)
    organiser(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    message = await yard.card(CLOSE)
    yard.clock.turn(DAY)
    await yard.hears(yard.tom, "This won't happen")
    assert is_open(yard)
    await yard.settled(61)
    await yard.world.until(lambda: not message.buttons)
    yard.clock.turn(timedelta(days=8))
    await yard.world.until(lambda: acts(yard) == [])


@SQLITE
async def test_a_single_organiser_waits_for_a_day_through_a_restart(yard: Yard) -> None:
    card = await begun(yard)
    yard.promote_bot()
    await yard.forge(yard.vera, card, "e.close!:1")
    # The bot isn't a second organiser.
    await yard.hears(yard.vera, "It happens in 24 hours")
    message = await yard.card(CLOSE)
    assert yard.labels(message) == ["✋ Stop it"]
    yard.clock.turn(timedelta(hours=23))
    await yard.restart()
    assert is_open(yard)
    yard.clock.turn(timedelta(hours=2))
    await yard.hears(yard.tom, "This election is over")


@SQLITE
async def test_a_single_organiser_may_think_better_of_it(yard: Yard) -> None:
    card = await begun(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.tap(yard.vera, await yard.card(CLOSE), "Stop it")
    yard.clock.turn(DAY)
    await yard.settled(61)
    assert is_open(yard)


@SQLITE
async def test_it_happens_while_the_bot_is_away_and_is_told_when_it_is_back(yard: Yard) -> None:
    card = await begun(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.card(CLOSE)
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    await yard.quiet()
    yard.clock.turn(DAY)
    await yard.world.until(lambda: not is_open(yard))
    yard.world.add_bot(yard.group, by=yard.vera)
    await yard.hears(yard.vera, "This election is over")


@SQLITE
async def test_whoever_asked_must_still_be_an_organiser(yard: Yard) -> None:
    card = await begun(yard)
    first, second = organiser(yard), organiser(yard, "Petra")
    await yard.forge(first, card, "e.close!:1")
    message = await yard.card(CLOSE)
    yard.world.demote(yard.group, first, yard.vera)
    answer = await yard.tap(second, message, "I agree")
    assert "isn't an administrator any more" in (answer.text or "")
    assert is_open(yard)
    assert not (await yard.tap(first, message, "I agree")).show_alert
    await yard.hears(first, "If you don't want this, talk to one of them")
    assert "This came from you" in ((await yard.tap(second, message, "I agree")).text or "")
    await yard.tap(yard.vera, message, "I agree")
    await yard.hears(yard.tom, "This election is over")


@SQLITE
async def test_who_is_anonymous_in_the_group_is_an_organiser_too(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    yard.world.set_anonymous(yard.group, second)
    await yard.forge(yard.vera, card, "e.close!:1")
    await agreed(yard, second, CLOSE)
    await yard.hears(yard.tom, "This election is over")


@SQLITE
async def test_taps_that_come_again_do_nothing_again(yard: Yard) -> None:
    card = await begun(yard)
    second = organiser(yard)
    yard.world.tap_data(yard.vera, card, await yard.stored("e.close!:1"))
    asking = newest_update(yard)
    message = await yard.card(CLOSE)
    await yard.forge(second, message, "ee.stop!:1")
    await redeliver(yard, asking)
    assert [act.state for act in acts(yard)] == ["stopped"]
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.quiet()
    yard.world.tap_data(second, message, await yard.stored("ee.yes!:2"))
    agreeing = newest_update(yard)
    await yard.hears(yard.tom, "This election is over")
    await redeliver(yard, agreeing)
    await yard.settled(61)
    await yard.hears(yard.tom, "🏁")
    await yard.quiet()
    assert sum(m.text.startswith("🏁") for m in yard.group.messages) == 1


@SQLITE
async def test_an_organiser_of_another_chat_decides_nothing_here(yard: Yard) -> None:
    card = await begun(yard)
    await yard.forge(yard.vera, card, "e.close!:1")
    await yard.card(CLOSE)
    other = yard.world.add_group("Yard 6", creator=yard.tom)
    yard.world.add_bot(other, by=yard.tom)
    elsewhere = await yard.card("Hello, neighbours", other)
    for data in (
        "ee.yes!:1", "ee.stop!:1", "ee.yes!:9", "ee.delete!:1", "ee.when!:1:none", "ee.when:1",
        "ee.file!:1", "ee.keep!:1:7", "ee.forget!:1", "ee.pdf:1:en",
    ):  # fmt: skip
        answer = await yard.forge(yard.tom, elsewhere, data)
        assert answer.show_alert or answer.url, data
    assert [act.state for act in acts(yard)] == ["waiting"]


async def test_a_base_that_changes_waits_and_can_be_stopped(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 120\nFountain street 7: 280")
    await announce(yard, f"/elect 25% {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    await list_buildings(yard, "Fountain street 7: 20")
    yard.clock.turn(timedelta(minutes=2))
    message = await yard.card("would be counted again, for 140 residents")
    answer = await yard.tap(yard.vera, message, "I agree")
    assert "This came from you" in (answer.text or "")
    await yard.tap(yard.vera, message, "Stop it")
    await yard.hears(yard.tom, "Stopped")
    assert [row.base for row in Records(yard).bases] == [400]
    await list_buildings(yard, "Fountain street 7: 30")
    yard.clock.turn(timedelta(minutes=2))
    message = await yard.card("would be counted again, for 150 residents")
    yard.clock.turn(timedelta(hours=20))
    await list_buildings(yard, "Fountain street 7: 40")
    yard.clock.turn(timedelta(minutes=2))
    await yard.world.until(lambda: acts(yard)[-1].due_at > yard.clock.now() + timedelta(hours=23))
    yard.clock.turn(timedelta(hours=5))
    await yard.world.until(lambda: "for 160 residents" in message.text)
    assert [row.base for row in Records(yard).bases] == [400], "another change, another day"
    yard.clock.turn(DAY)
    await yard.hears(yard.tom, "the target has changed. Now it is 40 signatures, for 160 residents")
    await yard.settled(61)
    await yard.world.until(lambda: "160 residents" in card.text)
    assert card.chat is yard.group


@SQLITE
async def test_where_nobody_stands_an_election_is_deleted_at_once(yard: Yard) -> None:
    card = await announce(yard)
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Delete the election")
    page = await yard.hears(yard.vera, f"Delete {TITLE}, with its names")
    await yard.tap(yard.vera, page, "Yes, delete it all")
    await yard.hears(yard.vera, "Deleted.")
    await yard.hears(yard.tom, "An election is deleted")
    await yard.settled(61)
    await yard.world.until(lambda: "An election was here" in card.text)
    assert card.buttons == []
    yard.clock.turn(timedelta(minutes=3))
    answer = await yard.forge(yard.vera, card, "e.manage:1")
    assert answer.show_alert


async def test_of_a_deleted_election_nothing_is_left(yard: Yard) -> None:
    yard.world.start(yard.vera)
    title = "Keeper of the fountain"
    await announce(yard, f"/elect 24 {title}")
    card = await stand(yard, yard.tom, "Adam L.")
    for person in neighbours(yard, 6):
        await sign_at_once(yard, person, card)
    yard.say(yard.vera, "/sheet 5")
    await yard.hears(yard.vera, "Sheet 1, 5 rows")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "ee.delete!:1")
    assert is_open(yard)
    await agreed(yard, second, "wants to delete this election")
    await yard.hears(yard.tom, "An election is deleted")
    rows = kept_rows(yard)
    kept = ("candidate", "signature", "election_base", "paper_sheet", "paper_setting")
    assert [table for table in kept if rows[table].strip(b"[]")] == []
    assert [row.state for row in Records(yard).elections] == ["deleted"]
    yard.clock.turn(timedelta(hours=2))
    await yard.settled()
    await yard.stop()
    for name, content in kept_files(yard).items():
        for words in (title, "Adam L."):
            assert words.encode() not in content, name
