"""Announcing by buttons: day, hour, and a title that is typed; what is left out of a line is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Chat
from playground.people import Person
from tests.actions.announce import draft_of
from tests.intake.test_errands import asked, picked
from tests.yard import Yard, page_after

TO_CHAT = "💬 Back to the chat"
PREVIEW = "This is how neighbours will see it"


async def asked_for_title(yard: Yard, person: Person) -> Chat:
    """/action, tomorrow, 19:00, and into the private chat."""
    page = await page_after(yard, person, "/action")
    await yard.tap(person, page, "Tomorrow")
    private = await yard.follow(person, await yard.tap(person, page, "19"))
    await yard.world.until(lambda: private.messages)
    return private


async def test_tea_tomorrow_is_three_taps_and_three_letters(yard: Yard) -> None:
    page = await page_after(yard, yard.nina, "/action")
    assert {"Сегодня", "Завтра"} < set(yard.labels(page))
    await yard.tap(yard.nina, page, "Завтра")
    assert "четверг, 22 октября" in page.text
    private = await yard.follow(yard.nina, await yard.tap(yard.nina, page, "19"))
    asked = await yard.hears(yard.nina, "А что будет?", private)
    await yard.world.until(lambda: page.deleted)  # its hours would still be tapped
    assert "четверг, 22 октября, 19:00" in asked.text
    yard.say(yard.nina, "чай", chat=private)
    preview = await yard.hears(yard.nina, "Вот что увидят соседи", private)
    await yard.tap(yard.nina, preview, "Опубликовать")
    card = await yard.card("Thursday 22 October, 19:00")
    assert "чай" in card.text.lower()


async def test_the_place_and_the_description_can_be_typed_with_the_title(yard: Yard) -> None:
    private = await asked_for_title(yard, yard.tom)
    yard.say(yard.tom, "Tea @ Fountain\nBring cups", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert (
        "📣 Tea\n🕖 Thursday 22 October, 19:00, Minsk time\n📍 Fountain\n\nBring cups"
        in preview.text
    )


async def test_a_place_is_added_to_the_preview(yard: Yard) -> None:
    private = await asked_for_title(yard, yard.tom)
    yard.say(yard.tom, "Tea", chat=private)
    await yard.tap(yard.tom, await yard.hears(yard.tom, PREVIEW, private), "Place")
    asked = await yard.hears(yard.tom, "Where do you meet?", private)
    assert yard.labels(asked) == ["‹ Back", "Cancel", TO_CHAT]
    assert asked.buttons[-1].url is not None, "it leads into the group also from a whisper"
    yard.say(yard.tom, "by the fountain", chat=private)
    preview = await yard.hears(yard.tom, "📍 by the fountain", private)
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("📍 by the fountain")


@pytest.mark.parametrize("typed", ["saturday 12:00 Tea @ Oak", "Tea, saturday 12:00 @ Oak"])
async def test_a_line_typed_in_place_of_the_title_goes_straight_to_the_preview(
    yard: Yard, typed: str
) -> None:
    private = await asked_for_title(yard, yard.tom)
    yard.say(yard.tom, typed, chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "Saturday 24 October, 12:00" in preview.text


async def test_a_moment_typed_in_place_of_the_title_is_taken_and_the_title_still_asked(
    yard: Yard,
) -> None:
    private = await asked_for_title(yard, yard.tom)
    yard.say(yard.tom, "18:30", chat=private)
    await yard.hears(yard.tom, "22 October, 18:30", private)
    yard.say(yard.tom, "Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📣 Tea\n🕖 Thursday 22 October, 18:30" in preview.text


async def test_every_step_leads_back_and_out(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action")
    assert yard.labels(page)[-1] == "Cancel"
    await yard.tap(yard.tom, page, "Tomorrow")
    assert yard.labels(page)[-2:] == ["‹ Back", "Cancel"]
    await yard.tap(yard.tom, page, "‹ Back")
    assert "Which day?" in page.text
    await yard.tap(yard.tom, page, "Sun 25")
    await yard.tap(yard.tom, page, "Night")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "23"))
    asked = await yard.hears(yard.tom, "And what is it?", private)
    assert "Sunday 25 October, 23:00" in asked.text
    await yard.tap(yard.tom, asked, "‹ Back")
    hours = await yard.hears(yard.tom, "At what time?", private)
    await yard.tap(yard.tom, hours, "12")
    asked = await yard.hears(yard.tom, "Sunday 25 October, 12:00", private)
    await yard.tap(yard.tom, asked, "Cancel")
    await yard.hears(yard.tom, "nothing was posted", private)
    yard.say(yard.tom, "Tea", chat=private)
    await yard.hears(yard.tom, "in your neighbours' group chat", private)


async def test_later_weeks_are_a_page_away(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action")
    await yard.tap(yard.tom, page, "later")
    await yard.tap(yard.tom, page, "Sat 7")
    assert "Saturday 7 November" in page.text


async def test_the_steps_survive_restarts(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action")
    await yard.restart()
    await yard.tap(yard.tom, page, "Tomorrow")
    await yard.restart()
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "19"))
    await yard.hears(yard.tom, "And what is it?", private)
    await yard.restart()
    yard.say(yard.tom, "Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    await yard.restart()
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("📣 Tea")


async def test_a_line_without_a_moment_is_asked_for_its_day_and_hour(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action Tea in the courtyard @ Fountain")
    assert "📣 Tea in the courtyard\n📍 Fountain" in page.text
    assert "Which day?" in page.text
    await yard.tap(yard.tom, page, "Tomorrow")
    await yard.tap(yard.tom, page, "19")
    assert PREVIEW in page.text
    await yard.tap(yard.tom, page, "Publish")
    card = await yard.card("Thursday 22 October, 19:00")
    assert "Tea in the courtyard" in card.text


async def test_a_missing_hour_is_asked_by_buttons(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action saturday Tea in the courtyard")
    assert "📣 Tea in the courtyard\n🕖 Saturday 24 October" in page.text
    await yard.tap(yard.tom, page, "19")
    assert "Saturday 24 October, 19:00" in page.text
    await yard.tap(yard.tom, page, "Publish")
    await yard.card("Saturday 24 October, 19:00")


async def test_a_reply_to_what_is_asked_goes_on(yard: Yard) -> None:
    yard.say(yard.nina, "/action завтра чай во дворе", ephemeral=False)
    page = await yard.asks(yard.nina, "Во сколько?")
    yard.say(yard.nina, "17:00", reply_to=page)
    preview = await yard.hears(yard.nina, "Вот что увидят соседи")
    assert "четверг, 22 октября, 17:00" in preview.text
    yard.say(yard.nina, "/action завтра 18:00", ephemeral=False)
    page = await yard.asks(yard.nina, "А что будет?")
    yard.say(yard.nina, "чай во дворе", reply_to=page)
    preview = await yard.hears(yard.nina, "ай во дворе\n🕖 четверг, 22 октября, 18:00")
    await yard.tap(yard.nina, preview, "Опубликовать")
    await yard.card("22 October, 18:00")


async def test_a_moment_without_words_is_asked_what_it_will_be(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 19:00")
    await yard.hears(yard.tom, "And what is it?")


async def test_an_hour_that_passes_meanwhile_is_not_taken(yard: Yard) -> None:
    yard.clock.turn(timedelta(minutes=30))
    page = await page_after(yard, yard.tom, "/action")
    await yard.tap(yard.tom, page, "Today")
    yard.clock.turn(timedelta(minutes=40))
    answer = await yard.tap(yard.tom, page, "13")
    assert "has passed already" in (answer.text or "")


async def test_somebody_elses_steps_are_not_mine(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/action")
    draft, welcome = draft_of(page), await yard.card("Hello, neighbours")
    for data in (f"a.day!:{draft}:2026-10-22", f"a.words!:{draft}", f"a.publish:{draft}"):
        assert (await yard.forge(yard.ales, welcome, data)).show_alert
    for data in (f"a.publish:{draft}", f"a.hour!:{draft}:19:0", f"a.save:{draft}"):
        assert (await yard.forge(yard.tom, page, data)).show_alert, data


async def test_an_anonymous_administrator_is_told_to_type_it_in_a_line(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.vera, yard.vera, is_anonymous=True)
    yard.say(yard.vera, "/action", anonymous=True)
    await yard.hears(yard.vera, "when, what and where")


async def test_from_the_greeting_alone_a_neighbour_finds_the_way(yard: Yard) -> None:
    welcome = await yard.card("Hello, neighbours")
    await yard.tap(yard.nina, welcome, "📣")
    page = await yard.hears(yard.nina, "/action завтра")
    await yard.tap(yard.nina, page, "📣")
    assert "В какой день?" in page.text
    await yard.tap(yard.nina, page, "Завтра")
    private = await yard.follow(yard.nina, await yard.tap(yard.nina, page, "19"))
    await yard.hears(yard.nina, "А что будет?", private)
    yard.say(yard.nina, "Чай", chat=private)
    preview = await yard.hears(yard.nina, "Вот что увидят соседи", private)
    await yard.tap(yard.nina, preview, "Опубликовать")
    card = await yard.card("Thursday 22 October, 19:00")
    published = await yard.hears(yard.nina, "Опубликовано", private)
    await yard.world.until(lambda: "К карточке" in published.text)
    (link,) = [entity for entity in published.entities if entity["type"] == "text_link"]
    assert link["url"].endswith(f"/{card.message_id}")


async def test_in_private_words_do_instead_of_every_tap(yard: Yard) -> None:
    private = await asked(yard, yard.tom, "/action")
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Which day?", private)
    yard.say(yard.tom, "tomorrow", chat=private)
    await yard.hears(yard.tom, "At what time?", private)
    yard.say(yard.tom, "at 18:15", chat=private)
    await yard.hears(yard.tom, "And what is it?", private)
    yard.say(yard.tom, "Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📣 Tea\n🕖 Thursday 22 October, 18:15" in preview.text
    await yard.tap(yard.tom, preview, "Publish")
    assert (await yard.card("📣 Tea")).chat is yard.group


async def test_in_private_an_empty_list_leads_to_an_announcement_in_its_chat(yard: Yard) -> None:
    private = await asked(yard, yard.tom, "/actions")
    await picked(yard, yard.tom)
    page = await yard.hears(yard.tom, "Nothing is planned yet", private)
    await yard.tap(yard.tom, page, "Announce")
    await yard.hears(yard.tom, "Which day?", private)
    yard.say(yard.tom, "tomorrow 19:00 Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    await yard.tap(yard.tom, preview, "Publish")
    await yard.card("📣 Tea")
