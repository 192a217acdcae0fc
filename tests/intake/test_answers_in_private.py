"""What the bot asks about a group is answered in private too: after a whisper, and where it was typed."""

from __future__ import annotations

import pytest

from bot.person.drafts import awaited_draft
from bot.person.place import PRIVATE, Person
from tests.intake.in_private import typed_in_private
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

PREVIEW = "how neighbours will see it"


async def test_a_whispered_question_is_answered_in_private(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.nina, "/action завтра чай во дворе")
    question = await yard.asks(yard.nina, "Во сколько?")
    assert question.is_ephemeral
    private = await yard.follow(yard.nina, await yard.tap(yard.nina, question, "Ответить"))
    page = await yard.hears(yard.nina, "Напишите ответ здесь", private)
    assert "Чай во дворе" in page.text
    assert "Во сколько?" in page.text
    yard.say(yard.nina, "17:00", chat=private)
    preview = await yard.hears(yard.nina, "увидят соседи", private)
    assert "Чай во дворе" in preview.text
    await yard.tap(yard.nina, preview, "Опубликовать")
    assert "17:00" in (await yard.card("Чай во дворе")).text


async def test_an_answer_in_private_that_is_refused_is_answered_there(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, "/action Tea")
    question = await yard.asks(yard.tom, "Which day?")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, question, "Answer"))
    await yard.hears(yard.tom, "Write the answer here", private)
    yard.say(yard.tom, "tomorrow", chat=private)
    await yard.hears(yard.tom, "At what time?", private)
    yard.say(yard.tom, "17:00", chat=private)
    preview = await yard.hears(yard.tom, PREVIEW, private)
    assert "📣 Tea" in preview.text


async def test_an_answer_in_private_needs_the_same_right(yard: Yard) -> None:
    yard.promote_bot()
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, "/timezone Nowhere", ephemeral=False)
    question = await yard.asks(yard.tom, "I don't know that place")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, question, "Answer"))
    await yard.hears(yard.tom, "Write the answer here", private)
    yard.world.demote(yard.group, yard.tom, yard.vera)
    yard.say(yard.tom, "Warsaw", chat=private)
    await yard.hears(yard.tom, "Only this chat's administrators", private)


async def test_what_is_answered_in_private_awaits_nothing_more(yard: Yard) -> None:
    yard.say(yard.vera, "/timezone", ephemeral=True)
    page = await yard.asks(yard.vera, "Which clock")
    assert page.is_ephemeral
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Answer"))
    await yard.hears(yard.vera, "Write the answer here", private)
    yard.say(yard.vera, "Lisbon", chat=private)
    await yard.hears(yard.vera, "Lisbon", private)
    await yard.written(
        lambda work: awaited_draft(work.done_by(Person(yard.vera.id), PRIVATE)) is None
    )
    yard.say(yard.vera, "Thank you", chat=private)
    await yard.hears(yard.vera, "I work in your neighbours' group chat", private)


async def test_the_question_can_be_put_away_in_private(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, "/action tomorrow Tea")
    question = await yard.asks(yard.tom, "At what time?")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, question, "Answer"))
    page = await yard.hears(yard.tom, "Write the answer here", private)
    await yard.tap(yard.tom, page, "Cancel")
    yard.say(yard.tom, "17:00", chat=private)
    await yard.hears(yard.tom, "I work in your neighbours' group chat", private)


async def test_a_command_typed_in_private_is_gone_on_with_there(yard: Yard) -> None:
    private = await typed_in_private(yard, yard.vera, "/timezone Nowhere")
    await yard.hears(yard.vera, "I don't know that place", private)
    yard.say(yard.vera, "Warsaw", chat=private)
    await yard.hears(yard.vera, "the clock of Warsaw", private)


async def test_whoever_goes_on_by_buttons_in_private_answers_no_more(yard: Yard) -> None:
    private = await typed_in_private(yard, yard.vera, "/timezone")
    page = await yard.hears(yard.vera, "Which clock", private)
    await yard.tap(yard.vera, page, "Warsaw")
    await yard.hears(yard.vera, "the clock of Warsaw", private)
    yard.say(yard.vera, "Thank you", chat=private)
    await yard.hears(yard.vera, "I work in your neighbours' group chat", private)


async def test_a_page_that_asks_again_after_a_tap_still_listens_in_private(yard: Yard) -> None:
    private = await typed_in_private(yard, yard.vera, "/quiet")
    page = await yard.hears(yard.vera, "uiet", private)
    await yard.tap(yard.vera, page, yard.labels(page)[0])
    yard.say(yard.vera, "22:30-7:00", chat=private)
    await yard.hears(yard.vera, "22:30", private)


async def test_whoever_published_by_buttons_in_private_answers_no_more(yard: Yard) -> None:
    private = await typed_in_private(yard, yard.vera, "/action Tea @ Fountain")
    page = await yard.hears(yard.vera, "Which day?", private)
    await yard.tap(yard.vera, page, "Tomorrow")
    page = await yard.hears(yard.vera, "At what time?", private)
    await yard.tap(yard.vera, page, "17")
    preview = await yard.hears(yard.vera, PREVIEW, private)
    await yard.tap(yard.vera, preview, "Publish")
    await yard.card("Tea")
    yard.say(yard.vera, "Thank you", chat=private)
    await yard.hears(yard.vera, "I work in your neighbours' group chat", private)


async def test_cancel_on_an_older_page_leaves_the_newer_question(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.vera, "/action tomorrow Tea")
    older = await yard.asks(yard.vera, "At what time?")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, older, "Answer"))
    first = await yard.hears(yard.vera, "Write the answer here", private)
    yard.say(yard.vera, "/timezone Nowhere")
    newer = await yard.asks(yard.vera, "I don't know that place")
    await yard.follow(yard.vera, await yard.tap(yard.vera, newer, "Answer"))
    await yard.world.until(lambda: private.messages[-1].text.count("I don't know that place") == 1)
    await yard.tap(yard.vera, first, "Cancel")
    await yard.world.until(lambda: "nothing was posted" in first.text)
    yard.say(yard.vera, "Warsaw", chat=private)
    await yard.hears(yard.vera, "the clock of Warsaw", private)
