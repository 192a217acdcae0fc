"""What may have arrived: said again with a mark, or shown to an organiser to decide."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.faults import Fault
from storage import chats
from storage.delivery.outbox import Urgency
from tests.delivery.test_turn import attempts, is_card, publish, turned_until
from tests.delivery.tidings import ASKED, QUESTION, REPEAT, REPEATED
from tests.elections.campaign import TITLE, open_standing
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


async def tell(yard: Yard, kind: str, number: int, group: Chat | None = None) -> None:
    def put_in(work: UnitOfWork) -> None:
        chat = chats.find(work.session, (group or yard.group).id)
        assert chat is not None
        key = f"{kind}:{number}"
        work.later.post(kind, number, chat_id=chat.id, key=key, urgency=Urgency.TIMED)

    assert yard.app is not None
    await yard.app.store.run(put_in)


def told(yard: Yard, number: int) -> list[Message]:
    return [m for m in yard.group.messages if m.text.startswith(f"Tidings {number}.")]


def cut(yard: Yard, words: str = "Tidings") -> Fault:
    """The connection breaks once, after Telegram did the work."""
    return yard.server.faults.add(
        "sendMessage", "cut", when=lambda p: p.text("text").startswith(words)
    )


def lost(yard: Yard) -> Fault:
    """A gateway fails, and Telegram never heard of it; nobody can tell that from here."""
    return yard.server.faults.add(
        "sendMessage", "502", when=lambda p: p.text("text").startswith("Tidings")
    )


def questions(yard: Yard) -> list[Message]:
    return [message for message in yard.group.messages if QUESTION in message.text]


async def asked(yard: Yard, chat: Chat | None = None) -> Message:
    return await yard.hears(yard.tom, QUESTION, chat)


async def test_what_is_harmless_twice_comes_again_with_a_mark(town: Yard) -> None:
    cut(town)
    await tell(town, REPEATED, 1)
    await turned_until(town, lambda: len(told(town, 1)) == 2)
    assert [REPEAT in message.text for message in told(town, 1)] == [False, True]


async def test_what_never_gets_an_answer_is_not_said_again_and_again(town: Yard) -> None:
    """On a slow network Telegram may do the work each time, and the answer come too late."""
    town.server.faults.add(
        "sendMessage", "cut", times=1000, when=lambda p: p.text("text").startswith("Tidings")
    )
    await tell(town, REPEATED, 1)
    await turned_until(town, lambda: questions(town), 60)
    assert [REPEAT in message.text for message in told(town, 1)] == [False, True, True, True]
    town.server.faults.clear()
    assert not (await town.tap(town.vera, await asked(town), "there")).show_alert
    await town.settled(4000)
    assert len(told(town, 1)) == 4


async def test_an_organiser_says_that_it_is_there(town: Yard) -> None:
    cut(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    assert "Tidings 1." in question.text
    assert not (await town.tap(town.vera, question, "there")).show_alert
    await town.world.until(lambda: question.deleted)
    await town.settled(3600)
    assert len(told(town, 1)) == 1


async def test_an_organiser_lets_it_be_sent_again(town: Yard) -> None:
    lost(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    assert not told(town, 1)
    await town.tap(town.vera, question, "again")
    await town.world.until(lambda: told(town, 1))
    await town.world.until(lambda: question.deleted)
    assert REPEAT not in told(town, 1)[0].text


async def test_two_taps_at_once_decide_once(town: Yard) -> None:
    lost(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    taps = [town.world.tap(town.vera, question, "again") for _ in range(3)]
    answers = [await town.world.answered(tap) for tap in taps]
    assert sorted(answer.show_alert for answer in answers) == [False, True, True]
    await town.world.until(lambda: told(town, 1))
    await town.settled(600)
    assert len(told(town, 1)) == 1


async def test_only_organisers_decide(town: Yard) -> None:
    lost(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    answer = await town.tap(town.nina, question, (1, 0))
    assert not answer.show_alert
    await town.hears(town.nina, "Вам ничего делать не нужно")
    await town.settled(60)
    assert not told(town, 1)
    assert not question.deleted


async def test_another_groups_organiser_decides_nothing_here(town: Yard) -> None:
    lost(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    other = town.world.add_group("Yard 6", creator=town.tom)
    town.world.add_bot(other, by=town.tom)
    there = await town.hears(town.tom, "Hello, neighbours", other)
    for button in question.buttons:
        answer = await town.forge(town.tom, there, button.callback_data or "")
        assert answer.show_alert
    for nonsense in ("dl.again:99999", "dl.there:0", "dl.there:-1", "dl.again"):
        assert (await town.forge(town.vera, question, nonsense)).show_alert
    await town.settled(60)
    assert not told(town, 1)


async def test_a_question_that_may_not_have_arrived_is_asked_again(town: Yard) -> None:
    lost(town)
    cut(town, "❓")
    await tell(town, ASKED, 1)
    await turned_until(
        town, lambda: sum(QUESTION in message.text for message in town.group.messages) == 2
    )
    await town.tap(town.vera, await asked(town), "again")
    await town.world.until(lambda: told(town, 1))


async def test_a_question_outlives_a_restart(town: Yard) -> None:
    lost(town)
    await tell(town, ASKED, 1)
    question = await asked(town)
    await town.restart()
    await town.tap(town.vera, question, "again")
    await town.world.until(lambda: told(town, 1))


async def test_a_question_follows_a_group_that_moves(town: Yard) -> None:
    house = town.world.add_group("House", creator=town.vera, kind="group", members=[town.tom])
    town.world.add_bot(house, by=town.vera)
    await town.hears(town.tom, "Hello, neighbours", house)
    lost(town)
    await tell(town, ASKED, 1, house)
    await asked(town, house)
    grown = town.world.migrate(house)
    question = await asked(town, grown)
    await town.tap(town.vera, question, "again")
    await town.world.until(lambda: any(m.text == "Tidings 1." for m in grown.messages))
    await town.world.until(lambda: question.deleted)


async def test_a_question_under_way_when_its_group_moves_is_asked_there(town: Yard) -> None:
    """It stands in the old group before the bot has written down where."""
    house = town.world.add_group("House", creator=town.vera, kind="group", members=[town.tom])
    town.world.add_bot(house, by=town.vera)
    await town.hears(town.tom, "Hello, neighbours", house)
    lost(town)
    on_its_way = town.server.faults.add(
        "sendMessage", "hold", when=lambda p: QUESTION in p.text("text")
    )
    await tell(town, ASKED, 1, house)
    await asked(town, house)
    grown = town.world.migrate(house)
    await town.quiet()
    on_its_way.released.set()
    question = await asked(town, grown)
    await town.tap(town.vera, question, "there")
    await town.world.until(lambda: question.deleted)


async def unknown_card(yard: Yard, title: str, publish: Callable[[], Awaitable[None]]) -> Message:
    """A card that arrived without the bot's knowing, of which an organiser said that it is there."""
    yard.server.faults.add(
        "sendMessage",
        "cut",
        when=lambda p: title in p.text("text") and "Publish" not in p.text("reply_markup"),
    )
    await publish()
    await yard.tap(yard.vera, await asked(yard), "there")
    (card,) = standing(yard, title)
    return card


def standing(yard: Yard, title: str) -> list[Message]:
    """The cards with this title, as everyone sees them."""
    named = [m for m in yard.group.messages if title in m.text and m.buttons and not m.reply_to]
    return [message for message in named if QUESTION not in message.text]


async def unknown_concert(yard: Yard) -> Message:
    return await unknown_card(yard, "Concert", lambda: publish(yard))


async def test_a_card_that_is_there_lives_from_its_first_tap_on(town: Yard) -> None:
    card = await unknown_concert(town)
    await town.settled(60)
    taps = [town.world.tap(person, card, (0, 0)) for person in (town.nina, town.tom)]
    for tap in taps:
        await town.world.answered(tap)
    await turned_until(town, lambda: "👥 2 come" in card.text)
    assert attempts(town, "editMessageText") == 1
    await town.tap(town.ales, card, (0, 1))
    await turned_until(town, lambda: "1 perhaps" in card.text)
    assert standing(town, "Concert") == [card]


async def test_a_tap_that_is_refused_tells_too_and_after_a_restart(town: Yard) -> None:
    async def publish_election() -> None:
        town.say(town.vera, f"/elect 400 {TITLE}")
        preview = await town.hears(town.vera, "This is what neighbours will sign for")
        await town.tap(town.vera, preview, "Publish")

    card = await unknown_card(town, TITLE, publish_election)
    await town.restart()
    page = await open_standing(town, town.tom, "Tom K.")
    await town.tap(town.tom, page, "yes, add me")
    await town.settled(61)
    assert "Tom K." not in card.text
    assert (await town.forge(town.nina, card, "e.manage:1")).show_alert
    await turned_until(town, lambda: "Tom K." in card.text)
    assert "Sign" in town.labels(card)[0]


async def test_no_other_message_is_taken_for_the_card(town: Yard) -> None:
    welcome = await town.hears(town.tom, "Hello, neighbours")
    said = town.say(town.ales, "What a concert!")
    card = await unknown_concert(town)
    greeting = welcome.text
    for message in (welcome, said):
        await town.forge(town.nina, message, card.buttons[0].callback_data or "")
        await town.forge(town.nina, message, card.buttons[1].callback_data or "")
    other = town.world.add_group("Yard 6", creator=town.tom)
    town.world.add_bot(other, by=town.tom)
    there = await town.hears(town.tom, "Hello, neighbours", other)
    assert (await town.forge(town.tom, there, card.buttons[0].callback_data or "")).show_alert
    await town.settled(61)
    town.say(town.tom, "/help")
    await town.hears(town.tom, "I help neighbours")
    assert not attempts(town, "editMessageText")
    await town.tap(town.tom, card, (0, 0))
    await turned_until(town, lambda: "👥 1 comes" in card.text)
    assert welcome.text == greeting


async def test_only_a_card_of_which_an_organiser_said_so_is_taken_for_one(town: Yard) -> None:
    town.server.faults.add("sendMessage", "cut", when=is_card)
    await publish(town)
    question = await asked(town)
    (first,) = standing(town, "Concert")
    untouched = first.text
    await town.tap(town.nina, first, (0, 0))
    await town.settled(61)
    await town.tap(town.vera, question, "again")
    await town.world.until(lambda: len(standing(town, "Concert")) == 2)
    second = standing(town, "Concert")[1]
    await town.restart()  # nothing is known of earlier taps
    await town.tap(town.tom, first, (0, 0))
    await turned_until(town, lambda: "👥 2 come" in second.text)
    # Were the first one a card, it would be redrawn before the next change of both.
    await town.tap(town.ales, second, (0, 0))
    await turned_until(town, lambda: "👥 3 come" in second.text)
    assert first.text == untouched
