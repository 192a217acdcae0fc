"""Who floods the bot is let in a little, and holds up nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import TurnableClock
from bot.intake.polling.buckets import Allowance, Buckets
from bot.intake.polling.doorkeeper import CHAT, PERSON
from bot.store import UnitOfWork
from playground.chats import Message
from storage import chats, short_lived
from storage.chats import Presence
from tests.actions.announce import CONCERT, announce, asked_to_type
from tests.yard import NOON, Yard

pytestmark = pytest.mark.databases("sqlite")

ENOUGH = "That was a lot at once"


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON, running=False)


def answers(yard: Yard, method: str, words: str = "") -> int:
    told = [c for c in yard.world.calls if c.method == method]
    return len([c for c in told if words in str(c.params.get("text", ""))])


async def test_of_many_taps_of_one_account_a_few_are_done_and_one_is_told_why(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    yard.clock.turn(timedelta(minutes=1))
    taps = [yard.world.tap(yard.tom, card, (0, 0)) for _ in range(301)]
    first = yard.world.tap(yard.nina, card, (0, 1))
    await yard.world.answered(first)
    await yard.quiet()
    await yard.world.until(lambda: answers(yard, "answerCallbackQuery", ENOUGH))
    await yard.world.until(lambda: sum(bool(tap.answer) for tap in taps) > PERSON.at_once)
    assert sum(bool(tap.answer) for tap in taps) == PERSON.at_once + 1
    yard.clock.turn(timedelta(seconds=2))
    assert (await yard.tap(yard.tom, card, (0, 0))).text != ENOUGH
    assert answers(yard, "answerCallbackQuery", ENOUGH) == 1
    assert str(yard.tom.id) not in "\n".join(yard.log.lines)


async def test_many_private_messages_get_a_few_answers_and_one_word(yard: Yard) -> None:
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    for _ in range(200):
        yard.say(yard.tom, "x" * 4_000, chat=private)
    await yard.hears(yard.tom, ENOUGH, private)
    await yard.quiet()
    yard.clock.turn(timedelta(seconds=30))
    await yard.hears(yard.nina, "Hello, neighbours")
    from_bot = [m for m in private.log if m.sender is yard.world.bot]
    assert len(from_bot) <= PERSON.at_once + 1


async def test_a_thousand_neighbours_who_tap_one_card_are_all_let_in(clock: TurnableClock) -> None:
    people, chats = Buckets(clock, PERSON), Buckets(clock, CHAT)
    for number in range(1_000):
        assert people.take(number)
        assert chats.take("the yard")


async def test_what_telegram_says_of_a_chat_is_always_let_in(yard: Yard) -> None:
    for _ in range(200):
        yard.say(yard.vera, "/help", ephemeral=True)
    yard.promote_bot()

    def is_known(work: UnitOfWork) -> bool:
        chat = chats.find(work.session, yard.group.id)
        return chat is not None and chat.presence is Presence.ADMINISTRATOR

    await yard.written(is_known)


async def test_who_clears_a_raid_out_is_heard_for_each_of_them(yard: Yard) -> None:
    """Where the bot is an ordinary member, nothing else tells that somebody is gone."""
    crowd = [yard.world.add_person(f"Troll {number}") for number in range(2 * PERSON.at_once)]
    for person in crowd:
        yard.world.join(yard.group, person)
    last = crowd[-1]
    card = await announce(yard, last)
    private = await asked_to_type(yard, last, card, "Words")
    page = await yard.hears(last, "Concert", private)
    for person in crowd:
        yard.world.kick(yard.group, person, yard.vera)
    await yard.quiet()
    assert "run out of time" in str((await yard.forge(last, page, "a.answer:1:going")).text)


async def test_anonymous_administrators_stand_in_no_queue_of_strangers(yard: Yard) -> None:
    """Nor is the whole group told that somebody asked too much."""
    yard.world.set_anonymous(yard.group, yard.vera)
    for number in range(4):
        stranger = yard.world.add_person(f"Stranger {number}")
        yard.world.start(stranger)
        for _ in range(PERSON.at_once):
            yard.say(stranger, "Hello", chat=yard.world.private(stranger))
    yard.say(yard.vera, "/help")
    await yard.hears(yard.vera, "I help neighbours")
    for _ in range(2 * PERSON.at_once):
        yard.say(yard.vera, "/help")
    await yard.quiet()
    await yard.settled(61)
    assert not [m for m in yard.group.log if ENOUGH in m.text]


async def test_what_neighbours_say_to_each_other_uses_up_nobodys_allowance(yard: Yard) -> None:
    yard.promote_bot()
    for number in range(2 * PERSON.at_once):
        yard.say(yard.tom, f"Look, number {number}")
    yard.say(yard.tom, CONCERT)
    await yard.hears(yard.tom, "neighbours will see")


def test_a_bucket_fills_again_and_a_full_one_is_forgotten() -> None:
    clock = TurnableClock(NOON, running=False)
    buckets = Buckets(clock, Allowance(at_once=3, each_second=0.5))
    assert [buckets.take("anybody") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("somebody else")
    clock.turn(timedelta(seconds=2))
    assert [buckets.take("anybody") for _ in range(2)] == [True, False]
    clock.turn(timedelta(minutes=2))
    assert buckets.take("a third")
    assert list(buckets._full_at) == ["a third"]


def test_however_many_come_memory_has_an_end() -> None:
    buckets = Buckets(TurnableClock(NOON, running=False), PERSON)
    for number in range(50_000):
        assert buckets.take(number)
    assert len(buckets._full_at) <= 20_001


async def test_of_many_replies_to_a_question_a_few_go_on_with_it(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow Tea", ephemeral=False)
    question = await yard.asks(yard.tom, "At what time?")
    yard.clock.turn(timedelta(minutes=1))
    assert yard.app is not None
    before = await yard.app.store.read(drafts)
    for _ in range(5 * PERSON.at_once):
        yard.say(yard.tom, "17:00", reply_to=question)
    yard.say(yard.nina, "/help", ephemeral=True)
    await yard.hears(yard.nina, "Со мной соседям")
    await yard.quiet()
    of_each = 2  # the draft, and what says that it is the newest
    assert await yard.app.store.read(drafts) - before <= of_each * PERSON.at_once


def drafts(work: UnitOfWork) -> int:
    return short_lived.count(work.session)


async def test_commands_that_wait_for_their_groups_minute_keep_no_tap_waiting(yard: Yard) -> None:
    """Neither in another chat, nor in the same one, nor with more than Telegram shows at once."""
    card = await announce(yard, yard.ales)
    yard.promote_bot()
    crowd = [yard.world.add_person(f"Neighbour {number}") for number in range(120)]
    for person in crowd:
        yard.world.join(yard.group, person)
    yard.clock.turn(timedelta(minutes=2))
    for person in crowd:
        yard.say(person, "/help", ephemeral=True)
    answer = await yard.tap(yard.nina, card, (0, 0))
    assert answer.text
    assert len(helped(yard)) < len(crowd)


def helped(yard: Yard) -> list[Message]:
    return [
        m for m in yard.group.log if m.sender is yard.world.bot and "I help neighbours" in m.text
    ]
