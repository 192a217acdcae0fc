"""A backup from before what neighbours were shown: told before anything is erased, and at each start."""

from __future__ import annotations

import pytest

from playground.chats import Message
from tests.backup.volunteer import Safe, machine_of
from tests.copying.copies import everything_in
from tests.elections.bulletins.publishing import bulletin, campaign, crowd, evening
from tests.yard import Yard


@pytest.mark.databases("sqlite")
async def test_a_backup_behind_the_last_bulletin_is_told_before_anything_is_erased(
    yard: Yard, safe: Safe
) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    await bulletin(yard, 1)
    machine = machine_of(yard)
    machine.back_up(safe)
    await crowd(yard, card, 5)
    await evening(yard)
    await bulletin(yard, 2)
    await yard.stop()

    before = everything_in(machine.database_url)
    asked = machine.restore(safe)
    assert asked.returncode == 2
    assert "had come to number 2; the backup knows number 1" in asked.stdout
    heads = machine.key_file.with_name("dvor.key.heads")
    assert f"remove the file {heads}" in asked.stdout
    assert everything_in(machine.database_url) == before

    assert machine.restore(safe, "--yes").returncode == 0
    started = machine.type("run", BOT_TOKEN=yard.world.bot.token, BOT_API_URL=yard.server.url)
    assert started.returncode == 2
    assert "the database knows number 1" in started.stderr
    heads.unlink()
    await yard.start()
    await crowd(yard, card, 5)
    await evening(yard)
    await yard.world.until(lambda: len(_second_ones(yard)) == 2)


def _second_ones(yard: Yard) -> list[Message]:
    """The new one contradicts what the chat has, for all to see."""
    return [m for m in yard.group.messages if m.document and m.document.name == "bulletin-2.txt"]
