"""The field to write in: what Enter sends, what a tap sends, and what goes beside words."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
)

from tests.browser import Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

pytestmark = pytest.mark.browser

# The smallest one there is.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


async def test_enter_sends_what_was_typed_and_not_a_longer_command(
    page: Visitor, bot: Bot, world: World, group: Chat, vera: Person
) -> None:
    commands = [BotCommand("reminders", "What waits"), BotCommand("remind", "Remind")]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllGroupChats())
    await page.until("!document.getElementById('slash').hidden")
    await page.types("/remind")
    await page.sees("What waits", "#palette")
    first = "document.querySelector('#palette li').textContent"
    assert await page.measure(first) == "/remindRemind"
    await page.types(Keys.ENTER)
    await world.message(vera, group, "/remind")
    await page.until("document.getElementById('say').value === ''")
    await page.types("/rem")
    await page.clicks("#palette li", "What waits")
    await world.message(vera, group, "/reminders")


async def test_on_a_touch_screen_enter_begins_a_new_line_and_the_arrow_sends(
    page: Visitor, world: World, group: Chat, vera: Person, browser: Chrome
) -> None:
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        await page.types(f"Fountain street 5: 120{Keys.ENTER}Fountain street 7: 80")
        await page.clicks("#composer .send")
        said = await world.message(vera, group, "Fountain street 7")
    finally:
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    assert said.text == "Fountain street 5: 120\nFountain street 7: 80"


async def test_a_command_in_a_text_is_sent_by_a_tap_and_code_is_put_into_the_field(
    page: Visitor, bot: Bot, world: World, group: Chat, vera: Person
) -> None:
    await bot.send_message(
        group.id, "Try /help or <code>/action tomorrow</code>", parse_mode="HTML"
    )
    await page.clicks(".inline", "/help")
    await world.message(vera, group, "/help")
    await page.clicks("code", "/action tomorrow")
    assert await page.measure("document.getElementById('say').value") == "/action tomorrow "


async def test_what_one_sends_is_seen_however_far_up_one_was(
    page: Visitor, world: World, group: Chat, ales: Person
) -> None:
    for number in range(40):
        world.say(group, ales, f"Chatter {number}")
    await page.sees("Chatter 39")
    await page.until("document.getElementById('log').scrollTop > 100")
    await page.measure("document.getElementById('log').scrollTo({ top: 0, behavior: 'instant' })")
    await page.until(
        "!document.getElementById('newest').hidden || document.getElementById('log').scrollTop === 0"
    )
    await page.writes("Hello from far above")
    await page.until(
        "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 5)"
        "(document.getElementById('log'))"
        " && document.getElementById('log').textContent.includes('Hello from far above')"
    )


async def test_pictures_files_polls_and_places_are_sent(
    page: Visitor, world: World, group: Chat, tmp_path: Path
) -> None:
    first, second, leaflet = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "leaflet.txt"
    for picture in (first, second):
        picture.write_bytes(PICTURE)
    leaflet.write_text("Come to the courtyard")

    await page.types("Our yard")
    await page.clicks("#attach summary")
    await page.clicks("#attach button", "Photo or album")
    await page.fills("#files", f"{first}\n{second}")
    await page.sees("Our yard")
    assert await page.measure("document.getElementById('say').value") == ""
    assert len([m for m in group.messages if m.photo is not None and m.media_group_id]) == 2
    shown = "document.querySelector('.photo img').alt"
    assert await page.measure(shown) == "Photo: Our yard"

    await page.clicks("#attach summary")
    await page.clicks("#attach button", "File")
    await page.fills("#files", str(leaflet))
    await page.sees("leaflet.txt")

    await page.clicks("#attach summary")
    await page.clicks("#attach button", "Poll")
    await page.fills("#poll input", "When?")
    await page.fills("#poll textarea", "Saturday\nSunday")
    await page.clicks("#poll .big", "Send")
    await page.sees("Sunday")

    await page.clicks("#attach summary")
    await page.clicks("#attach button", "Location")
    await page.sees("📍 53.9168")
