"""Going, Maybe, Can't: counted, never listed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.domain.actions.answers import Answer
from bot.person.place import Person, Place
from bot.store import personally
from handlers.actions.heart.answering import current_answer, give_answer
from handlers.actions.heart.snapshot import load_card
from playground.chats import Message
from tests.actions.announce import announce, behind_more
from tests.yard import Yard


async def shows(yard: Yard, card: Message, numbers: str) -> None:
    """Wait until the card was redrawn and says so many; nothing at all where nobody has answered."""
    yard.clock.turn(timedelta(seconds=4))
    if numbers:
        await yard.world.until(lambda: f"👥 {numbers}" in card.text.splitlines())
    else:
        await yard.world.until(lambda: "👥" not in card.text)


async def test_answers_are_counted_on_the_card(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Going")
    await yard.tap(yard.nina, card, "Going")
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "2 come, 1 perhaps")
    assert "Tom" not in card.text


async def test_another_answer_replaces_the_first(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "1 perhaps")


async def test_that_one_cannot_come_is_said_behind_more_and_shows_nowhere(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    page = await behind_more(yard, yard.nina, card)
    answer = await yard.tap(yard.nina, page, "👎")
    assert (answer.text or "").startswith("Жаль!")
    await shows(yard, card, "")
    assert "👎" not in str(yard.labels(card))
    answer = await yard.tap(yard.nina, page, "👎")
    assert answer.text == "Ваш ответ убран."


async def test_a_card_of_an_earlier_release_is_answered_as_before(yard: Yard) -> None:
    """Its buttons stand in the chat: Can't on the card itself, and Change."""
    card = await announce(yard, yard.tom)
    answer = await yard.forge(yard.tom, card, "a.answer:1:cant")
    assert (answer.text or "").startswith("A pity!")
    await yard.forge(yard.tom, card, "a.change:1")
    page = await yard.hears(yard.tom, "The numbers on a card")
    assert "🕖 Time" in yard.labels(page)


async def test_the_same_answer_again_takes_it_back(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.vera, card, "Going")
    answer = await yard.tap(yard.vera, card, "Going")
    assert answer.text == "Your answer is removed."
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "1 perhaps")


async def test_many_hands_at_once_are_counted_exactly(yard: Yard) -> None:
    """Past the front door, which takes one tap a chat at a time: several processes would not."""
    await announce(yard, yard.tom)
    assert yard.app is not None
    place, store = Place(yard.group.id), yard.app.store
    people = [Person(number) for number in range(1, 9)]
    taps = [*Answer, Answer.CANT, Answer.MAYBE]
    given = await asyncio.gather(
        *(
            store.run(personally(give_answer, person, place), 1, tapped)
            for tapped in taps
            for person in people
        )
    )
    stands = await asyncio.gather(
        *(store.read(personally(current_answer, person, place), 1) for person in people)
    )
    last = [each.answer for each in stands]
    card = await store.read(load_card, 1)
    assert card is not None
    shown = [card.counts.going, card.counts.maybe, card.counts.cant]
    assert shown == [last.count(answer) for answer in Answer]
    assert set(last) <= {each.answer for each in given}


async def test_a_redelivered_tap_changes_nothing(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    tap = yard.world.tap(yard.tom, card, "Going")
    update_id = yard.world.updates.waiting()[-1].update_id
    await yard.world.answered(tap)
    await yard.world.settled()
    yard.world.redeliver(update_id)
    await yard.quiet()
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "1 comes, 1 perhaps")


async def test_everyone_is_answered_in_their_language(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    english = await yard.tap(yard.tom, card, "Going")
    russian = await yard.tap(yard.nina, card, "Going")
    assert english.text != russian.text


async def test_answers_survive_a_restart(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Going")
    await yard.restart()
    await yard.tap(yard.nina, card, "Going")
    await shows(yard, card, "2 come")


async def test_a_forged_answer_has_no_effect(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for data in ("a.answer:1:nobody", "a.answer:99:going", "a.answer:1", "a.answer:x:going", "zzz"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert
    await yard.tap(yard.tom, card, "Maybe")
    await shows(yard, card, "1 perhaps")


async def test_a_card_can_be_answered_only_in_its_own_chat(yard: Yard) -> None:
    await announce(yard, yard.tom)
    other = yard.world.add_group("Yard 6", creator=yard.nina, kind="supergroup", members=[yard.tom])
    yard.world.add_bot(other, by=yard.nina)
    await yard.world.until(lambda: any(message.buttons for message in other.messages))
    welcome = next(message for message in other.messages if message.buttons)
    answer = await yard.forge(yard.nina, welcome, "a.answer:1:going")
    assert answer.show_alert
    card = await yard.card("Concert")
    await yard.tap(yard.tom, card, "Maybe")
    await shows(yard, card, "1 perhaps")


async def test_a_day_after_the_action_only_the_number_remains(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Going")
    await yard.tap(yard.nina, card, "Going")
    yard.clock.turn(timedelta(days=3))
    await yard.world.until(lambda: "said they'd come: 2" in card.text)
    assert not card.buttons
    answer = await yard.forge(yard.tom, card, "a.answer:1:going")
    assert answer.text == "This is over already."
