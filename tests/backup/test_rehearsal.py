"""The rehearsal: a backup of a bot at work is restored after a fire, and neighbours go on."""

from __future__ import annotations

import asyncio

import pytest

from playground.chats import Message
from tests.backup.volunteer import Safe, machine_of, yard_on
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    at_the_hour,
    neighbours,
    sign_at_once,
    stand,
)
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")


async def _campaign(yard: Yard) -> Message:
    await announce(yard, f"/elect 40000 {TITLE}")
    return await stand(yard, yard.tom, "Vera K.")


async def test_neighbours_go_on_from_a_backup_that_was_made_while_they_tapped(
    yard: Yard, safe: Safe, elsewhere: str
) -> None:
    card = await _campaign(yard)
    crowd = neighbours(yard, 5)
    for person in crowd:
        await sign_at_once(yard, person, card)
    making = asyncio.create_task(asyncio.to_thread(machine_of(yard).back_up, safe))
    while not making.done():
        crowd += neighbours(yard, 1)
        await sign_at_once(yard, crowd[-1], card)
    await making
    crowd += neighbours(yard, -len(crowd) % 5)  # the public number moves in fives
    await yard.stop()

    machine = machine_of(yard).after_the_fire(elsewhere)
    restored = machine.restore(safe)
    assert restored.returncode == 0, restored.stderr
    assert "chats 1, elections 1" in restored.stdout
    there = yard_on(machine, yard)
    signed = len(Records(there).signatures)
    assert 5 <= signed <= len(crowd)
    (candidate,) = Records(there).candidates
    assert candidate.signatures == signed, "the count and what is counted are of one moment"

    await there.start()
    for person in crowd:
        await sign_at_once(there, person, card)
    await at_the_hour(there, f" {len(crowd):,} / 10,000")
    await there.stop()
