"""Buildings in elections: they make the base, and people sign from one of them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event, text
from sqlmodel import Session

from playground.chats import Message
from storage.database import Database
from storage.elections import signatures
from tests.elections.campaign import (
    TITLE,
    Records,
    agreed,
    announce,
    at_the_hour,
    list_buildings,
    manage,
    neighbours,
    open_signing,
    organiser,
    redrawn,
    sign_at_once,
    stand,
)
from tests.yard import Yard

_MINUTES = timedelta(minutes=2)
HOUSES = "Fountain street 5: 120\nFountain street 7: 280"


async def begin(yard: Yard) -> Message:
    """An election that counts from the buildings; gives its card."""
    yard.say(yard.vera, f"/elect {TITLE}")
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Publish")
    return await yard.card(TITLE)


async def freeze(yard: Yard, card: Message) -> None:
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Fix the target")
    page = await yard.hears(yard.vera, f"Really fix the target for {TITLE}?")
    await yard.tap(yard.vera, page, "Yes, it is final")
    await yard.hears(yard.vera, "Changes to the buildings don't move it any more")


async def test_without_a_number_the_buildings_are_the_base(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    card = await begin(yard)
    assert "At least 25 percent of 400 residents: 100 signatures" in card.text
    assert "isn't final" not in card.text


async def test_without_a_number_and_buildings_it_asks_for_either(yard: Yard) -> None:
    yard.say(yard.vera, f"/elect {TITLE}")
    page = await yard.hears(yard.vera, "How many residents are there?")
    assert "If you list your /buildings" in page.text
    assert "400" in yard.labels(page)


async def test_a_typed_number_wins_and_is_provisional(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    card = await announce(yard, f"/elect 500 {TITLE}")
    assert "25 percent of 500 residents" in card.text
    assert "The target isn't final" in card.text


async def test_a_missing_or_estimated_number_makes_the_target_provisional(yard: Yard) -> None:
    for house in ("Fountain street 9: ?", "Fountain street 9: ~5"):
        await list_buildings(yard, f"Fountain street 5: 95\n{house}")
        assert "The target isn't final" in (await begin(yard)).text


async def test_a_change_of_buildings_is_told_once_and_counts_anew(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    await list_buildings(yard, "Fountain street 9: 10")
    await list_buildings(yard, "Fountain street 9: 20")
    yard.clock.turn(_MINUTES)
    post = await yard.hears(yard.tom, "the target has changed")
    assert "Now it is 105 signatures, for 420 residents" in post.text
    assert not post.is_ephemeral
    card = await redrawn(yard, "25 percent of 420 residents: 105 signatures")
    assert TITLE in card.text
    assert [(row.version, row.base) for row in Records(yard).bases] == [(1, 400), (2, 420)]
    assert sum("the target has changed" in message.text for message in yard.group.messages) == 1


async def test_a_smaller_base_can_be_what_makes_it_enough(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 24\nFountain street 7: 100")
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    for person in neighbours(yard, 7):
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "5 / 31")
    second = organiser(yard)
    await list_buildings(yard, "Fountain street 7: 1")
    yard.clock.turn(_MINUTES)
    await agreed(yard, second, "would be counted again, for 25 residents")
    await yard.hears(yard.tom, "the target has changed. Now it is 7 signatures, for 25 residents")
    await yard.hears(yard.tom, "has enough signatures")
    await redrawn(yard, "7 / 7")
    assert Records(yard).candidates[0].crossings == 1


async def test_a_frozen_base_stays(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: ~400")
    card = await begin(yard)
    assert "isn't final" in card.text
    yard.clock.turn(_MINUTES)  # one person gets only so many answers in a minute
    await list_buildings(yard, "Fountain street 7: 90")
    await freeze(yard, card)
    yard.clock.turn(_MINUTES)
    await list_buildings(yard, "Fountain street 9: 20")
    yard.clock.turn(_MINUTES)
    await yard.settled(61)
    await yard.world.until(lambda: "isn't final" not in card.text)
    assert "25 percent of 400 residents" in card.text
    assert [row.base for row in Records(yard).bases] == [400]
    page = await manage(yard, yard.vera, card)
    assert "⏳ Deadline" in yard.labels(page)
    assert not any("Fix the target" in label for label in yard.labels(page))


async def test_only_organisers_freeze(yard: Yard) -> None:
    card = await announce(yard)
    for data in ("e.freeze:1", "e.freeze!:1"):
        answer = await yard.forge(yard.tom, card, data)
        assert "Only this chat's administrators" in (answer.text or ""), data
    assert not Records(yard).elections[0].is_frozen


async def test_a_typed_base_is_left_alone(yard: Yard) -> None:
    await announce(yard)
    await list_buildings(yard, HOUSES)
    yard.clock.turn(_MINUTES)
    await yard.quiet()
    assert [row.base for row in Records(yard).bases] == [400]
    assert Records(yard).elections[0].base_due_at is None


async def test_ones_building_is_the_confirmation(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    page = await open_signing(yard, yard.vera, card)
    assert [label for label in yard.labels(page) if "🏠" in label] == [
        "🏠 Fountain street 5",
        "🏠 Fountain street 7",
    ]
    await yard.tap(yard.vera, page, "Fountain street 7")
    await yard.hears(yard.vera, "Your signature is counted")
    (row,) = Records(yard).signatures
    assert row.building_id == 2


async def test_another_building_is_one_button_too(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    page = await open_signing(yard, yard.vera, card)
    assert "“I live here, I am 18 or older, and I sign for Vera K.”" in page.text
    await yard.tap(yard.vera, page, "Another building")
    await yard.hears(yard.vera, "Your signature is counted")
    assert [row.building_id for row in Records(yard).signatures] == [None]


async def test_many_buildings_come_eight_at_a_time(yard: Yard) -> None:
    await list_buildings(yard, "\n".join(f"House {n}: 40" for n in range(10)))
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    page = await open_signing(yard, yard.vera, card)
    assert len([label for label in yard.labels(page) if "House" in label]) == 8
    await yard.tap(yard.vera, page, "Next")
    page = await yard.hears(yard.vera, "Tap your building")
    assert [label for label in yard.labels(page) if "House" in label] == [
        "🏠 House 8",
        "🏠 House 9",
    ]
    await yard.tap(yard.vera, page, "House 9")
    await yard.hears(yard.vera, "Your signature is counted")
    assert [row.building_id for row in Records(yard).signatures] == [10]


async def test_no_building_of_another_chat_nor_a_removed_one(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    other = yard.world.add_group("Yard 6", creator=yard.vera)
    yard.world.add_bot(other, by=yard.vera)
    await yard.card("Hello, neighbours", other)
    yard.say(yard.vera, "/buildings Elsewhere: 10", chat=other)
    await yard.hears(yard.vera, "Elsewhere: 10", other)
    await yard.forge(yard.vera, await yard.hears(yard.vera, "Fountain"), "b.remove!:1:2")
    for building in (2, 3, 9):
        answer = await yard.forge(yard.nina, card, f"e.signin!:1:1:{building}")
        assert answer.show_alert, building
    assert Records(yard).signatures == []


async def test_a_signature_moved_to_another_building_is_recognised(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await yard.forge(yard.vera, card, "e.signin!:1:1:1")
    for forged in ("2", "NULL"):
        _execute(yard, f"UPDATE signature SET building_id = {forged}")
        yard.clock.turn(_MINUTES)
        await open_signing(yard, yard.vera, card)
    await yard.forge(yard.vera, card, "e.signin!:1:1:1")
    assert [row.building_id for row in Records(yard).signatures] == [1]
    assert [(row.building_id, row.signatures) for row in Records(yard).building_counts] == [(1, 1)]
    assert any("1 rows among the signatures of election 1" in line for line in yard.log.errors)
    yard.log.errors.clear()


async def test_buildings_are_counted_for_one_election_alone(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    await begin(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    people = neighbours(yard, 5)
    for person, building in zip(people, (1, 1, 1, 2), strict=False):
        await yard.forge(person, card, f"e.signin!:1:1:{building}")
    await sign_at_once(yard, people[4], card)
    database = Database(yard.database_url)
    try:
        counted = database.read_now(lambda session: signatures.count_by_building(session, 1))
        others = database.read_now(lambda session: signatures.count_by_building(session, 2))
    finally:
        database.close()
    assert counted == {1: 3, 2: 1, None: 1}
    assert others == {}


def test_counting_by_building_reads_one_elections_rows_only(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    asked: list[str] = []

    def listen(session: Session) -> None:
        def note(*args: object) -> None:
            asked.append(str(args[2]))

        event.listen(session.connection(), "before_cursor_execute", note)
        signatures.count_by_building(session, 1)

    try:
        database.read_now(listen)
        (query,) = (statement for statement in asked if "signature" in statement)
        with database.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (1,)).all()
    finally:
        database.close()
    assert any("SEARCH signature USING PRIMARY KEY (election_id=?)" in row.detail for row in plan)


def _execute(yard: Yard, statement: str) -> None:
    database = Database(yard.database_url)
    try:
        database.write_now(lambda session: session.execute(text(statement)))
    finally:
        database.close()
