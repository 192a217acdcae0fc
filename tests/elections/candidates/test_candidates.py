"""A candidate's own words: shown as typed, frozen by the first signature, and taken back by leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from playground.people import Person
from tests.elections.campaign import (
    SENTENCE,
    TITLE,
    Records,
    announce,
    begin_standing,
    eventually,
    look_behind,
    neighbours,
    newest_update,
    open_signing,
    open_standing,
    redeliver,
    redrawn,
    reply_to,
    sign,
    sign_at_once,
    stand,
)
from tests.elections.paper.collecting import campaign, printed
from tests.yard import Yard

ON_ONE_DATABASE = pytest.mark.databases("sqlite")
"""What is asked here, no database decides."""

WORDS = "I mend the <bench> & listen.\nEvery day."


async def own_page(yard: Yard, person: Person) -> Message:
    """`/stand` alone, and the private page behind it."""
    pointer = await reply_to(yard, yard.say(person, "/stand"))
    await yard.tap(person, pointer, "Open it privately")
    return await yard.hears(person, "You're a candidate")


async def rewrite(yard: Yard, person: Person, words: str) -> Message:
    """From the own page into the private chat, where the new words are typed; gives their preview."""
    page = await own_page(yard, person)
    private = await yard.follow(person, await yard.tap(person, page, "Change my words"))
    await yard.hears(person, "Write me in one message", private)
    yard.say(person, words, chat=private)
    return await yard.hears(person, "This is what neighbours will read", private)


async def test_a_statement_is_read_before_signing_and_behind_the_card(yard: Yard) -> None:
    await announce(yard)
    page = await open_standing(yard, yard.tom, "Vera K.")
    assert "mend" not in page.text
    await yard.tap(yard.tom, page, "Cancel")

    yard.clock.turn(timedelta(minutes=1))
    pointer = await reply_to(yard, yard.say(yard.tom, f"/stand Vera K.\n{WORDS}"))
    await yard.tap(yard.tom, pointer, "Open it privately")
    page = await yard.hears(yard.tom, "Do you really want that?")
    assert WORDS in page.text
    await yard.tap(yard.tom, page, "yes, add me")
    card = await redrawn(yard, "Vera K.")
    assert "mend" not in card.text
    assert yard.labels(card) == ["✍️ Sign", "📊 Picture", "⋯"]

    behind = await look_behind(yard, yard.vera, card)
    await yard.tap(yard.vera, behind, "Candidates")
    who = await yard.hears(yard.vera, "mend")
    assert who.is_ephemeral
    assert f"Vera K.\n{WORDS}" in who.text
    assert WORDS in (await open_signing(yard, yard.vera, card)).text


@ON_ONE_DATABASE
async def test_many_statements_turn_like_pages(yard: Yard) -> None:
    card = await announce(yard)
    for number, person in enumerate(neighbours(yard, 7), start=1):
        draft = await begin_standing(yard, person, f"{'🌻' * 60} {number}\n{'🌻' * 500}")
        await yard.forge(person, card, f"e.stand!:{draft}:1")
        yard.clock.turn(timedelta(seconds=30))
    card = await redrawn(yard, "🌻 7\n")
    behind = await look_behind(yard, yard.vera, card)
    await yard.tap(yard.vera, behind, "Candidates")
    page = await yard.hears(yard.vera, "🌻 3\n")
    assert "🌻 4\n" not in page.text
    for expected in (4, 7):
        await yard.tap(yard.vera, page, "Next")
        page = await yard.hears(yard.vera, f"🌻 {expected}\n")
    assert not any("Next" in label for label in yard.labels(page))
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.hears(yard.vera, "What you can do here")
    assert len(Records(yard).candidates) == 7


async def test_words_that_are_printed_on_a_sheet_stay(yard: Yard) -> None:
    """Whoever signs on paper signs for these words, and is counted for them."""
    card = await campaign(yard, "Vera K.")
    await printed(yard)
    answer = await yard.forge(yard.tom, card, "ec.words:1")
    private = await yard.follow(yard.tom, answer)
    await yard.hears(yard.tom, "they are printed on a sheet", private)


async def test_other_words_dont_take_the_looks_of_anothers_name(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.vera, "Вера Р.")
    await stand(yard, yard.tom, "Tom")
    preview = await rewrite(yard, yard.tom, "Bepa P.")
    answer = await yard.tap(yard.tom, preview, "Save")
    assert "That name is taken" in (answer.text or "")


async def test_a_candidate_may_write_their_own_name_otherwise(yard: Yard) -> None:
    await announce(yard)
    await stand(yard, yard.tom, "Вера Р.")
    preview = await rewrite(yard, yard.tom, "Bepa P.")
    await yard.tap(yard.tom, preview, "Save")
    await redrawn(yard, "Bepa P.")


async def test_words_change_until_somebody_signs_for_them(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    preview = await rewrite(yard, yard.tom, f"Vera Kov.\n{WORDS}")
    assert f"Vera Kov.\n{WORDS}" in preview.text
    private = preview.chat
    yard.say(yard.tom, "Vera Kovalenka", chat=private)
    preview = await yard.hears(yard.tom, "Vera Kovalenka", private)
    await yard.tap(yard.tom, preview, "Save")
    page = await yard.hears(yard.tom, "You're a candidate", private)
    assert "Vera Kovalenka" in page.text
    card = await redrawn(yard, "Vera Kovalenka")
    assert "Vera K.\n" not in card.text

    # A button that showed the old words does nothing any more.
    answer = await sign_at_once(yard, yard.vera, card, candidate=1)
    assert "has other words now" in (answer.text or "")
    await sign(yard, yard.vera, card)
    yard.clock.turn(timedelta(minutes=20))
    page = await own_page(yard, yard.tom)
    assert "it stays as it is" in page.text
    assert yard.labels(page)[0] == "🚪 Stop being a candidate"

    # Nor once the signature is withdrawn: somebody had read and signed it.
    await yard.forge(yard.vera, card, "e.withdraw:1")
    private = await yard.follow(yard.tom, await yard.forge(yard.tom, card, "ec.words:1"))
    await yard.hears(yard.tom, "Somebody has signed for these words", private)


async def test_words_typed_before_a_signature_and_saved_after_it_come_too_late(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    preview = await rewrite(yard, yard.tom, "Somebody else")
    await sign_at_once(yard, yard.nina, card)
    answer = await yard.tap(yard.tom, preview, "Save")
    assert "Somebody has signed for these words" in (answer.text or "")
    assert [c.name for c in Records(yard).candidates] == ["Vera K."]


@ON_ONE_DATABASE
async def test_what_does_not_fit_or_is_not_ones_own_is_refused(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await stand(yard, yard.vera, "Adam L.")
    refusal = await reply_to(yard, yard.say(yard.nina, f"/stand Nina\n{'x' * 501}"))
    assert "501" in refusal.text
    preview = await rewrite(yard, yard.tom, "ADAM l.\nMe too")
    answer = await yard.tap(yard.tom, preview, "Save")
    assert "couldn't tell you apart" in (answer.text or "")
    draft = max(int(b.callback_data.split(":")[1]) for b in preview.buttons if b.callback_data)
    for data in (f"ec.change!:{draft}", f"ec.drop:{draft}", "ec.leave!:1", "ec.leave!:9"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert, data
    await yard.tap(yard.tom, preview, "Cancel")
    await yard.hears(yard.tom, "it stays as it was", preview.chat)
    assert [c.name for c in Records(yard).candidates] == ["Vera K.", "Adam L."]


async def test_who_leaves_is_missed_by_the_chosen_name_only(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await stand(yard, yard.vera, "Adam L.")
    people = neighbours(yard, 6)
    for person in people:
        await sign_at_once(yard, person, card)
    page = await own_page(yard, yard.tom)
    await yard.tap(yard.tom, page, "Stop being a candidate")
    question = await yard.hears(yard.tom, "will be erased")
    assert Records(yard).candidates[0].signatures == 6
    yard.world.tap(yard.tom, question, "Yes, take my name off")
    leaving = newest_update(yard)
    await yard.hears(yard.tom, "You're no longer a candidate")

    await yard.settled(61)
    await yard.world.until(lambda: "Vera K." not in card.text)
    post = await yard.hears(yard.nina, "Vera K. is no longer a candidate")
    assert not post.is_ephemeral
    assert "Tom" not in post.text
    assert Records(yard).signatures == []
    assert Records(yard).candidates[0].person_tag is None

    # Whoever had signed may sign for another; old buttons lead nowhere.
    answer = await sign_at_once(yard, people[0], card, candidate=1)
    assert "is no longer a candidate" in (answer.text or "")
    await sign_at_once(yard, people[0], card, candidate=2)
    assert [row.candidate_id for row in Records(yard).signatures] == [2]

    await redeliver(yard, leaving)
    await yard.settled(61)
    farewells = [m for m in yard.group.messages if "is no longer a candidate" in m.text]
    assert len(farewells) == 1
    # One may stand again, and a week later the old name is forgotten.
    await stand(yard, yard.tom, "Vera K.")
    yard.clock.turn(timedelta(days=8))
    await yard.settled()
    await eventually(lambda: Records(yard).candidates[0].name == "")


@ON_ONE_DATABASE
async def test_coming_and_going_does_not_fill_the_chat(yard: Yard) -> None:
    card = await announce(yard)
    for number in range(1, 9):
        draft = await begin_standing(yard, yard.tom, f"Name {number}")
        await yard.forge(yard.tom, card, f"e.stand!:{draft}:1")
        await yard.forge(yard.tom, card, "ec.leave!:1")
        yard.clock.turn(timedelta(minutes=1))

    def told() -> int:
        return sum("is no longer a candidate" in message.text for message in yard.group.messages)

    await yard.world.until(lambda: told() == 5)
    await yard.settled(61)
    assert told() == 5


@ON_ONE_DATABASE
async def test_of_several_elections_it_asks_which(yard: Yard) -> None:
    await announce(yard, "/elect 400 Representative of Yard 5")
    await stand(yard, yard.tom, "Vera K.")
    await announce(yard, "/elect 60 Keeper of the fountain")
    page = await open_standing(yard, yard.tom, "Vera the keeper")
    await yard.tap(yard.tom, page, "yes, add me")
    await yard.quiet()
    pointer = await reply_to(yard, yard.say(yard.tom, "/stand"))
    await yard.tap(yard.tom, pointer, "Open it privately")
    page = await yard.hears(yard.tom, "several elections")
    await yard.tap(yard.tom, page, TITLE)
    page = await yard.hears(yard.tom, "You're a candidate")
    assert "Vera K." in page.text
    assert SENTENCE not in page.text
