"""Telegram delivers an update at least once; its effect comes once."""

from __future__ import annotations

import pytest

from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


async def test_an_update_that_comes_again_changes_nothing(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 19:00 Concert @ Fountain")
    preview = await yard.hears(yard.tom, "neighbours will see it")
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Concert")
    await yard.tap(yard.nina, card, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: "👥 1 comes" in card.text)
    await yard.quiet()
    before = [m.message_id for m in yard.group.messages]
    for update_id in list(yard.world.updates._confirmed):
        yard.world.redeliver(update_id)
        await yard.quiet()
    await yard.settled()
    await yard.tap(yard.tom, card, (0, 1))  # a later one shows that all before it were taken
    await yard.settled()
    await yard.world.until(lambda: "1 perhaps" in card.text)
    assert "👥 1 comes" in card.text
    assert [m.message_id for m in yard.group.messages] == before


async def test_after_a_restart_everything_unconfirmed_comes_and_counts_once(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 19:00 Concert @ Fountain", ephemeral=False)
    preview = await yard.hears(yard.tom, "neighbours will see it")
    await yard.stop()
    yard.world.tap(yard.tom, preview, "Publish")
    yard.world.tap(yard.tom, preview, "Publish")
    await yard.start()
    await yard.card("Concert")
    await yard.quiet()
    await yard.settled()
    await yard.world.until(lambda: preview.deleted)
    assert len([m for m in yard.group.messages if "Concert" in m.text and m.buttons]) == 1
