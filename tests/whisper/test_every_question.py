"""Whatever the bot asks back, it hears the answer: a reply in the group; to a whisper, words in private."""

from __future__ import annotations

import pytest

from tests.elections.campaign import announce, stand
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

QUESTIONS = [
    ("/action", "Which day?", "tomorrow 17:00 Tea", "how neighbours will see it"),
    (f"/action tomorrow 19:00 {'x' * 300}", "title is too long", "Tea", "22 October, 19:00"),
    ("/action tomorrow 19:00 Tea @", "Where do you meet?", "@ Oak", "Oak"),
    ("/remind yesterday 11:00 Walk", "has passed already", "tomorrow", "Walk"),
    ("/remind tomorrow 11:00-12:00 Walk", "begin", "tomorrow 11:00", "Walk"),
    ("/timezone Nowhere", "I don't know that place", "Lisbon", "the clock of Lisbon"),
    ("/quiet sometimes", "From when until when?", "22:30-7:00", "22:30"),
    ("/digest sometimes", "Once a week or once a day?", "daily 9:30", "9:30"),
    ("/digest weekly sunday", "At what time?", "18:30", "18:30"),
    ("/elect -5", "How many residents", "400", "Who are the signatures for?"),
    ("/buildings Hill 5", "I can't read", "Hill 5: 120", "120 residents in all"),
    ("/paper expect 200", "percentage", "79", "79"),
    ("/sheet 999", "A sheet has 1 to", "20", "Sheet 1"),
]


@pytest.mark.parametrize(("typed", "asks", "answer", "shown"), QUESTIONS)
async def test_a_reply_is_heard(yard: Yard, typed: str, asks: str, answer: str, shown: str) -> None:
    await _elect(yard, typed)
    yard.say(yard.vera, typed, ephemeral=False)
    question = await yard.asks(yard.vera, asks)
    yard.say(yard.vera, answer, reply_to=question)
    await yard.hears(yard.vera, shown)


@pytest.mark.parametrize(("typed", "asks", "answer", "shown"), QUESTIONS)
async def test_what_is_whispered_is_answered_in_private(
    yard: Yard, typed: str, asks: str, answer: str, shown: str
) -> None:
    await _elect(yard, typed)
    yard.promote_bot()
    yard.say(yard.vera, typed, ephemeral=False)
    question = await yard.asks(yard.vera, asks)
    assert question.is_ephemeral
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, question, "Answer"))
    await yard.hears(yard.vera, "Write the answer here", private)
    yard.say(yard.vera, answer, chat=private)
    await yard.hears(yard.vera, shown, private)


async def _elect(yard: Yard, typed: str) -> None:
    """What is about paper is about an election and its candidate."""
    if typed.startswith(("/paper", "/sheet")):
        await announce(yard)
        await stand(yard, yard.tom, "Vera K.")
