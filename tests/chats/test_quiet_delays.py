"""What the bot would have said by itself before the quiet hours, and was delayed until they had begun."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from bot.feature import Feature, Post
from bot.message.face import Face
from bot.message.words import Html
from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from storage.delivery import queue
from storage.delivery.outbox import Urgency
from tests.chats.test_quiet import MORNING, NIGHT, SMALL, news, page
from tests.delivery.test_turn import put_back
from tests.delivery.tidings import ASKED, QUESTION, REPEATED
from tests.digests.test_digests import caught_up
from tests.elections.campaign import announce, neighbours, sign_at_once, stand
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

EVENING, HOUR = "2026-10-21 17:50", "2026-10-21 18:00"  # 20:50 and 21:00 in Minsk
REMINDED = "2026-10-21 20:30"


@pytest.fixture
async def back_at_night(yard: Yard) -> Yard:
    """Six neighbours sign at 20:50, at 21:00 Telegram wants silence for a while, the bot goes down and is
    back at 23:00; a reminder is set for 23:30."""
    card = await announce(yard, SMALL)
    await stand(yard, yard.tom, "Tom K.")
    yard.say(yard.vera, "/remind today 23:30 Lights off")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "Lights off"), "Schedule")
    people = neighbours(yard, 6)
    turn_to(yard, EVENING)
    fault = yard.server.faults.add(
        "sendPhoto", "429", retry_after=900, when=lambda p: "enough" in p.text("caption")
    )
    for person in people:
        await sign_at_once(yard, person, card)
    turn_to(yard, HOUR)
    await put_back(yard, fault)
    await yard.stop()
    turn_to(yard, NIGHT)
    await yard.start()
    await caught_up(yard)
    return yard


def lights(yard: Yard) -> list[Message]:
    return [m for m in yard.group.messages if "Lights off" in m.text and m.is_ordinary]


async def test_it_waits_for_the_morning_and_a_typed_reminder_does_not(back_at_night: Yard) -> None:
    yard = back_at_night
    assert not news(yard)
    turn_to(yard, REMINDED)
    await yard.world.until(lambda: lights(yard))
    assert "late" not in lights(yard)[0].text
    turn_to(yard, "2026-10-22 04:59")
    await caught_up(yard)
    assert not news(yard)
    turn_to(yard, MORNING)
    await yard.world.until(lambda: news(yard))
    assert "late" not in news(yard)[0].text
    await yard.settled(60)
    assert len(news(yard)) == 1


async def test_it_goes_at_once_where_there_are_no_quiet_hours_any_more(back_at_night: Yard) -> None:
    assert not news(back_at_night)
    await page(back_at_night, "off")
    await back_at_night.world.until(lambda: news(back_at_night))
    assert "late" not in news(back_at_night)[0].text


async def plan(
    yard: Yard,
    chat: Chat,
    number: int,
    at: str,
    *,
    kind: str = REPEATED,
    is_self_timed: bool = True,
) -> None:
    """A tiding for that moment of UTC, timed by the bot itself or by somebody."""

    def put_in(work: UnitOfWork) -> None:
        work.later.post(
            kind,
            number,
            chat_id=work.chat_at(Place(chat.id)).id,
            key=f"{kind}:{number}",
            due_at=datetime.fromisoformat(f"2026-10-21 {at}").replace(tzinfo=UTC),
            urgency=Urgency.BULK,
            is_self_timed=is_self_timed,
        )

    assert yard.app is not None
    await yard.app.store.run(put_in)


def tidings(chat: Chat) -> list[str]:
    texts = [message.text for message in chat.messages]
    return [text.split("\n")[0] for text in texts if text.startswith("Tidings")]


async def test_order_is_kept_and_nobody_else_waits(town: Yard) -> None:
    other = town.world.add_group("Yard 6", town.vera)
    town.world.add_bot(other, by=town.vera)
    await town.hears(town.vera, "Hello, neighbours", other)
    town.say(town.vera, "/quiet off", chat=other)
    await town.hears(town.vera, "no quiet hours", other)
    await plan(town, town.group, 3, "19:30")  # in the quiet hours anyway
    await plan(town, town.group, 2, "18:51")
    await plan(town, town.group, 1, "18:50")
    await plan(town, town.group, 4, "18:52", is_self_timed=False)
    await plan(town, other, 5, "18:50")
    await town.stop()
    turn_to(town, NIGHT)
    await town.start()
    await town.world.until(lambda: tidings(other) and tidings(town.group))
    await caught_up(town)
    assert (tidings(town.group), tidings(other)) == (["Tidings 4."], ["Tidings 5."])
    turn_to(town, MORNING)
    await town.world.until(lambda: len(tidings(town.group)) == 4)
    await caught_up(town)
    assert tidings(town.group)[1:] == ["Tidings 1.", "Tidings 2.", "Tidings 3."]


async def test_what_is_over_the_grace_by_then_is_listed_as_ever(town: Yard) -> None:
    await plan(town, town.group, 1, "13:00")
    await town.stop()
    turn_to(town, NIGHT)
    await town.start()
    await caught_up(town)
    await town.settled(31)
    listed = await town.hears(town.tom, "This came too late")
    assert "Tidings 1." in listed.text
    await caught_up(town)
    assert not tidings(town.group)


async def test_what_an_organiser_sends_again_at_night_goes_at_night(town: Yard) -> None:
    turn_to(town, "2026-10-21 18:55")
    town.server.faults.add(
        "sendMessage", "502", when=lambda p: p.text("text").startswith("Tidings")
    )
    await plan(town, town.group, 1, "18:55", kind=ASKED)
    question = await town.card(QUESTION)
    assert not tidings(town.group)
    turn_to(town, NIGHT)
    await town.tap(town.vera, question, "again")
    await town.world.until(lambda: tidings(town.group) == ["Tidings 1."])


def next_try(work: UnitOfWork) -> datetime:
    moment = queue.moments(work.session, work.now, busy=()).next
    assert moment is not None
    return moment


async def test_nobody_is_woken_all_night_for_it(bare_yard: Yard) -> None:
    """A fault of ours held it back over the beginning of the quiet hours."""
    yard, tries = bare_yard, itertools.count()

    def draw(_number: int, _words: object) -> Face:
        if next(tries):
            return Face(Html("Tidings 1."))
        raise ValueError

    view = Post(lambda _work, number: number, draw)
    await yard.move_in(Feature(name="faulty", posts={REPEATED: view}))
    turn_to(yard, "2026-10-21 18:58")
    await plan(yard, yard.group, 1, "18:58")
    await yard.world.until(lambda: any("couldn't be made" in line for line in yard.log.lines))
    # The line comes first: the minutes for which it is held back begin when that is written.
    await yard.written(lambda work: next_try(work) > work.now)
    turn_to(yard, NIGHT)
    await caught_up(yard)
    assert yard.app is not None
    assert await yard.app.store.read(next_try) == datetime(2026, 10, 22, 5, tzinfo=UTC)
    turn_to(yard, MORNING)
    await yard.world.until(lambda: tidings(yard.group))
