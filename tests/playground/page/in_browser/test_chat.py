"""The playground's page in a real browser: what it shows, by mouse, by keyboard and on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.keys import Keys
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.clock import TurnableClock
from playground.server import Server
from playground.yard import Yard
from tests.browser import Visitor
from tests.playground.page.in_browser.looking import NOON, buttons, next_tap

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

pytestmark = pytest.mark.browser


async def test_markup_is_drawn_and_other_peoples_markup_is_not(
    page: Visitor, bot: Bot, world: World, group: Chat, ales: Person
) -> None:
    world.say(group, ales, "<img src=x onerror=\"document.title='broken'\"> & 😀 <b>no</b>")
    at = int((NOON + timedelta(days=1)).timestamp())
    html = (
        f"😀 <b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>1 &lt; 2</code> "
        f'<tg-time unix="{at}" format="wDt">later</tg-time>\n'
        "<blockquote>said</blockquote>\n<tg-spoiler>secret</tg-spoiler>"
    )
    await bot.send_message(group.id, html, parse_mode="HTML")
    await page.sees("<img src=x onerror=\"document.title='broken'\"> & 😀 <b>no</b>")
    await page.sees("Thursday, 22 October 2026, 12:00")
    drawn = await page.measure(
        "[...document.querySelectorAll('.message:last-child .text *')]"
        ".map((node) => `${node.tagName} ${node.textContent}`)"
    )
    for expected in (
        "STRONG bold both", "EM both", "U under", "S gone", "CODE 1 < 2", "BLOCKQUOTE said",
    ):  # fmt: skip
        assert expected in drawn
    assert "secret" not in await page.text()
    await page.clicks(".spoiler")
    await page.sees("secret")
    assert await page.measure("document.querySelectorAll('#log img, #log b b').length") == 0


async def test_an_ephemeral_message_is_marked_and_shown_to_its_reader_alone(
    page: Visitor, bot: Bot, world: World, yard: Yard, group: Chat, ales: Person
) -> None:
    world.promote(group, world.bot, by=yard.founder)
    to_ales: dict[str, Any] = {"ephemeral_message_parameters": {"receiver_user_id": ales.id}}
    await bot.send_message(group.id, "psst", api_kwargs=to_ales)
    await bot.send_message(group.id, "everyone")
    await page.sees("everyone")
    assert "psst" not in await page.text()
    await page.becomes("Ales")
    await page.sees("only Ales sees this", ".ephemeral")
    await page.sees("psst", ".ephemeral")


async def test_everything_can_be_done_with_the_keyboard(
    page: Visitor, bot: Bot, world: World, group: Chat
) -> None:
    commands = [BotCommand("action", "Announce"), BotCommand("help", "What I do")]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllGroupChats())
    card = await bot.send_message(group.id, "Concert", reply_markup=buttons("Going", "Maybe"))
    await page.sees("Maybe")

    await page.until("!document.getElementById('slash').hidden")
    await page.types("/")
    await page.sees("What I do", "#palette")
    await page.hits(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    assert await page.measure("document.getElementById('say').value") == "/help "
    await page.hits("me", Keys.SHIFT, Keys.ENTER)
    await page.hits(Keys.NULL)
    await page.hits("please", Keys.ENTER)
    await page.sees("/help me\nplease")

    for _ in range(12):
        await page.hits(Keys.SHIFT, Keys.TAB)
        await page.hits(Keys.NULL)
        if await page.measure("document.activeElement.textContent") == "Maybe":
            break
    await page.hits(Keys.ENTER)
    tapped = await next_tap(bot)
    assert tapped.data == "Maybe"
    await bot.answer_callback_query(tapped.id, "We count on you")
    await page.sees("We count on you", "#toasts")
    await bot.edit_message_text(
        "Concert!",
        chat_id=group.id,
        message_id=card.message_id,
        reply_markup=buttons("Going", "Maybe · 1"),
    )
    await page.sees("Maybe · 1")
    assert await page.measure("document.activeElement.textContent") == "Maybe · 1"


async def test_buttons_of_a_row_are_equally_wide_and_cut_as_on_a_telephone(
    page: Visitor, bot: Bot, group: Chat
) -> None:
    await page.holds(360, 740)
    too_long = "A label that no telephone shows whole, however it is held"
    rows = (("👍 0 · Going", "👎 0 · Can't"), ("Yes", too_long), ("✏️ Change",))
    await bot.send_message(
        group.id,
        "Concert",
        reply_markup=InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(label, callback_data=label[:9]) for label in row]
                for row in rows
            ]
        ),
    )
    await page.sees("Concert")
    await page.until("innerWidth === 360")
    keys = await page.measure(
        "[...document.querySelectorAll('.key')].map((key) => ({ label: key.textContent,"
        " width: key.offsetWidth, height: key.offsetHeight, cut: key.scrollWidth > key.clientWidth }))"
    )
    assert [key["label"] for key in keys if key["cut"]] == [too_long]
    assert len({key["height"] for key in keys}) == 1, "a label has one line"
    going, cant, yes, long, change = (key["width"] for key in keys)
    assert going == cant == yes == long
    assert 276 <= change <= 305, "about as wide as in a group on a screen of 360 px"


async def test_an_alert_waits_and_gives_the_focus_back(
    page: Visitor, bot: Bot, group: Chat
) -> None:
    await bot.send_message(group.id, "Sure?", reply_markup=buttons("Ask"))
    await page.taps("Ask")
    tapped = await next_tap(bot)
    await bot.answer_callback_query(tapped.id, "Think twice", show_alert=True)
    await page.sees("Think twice", "#alert")
    await page.hits(Keys.ESCAPE)
    await page.until("!document.getElementById('alert').open")
    assert await page.measure("document.activeElement.textContent") == "Ask"


async def test_a_tap_may_lead_into_the_private_chat_and_a_link_back_to_the_card(
    page: Visitor, bot: Bot, world: World, group: Chat, ales: Person
) -> None:
    card = await bot.send_message(group.id, "The card", reply_markup=buttons("Sign"))
    for number in range(30):
        world.say(group, ales, f"Chatter {number}")
    await page.becomes("Ales")
    await page.taps("Sign")
    tapped = await next_tap(bot)
    await bot.answer_callback_query(
        tapped.id, url=f"https://t.me/{world.bot.username}?start=sign-1"
    )
    await page.sees("private chat of Ales", ".where")
    await page.sees("/start sign-1")
    link = f"https://t.me/c/{str(group.id)[4:]}/{card.message_id}"
    await bot.send_message(ales.id, f'<a href="{link}">To the card</a>', parse_mode="HTML")
    await page.clicks("#log a", "To the card")
    await page.sees("Courtyard 5", ".where")
    await page.until(
        f"""(() => {{
            const card = document.querySelector('[data-key="{card.message_id}"]');
            const {{ top, bottom }} = card.getBoundingClientRect();
            const log = document.getElementById("log").getBoundingClientRect();
            return top >= log.top && bottom <= log.bottom;
        }})()"""
    )


async def test_a_whisper_comes_into_sight_below_and_the_chatter_of_others_does_not(
    page: Visitor, bot: Bot, world: World, yard: Yard, group: Chat, ales: Person
) -> None:
    world.promote(group, world.bot, by=yard.founder)
    await page.holds(360, 740)
    await bot.send_message(group.id, "The card", reply_markup=buttons("Sign"))
    for number in range(30):
        world.say(group, ales, f"Chatter {number}")
    await page.clicks("#open-side")
    await page.becomes("Ales")
    await page.sees("Chatter 29")
    await page.taps("Sign")
    tapped = await next_tap(bot)
    await bot.answer_callback_query(tapped.id, "Look below")
    world.say(group, yard.founder, "Some more chatter")
    await page.until("!document.getElementById('newest').hidden")
    assert await page.measure(in_sight(".key"))

    to_ales: dict[str, Any] = {"ephemeral_message_parameters": {"receiver_user_id": ales.id}}
    await bot.send_message(group.id, "Do you sign?", api_kwargs=to_ales)
    await page.until(in_sight(".ephemeral"))
    assert await page.measure("document.getElementById('newest').hidden")
    assert await page.measure("document.activeElement.textContent") == "Sign"


def in_sight(selector: str) -> str:
    """Whether the last element so selected stands within what the page shows of the chat."""
    return f"""(() => {{
        const shown = [...document.querySelectorAll("{selector}")].at(-1);
        if (!shown) return false;
        const {{ top, bottom }} = shown.getBoundingClientRect();
        const log = document.getElementById("log").getBoundingClientRect();
        return top >= log.top && bottom <= log.bottom;
    }})()"""


async def test_private_chats_begin_with_a_start_button_and_news_from_the_bot_are_marked(
    page: Visitor, bot: Bot, world: World, ales: Person
) -> None:
    await bot.set_my_description("For neighbours")
    await page.enters("Dvor")
    await page.sees("What can this bot do?\nFor neighbours", ".about")
    await page.clicks("#instead button", "Start")
    await page.sees("/start")
    await page.sees_no_more("What can this bot do?", "#log")
    world.start(ales)
    await bot.send_message(ales.id, "Tea tomorrow")
    await page.sees("something new", "#people")
    await page.becomes("Ales")
    await page.sees("Tea tomorrow")
    await page.sees_no_more("something new", "#people")


@pytest.mark.parametrize("dark", [False, True])
async def test_words_stand_out_from_their_ground(page: Visitor, dark: bool) -> None:
    await page.holds(1280, 800, dark=dark)
    pairs = [
        *((ink, ground) for ink in ("ink", "faint") for ground in ("ground", "raised", "soft")),
        *((ink, ground) for ink in ("ink", "faint", "c2") for ground in ("bubble", "mine")),
        *((f"c{number}", "bubble") for number in range(7)),
        *(("on-accent", f"c{number}") for number in range(7)),
        ("c0", "soft"), ("key-ink", "soft"), ("on-accent", "accent"),
    ]  # fmt: skip
    colours = await page.measure(
        f"Object.fromEntries({sorted({name for pair in pairs for name in pair})!r}.map((name) => "
        "[name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)]))"
    )
    too_faint = [
        (ink, ground, round(ratio, 2))
        for ink, ground in pairs
        if (ratio := contrast(colours[ink], colours[ground])) < 4.5
    ]
    assert too_faint == []


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two hexadecimal colours. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


async def test_the_first_hint_helps_and_stays_away_once_it_was_put_away(
    page: Visitor, server: Server
) -> None:
    await page.becomes("Tom")
    await page.clicks("#hint .try", "/action")
    await page.until("document.getElementById('say').value.startsWith('/action tomorrow 19:00')")
    await page.sees("Vera", '#people [aria-current="true"]')
    await page.clicks("#hint .round")
    await page.opens(server.url)
    assert not await page.measure("document.getElementById('hint').checkVisibility()")
    await page.clicks("[data-hint]", "?")
    await page.sees("Things to try", "#hint")
    for job in ("announce a concert", "set a reminder", "collect signatures", "tonight's bulletin"):
        await page.sees(job, "#hint")


async def test_the_hint_of_the_action_is_done_when_its_card_stands(
    page: Visitor, bot: Bot, group: Chat
) -> None:
    is_done = "document.querySelector('#hint li').classList.contains('done')"
    await page.writes("/action some day")
    await bot.send_message(group.id, "As neighbours will see it", reply_markup=buttons("Publish"))
    await page.sees("As neighbours will see it")
    assert not await page.measure(is_done)
    await bot.send_message(group.id, "Concert", reply_markup=buttons("👍 0 · Going"))
    await page.until(is_done)


async def test_the_hint_of_the_reminder_is_done_when_one_has_come(
    page: Visitor, bot: Bot, group: Chat
) -> None:
    is_done = "document.querySelector('#hint li:nth-child(3)').classList.contains('done')"
    await page.clicks("#clock button", "+1 h")
    await page.sees("13:0", "#now")
    await bot.send_message(group.id, "⏰ About a reminder", reply_markup=buttons("Pause"))
    await page.sees("About a reminder")
    assert not await page.measure(is_done)
    await bot.send_message(group.id, "⏰ Seniors' walk")
    await page.until(is_done)


async def test_the_clock_is_turned_from_the_page(
    page: Visitor, clock: TurnableClock, world: World
) -> None:
    await page.sees("12:00", "#clock")
    await page.clicks("#clock button", "+1 h")
    await page.until("!document.getElementById('clock').classList.contains('turning')")
    await page.sees("13:0", "#now")
    assert clock.now() >= NOON + timedelta(hours=1)


async def test_a_closed_playground_says_so(visitor: Visitor, server: Server) -> None:
    await visitor.opens(server.url)
    await server.stop()
    await visitor.until("document.body.classList.contains('cut-off')")


async def test_the_bots_place_in_the_group_is_changed_from_the_page(
    page: Visitor, world: World, group: Chat
) -> None:
    await page.clicks("#bot-role", "member")
    await page.clicks("#power-list button", "Make the bot an administrator")
    await page.sees("administrator", "#bot-role")
    assert group.is_admin(world.bot)
    await page.clicks("#bot-role")
    await page.clicks("#power-list button", "Remove the bot")
    await page.sees("Vera removed Dvor")
    await page.sees("not here", "#bot-role")


async def test_an_alert_goes_when_somebody_else_sits_down(
    page: Visitor, bot: Bot, group: Chat, ales: Person
) -> None:
    await bot.send_message(group.id, "Sure?", reply_markup=buttons("Ask"))
    await page.taps("Ask")
    tapped = await next_tap(bot)
    await bot.answer_callback_query(tapped.id, "Think twice", show_alert=True)
    await page.sees("Think twice", "#alert")
    await page.measure("document.querySelectorAll('#people button')[1].click()")
    await page.until("!document.getElementById('alert').open")
