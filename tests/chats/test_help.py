"""The greeting, /start and /help: three jobs, their first steps, and for each reader what they may do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Chat, Message
from playground.people import Person
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

JOBS = ["📣 Announce", "✍️ Signatures", "⏰ Remind"]
PROMOTION = "https://t.me/{bot}?startgroup&admin=pin_messages"


async def help_for(yard: Yard, person: Person) -> Message:
    """The help, as this person alone sees it."""
    page = await page_after(yard, person, "/help")
    assert page.text.count(". ") + page.text.endswith(".") == 3
    return page


async def test_help_offers_three_jobs_and_is_whispered(yard: Yard) -> None:
    page = await help_for(yard, yard.tom)
    assert yard.labels(page)[:3] == JOBS
    assert page.is_ephemeral


async def test_what_is_for_organisers_is_shown_to_them_alone(yard: Yard) -> None:
    assert "For administrators ›" not in yard.labels(await help_for(yard, yard.tom))
    page = await help_for(yard, yard.vera)
    await yard.tap(yard.vera, page, "For administrators ›")
    assert "/elect –" in page.text
    assert "/action –" not in page.text
    await yard.tap(yard.vera, page, "⚙️ Settings")
    assert "how I'm set up" in page.text
    tapped = await help_for(yard, yard.tom)
    answer = await yard.forge(yard.tom, tapped, "h.org")
    assert (answer.text or "").startswith("Only this chat's administrators")


async def test_all_commands_are_those_of_the_reader(yard: Yard) -> None:
    page = await help_for(yard, yard.tom)
    await yard.tap(yard.tom, page, "All commands")
    for command in ("/action –", "/stand –", "/nominate –", "/representatives –", "/reminders –"):
        assert command in page.text
    for command in ("/elect –", "/erase –", "/start –"):
        assert command not in page.text
    await yard.tap(yard.tom, page, "‹ Back")
    assert yard.labels(page)[:3] == JOBS
    page = await help_for(yard, yard.vera)
    await yard.tap(yard.vera, page, "All commands")
    for_all, for_organisers = page.text.split("administrators:")
    assert "/action –" in for_all
    assert "/erase –" in for_organisers


@pytest.mark.parametrize(
    ("button", "told", "example"),
    [
        ("📣 Announce", "Announce a concert", "/action tomorrow 19:00"),
        ("✍️ Signatures", "Collect signatures", "/elect Representative"),
        ("⏰ Remind", "Remind everyone", "/remind tomorrow 11:00"),
    ],
)
async def test_each_job_of_the_greeting_is_told_privately(
    yard: Yard, button: str, told: str, example: str
) -> None:
    await yard.tap(yard.vera, await yard.card("Hello, neighbours"), button)
    page = await yard.hears(yard.vera, told)
    assert page.is_ephemeral
    assert example in page.text
    assert len(yard.labels(page)) >= 2


async def test_a_neighbour_reads_what_they_may_do(yard: Yard) -> None:
    await yard.tap(yard.tom, await yard.card("Hello, neighbours"), "✍️ Signatures")
    page = await yard.hears(yard.tom, "decide who represents")
    assert "/elect" not in page.text
    await yard.tap(yard.tom, page, "📊 How far we are")
    await yard.hears(yard.tom, "No election is under way")
    await yard.tap(yard.tom, await yard.card("Hello, neighbours"), "⏰ Remind")
    page = await yard.hears(yard.tom, "administrators set them")
    assert "⏰ Set a reminder" not in yard.labels(page)


async def test_a_reminder_is_begun_from_the_greeting(yard: Yard) -> None:
    await yard.tap(yard.vera, await yard.card("Hello, neighbours"), "⏰ Remind")
    page = await yard.hears(yard.vera, "Remind everyone")
    await yard.tap(yard.vera, page, "⏰ Set a reminder")
    await yard.hears(yard.vera, "On which day")


async def test_in_private_the_jobs_lead_through_the_choice_of_a_group(yard: Yard) -> None:
    private = yard.world.private(yard.vera)
    yard.world.start(yard.vera)
    page = await yard.hears(yard.vera, "I help neighbours", private)
    assert yard.labels(page)[:3] == JOBS
    assert "➕ Add me to a group" in yard.labels(page)
    await yard.tap(yard.vera, page, "⏰ Remind")
    await yard.tap(yard.vera, page, "⏰ Set a reminder")
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.vera, "💬 Choose the chat", yard.group)
    await yard.hears(yard.vera, "On which day", private)
    yard.say(yard.vera, "/help", chat=private)
    page = await yard.hears(yard.vera, "I help neighbours", private)
    assert "For administrators ›" in yard.labels(page)


async def test_a_neighbour_who_begins_a_reminder_in_private_is_told_whose_that_is(
    yard: Yard,
) -> None:
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    page = await yard.hears(yard.tom, "I help neighbours", private)
    await yard.tap(yard.tom, page, "⏰ Remind")
    await yard.tap(yard.tom, page, "⏰ Set a reminder")
    await yard.world.until(lambda: private.keys is not None)
    yard.world.press(yard.tom, "💬 Choose the chat", yard.group)
    await yard.hears(yard.tom, "Only this chat's administrators", private)


async def test_a_plain_member_says_what_being_administrator_would_change(yard: Yard) -> None:
    welcome = await yard.card("Hello, neighbours")
    assert "drafts are then seen by their author alone" in welcome.text
    await yard.tap(yard.vera, welcome, "⚙️ Settings")
    page = await yard.hears(yard.vera, "how I'm set up")
    address = yard.world.tap(yard.vera, page, "🔑 Make me an administrator")
    assert address == PROMOTION.format(bot=yard.world.bot.username)


def thanks(yard: Yard, group: Chat | None = None) -> list[Message]:
    return [m for m in (group or yard.group).messages if m.text.startswith("🔑 Thank you")]


async def test_it_thanks_for_each_promotion_once(yard: Yard) -> None:
    welcome = await yard.card("Hello, neighbours")
    yard.clock.turn(timedelta(minutes=1))
    yard.promote_bot()
    await yard.world.until(lambda: thanks(yard))
    await yard.settled(10)
    await yard.world.until(lambda: "author alone" not in welcome.text)
    yard.world.set_bot_rights(yard.group, yard.vera, can_delete_messages=True)
    await yard.settled(10)
    assert len(thanks(yard)) == 1
    yard.world.demote(yard.group, yard.world.bot, yard.vera)
    await yard.settled(10)
    await yard.world.until(lambda: "author alone" in welcome.text)
    yard.promote_bot()
    await yard.world.until(lambda: len(thanks(yard)) == 2)


async def test_whoever_adds_it_as_an_administrator_is_not_asked_to_make_it_one(yard: Yard) -> None:
    group = yard.world.add_group("Yard 6", yard.vera)
    yard.world.add_bot(group, by=yard.vera, can_pin_messages=True)
    welcome = await yard.hears(yard.vera, "Hello, neighbours", group)
    await yard.settled(10)
    await yard.world.until(lambda: "author alone" not in welcome.text)
    assert not thanks(yard, group), "the greeting is enough"
    await yard.tap(yard.vera, welcome, "⚙️ Settings")
    page = await yard.hears(yard.vera, "how I'm set up", group)
    assert "🔑 Make me an administrator" not in yard.labels(page)
