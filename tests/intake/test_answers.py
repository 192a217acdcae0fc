"""A reply to what the bot asked about a command goes on with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from playground.chats import Message
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

PREVIEW = "how neighbours will see it"


def said(yard: Yard) -> list[Message]:
    """What the bot has ever said in the group."""
    return [message for message in yard.group.log if message.sender is yard.world.bot]


async def gone(yard: Yard, message: Message) -> None:
    await yard.world.until(lambda: message.deleted)


async def nothing_more_said(yard: Yard, before: int) -> None:
    """The bot has answered something later, and nothing else since."""
    yard.say(yard.vera, "/actions", ephemeral=False)
    await yard.hears(yard.vera, "Nothing is planned yet")
    assert len(said(yard)) == before + 1


async def test_half_a_command_goes_where_the_bot_may_and_what_asks_stays(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    command = yard.say(yard.vera, "/remind Tea")
    page = await yard.asks(yard.vera, "On which day?")
    assert page.is_ephemeral
    yard.clock.turn(timedelta(minutes=11))
    await gone(yard, command)
    assert not page.deleted


@pytest.mark.parametrize("answer", ["17:00", "17", "завтра 17:00", "завтра в 17:00 чай во дворе"])
async def test_an_hour_that_was_asked_for_is_put_into_what_was_typed(
    yard: Yard, answer: str
) -> None:
    yard.say(yard.nina, "/action завтра чай во дворе", ephemeral=False)
    question = await yard.asks(yard.nina, "Во сколько?")
    assert "Ответьте на это сообщение" in question.text
    yard.say(yard.nina, answer, reply_to=question)
    preview = await yard.hears(yard.nina, "увидят соседи")
    assert "Чай во дворе\n" in preview.text
    assert "завтра" not in preview.text
    assert "17:00" in preview.text


async def test_words_alone_are_asked_when(yard: Yard) -> None:
    yard.say(yard.tom, "/action Tea in the courtyard", ephemeral=False)
    question = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "tomorrow 17:00", reply_to=question)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "📣 Tea in the courtyard" in preview.text


@pytest.mark.parametrize(
    ("typed", "asked", "answer", "shown"),
    [
        ("30.02 19:00 Tea", "no such day or time", "tomorrow 17:00", "📣 Tea\n"),
        ("tomorrow Tea", "At what time?", "at the fountain, 17:00", "📣 Tea at the fountain\n"),
        ("tomorrow Tea", "At what time?", "let's say at 17", "📣 Tea\n"),
    ],
)
async def test_the_answer_that_comes_to_mind_is_understood(
    yard: Yard, typed: str, asked: str, answer: str, shown: str
) -> None:
    yard.say(yard.tom, f"/action {typed}", ephemeral=False)
    question = await yard.asks(yard.tom, asked)
    yard.say(yard.tom, answer, reply_to=question)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert shown in preview.text
    assert "17:00" in preview.text
    assert "19:00" not in preview.text


async def test_a_refused_answer_is_answered_in_turn(yard: Yard) -> None:
    yard.say(yard.tom, "/action yesterday 19:00 Tea", ephemeral=False)
    past = await yard.asks(yard.tom, "has passed already")
    yard.say(yard.tom, "30.02", reply_to=past)
    impossible = await yard.asks(yard.tom, "no such day or time")
    await gone(yard, past)
    yard.say(yard.tom, "tomorrow", reply_to=impossible)
    preview = await yard.hears(yard.tom, PREVIEW)
    await gone(yard, impossible)
    assert "📣 Tea" in preview.text
    assert "19:00" in preview.text


async def test_step_by_step_each_question_may_be_answered_by_a_reply(yard: Yard) -> None:
    yard.say(yard.tom, "/action", ephemeral=False)
    day = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "Tea", reply_to=day)
    day = await yard.asks(yard.tom, "📣 Tea")
    yard.say(yard.tom, "tomorrow", reply_to=day)
    hour = await yard.asks(yard.tom, "At what time?")
    yard.say(yard.tom, "at 7pm", reply_to=hour)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "📣 Tea" in preview.text
    assert "19:00" in preview.text


async def test_a_day_that_was_tapped_stays_where_the_rest_is_typed(yard: Yard) -> None:
    yard.say(yard.tom, "/action", ephemeral=False)
    page = await yard.asks(yard.tom, "Which day?")
    await yard.tap(yard.tom, page, "Sat 24")
    assert "Reply to this message" in page.text
    yard.say(yard.tom, "18:15", reply_to=page)
    words = await yard.asks(yard.tom, "And what is it?")
    assert "Saturday 24 October, 18:15" in words.text
    yard.say(yard.tom, "Tea @ Fountain", reply_to=words)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert "📣 Tea\n🕖 Saturday 24 October, 18:15, Minsk time\n📍 Fountain" in preview.text


async def test_a_day_that_was_typed_stays_where_the_hour_is_tapped(yard: Yard) -> None:
    yard.say(yard.tom, "/action Tea", ephemeral=False)
    page = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "saturday", reply_to=page)
    page = await yard.asks(yard.tom, "At what time?")
    await yard.tap(yard.tom, page, "19")
    assert "📣 Tea\n🕖 Saturday 24 October, 19:00" in page.text


async def test_a_question_that_is_answered_in_two_goes_at_once_goes_on_from_the_first(
    yard: Yard,
) -> None:
    yard.say(yard.tom, "/action Tea", ephemeral=False)
    page = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "19:00", reply_to=page)
    yard.say(yard.tom, "saturday", reply_to=page)
    await yard.hears(yard.tom, "🕖 Saturday 24 October, 19:00")


async def test_an_answer_to_what_is_published_already_does_nothing(yard: Yard) -> None:
    yard.say(yard.tom, "/action Tea", ephemeral=False)
    page = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "yesterday", reply_to=page)
    refusal = await yard.asks(yard.tom, "has passed already")
    await yard.tap(yard.tom, page, "Tomorrow")
    await yard.tap(yard.tom, page, "17")
    await yard.tap(yard.tom, page, "Publish")
    await yard.card("📣 Tea")
    yard.say(yard.tom, "20:00", reply_to=refusal)
    await yard.hears(yard.tom, "This preview has expired")


async def test_a_reminders_day_stays_where_its_hour_is_typed(yard: Yard) -> None:
    yard.say(yard.vera, "/remind")
    page = await yard.asks(yard.vera, "On which day?")
    await yard.tap(yard.vera, page, "Sat 24")
    yard.say(yard.vera, "11:15", reply_to=page)
    await yard.hears(yard.vera, "Saturday 24 October, 11:15. Once, or again")


async def test_whoever_was_led_to_a_question_by_buttons_may_answer_it_too(yard: Yard) -> None:
    await yard.tap(yard.tom, await yard.card("Hello, neighbours"), "📣")
    page = await yard.hears(yard.tom, "/action tomorrow")
    await yard.tap(yard.tom, page, "📣")
    await yard.tap(yard.tom, page, "Sat 24")
    assert page.is_ephemeral
    yard.say(yard.tom, "18:15", reply_to=page)
    await yard.hears(yard.tom, "Saturday 24 October, 18:15")


async def test_a_whispered_page_that_was_turned_leads_to_its_answer(yard: Yard) -> None:
    await yard.tap(yard.tom, await yard.card("Hello, neighbours"), "📣")
    page = await yard.hears(yard.tom, "/action tomorrow")
    await yard.tap(yard.tom, page, "📣")
    await yard.tap(yard.tom, page, "Sat 24")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Answer"))
    await yard.hears(yard.tom, "Write the answer here", private)
    yard.say(yard.tom, "18:15", chat=private)
    words = await yard.hears(yard.tom, "And what is it?", private)
    assert "Saturday 24 October, 18:15" in words.text
    yard.say(yard.tom, "Tea", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📣 Tea\n🕖 Saturday 24 October, 18:15" in preview.text


async def test_another_persons_reply_does_nothing(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "At what time?")
    before = len(said(yard))
    yard.say(yard.ales, "17:00", reply_to=question)
    await nothing_more_said(yard, before)
    assert not question.deleted


async def test_a_neighbours_reply_is_no_answer_of_an_anonymous_administrator(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.nina, yard.vera, is_anonymous=True)
    yard.say(yard.nina, "/action 30.02 19:00 Tea", anonymous=True, ephemeral=False)
    question = await yard.hears(yard.tom, "no such day or time")
    before = len(said(yard))
    yard.say(yard.tom, "tomorrow", reply_to=question)
    await nothing_more_said(yard, before)


async def test_a_reply_that_is_a_command_runs_as_one(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "At what time?")
    yard.say(yard.tom, "/actions", reply_to=question, ephemeral=False)
    await yard.hears(yard.tom, "Nothing is planned yet")
    assert not [message for message in said(yard) if PREVIEW in message.text]


async def test_chatter_about_cards_and_previews_stays_unheard(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 17:00 Tea", ephemeral=False)
    preview = await yard.hears(yard.tom, PREVIEW)
    before = len(said(yard))
    yard.say(yard.tom, "18:00", reply_to=preview)
    yard.say(yard.tom, "18:00", reply_to=said(yard)[0])
    await nothing_more_said(yard, before)


async def test_a_right_is_asked_about_again(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, "/timezone Nowhere", ephemeral=False)
    question = await yard.asks(yard.tom, "I don't know that place")
    yard.world.demote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, "Warsaw", reply_to=question)
    await yard.hears(yard.tom, "Only this chat's administrators")


async def test_an_answer_after_a_restart_goes_on(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "At what time?")
    await yard.restart()
    yard.say(yard.tom, "17:00", reply_to=question)
    await yard.hears(yard.tom, PREVIEW)


async def test_an_answer_that_comes_too_late_does_nothing(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "At what time?")
    yard.clock.turn(timedelta(minutes=11))
    await gone(yard, question)


async def test_the_number_of_residents_comes_before_the_title(yard: Yard) -> None:
    yard.say(yard.vera, "/elect Representative of Yard 5")
    question = await yard.asks(yard.vera, "How many residents")
    yard.say(yard.vera, "400", reply_to=question)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    preview = await yard.hears(yard.vera, "400")
    assert "Representative of Yard 5" in preview.text


async def test_how_many_may_be_said_in_words_beside_the_number(yard: Yard) -> None:
    yard.say(yard.vera, "/elect Representative of Yard 5")
    question = await yard.asks(yard.vera, "How many residents")
    yard.say(yard.vera, "400 residents", reply_to=question)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    preview = await yard.hears(yard.vera, "of 400 residents")
    assert "Representative of Yard 5" in preview.text


async def test_the_title_comes_after_the_number_of_residents(yard: Yard) -> None:
    yard.say(yard.vera, "/elect 400")
    question = await yard.asks(yard.vera, "Who are the signatures for")
    yard.say(yard.vera, "Representative of Yard 5", reply_to=question)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    preview = await yard.hears(yard.vera, "400")
    assert "Representative of Yard 5" in preview.text


async def test_a_poll_is_still_the_one_to_copy(yard: Yard) -> None:
    poll = yard.say(yard.vera, "", poll=yard.world.new_poll("Tea or coffee?", ["Tea", "Coffee"]))
    yard.say(yard.vera, "/remind tomorrow", reply_to=poll)
    question = await yard.asks(yard.vera, "At what time?")
    yard.say(yard.vera, "11:00", reply_to=question)
    preview = await yard.hears(yard.vera, "11:00, Minsk time")
    assert "poll" in preview.text


async def test_the_text_of_a_reminder_may_follow(yard: Yard) -> None:
    yard.say(yard.vera, "/remind every monday 11:00")
    question = await yard.asks(yard.vera, "what should I say")
    yard.say(yard.vera, "Seniors' walk", reply_to=question)
    preview = await yard.hears(yard.vera, "Seniors' walk")
    assert "11:00" in preview.text


# Pages that may be answered by typing


async def test_a_city_is_typed_in_reply_to_the_page_of_clocks(yard: Yard) -> None:
    yard.say(yard.vera, "/timezone", ephemeral=False)
    page = await yard.asks(yard.vera, "Which clock")
    yard.say(yard.vera, "Lisbon", reply_to=page)
    await yard.hears(yard.vera, "Lisbon")


async def test_an_unknown_city_is_asked_about_and_named_again(yard: Yard) -> None:
    yard.say(yard.vera, "/timezone Nowhere", ephemeral=False)
    question = await yard.asks(yard.vera, "I don't know that place")
    yard.say(yard.vera, "Warsaw", reply_to=question)
    await yard.hears(yard.vera, "Warsaw")


async def test_quiet_hours_are_typed_in_reply_to_their_page(yard: Yard) -> None:
    yard.say(yard.vera, "/quiet", ephemeral=False)
    page = await yard.asks(yard.vera, "Quiet hours")
    yard.say(yard.vera, "22:30-7:00", reply_to=page)
    await yard.hears(yard.vera, "22:30")


async def test_the_hour_of_a_digest_is_typed_in_reply(yard: Yard) -> None:
    yard.say(yard.vera, "/digest weekly sunday", ephemeral=False)
    question = await yard.asks(yard.vera, "At what time?")
    yard.say(yard.vera, "18:30", reply_to=question)
    await yard.hears(yard.vera, "18:30")


async def test_buildings_are_typed_in_reply_to_the_page_that_asks_for_them(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings", ephemeral=False)
    page = await yard.asks(yard.vera, "No buildings are listed yet")
    yard.say(yard.vera, "Fountain street 5: 120\nFountain street 7: 90", reply_to=page)
    await yard.hears(yard.vera, "210 residents in all")


async def test_the_one_line_that_was_wrong_is_typed_again(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings Fountain street 5: 120\nFountain street 7", ephemeral=False)
    question = await yard.asks(yard.vera, "Fountain street 7")
    yard.say(yard.vera, "Fountain street 7: 90", reply_to=question)
    shown = await yard.hears(yard.vera, "210")
    assert "Fountain street 5" in shown.text


async def test_a_reminder_is_typed_in_reply_to_the_first_question(yard: Yard) -> None:
    yard.say(yard.vera, "/remind")
    page = await yard.asks(yard.vera, "On which day?")
    yard.say(yard.vera, "every monday 11:00 Seniors' walk", reply_to=page)
    preview = await yard.hears(yard.vera, "Every Monday")
    assert "Seniors' walk" in preview.text


# Where a reply isn't possible


async def test_a_reply_to_a_whisper_goes_on_as_well(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, "/action tomorrow Tea")
    question = await yard.asks(yard.tom, "At what time?")
    yard.say(yard.tom, "17:00", reply_to=question)
    preview = await yard.hears(yard.tom, PREVIEW)
    assert preview.is_ephemeral


FILE = {"file_id": "AAQC", "file_unique_id": "AQAD"}
WITHOUT_WORDS: list[dict[str, Any]] = [
    {"photo": b"a picture"},
    {"other": {"voice": FILE | {"duration": 3}}},
    {
        "other": {
            "sticker": FILE
            | {
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
        }
    },
]


@pytest.mark.parametrize("said_so", WITHOUT_WORDS, ids=["photo", "voice", "sticker"])
async def test_an_answer_without_words_is_asked_for_in_words(
    yard: Yard, said_so: dict[str, Any]
) -> None:
    yard.say(yard.nina, "/action завтра чай во дворе", ephemeral=False)
    question = await yard.asks(yard.nina, "Во сколько?")
    yard.say(yard.nina, "", reply_to=question, **said_so)
    again = await yard.asks(yard.nina, "Я умею читать только текст")
    assert not question.deleted
    yard.say(yard.nina, "17:00", reply_to=again)
    preview = await yard.hears(yard.nina, "увидят соседи")
    assert "Чай во дворе\n" in preview.text
    await gone(yard, again)


async def test_a_question_goes_once_it_is_answered(yard: Yard) -> None:
    yard.say(yard.vera, "/elect")
    question = await yard.asks(yard.vera, "Who are the signatures for?")
    yard.say(yard.vera, "Our council", reply_to=question)
    await yard.hears(yard.vera, "How many residents")
    await gone(yard, question)


async def test_a_whispered_question_goes_once_it_is_answered(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, "/action tomorrow Tea")
    question = await yard.asks(yard.tom, "At what time?")
    assert question.is_ephemeral
    yard.say(yard.tom, "17:00", reply_to=question)
    await yard.hears(yard.tom, PREVIEW)
    await gone(yard, question)


async def test_a_question_stays_where_its_answer_was_refused(yard: Yard) -> None:
    yard.say(yard.tom, "/action Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "Which day?")
    yard.say(yard.tom, "yesterday", reply_to=question)
    await yard.hears(yard.tom, "has passed already")
    await yard.quiet()
    assert not question.deleted
