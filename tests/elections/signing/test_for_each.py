"""Where one may sign for several candidates: once for each, and nobody can tell whose belong together."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session

from playground.chats import Message
from storage.database import Database
from storage.elections.elections import ElectionRow
from tests.elections.campaign import (
    CONFIRM,
    ELECT,
    SENTENCE,
    Records,
    eventually,
    neighbours,
    sign_at_once,
    stand,
)
from tests.yard import Yard

PREVIEW = "This is what neighbours will sign for"


async def announce_for_each(yard: Yard) -> Message:
    """Vera chooses the setting before she publishes; gives the card with two candidates."""
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "several candidates" not in preview.text
    await yard.tap(yard.vera, preview, "Who may sign")
    page = await yard.hears(yard.vera, "Who may sign, and for how many?")
    marked = [label for label in yard.labels(page) if label.startswith("✓")]
    assert marked == ["✓ One signature a person", "✓ Only who is here already"]
    await yard.tap(yard.vera, page, "One for each candidate")
    page = await yard.hears(yard.vera, "Everyone may sign for several candidates")
    await yard.tap(yard.vera, page, "‹ Back")
    preview = await yard.hears(yard.vera, PREVIEW)
    assert "Everyone may sign for several candidates" in preview.text
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("No candidates yet")
    await stand(yard, yard.tom, "Vera K.")
    card = await stand(yard, yard.vera, "Adam L.")
    assert "You may sign for several candidates" in card.text
    return card


async def test_signing_for_two_and_taking_one_back(yard: Yard) -> None:
    card = await announce_for_each(yard)
    await yard.tap(yard.vera, card, "Sign")
    page = await yard.hears(yard.vera, "Who do you sign for?")
    for name in ("Vera K.", "Adam L."):
        await yard.tap(yard.vera, page, name)
        page = await yard.hears(yard.vera, SENTENCE)
        assert "You may sign for several candidates" in page.text
        await yard.tap(yard.vera, page, CONFIRM)
        page = await yard.hears(yard.vera, "Counted. You signed for")
    assert "Vera K., Adam L." in page.text
    assert yard.labels(page)[:2] == ["✓ Vera K.", "✓ Adam L."]
    records = Records(yard)
    assert [c.signatures for c in records.candidates] == [1, 1]
    assert len({row.person_tag for row in records.signatures}) == 2, "two tags of one person"

    await yard.tap(yard.vera, page, "✓ Vera K.")
    page = await yard.hears(yard.vera, "You signed for Vera K.")
    await yard.tap(yard.vera, page, "Withdraw")
    page = await yard.hears(yard.vera, "Counted. You signed for: Adam L.")
    assert yard.labels(page)[:2] == ["Vera K.", "✓ Adam L."]
    assert [c.signatures for c in Records(yard).candidates] == [0, 1]


async def test_two_devices_at_once_make_one_signature_for_each(yard: Yard) -> None:
    card = await announce_for_each(yard)
    person = neighbours(yard, 1)[0]
    await asyncio.gather(
        *(sign_at_once(yard, person, card, candidate) for candidate in (1, 2, 1, 2, 1, 2))
    )
    records = Records(yard)
    assert sorted(row.candidate_id for row in records.signatures) == [1, 2]
    assert [c.signatures for c in records.candidates] == [1, 1]
    await yard.forge(person, card, "e.withdraw:1")
    assert Records(yard).signatures == []
    assert [c.signatures for c in Records(yard).candidates] == [0, 0]


@pytest.mark.databases("sqlite")
async def test_changing_the_setting_in_the_database_lets_nobody_sign_twice(yard: Yard) -> None:
    card = await announce_for_each(yard)
    await sign_at_once(yard, yard.nina, card, candidate=1)

    def flip(session: Session) -> None:
        session.execute(update(ElectionRow).values(for_each=False))

    database = Database(yard.database_url)
    database.write_now(flip)
    database.close()
    await sign_at_once(yard, yard.nina, card, candidate=1)
    assert len(Records(yard).signatures) == 1
    assert any("Sealed" in line for line in yard.log.errors)
    yard.log.errors.clear()

    # The hourly recount says so too, and goes on with the others.
    yard.clock.turn(timedelta(hours=1, minutes=1))
    await eventually(lambda: any("can't be recounted" in line for line in yard.log.errors))
    yard.log.errors.clear()
