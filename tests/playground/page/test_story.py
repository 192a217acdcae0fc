"""A neighbourhood's first day: the real bot, the stand-in for Telegram, the page, a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser import Visitor
from tests.playground.page.opened import let_pass, opened_playground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.browser


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with opened_playground(tmp_path) as address:
        yield address


async def test_a_neighbourhoods_first_day(visitor: Visitor, address: str) -> None:
    page = visitor
    await page.opens(address)
    await page.sees("Vera added Dvor")
    await page.sees("Hello, neighbours!")

    # A concert is announced, and somebody will come.
    await page.clicks("#hint .try", "/action tomorrow 19:00 Concert in the courtyard @ Fountain")
    await page.types(Keys.ENTER)
    await page.sees("This is how neighbours will see it")
    await page.taps("Publish")
    await page.sees("🤔 Maybe")
    await page.becomes("Ales")
    await page.taps("Going")
    await let_pass(page, "+1 min")
    await page.sees("1 comes")

    # A representative: Nina stands, Ales signs, and only he reads that he did.
    await page.becomes("Vera")
    await page.writes("/elect 400 Representative of Yard 5")
    await page.sees("100 signatures")
    await page.taps("Publish")
    await page.sees("No candidates yet")
    await page.becomes("Nina")
    await page.writes("/stand Nina K.")
    await page.taps("Открыть")
    await page.sees("only Nina sees this", ".ephemeral")
    await page.taps("Nina K.: запишите")
    await page.sees("Вы среди кандидатов")
    await let_pass(page, "+1 min")
    await page.becomes("Ales")
    assert "Вы среди кандидатов" not in await page.text()
    await page.taps("Sign")
    await page.sees("only Ales sees this", ".ephemeral")
    await page.taps("Nina K.: мой подпіс")
    await page.sees("Ваш подпіс залічаны", ".ephemeral")

    # A reminder comes when the clock gets there.
    await page.becomes("Vera")
    assert "залічаны" not in await page.text()
    await page.writes("/remind in 1 hour Seniors' walk")
    await page.taps("Schedule")
    await page.sees_no_more("Cancel")
    reminder = (
        "[...document.querySelectorAll('.theirs .text')]"
        '.some((text) => text.textContent.includes("⏰ Seniors\' walk"))'
    )
    assert not await page.measure(reminder)
    await let_pass(page, "+1 h")
    await page.until(reminder)

    # The bot answers each in their own language, and nobody else.
    await page.becomes("Tom")
    await page.writes("/actions")
    await page.sees("Concert in the courtyard", ".ephemeral:last-child")
    in_english = await page.text(".ephemeral:last-child .text")
    await page.becomes("Zosia")
    await page.writes("/actions")
    await page.sees("Неўзабаве", ".ephemeral:last-child")
    assert await page.text(".ephemeral:last-child .text") != in_english
    assert await page.complaints() == []
