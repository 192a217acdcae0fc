"""A tap is answered once what it does is done; its page comes when it can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import FEATURES
from bot.clock import TurnableClock
from playground.chats import Chat, Message
from playground.faults import FaultKind
from playground.people import Person
from playground.taps import CallbackAnswer, Tap
from tests.elections import campaign
from tests.trial import SECRET_WORDS, TRIAL
from tests.whisper.test_ladder import LOOK_BELOW, joined, reads
from tests.yard import NOON, Yard

pytestmark = pytest.mark.databases("sqlite")

ALL_IN_A_SECOND = 25
"""So many messages for single people are let out of the house in a second."""
ON_ITS_WAY = "📨 On its way to the chat."
GONE = "Bad Request: message to edit not found"


@pytest.fixture
def clock() -> TurnableClock:
    """It stands still: nobody is answered because some time went by."""
    return TurnableClock(NOON, running=False)


async def answered(yard: Yard, taps: list[Tap]) -> list[CallbackAnswer]:
    return await asyncio.gather(*map(yard.world.answered, taps))


def edits(yard: Yard) -> int:
    return sum(call.method == "editMessageText" for call in yard.world.calls)


async def in_two_goes(yard: Yard, done: Callable[[], int], number: int) -> None:
    """As many as fit into a second, and the others in the next: not later, for a tap can't be whispered to
    for long."""
    await yard.world.until(lambda: done() >= ALL_IN_A_SECOND - 1)
    yard.clock.turn(timedelta(seconds=2))
    await yard.world.until(lambda: done() == number)


async def test_pages_that_wait_for_their_turn_keep_no_tap_waiting(trial_yard: Yard) -> None:
    yard = trial_yard
    people = [yard.world.add_person(f"Neighbour {number}") for number in range(40)]
    pages = [await greeting(yard, person) for person in people]
    yard.clock.turn(timedelta(minutes=2))
    both = zip(people, pages, strict=True)
    told = await answered(yard, [yard.world.tap_data(*each, "t.turn!:7") for each in both])
    assert {answer.text for answer in told} == {ON_ITS_WAY}
    await in_two_goes(yard, lambda: edits(yard), len(people))
    assert all(page.text == "Page 7" for page in pages)


async def greeting(yard: Yard, person: Person) -> Message:
    yard.world.start(person)
    yard.clock.turn(timedelta(seconds=1))
    return await yard.hears(person, "I help neighbours", yard.world.private(person))


async def test_whispers_that_wait_for_their_turn_keep_no_tap_waiting(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, "Secret")  # the first one of a process
    people = [yard.world.add_person(f"Neighbour {number}") for number in range(13)]
    boards = [await board_of(yard, name, people) for name in ("Yard 6", "Yard 7", "Yard 8")]
    yard.clock.turn(timedelta(minutes=2))
    told = await answered(
        yard, [yard.world.tap(person, each, "Secret") for person in people for each in boards]
    )
    assert {answer.text for answer in told} == {LOOK_BELOW}
    groups = [each.chat for each in boards]
    await in_two_goes(
        yard, lambda: sum(len(whispers(chat)) for chat in groups), len(people) * len(groups)
    )


async def board_of(yard: Yard, name: str, people: list[Person]) -> Message:
    group = yard.world.add_group(name, yard.vera, members=people)
    yard.world.add_bot(group, by=yard.vera)
    yard.say(yard.vera, "/board", chat=group)
    return await yard.card("The board", group)


def whispers(chat: Chat) -> list[Message]:
    return [m for m in chat.log if m.is_ephemeral and SECRET_WORDS in m.text]


async def test_who_signs_is_told_at_once_also_where_the_group_is_full(yard: Yard) -> None:
    card = await campaign.announce(yard)
    await campaign.stand(yard, yard.vera, "Vera")
    yard.clock.turn(timedelta(minutes=2))
    page = await campaign.open_signing(yard, yard.tom, card)
    for number in range(13):  # with his, that is all that a minute holds for single people
        neighbour = yard.world.add_person(f"Neighbour {number}")
        yard.world.join(yard.group, neighbour)
        await campaign.open_signing(yard, neighbour, card)
    (answer,) = await answered(yard, [yard.world.tap(yard.tom, page, campaign.CONFIRM)])
    assert answer.text == "✅ Your signature is counted"
    assert campaign.SENTENCE in page.text
    yard.clock.turn(timedelta(minutes=1))
    await yard.world.until(lambda: "Your signature is counted" in page.text)


# Where the page can't be turned


async def opened(yard: Yard, board: Message) -> Message:
    """A page that only Tom sees; it is there no more when he taps it."""
    await yard.tap(yard.tom, board, "Page")
    page = await yard.hears(yard.tom, "Page 1")
    yard.server.faults.add("editEphemeralMessageText", "error", description=GONE)
    return page


async def test_a_page_that_is_gone_comes_in_private_where_nothing_is_whispered(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    yard.world.start(yard.tom)
    page = await opened(yard, board)
    yard.server.faults.add("sendMessage", "error", description="Bad Request: EPHEMERAL_NOT_ALLOWED")
    assert (await yard.tap(yard.tom, page, "Next")).url is None
    private = yard.world.private(yard.tom)
    aside = await yard.hears(yard.tom, "Page 2", private)
    await yard.tap(yard.tom, aside, "Next")
    await reads(yard, aside, "Page 3")


async def test_where_the_private_chat_is_closed_too_a_reply_leads_there(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    page = await opened(yard, board)
    yard.server.faults.add("sendMessage", "error", description="Bad Request: EPHEMERAL_NOT_ALLOWED")
    await yard.tap(yard.tom, page, "Next")
    pointer = await yard.hears(yard.nina, "This is for your eyes only")
    stranger = await yard.tap(yard.vera, pointer, (0, 0))
    assert (stranger.text or "").startswith("This one belongs to a neighbour")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, pointer, (0, 0)))
    await yard.hears(yard.tom, "Page 2", private)
    yard.clock.turn(timedelta(minutes=11))
    await yard.world.until(lambda: pointer.deleted)


async def test_an_answer_that_is_lost_keeps_no_page_back(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, "Page")
    page = await yard.hears(yard.tom, "Page 1")
    yard.server.faults.add("answerCallbackQuery", "502")
    yard.world.tap(yard.tom, page, "Next")
    await reads(yard, page, "Page 2")


@pytest.mark.parametrize("in_private", [False, True])
async def test_a_page_that_fails_after_the_answer_is_owned_up_to(
    bare_yard: Yard, in_private: bool
) -> None:
    yard = bare_yard
    yard.features = (*FEATURES, TRIAL)
    page = await joined(yard)
    if in_private:
        page = await greeting(yard, yard.tom)
    tap = yard.world.tap_data(yard.tom, page, "t.spoil!:1")
    assert (await yard.world.answered(tap)).text == ON_ITS_WAY
    told = await yard.hears(yard.tom, "something broke", page.chat)
    (line,) = yard.log.errors
    assert line.split("fault ")[1][:6] in told.text
    assert told.is_ephemeral is not in_private


@pytest.mark.parametrize("kind", ["502", "refuse_before"])
async def test_a_page_that_is_lost_leaves_no_tap_unanswered(
    trial_yard: Yard, board: Message, kind: FaultKind
) -> None:
    """Nobody knows what became of a whisper whose answer didn't come."""
    yard = trial_yard
    await yard.tap(yard.nina, board, "Secret")
    yard.server.faults.add("sendMessage", kind)
    await yard.tap(yard.tom, board, "Secret")
