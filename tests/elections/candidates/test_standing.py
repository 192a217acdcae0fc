"""`/stand Vera K.`: becoming a candidate, after a private question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Chat, Message
from playground.people import Person
from tests.elections.campaign import (
    TITLE,
    Records,
    announce,
    begin_standing,
    neighbours,
    newest_update,
    open_standing,
    redeliver,
    redrawn,
    reply_to,
    stand,
)
from tests.yard import Yard


async def test_a_candidate_confirms_in_private_and_appears_on_the_card(yard: Yard) -> None:
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    assert page.is_ephemeral
    assert "exactly as you typed it" in page.text
    assert Records(yard).candidates == []
    assert yard.labels(page) == ["✅ Vera K.: yes, add me", "Cancel"]

    await yard.tap(yard.tom, page, "yes, add me")
    await yard.hears(yard.tom, "You're a candidate")
    card = await redrawn(yard, "Vera K.")
    assert "fewer than 5 / 100" in card.text
    assert "▱" * 10 in card.text
    assert yard.labels(card) == ["✍️ Sign", "📊 Picture", "⋯"]


async def test_where_the_bot_is_an_administrator_the_question_comes_at_once(yard: Yard) -> None:
    yard.promote_bot()
    await announce(yard)
    yard.say(yard.tom, "/stand Vera K.")
    page = await yard.hears(yard.tom, "Do you really want that?")
    assert page.is_ephemeral


async def test_without_whispers_the_question_comes_in_the_private_chat(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    assert page.chat is yard.world.private(yard.tom)
    await yard.tap(yard.tom, page, "yes, add me")
    await yard.hears(yard.tom, "You're a candidate", page.chat)
    await redrawn(yard, "Vera K.")


async def test_nobody_else_opens_or_confirms_it(yard: Yard) -> None:
    card = await announce(yard)
    pointer = await reply_to(yard, yard.say(yard.tom, "/stand Vera K."))
    answer = await yard.tap(yard.vera, pointer, "Open it privately")
    assert "belongs to a neighbour" in (answer.text or "")
    draft = await begin_standing(yard, yard.tom, "Vera K.")
    answer = await yard.forge(yard.vera, card, f"e.stand!:{draft}:1")
    assert "belongs to a neighbour" in (answer.text or "")
    assert Records(yard).candidates == []


async def test_cancelling_leaves_nobody_standing(yard: Yard) -> None:
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    await yard.tap(yard.tom, page, "Cancel")
    assert Records(yard).candidates == []


async def test_it_asks_in_which_election_where_there_are_several(yard: Yard) -> None:
    await announce(yard, "/elect 400 Representative of Yard 5")
    await announce(yard, "/elect 60 Keeper of the fountain")
    page = await open_standing(yard, yard.tom, "Vera K.")
    assert yard.labels(page) == [
        "Keeper of the fountain",
        "Representative of Yard 5",
        "Cancel",
    ]
    await yard.tap(yard.tom, page, "Keeper of the fountain")
    page = await yard.hears(yard.tom, "You are about to become a candidate: Keeper of the fountain")
    await yard.tap(yard.tom, page, "yes, add me")
    card = await redrawn(yard, "Vera K.")
    assert "Keeper of the fountain" in card.text

    # Standing there already, only the other one is left.
    page = await open_standing(yard, yard.tom, "Vera K.")
    assert "You are about to become a candidate: Representative of Yard 5" in page.text


async def test_nobody_stands_twice(yard: Yard) -> None:
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    taps = [yard.world.tap(yard.tom, page, "yes, add me") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    assert len(Records(yard).candidates) == 1
    refusal = await reply_to(yard, yard.say(yard.tom, "/stand Somebody Else"))
    assert "a candidate already" in refusal.text


async def test_a_redelivered_confirmation_says_the_same_again(yard: Yard) -> None:
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    await yard.tap(yard.tom, page, "yes, add me")
    await redeliver(yard, newest_update(yard))
    await yard.hears(yard.tom, "You're a candidate")
    assert len(Records(yard).candidates) == 1


async def test_two_candidates_are_never_called_the_same(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "Vera K.")
    page = await open_standing(yard, yard.vera, "VERA K.")
    answer = await yard.tap(yard.vera, page, "yes, add me")
    assert "couldn't tell you apart" in (answer.text or "")
    await stand(yard, yard.vera, "Vera K. from house 7")


async def test_nobody_stands_under_a_name_that_looks_like_another(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "Вера Р.")
    page = await open_standing(yard, yard.vera, "Bepa P.")  # in Latin letters
    answer = await yard.tap(yard.vera, page, "yes, add me")
    assert "couldn't tell you apart" in (answer.text or "")
    assert len(Records(yard).candidates) == 1
    await stand(yard, yard.vera, "Bepa from house 7")


async def begin_on_the_card(yard: Yard, person: Person, card: Message) -> Chat:
    """Tap 🙋 on a card without candidates; gives the private chat, where the name is asked for."""
    private = await yard.follow(person, await yard.tap(person, card, "I'd be a candidate"))
    page = await yard.hears(person, "Under which name should neighbours know you?", private)
    assert TITLE in page.text
    return private


async def test_the_empty_card_leads_to_the_name_before_anybody_reads_one(yard: Yard) -> None:
    card = await announce(yard)
    assert yard.labels(card) == ["🙋 I'd be a candidate", "⋯"]
    assert "/stand" not in card.text
    private = await begin_on_the_card(yard, yard.tom, card)
    yard.say(yard.tom, "Tom", chat=private)
    page = await yard.hears(yard.tom, "exactly as you typed it:\nTom\n", private)
    yard.say(yard.tom, "Tom K.\nI mend benches.", chat=private)  # better so
    page = await yard.hears(yard.tom, "exactly as you typed it:\nTom K.\n", private)
    assert "I mend benches." in page.text
    assert Records(yard).candidates == []
    assert not any("Tom" in message.text for message in yard.group.messages)

    await yard.tap(yard.tom, page, "Tom K.: yes, add me")
    page = await yard.hears(yard.tom, "You're a candidate", private)
    assert yard.labels(page)[:3] == [
        "✏️ Change my words",
        "🚪 Stop being a candidate",
        "💬 To the card",
    ]
    await redrawn(yard, "Tom K.")


async def test_the_command_alone_leads_into_the_private_chat(yard: Yard) -> None:
    await announce(yard)
    pointer = await reply_to(yard, yard.say(yard.tom, "/stand"))
    await yard.tap(yard.tom, pointer, "Open it privately")
    page = await yard.hears(yard.tom, "ask you privately for the name")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "I'd be a candidate"))
    await yard.hears(yard.tom, "Under which name", private)


async def test_the_command_alone_asks_in_which_election(yard: Yard) -> None:
    yard.promote_bot()
    await announce(yard, "/elect 400 Representative of Yard 5")
    await announce(yard, "/elect 60 Keeper of the fountain")
    yard.say(yard.tom, "/stand")
    page = await yard.hears(yard.tom, "ask you privately for the name")
    assert yard.labels(page)[:2] == ["🙋 Keeper of the fountain", "🙋 Representative of Yard 5"]
    answer = await yard.tap(yard.tom, page, "Keeper of the fountain")
    private = await yard.follow(yard.tom, answer)
    await yard.hears(yard.tom, "Keeper of the fountain", private)


async def test_whoever_may_not_is_told_before_the_private_chat(yard: Yard) -> None:
    card = await announce(yard)
    await stand(yard, yard.tom, "Tom K.")
    answer = await yard.forge(yard.tom, card, "ec.begin!:1")
    assert "a candidate already" in (answer.text or "")
    assert answer.url is None
    private = await yard.follow(yard.tom, await yard.forge(yard.tom, card, "ec.begin:1"))
    await yard.hears(yard.tom, "a candidate already", private)
    assert (await yard.forge(yard.tom, card, "ec.begin!:9")).show_alert


async def test_who_thinks_better_of_it_before_confirming_leaves_nothing(yard: Yard) -> None:
    card = await announce(yard)
    private = await begin_on_the_card(yard, yard.tom, card)
    yard.say(yard.tom, "Tom K.", chat=private)
    page = await yard.hears(yard.tom, "exactly as you typed it", private)
    await yard.tap(yard.tom, page, "Cancel")
    assert Records(yard).candidates == []
    answer = await yard.forge(yard.tom, page, "e.stand!:1:1")
    assert answer.show_alert


@pytest.mark.parametrize(
    "typed", ["\u3164", "\u2800", "\uffa0", "\u115f\u1160", "\ue000\u0301\u00ad"]
)
@pytest.mark.databases("sqlite")
async def test_a_name_that_shows_nothing_is_asked_for_again(yard: Yard, typed: str) -> None:
    await announce(yard)
    answer = await reply_to(yard, yard.say(yard.vera, f"/stand {typed}\nI mend benches"))
    assert "Write the name" in answer.text


async def test_kind_refusals(yard: Yard) -> None:
    async def answer(typed: str, **how: object) -> str:
        return (await reply_to(yard, yard.say(yard.vera, typed, **how))).text

    assert "No election is under way" in await answer("/stand Vera K.")
    await announce(yard)
    assert "Write the name" in await answer("/stand \u200b")
    assert "65 characters" in await answer(f"/stand {'x' * 65}")
    assert "anonymous administrator" in await answer("/stand Vera K.", anonymous=True)


async def test_a_card_takes_no_more_candidates_than_fit(yard: Yard) -> None:
    card = await announce(yard)
    for number, person in enumerate(neighbours(yard, 15), start=2):
        draft = await begin_standing(yard, person, f"{'🌻' * 60} {number:3}")
        await yard.forge(person, card, f"e.stand!:{draft}:1")
        yard.clock.turn(timedelta(seconds=30))
    card = await redrawn(yard, " 16\n")
    assert "/stand" not in card.text
    page = await open_standing(yard, yard.tom, "One too many")
    answer = await yard.tap(yard.tom, page, "yes, add me")
    assert "no more fit" in (answer.text or "")


async def test_names_are_only_text(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "<b>Vera</b> & עדה 🌻")


async def test_a_draft_that_is_over_or_of_another_election_does_nothing(yard: Yard) -> None:
    card = await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    for forged in ("e.stand!:2:7", "e.standin:2:7", "e.stand!:99:1", "e.stand!:2"):
        assert (await yard.forge(yard.tom, card, forged)).show_alert
    yard.clock.turn(timedelta(hours=1, minutes=5))
    answer = await yard.tap(yard.tom, page, "yes, add me")
    assert "has expired" in (answer.text or "")
    assert Records(yard).candidates == []
