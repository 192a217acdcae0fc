"""Going, Maybe, Can't: counted, never listed."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from tests.actions.announce import announce
from tests.yard import Yard


async def shows(yard: Yard, card: Message, *labels: str) -> None:
    """Wait until the card was redrawn and its buttons say so."""
    yard.clock.turn(timedelta(seconds=4))
    await yard.world.until(lambda: all(label in yard.labels(card) for label in labels))


async def test_answers_are_counted_on_the_card(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Going")
    await yard.tap(yard.nina, card, "Going")
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "👍 2 · Going", "🤔 1 · Maybe", "👎 0 · Can't")
    assert "Tom" not in card.text


async def test_another_answer_replaces_the_first(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    await yard.tap(yard.nina, card, "Can't")
    await shows(yard, card, "👍 0 · Going", "👎 1 · Can't")


async def test_the_same_answer_again_takes_it_back(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.vera, card, "Going")
    answer = await yard.tap(yard.vera, card, "Going")
    assert answer.text == "Your answer is removed."
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "👍 0 · Going", "🤔 1 · Maybe")


async def test_a_redelivered_tap_changes_nothing(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    tap = yard.world.tap(yard.tom, card, "Going")
    update_id = yard.world.updates.waiting()[-1].update_id
    await yard.world.answered(tap)
    await yard.world.settled()
    yard.world.redeliver(update_id)
    await yard.quiet()
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "👍 1 · Going", "🤔 1 · Maybe")


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
    await shows(yard, card, "👍 2 · Going")


async def test_a_forged_answer_has_no_effect(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for data in ("a.answer:1:nobody", "a.answer:99:going", "a.answer:1", "a.answer:x:going", "zzz"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert
    await yard.tap(yard.tom, card, "Maybe")
    await shows(yard, card, "👍 0 · Going", "🤔 1 · Maybe")


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
    await shows(yard, card, "👍 0 · Going", "🤔 1 · Maybe")


async def test_a_day_after_the_action_only_the_number_remains(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "Going")
    await yard.tap(yard.nina, card, "Going")
    yard.clock.turn(timedelta(days=3))
    await yard.world.until(lambda: "said they'd come: 2" in card.text)
    assert not card.buttons
    answer = await yard.forge(yard.tom, card, "a.answer:1:going")
    assert answer.text == "This is over already."
