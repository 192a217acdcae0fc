"""The picture of the playground in the README: four come to a concert, and one signs unseen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import Visitor, open_browser
from tests.playground.page.opened import let_pass, opened_playground

_WIDTH, _HEIGHT = 1280, 860


def photograph(file: Path) -> None:
    """Play the scene and keep a picture of it. Needs Chromium."""
    with TemporaryDirectory() as folder:
        asyncio.run(_photograph(file, Path(folder)))


async def _photograph(file: Path, folder: Path) -> None:
    browser = open_browser(folder / "profile", width=_WIDTH, height=_HEIGHT)
    try:
        async with opened_playground(folder / "bot") as address:
            page = Visitor(browser)
            await page.holds(_WIDTH, _HEIGHT)
            await page.opens(address)
            await page.sees("Hello, neighbours!")
            await _play(page)
            await page.photographs(file)
    finally:
        browser.quit()


async def _play(page: Visitor) -> None:
    await page.clicks("#hint .round")
    await page.clicks("#bot-role")
    await page.clicks("#power-list button", "Make the bot an administrator")
    await page.writes("/elect 20 Representative of Courtyard 5")
    await page.taps("Publish")
    await page.sees("No candidates yet")
    await page.becomes("Vera")
    await page.writes("/stand Vera K.")
    await page.taps("yes, add me")
    await let_pass(page, "+1 min")
    await page.writes("/action tomorrow 19:00 Concert in the courtyard @ Fountain")
    await page.taps("Publish")
    await page.sees("🤔 Maybe")
    for name in ("Ales", "Nina", "Zosia", "Uladzimir"):
        await page.becomes(name)
        await page.taps("Going")
    await let_pass(page, "+1 min")
    await page.sees("4 come")
    await page.becomes("Tom")
    await page.taps("Sign")
    await page.sees("only Tom sees this")
