"""Somebody writes into the database without the key: it doesn't count, is put right, and is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlmodel import Session, col

from bot.person.place import Person, Place
from bot.store import UnitOfWork, personally
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import open_election
from playground.chats import Message
from playground.people import Person as Neighbour
from storage.database import Database
from storage.elections import elections
from storage.elections.candidates import CandidateRow
from storage.elections.signatures import SignatureRow
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    at_the_hour,
    by_two,
    eventually,
    manage,
    neighbours,
    open_signing,
    redrawn,
    sign,
    sign_at_once,
    stand,
)
from tests.yard import Yard

ON_ONE_DATABASE = pytest.mark.databases("sqlite")
"""What is asked here, no database decides."""

HOUR = timedelta(hours=1, minutes=1)


def write(yard: Yard, *statements: Any) -> None:
    """What an intruder does to the database."""

    def run(session: Session) -> None:
        for statement in statements:
            session.execute(statement)

    database = Database(yard.database_url)
    database.write_now(run)
    database.close()


def planted(candidate: int, number: int, election: int = 1) -> Any:
    return insert(SignatureRow).values(
        [
            {
                "election_id": election,
                "person_tag": bytes([n]) * 16,
                "candidate_id": candidate,
                "mac": b"?" * 16,
            }
            for n in range(number)
        ]
    )


async def tags_of(yard: Yard, *people: Neighbour) -> list[bytes]:
    """Under what they signed. Nobody without the key could tell."""
    assert yard.app is not None

    def find(work: UnitOfWork) -> list[bytes]:
        election = elections.get(work.session, 1)
        assert election is not None
        keys = open_keys(work, election)
        return [keys.signer_tag(Person(person.id)) for person in people]

    return await yard.app.store.read(find)


def foreign_rows(yard: Yard) -> int:
    return Records(yard).elections[0].foreign_rows


async def campaign(yard: Yard, signers: int) -> Message:
    await announce(yard, f"/elect 40 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    for person in neighbours(yard, signers):
        await sign_at_once(yard, person, card)
    return card


async def after_an_hour(yard: Yard, told: str) -> None:
    """Wait for the hourly recount to say so in the operator's log."""
    yard.clock.turn(HOUR)
    await eventually(lambda: any(told in line for line in yard.log.errors))


async def test_planted_rows_and_a_raised_count_move_nothing_for_long(yard: Yard) -> None:
    card = await campaign(yard, 3)
    write(yard, planted(1, 4), update(CandidateRow).values(signatures=7))
    await after_an_hour(yard, "a running count of election 1 was off and is put right")
    (found,) = [line for line in yard.log.errors if "weren't written by the bot" in line]
    assert "4 rows among the signatures of election 1" in found
    assert "fault " in found
    yard.log.errors.clear()
    await eventually(lambda: Records(yard).candidates[0].signatures == 3)

    page = await manage(yard, yard.vera, card)
    assert "4 rows among the signatures that I didn't write" in page.text
    # It is said once, not every hour.
    for _ in range(3):
        yard.clock.turn(HOUR)
        await yard.settled()
    await yard.restart()
    assert yard.log.errors == []


async def test_a_changed_count_alone_is_found_within_the_hour(yard: Yard) -> None:
    await campaign(yard, 3)
    await stand(yard, yard.vera, "Adam L.")
    write(
        yard, update(CandidateRow).where(col(CandidateRow.name) == "Adam L.").values(signatures=10)
    )
    await after_an_hour(yard, "put right")
    yard.log.errors.clear()
    await eventually(lambda: Records(yard).candidates[1].signatures == 0)
    card = await redrawn(yard, "Adam L.")
    assert card.text.count("fewer than 5 / 10") == 2


@ON_ONE_DATABASE
async def test_who_finds_their_row_spoilt_signs_again_or_withdraws(yard: Yard) -> None:
    """Before anybody came across it, while the running count still has both."""
    card = await campaign(yard, 3)
    for person in (yard.vera, yard.tom):
        await sign_at_once(yard, person, card)
    owned = await tags_of(yard, yard.vera, yard.tom)
    write(
        yard, update(SignatureRow).where(col(SignatureRow.person_tag).in_(owned)).values(mac=b"?")
    )
    for data in ("eb.proof:1:1", "eb.code:1:1"):
        answer = await yard.forge(yard.vera, card, data)
        assert "You have no signature here" in (answer.text or ""), data
    await sign(yard, yard.vera, card)
    assert (Records(yard).candidates[0].signatures, foreign_rows(yard)) == (4, 1)
    await yard.forge(yard.tom, card, "e.withdraw:1")
    assert (Records(yard).candidates[0].signatures, foreign_rows(yard)) == (4, 0)
    told = [line for line in yard.log.errors if "weren't written by the bot" in line]
    assert ["2 rows among the signatures of election 1" in line for line in told] == [True]
    yard.log.errors.clear()

    await open_signing(yard, yard.tom, card)
    yard.clock.turn(HOUR)
    await yard.forge(yard.vera, card, "e.withdraw:1")
    await eventually(lambda: Records(yard).candidates[0].signatures == 3)
    assert len(Records(yard).signatures) == 3
    yard.clock.turn(timedelta(days=2))
    await yard.settled()
    assert Records(yard).candidates[0].signatures == 3


async def test_a_spoilt_row_that_was_found_already_is_told_no_second_time(yard: Yard) -> None:
    card = await campaign(yard, 3)
    await sign_at_once(yard, yard.vera, card)
    write(yard, update(SignatureRow).values(mac=b"?"))
    yard.clock.turn(timedelta(days=1))
    await after_an_hour(yard, "4 rows among the signatures of election 1")
    await eventually(lambda: Records(yard).candidates[0].signatures == 0)
    yard.log.errors.clear()
    await yard.forge(yard.vera, card, "e.withdraw:1")
    assert (Records(yard).candidates[0].signatures, foreign_rows(yard)) == (0, 3)
    await sign(yard, yard.vera, card)
    assert (Records(yard).candidates[0].signatures, foreign_rows(yard)) == (1, 3)
    assert yard.log.errors == []


@ON_ONE_DATABASE
async def test_a_row_turned_to_another_candidate_counts_for_neither(yard: Yard) -> None:
    card = await campaign(yard, 3)
    await stand(yard, yard.vera, "Adam L.")
    await sign_at_once(yard, yard.nina, card)
    (owned,) = await tags_of(yard, yard.nina)
    write(
        yard,
        update(SignatureRow).where(col(SignatureRow.person_tag) == owned).values(candidate_id=2),
    )
    await sign_at_once(yard, yard.nina, card, candidate=2)
    assert [row.signatures for row in Records(yard).candidates] == [3, 1]
    assert len(Records(yard).signatures) == 4
    yard.log.errors.clear()


async def test_a_changed_public_number_is_found_at_the_elections_turn(yard: Yard) -> None:
    """It would show somebody as elected whom nobody signed for."""
    await campaign(yard, 3)
    await at_the_hour(yard)  # else the next hour puts it right before anybody looks
    write(yard, update(CandidateRow).values(shown=10, crossings=1))
    yard.clock.turn(timedelta(days=1))
    await eventually(lambda: yard.log.errors)
    await at_the_hour(yard)
    assert Records(yard).candidates[0].shown == 0
    assert "is put right" in yard.log.errors.pop()
    assert "fewer than 5 / 10" in (await redrawn(yard, "Vera K.")).text


@ON_ONE_DATABASE
async def test_an_untouched_election_is_left_in_peace(yard: Yard) -> None:
    await campaign(yard, 3)
    before = Records(yard).card.changes
    yard.clock.turn(timedelta(days=2))
    await eventually(lambda: Records(yard).elections[0].recounted_at)
    await yard.settled()
    await yard.restart()
    records = Records(yard)
    assert records.card.changes == before
    assert [c.signatures for c in records.candidates] == [3]


@ON_ONE_DATABASE
async def test_nobody_learns_who_signed(yard: Yard) -> None:
    """Neither a page nor what a use case gives has more of a person than a candidate's chosen words."""
    card = await campaign(yard, 6)
    assert yard.app is not None
    row = await yard.app.store.read(
        personally(open_election, Person(yard.vera.id), Place(yard.group.id)), 1
    )
    tags = {bytes(signature.person_tag) for signature in Records(yard).signatures}
    assert not [tag for tag in tags if repr(tag) in repr(row) or tag.hex() in repr(row)]
    seen = {m.ephemeral_message_id for m in yard.world.visible(yard.vera, yard.group)}
    for data in ("e.manage:1", "e.freeze:1", "e.close:1", "ec.who:1:0", "e.list", "e.sign:1"):
        yard.clock.turn(timedelta(minutes=3))
        await yard.forge(yard.vera, card, data)
    pages = [
        m for m in yard.world.visible(yard.vera, yard.group) if m.ephemeral_message_id not in seen
    ]
    assert len(pages) >= 5
    assert not [m for m in pages if "Neighbour" in m.text.replace("neighbours", "")]
    for typed in ("/signers", "/who", "/election", "/paper", "/help"):
        yard.say(yard.vera, typed)
    await yard.quiet()
    words = [m.text for m in yard.world.visible(yard.vera, yard.group) if m.sender.is_bot]
    assert not [text for text in words if "Neighbour 1" in text]


@ON_ONE_DATABASE
async def test_a_demoted_organisers_old_buttons_are_dead(yard: Yard) -> None:
    card = await campaign(yard, 1)
    yard.world.promote(yard.group, yard.ales, yard.vera)
    await by_two(yard, yard.ales, card, "ec.let!:1:1")
    assert Records(yard).elections[0].newcomers_sign
    yard.world.demote(yard.group, yard.ales, yard.vera)
    for data in ("ec.let!:1:0", "e.manage:1", "e.close!:1", "ec.each!:1:1", "ec.who_signs:1"):
        answer = await yard.forge(yard.ales, card, data)
        assert answer.show_alert or answer.url, data
    (election,) = Records(yard).elections
    assert (election.newcomers_sign, election.state, election.for_each) == (True, "open", False)


@ON_ONE_DATABASE
async def test_buttons_of_another_chat_or_election_do_nothing(yard: Yard) -> None:
    await campaign(yard, 0)
    await announce(yard, "/elect 60 Keeper of the fountain")
    olga = yard.world.add_person("Olga", language="en")
    other = yard.world.add_group("Yard 6", creator=olga)
    yard.world.add_bot(other, by=olga)
    elsewhere = await yard.card("Hello, neighbours", other)
    card = await yard.card("Keeper of the fountain")
    for person, message, data in (
        (olga, elsewhere, "ec.let!:1:1"),
        (olga, elsewhere, "ec.who:1:0"),
        (olga, elsewhere, "ec.own:1"),
        (olga, elsewhere, "ec.leave!:1"),
        (olga, elsewhere, "ec.withdraw:1:1"),
        (yard.tom, card, "ec.leave!:2"),
        (yard.tom, card, "ec.withdraw:9:1"),
        (yard.vera, card, "ec.let!:1:7"),
        (yard.vera, card, "ec.propose!:1:1"),
        (yard.vera, card, "ec.accept!:7"),
    ):
        answer = await yard.forge(person, message, data)
        assert answer.show_alert or answer.url, data
    records = Records(yard)
    assert [row.newcomers_sign for row in records.elections] == [False, False]
    assert [row.left_at for row in records.candidates] == [None]
