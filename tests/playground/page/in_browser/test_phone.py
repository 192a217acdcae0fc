"""The page on a telephone of 360 px."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.keys import Keys
from telegram import Bot

from playground.yard import Yard
from tests.browser import Visitor
from tests.playground.page.in_browser.looking import buttons

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True])
async def test_a_narrow_phone_shows_it_all_without_scrolling_sideways(
    page: Visitor, bot: Bot, world: World, yard: Yard, group: Chat, dark: bool
) -> None:
    world.promote(group, world.bot, by=yard.founder)
    await page.holds(360, 740, dark=dark)
    long_word = "W" * 120
    sent = await bot.send_message(
        group.id, f"{long_word}\n\n{'line ' * 60}", reply_markup=buttons(*"ABCDEFGH")
    )
    await bot.pin_chat_message(group.id, sent.message_id)
    await page.sees("Pinned", "#pin")
    await page.sees("H")
    overflow = """[...document.querySelectorAll('body *')].filter((node) => {
        const { left, right } = node.getBoundingClientRect();
        const isShown = node.checkVisibility() && !node.closest('.side, .sr, .skip');
        return isShown && (left < -1 || right > 361);
    }).map((node) => node.outerHTML.slice(0, 120))"""
    assert await page.measure(overflow) == []
    assert await page.measure("document.documentElement.scrollWidth") == 360
    assert await page.measure("document.getElementById('log').scrollWidth") == 360
    await page.holds(320, 568, dark=dark)
    assert await page.measure("document.documentElement.scrollWidth") == 320
    await page.holds(360, 740, dark=dark)

    assert await page.measure("document.getElementById('side').inert")
    await page.clicks("#open-side")
    await page.until("document.activeElement.closest('#people') !== null")
    await page.hits(Keys.ESCAPE)
    await page.until("document.activeElement.id === 'open-side'")
    await page.clicks("#open-side")
    await page.becomes("Nina")
    assert await page.measure("document.getElementById('side').inert")


async def test_a_thumb_hits_every_button_on_a_phone(
    page: Visitor, bot: Bot, world: World, group: Chat, vera: Person
) -> None:
    world.say(group, vera, "Tea?")
    await bot.send_message(group.id, "Concert", reply_markup=buttons(*"ABCD"))
    await page.holds(360, 740)
    await page.sees("D")
    too_small = """[...document.querySelectorAll('button, summary, textarea, #say')].filter((node) => {
        const { left, top, width, height } = node.getBoundingClientRect();
        if (!node.checkVisibility() || node.closest('.side') || node.matches('.inline, .reply')) return false;
        return width < 44 || height < 44;
    }).map((node) => node.outerHTML.slice(0, 120))"""
    assert await page.measure(too_small) == []
    reply_is_hit = """(() => {
        const reply = [...document.querySelectorAll('.reply')].at(-1);
        const { left, top, width, height } = reply.getBoundingClientRect();
        const at = (x, y) => document.elementFromPoint(left + width / 2 + x, top + height / 2 + y) === reply;
        return [at(-21, 0), at(0, -21), at(0, 21)];
    })()"""
    assert await page.measure(reply_is_hit) == [True] * 3
    covered = """[...document.querySelectorAll('#log .key')].filter((key) => {
        const { right, top, height } = key.getBoundingClientRect();
        return document.elementFromPoint(right - 3, top + height / 2) !== key;
    }).map((key) => key.textContent)"""
    assert await page.measure(covered) == []
    assert await page.measure("document.querySelectorAll('#clock button').length") == 5


async def test_a_phone_shows_the_signs_of_all_that_is_to_be_tried(page: Visitor) -> None:
    await page.holds(360, 740)
    signs = "[...document.querySelectorAll('#hint .sign')].filter((sign) => sign.checkVisibility()).length"
    assert await page.measure(signs) == 5
    await page.sees("announce a concert", "#hint")
    await page.sees_no_more("tonight's bulletin", "#hint")
    await page.clicks("#hint .sign", "📜")
    await page.sees("tonight's bulletin", "#hint")
    assert await page.measure("document.activeElement.matches('#hint .shown .sign')")
    await page.clicks("#hint .sign", "✍️")
    await page.clicks("#hint .try", "/elect")
    await page.until("document.getElementById('say').value.startsWith('/elect 20')")
