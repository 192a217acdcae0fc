"""Sheets, their ledger and buildings from the private chat, for a group that Telegram's own list names."""

from __future__ import annotations

import pytest

from tests.elections.paper.collecting import campaign, documents, sheets
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

PICK = "💬 Choose the chat"


async def test_a_sheet_is_printed_and_comes_back_in_private(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    private = yard.world.private(yard.vera)
    yard.say(yard.vera, "/sheet 20 Building 5", chat=private)
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.vera, PICK, yard.group)
    page = await yard.hears(yard.vera, "Sheet 1, 20 rows, Building 5", private)
    assert len(documents(yard)) == 1
    await yard.tap(yard.vera, page, "All sheets")
    page = await yard.hears(yard.vera, "Sheets printed: 1", private)
    await yard.tap(yard.vera, page, "No. 1")
    await yard.tap(yard.vera, page, "It's back")
    await yard.tap(yard.vera, page, "18")
    await yard.tap(yard.vera, page, "15")
    await yard.tap(yard.vera, page, "Save")
    assert (sheets(yard)[0].filled, sheets(yard)[0].valid) == (18, 15)


async def test_buildings_are_listed_in_private(yard: Yard) -> None:
    private = yard.world.private(yard.vera)
    yard.world.start(yard.vera)
    yard.say(yard.vera, "/buildings", chat=private)
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.vera, PICK, yard.group)
    page = await yard.hears(yard.vera, "No buildings are listed yet", private)
    await yard.tap(yard.vera, page, "Add or change")
    await yard.hears(yard.vera, "Send me the buildings", private)
    yard.say(yard.vera, "Fountain street 5: 120\nFountain street 7: 90", chat=private)
    await yard.hears(yard.vera, "210 residents in all", private)
