"""From the picture of an election on to a reminder of it, or to sheets for it, in one tap."""

from __future__ import annotations

import pytest

from playground.chats import Chat, Message
from playground.people import Person
from tests.chats.setting_up import speak
from tests.elections.campaign import (
    announce,
    at_the_hour,
    close_by_two,
    list_buildings,
    neighbours,
    newest_update,
    number_of,
    organiser,
    redeliver,
    sign_at_once,
    stand,
)
from tests.elections.looking import picture, pictures
from tests.elections.paper.collecting import documents, sheets
from tests.open_drafts import open_drafts
from tests.reminders.reminding import PREVIEW, posted, posts
from tests.yard import Yard, turn_to

QUARTER = "A quarter of the way"
WORDS = (
    "⏰ We are collecting signatures: Representative of Yard 5\n"
    "Is yours there yet? You sign on the card."
)

on_one_database = pytest.mark.databases("sqlite")


async def milestone(yard: Yard, chat: Chat | None = None) -> tuple[Message, Message]:
    """An election that five of twenty have signed in; gives its card and the post about it."""
    await announce(yard, "/elect 80 Representative of Yard 5", chat)
    card = await stand(yard, yard.tom, "Vera K.", chat)
    return card, await a_quarter(yard, card)


async def a_quarter(yard: Yard, card: Message) -> Message:
    for person in neighbours(yard, 5):
        if card.chat is not yard.group:
            yard.world.join(card.chat, person)
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, chat=card.chat)
    return await yard.hears(yard.tom, QUARTER, card.chat)


async def next_steps(yard: Yard, person: Person, post: Message) -> Message:
    """Tap Picture beneath the milestone; gives the page, in the group or where a tap leads."""
    private = yard.world.private(person)
    before = {chat: len(pictures(yard, person, chat)) for chat in (post.chat, private)}
    answer = await yard.tap(person, post, "Picture")
    where = await yard.follow(person, answer) if answer.url else post.chat
    return await picture(yard, person, after=before[where], chat=where)


async def tapped_through(yard: Yard, page: Message, *taps: str) -> None:
    """From the day to the preview; the page turns in its place."""
    for tap in taps:
        await yard.tap(yard.vera, page, tap)
        await yard.world.until(lambda done=tap: done not in yard.labels(page))  # type: ignore[misc]
    await yard.world.until(lambda: PREVIEW in page.text)


def links(message: Message) -> list[str]:
    return [entity["url"] for entity in message.entities if entity["type"] == "text_link"]


# Reminding


async def test_one_tap_and_some_choices_make_a_reminder_that_comes(yard: Yard) -> None:
    card, post = await milestone(yard)
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    page = await yard.hears(yard.vera, "On which day should I post this?")
    assert page.is_ephemeral
    assert page.text.startswith(WORDS)
    await tapped_through(yard, page, "Tomorrow", "… :30", "19:30", "Only once")
    assert "Thursday 22 October, 19:30, Minsk time" in page.text
    await yard.tap(yard.vera, page, "Schedule")
    assert await open_drafts(yard) == set()
    turn_to(yard, "2026-10-22 16:30")
    came = await posted(yard, "collecting signatures")
    assert came.text == WORDS
    assert links(came) == [f"https://t.me/c/{str(yard.group.id)[4:]}/{card.message_id}"]


@on_one_database
async def test_the_words_can_be_changed_on_the_way(yard: Yard) -> None:
    _, post = await milestone(yard)
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    page = await yard.hears(yard.vera, "On which day should I post this?")
    await tapped_through(yard, page, "Tomorrow", "19", "Every Thursday")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Words"))
    asked = await yard.hears(yard.vera, "What should I post", private)
    assert WORDS.removeprefix("⏰ ") in asked.text, "to be copied and changed"
    yard.say(yard.vera, "Fifteen more, neighbours!", chat=private)
    preview = await yard.hears(yard.vera, "⏰ Fifteen more", private)
    await yard.tap(yard.vera, preview, "Schedule")
    for count, day in enumerate(("2026-10-22", "2026-10-29"), 1):
        turn_to(yard, f"{day} 16:00")
        assert (await posted(yard, "Fifteen more", count=count)).text.endswith("neighbours!")
    assert posts(yard, "collecting signatures") == []


@on_one_database
async def test_the_words_are_the_chats_and_the_questions_the_organisers(yard: Yard) -> None:
    _, post = await milestone(yard)
    await speak(yard, "Беларуская")
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    page = await yard.hears(yard.vera, "On which day should I post this?")
    assert "Збіраем подпісы: Representative of Yard 5" in page.text


async def test_tapped_twice_or_delivered_twice_it_is_begun_once(yard: Yard) -> None:
    _, post = await milestone(yard)
    steps = await next_steps(yard, yard.vera, post)
    for tap in [yard.world.tap(yard.vera, steps, "Remind") for _ in range(2)]:
        assert not isinstance(tap, str)
        await yard.world.answered(tap)
    tapped = newest_update(yard)
    page = await yard.hears(yard.vera, "On which day should I post this?")
    assert len(await open_drafts(yard)) == 1
    await redeliver(yard, tapped)
    assert len(await open_drafts(yard)) == 1
    await tapped_through(yard, page, "Tomorrow", "19", "Only once")
    await yard.tap(yard.vera, page, "Schedule")
    assert await open_drafts(yard) == set()
    await yard.settled(61)  # past the minute in which one person gets only so many answers
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    assert len(await open_drafts(yard)) == 1, "another one is begun anew"
    olga = organiser(yard)
    await yard.tap(olga, await next_steps(yard, olga, post), "Remind")
    assert len(await open_drafts(yard)) == 2, "each organiser has their own"


@on_one_database
async def test_in_a_forum_it_comes_in_the_topic_of_the_election(yard: Yard) -> None:
    forum = yard.world.add_group("Big yard", creator=yard.vera, forum=True, members=[yard.tom])
    topic = yard.world.add_topic(forum, "Council", by=yard.vera)
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    yard.say(yard.vera, "/elect 80 Representative of Yard 5", chat=forum, topic=topic)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for", forum)
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("No candidates yet", forum)
    card = await stand(yard, yard.tom, "Vera K.", forum)
    post = await a_quarter(yard, card)
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    page = await yard.hears(yard.vera, "On which day should I post this?", forum)
    await tapped_through(yard, page, "Tomorrow", "19", "Only once")
    await yard.tap(yard.vera, page, "Schedule")
    turn_to(yard, "2026-10-22 16:00")
    assert (await posted(yard, "collecting signatures", forum)).topic is topic


@on_one_database
async def test_it_goes_on_until_the_deadline_and_no_longer(yard: Yard) -> None:
    yard.say(yard.vera, "/elect 80 Representative of Yard 5")
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Deadline")
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In 2 weeks")
    preview = await yard.hears(yard.vera, "can sign until Wed 4 November")
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("No candidates yet")
    turn_to(yard, "2026-10-24 09:00")
    post = await a_quarter(yard, await stand(yard, yard.tom, "Vera K."))
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    page = await yard.hears(yard.vera, "On which day should I post this?")
    await yard.tap(yard.vera, page, "later ›")
    assert yard.labels(page)[:4] == ["Mon 2", "Tue 3", "Wed 4", "‹ earlier"]
    await yard.tap(yard.vera, page, "‹ earlier")
    await yard.settled(61)  # past the minute in which one person gets only so many answers
    await tapped_through(yard, page, "Tomorrow", "19", "Every Sunday")
    assert "Last day: Wednesday 4 November" in page.text
    assert "Sunday 1 November" in page.text
    assert "Sunday 8 November" not in page.text


@on_one_database
async def test_where_telegram_has_no_links_the_words_do(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.start()
    small = yard.world.add_group("Small yard", creator=yard.vera, kind="group", members=[yard.tom])
    yard.world.add_bot(small, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", small)
    _, post = await milestone(yard, small)
    await yard.tap(yard.vera, await next_steps(yard, yard.vera, post), "Remind")
    private = yard.world.private(yard.vera)
    page = await yard.hears(yard.vera, "On which day should I post this?", private)
    assert page.text.startswith(WORDS)
    assert links(page) == []
    await tapped_through(yard, page, "Tomorrow", "19", "Only once")
    await yard.tap(yard.vera, page, "Schedule")
    turn_to(yard, "2026-10-22 16:00")
    assert (await posted(yard, "collecting signatures", small)).text == WORDS
    assert not yard.log.errors


# Sheets


@on_one_database
async def test_one_tap_leads_to_a_sheet_for_this_election(yard: Yard) -> None:
    yard.world.start(yard.vera)
    card, post = await milestone(yard)
    await announce(yard, "/elect 60 Keeper of the fountain")
    page = await ordering(yard, yard.vera, post)
    assert "Representative of Yard 5" in page.text
    assert "Keeper" not in page.text
    assert "✓ 20" in yard.labels(page)
    await yard.tap(yard.vera, page, "Make the sheet")
    await yard.world.until(lambda: bool(documents(yard)))
    (sheet,) = sheets(yard)
    assert (sheet.election_id, sheet.rows) == (number_of(card), 20)
    assert await open_drafts(yard) == set()


async def test_sheets_tapped_twice_or_delivered_twice_are_begun_once(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 60\nOak lane 1: 20")
    _, post = await milestone(yard)
    page = await ordering(yard, yard.vera, post)
    await redeliver(yard, newest_update(yard))
    await yard.tap(yard.vera, page, "40")
    await yard.world.until(lambda: "✓ 40" in yard.labels(page))
    again = await ordering(yard, yard.vera, post)
    assert "✓ 20" in yard.labels(again), "begun anew, the rows are open again"
    assert len(await open_drafts(yard)) == 1


# Who may


@on_one_database
async def test_only_organisers_take_the_next_step(yard: Yard) -> None:
    card, post = await milestone(yard)
    olga = organiser(yard)
    steps = await next_steps(yard, olga, post)
    yard.world.demote(yard.group, olga, yard.vera)
    for button in ("Remind", "Print sheets"):
        answer = await yard.tap(olga, steps, button)
        assert answer.show_alert
        assert "administrators" in (answer.text or "")
    labels = yard.labels(await next_steps(yard, yard.nina, post))
    assert not [label for label in labels if label[0] in "⏰🖨📣"]
    for data in ("ep.remind:1", "ep.sheets:1"):
        assert "администратор" in ((await yard.forge(yard.nina, card, data)).text or "")
    assert await open_drafts(yard) == set()


@on_one_database
async def test_what_is_over_or_elsewhere_has_no_next_step(yard: Yard) -> None:
    card, post = await milestone(yard)
    steps = await next_steps(yard, yard.vera, post)
    other = yard.world.add_group("Yard 9", creator=yard.vera, kind="supergroup", members=[])
    yard.world.add_bot(other, by=yard.vera)
    there = await yard.hears(yard.vera, "Hello, neighbours", other)
    for data in ("ep.remind:1", "ep.sheets:1", "ep.remind:9", "ep.sheets:9"):
        assert (await yard.forge(yard.vera, there, data)).show_alert, data
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    for button in ("Remind", "Print sheets"):
        answer = await yard.tap(yard.vera, steps, button)
        assert "This election is over" in (answer.text or ""), button
    assert await open_drafts(yard) == set()


async def ordering(yard: Yard, person: Person, post: Message) -> Message:
    """Tap Print sheets; gives the page, in the group or where a second tap leads."""
    steps = await next_steps(yard, person, post)
    answer = await yard.tap(person, steps, "Print sheets")
    where = await yard.follow(person, answer) if answer.url else post.chat
    return await yard.hears(person, "A sheet to sign by hand", where)
