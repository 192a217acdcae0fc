"""After a time of silence: what still matters comes and says that it is late, the rest is listed once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Message
from storage.delivery.holds import HoldRow
from storage.delivery.outbox import Urgency
from tests.delivery.test_turn import cards_in, held_back, turned_until
from tests.delivery.tidings import REPEATED
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

LATE = "(late"
PASSED = "This came too late"
BACK = "I couldn't write here for a while"


async def plan(yard: Yard, hours: float, *numbers: int) -> None:
    """Let tidings be due so many hours from now."""

    def put_in(work: UnitOfWork) -> None:
        chat_id = work.chat_at(Place(yard.group.id)).id
        for number in numbers:
            work.later.post(
                REPEATED,
                number,
                chat_id=chat_id,
                key=f"{REPEATED}:{number}",
                due_at=work.now + timedelta(hours=hours, seconds=number),
                urgency=Urgency.TIMED,
            )

    assert yard.app is not None
    await yard.app.store.run(put_in)


def said(yard: Yard, words: str) -> list[Message]:
    return [message for message in yard.group.messages if words in message.text]


async def away(yard: Yard, hours: float) -> None:
    await yard.stop()
    yard.clock.turn(timedelta(hours=hours))
    await yard.start()


async def test_what_is_within_the_grace_comes_late_and_the_rest_is_listed(town: Yard) -> None:
    await plan(town, 1, 1, 2)
    await plan(town, 9, 3)
    await away(town, 10)
    await town.world.until(lambda: said(town, "Tidings 3."))
    assert LATE in said(town, "Tidings 3.")[0].text
    town.clock.turn(timedelta(seconds=31))
    await town.world.until(lambda: said(town, PASSED))
    (listed,) = said(town, PASSED)
    assert "Tidings 1." in listed.text
    assert "Tidings 2." in listed.text
    assert "Wednesday 21 October 2026, 13:00" in listed.text
    assert "Tidings 3." not in listed.text
    await town.settled(600)
    assert said(town, "Tidings 1.") == [listed]


async def test_one_list_tells_of_all_however_many(town: Yard) -> None:
    await plan(town, 1, *range(250))
    await away(town, 30)
    await turned_until(town, lambda: said(town, PASSED), 31)
    await town.settled(600)
    (listed,) = said(town, PASSED)
    assert "and 238 before these" in listed.text
    assert "Tidings 249." in listed.text
    assert len(listed.text) < 4096


async def test_the_operator_says_how_late_is_too_late(town: Yard) -> None:
    town.overrides["GRACE_HOURS"] = "48"
    await plan(town, 1, 1)
    await away(town, 30)
    await town.world.until(lambda: said(town, "Tidings 1."))
    assert LATE in said(town, "Tidings 1.")[0].text


async def test_a_card_is_never_too_late(town: Yard) -> None:
    await held_back(town)
    await away(town, 12)
    await town.world.until(lambda: cards_in(town.group))
    assert not said(town, PASSED)


async def test_where_the_bot_had_no_right_to_write_it_says_so_afterwards(town: Yard) -> None:
    town.world.set_permissions(town.group, can_send_messages=False)
    await plan(town, 0, 1, 2)
    await town.world.until(
        lambda: any("rights to send" in (call.error or "") for call in town.world.calls)
    )
    tried = len(town.world.calls)
    town.clock.turn(timedelta(minutes=5))
    await town.quiet()
    assert not [c for c in town.world.calls[tried:] if c.method == "sendMessage"]
    town.world.set_permissions(town.group, can_send_messages=True)
    await turned_until(town, lambda: said(town, BACK), 120)
    await town.world.until(lambda: said(town, "Tidings 2."))
    assert len(said(town, BACK)) == 1


@pytest.mark.parametrize("is_heard", [True, False])
async def test_where_the_bot_was_removed_it_says_so_when_it_is_back(
    town: Yard,
    is_heard: bool,
) -> None:
    await held_back(town)
    town.world.kick(town.group, town.world.bot, town.vera)
    if not is_heard:
        town.world.updates.drop()
    town.clock.turn(timedelta(seconds=31))
    await put_away(town)
    town.clock.turn(timedelta(hours=2))
    town.world.add_bot(town.group, by=town.vera)
    await town.world.until(lambda: said(town, BACK))
    await town.world.until(lambda: cards_in(town.group))
    assert len(said(town, BACK)) == 1


async def put_away(yard: Yard) -> None:
    """Wait until it is written down that the bot is silent there."""

    def is_silenced(work: UnitOfWork) -> bool:
        query = select(HoldRow).where(col(HoldRow.is_silenced))
        return work.session.exec(query).first() is not None

    await yard.written(is_silenced)
