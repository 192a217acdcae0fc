"""`/nominate` in reply to a neighbour: asked in the open, answered in private, and a no leaves no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from playground.people import Account
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    eventually,
    look_behind,
    redrawn,
    reply_to,
    stand,
)
from tests.safety.traces import kept_rows, traces_of_id
from tests.yard import Yard

ON_ONE_DATABASE = pytest.mark.databases("sqlite")
"""What is asked here, no database decides."""

QUESTION = "You've been proposed as a candidate"


async def nominate(yard: Yard) -> Message:
    """Ales proposes Tom, in answer to something that Tom wrote; gives the question."""
    said = yard.say(yard.tom, "I watered the lime trees again")
    yard.say(yard.ales, "/nominate", reply_to=said)
    question = await yard.hears(yard.tom, QUESTION)
    assert question.reply_to is said
    return question


async def gone(yard: Yard, message: Message) -> None:
    await yard.world.until(lambda: message.deleted)


async def test_who_is_proposed_accepts_in_private_under_a_name_of_their_own(yard: Yard) -> None:
    await announce(yard)
    question = await nominate(yard)
    assert TITLE in question.text
    assert "Tom" not in question.text
    assert Records(yard).candidates == []

    private = await yard.follow(yard.tom, await yard.tap(yard.tom, question, "Yes, go on"))
    await yard.hears(yard.tom, "Write me in one message", private)
    yard.say(yard.tom, "The lime tree man\nI water, others talk.", chat=private)
    page = await yard.hears(yard.tom, "Do you really want that?", private)
    assert "I water, others talk." in page.text
    await yard.tap(yard.tom, page, "The lime tree man: yes, add me")
    card = await redrawn(yard, "The lime tree man")
    assert "🗣 Candidates" in yard.labels(await look_behind(yard, yard.vera, card))
    yard.clock.turn(timedelta(minutes=3))
    await gone(yard, question)


@ON_ONE_DATABASE
async def test_nobody_else_answers_for_them(yard: Yard) -> None:
    await announce(yard)
    question = await nominate(yard)
    for button in ("Yes, go on", "Not me"):
        answer = await yard.tap(yard.nina, question, button)
        assert "для кого-то из ваших соседей" in (answer.text or "")
        assert answer.url is None
    # Nor where the message that they are known by is gone, nor by a forged button.
    card = await yard.card(TITLE)
    for data in ("ec.accept!:1", "ec.decline:1"):
        answer = await yard.forge(yard.vera, card, data)
        assert "Somebody else was asked here" in (answer.text or "")
    private = await yard.follow(yard.vera, await yard.forge(yard.vera, card, "ec.accept:1"))
    await yard.hears(yard.vera, "Somebody else was asked here", private)
    assert not question.deleted


async def test_a_no_takes_the_question_away_and_says_nothing_more(yard: Yard) -> None:
    await announce(yard)
    question = await nominate(yard)
    said = yard.group.last_message_id
    answer = await yard.tap(yard.tom, question, "Not me")
    assert "won't tell anyone" in (answer.text or "")
    await gone(yard, question)
    await yard.settled(61)
    assert yard.group.last_message_id == said
    # And nobody is pressed again.
    old = next(m for m in yard.group.messages if "lime trees" in m.text)
    refusal = await reply_to(yard, yard.say(yard.vera, "/nominate", reply_to=old))
    assert "has been asked already" in refusal.text


@ON_ONE_DATABASE
async def test_silence_is_an_answer_too(yard: Yard) -> None:
    await announce(yard)
    question = await nominate(yard)
    await yard.restart()  # it is remembered, also when to take it away
    yard.clock.turn(timedelta(hours=47))
    await gone(yard, question)
    answer = await yard.forge(yard.tom, await yard.card(TITLE), "ec.accept!:1")
    assert "isn't open any more" in (answer.text or "")
    await nominate(yard)


async def test_it_asks_for_which_election_where_there_are_several(yard: Yard) -> None:
    await announce(yard)
    await announce(yard, "/elect 60 Keeper of the fountain")
    said = yard.say(yard.tom, "I watered the lime trees again")
    choice = await reply_to(yard, yard.say(yard.vera, "/nominate", reply_to=said))
    assert yard.labels(choice)[:2] == ["Keeper of the fountain", TITLE]
    answer = await yard.tap(yard.nina, choice, TITLE)
    assert answer.show_alert
    await yard.tap(yard.vera, choice, "Keeper of the fountain")
    question = await yard.hears(yard.tom, QUESTION)
    assert question.reply_to is said
    assert "Keeper of the fountain" in question.text
    await gone(yard, choice)


@ON_ONE_DATABASE
async def test_kind_refusals(yard: Yard) -> None:
    async def answer(reply: Message | None, **how: object) -> str:
        command = yard.say(yard.vera, "/nominate", reply_to=reply, **how)
        return (await reply_to(yard, command)).text

    toms, veras = yard.say(yard.tom, "Good morning"), yard.say(yard.vera, "Good morning")
    assert "No election is under way" in await answer(toms)
    await announce(yard)
    yard.clock.turn(timedelta(minutes=1))
    assert "Reply to a message of theirs" in await answer(None)
    assert "a candidate yourself? Gladly: /stand" in await answer(veras)
    assert "bots can't be candidates" in await answer(await yard.card(TITLE))
    assert "anonymous administrator" in await answer(toms, anonymous=True)
    yard.clock.turn(timedelta(minutes=1))
    hidden = yard.say(yard.vera, "As the chat itself", anonymous=True)
    channel = yard.world.channel_post(yard.group, "News")
    other = Account(5_000_000_777, "Other", username="other_bot", is_bot=True)
    by_bot = yard.say(yard.nina, "Beep")
    by_bot.sender = other
    assert "in the name of a group or a channel" in await answer(hidden)
    yard.clock.turn(timedelta(minutes=1))  # the same refusal isn't said again meanwhile
    assert "in the name of a group or a channel" in await answer(channel)
    assert "bots can't be candidates" in await answer(by_bot)
    yard.clock.turn(timedelta(minutes=1))
    await stand(yard, yard.tom, "Vera K.")
    assert "is a candidate already" in await answer(toms)


async def test_neither_name_nor_id_of_who_was_proposed_is_kept(yard: Yard) -> None:
    yard.tom.first_name = "Tomasheusky"
    await announce(yard)
    await announce(yard, "/elect 60 Keeper of the fountain")
    said = yard.say(yard.tom, "I watered the lime trees again")
    choice = await reply_to(yard, yard.say(yard.ales, "/nominate", reply_to=said))
    kept = [kept_rows(yard)]
    await yard.tap(yard.ales, choice, TITLE)
    await yard.hears(yard.tom, QUESTION)
    kept.append(kept_rows(yard))
    assert kept[1]["nomination"]
    for rows in kept:
        everything = b"\n".join(rows.values())
        assert b"Tomasheusky" not in everything
        assert not [trace for trace in traces_of_id(yard.tom.id) if trace in everything]
    yard.clock.turn(timedelta(hours=48))
    await yard.settled()
    await eventually(lambda: kept_rows(yard)["nomination"] == b"")
