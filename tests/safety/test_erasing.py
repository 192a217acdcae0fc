"""What has outlived its use is erased, in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, func, select

from bot.store import UnitOfWork
from storage.actions import ActionRow
from storage.answers import AnswerRow
from storage.delivery.cards import CardRow
from storage.delivery.outbox import OutboxRow
from storage.delivery.removals import RemovalRow
from storage.handled_updates import HandledUpdateRow
from storage.short_lived import ShortLivedRow
from tests.actions.announce import CONCERT, announce
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


def _count(table: type[SQLModel]) -> Callable[[UnitOfWork], int]:
    return lambda work: work.session.exec(select(func.count()).select_from(table)).one()


async def rows(yard: Yard, table: type[SQLModel]) -> int:
    assert yard.app is not None
    return await yard.app.store.read(_count(table))


async def erased(yard: Yard, table: type[SQLModel]) -> None:
    """Wait until a table is empty; the bot erases at its own time."""
    await yard.written(lambda work: _count(table)(work) == 0)


async def recorded(yard: Yard, table: type[SQLModel]) -> None:
    """Wait until a table has rows; some are written just after what people see."""
    await yard.written(_count(table))


async def test_drafts_go_after_an_hour(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT, ephemeral=False)
    preview = await yard.hears(yard.tom, "neighbours will see")
    assert await rows(yard, ShortLivedRow) == 1
    await recorded(yard, RemovalRow)
    yard.clock.turn(timedelta(minutes=59))
    assert await rows(yard, ShortLivedRow) == 1
    yard.clock.turn(timedelta(minutes=11))
    await erased(yard, ShortLivedRow)
    yard.clock.turn(timedelta(minutes=55))
    await yard.world.until(lambda: preview.deleted)


async def test_links_go_after_a_quarter_of_an_hour(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    await yard.tap(yard.tom, card, "⋯")  # whispered; tapped again it leads into private
    assert (await yard.tap(yard.tom, card, "⋯")).url
    assert await rows(yard, ShortLivedRow) == 3, "the link, the way, and which ways are open"
    yard.clock.turn(timedelta(minutes=26))
    await erased(yard, ShortLivedRow)


async def test_what_was_asked_and_refused_goes_within_a_quarter_of_an_hour(yard: Yard) -> None:
    yard.say(yard.tom, "/action yesterday 19:00 Tea", ephemeral=False)
    question = await yard.hears(yard.tom, "↩️")
    await recorded(yard, ShortLivedRow)
    assert await rows(yard, ShortLivedRow) == 2, "what was asked, and that it stands there"
    yard.clock.turn(timedelta(minutes=16))
    await erased(yard, ShortLivedRow)
    await yard.world.until(lambda: question.deleted)


async def test_what_waits_for_a_group_goes_with_the_ways(yard: Yard) -> None:
    yard.world.start(yard.tom)
    yard.say(yard.tom, "/actions", chat=yard.world.private(yard.tom))
    await recorded(yard, ShortLivedRow)
    yard.clock.turn(timedelta(minutes=21))
    await erased(yard, ShortLivedRow)


async def test_marks_of_updates_go_after_two_days_and_sent_posts_after_a_week(yard: Yard) -> None:
    assert await rows(yard, HandledUpdateRow)
    assert await rows(yard, OutboxRow)
    yard.clock.turn(timedelta(hours=47))
    yard.say(yard.vera, "/help")
    await yard.hears(yard.vera, "I help neighbours")
    assert await rows(yard, HandledUpdateRow)
    yard.clock.turn(timedelta(hours=3))
    await erased(yard, HandledUpdateRow)
    assert await rows(yard, OutboxRow)
    yard.clock.turn(timedelta(days=6))
    await erased(yard, OutboxRow)


async def test_answers_go_a_day_after_while_their_number_stays(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    for person in (yard.tom, yard.nina, yard.vera):
        await yard.tap(person, card, (0, 0))
    assert await rows(yard, AnswerRow) == 3
    yard.clock.turn(timedelta(hours=31 + 23))
    yard.say(yard.vera, "/help")
    await yard.hears(yard.vera, "I help neighbours")
    assert await rows(yard, AnswerRow) == 3
    yard.clock.turn(timedelta(hours=2))
    await erased(yard, AnswerRow)
    yard.clock.turn(timedelta(seconds=10))
    await yard.world.until(lambda: "come: 3" in card.text)


async def test_what_an_action_was_about_goes_when_the_operator_wants_it(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.overrides["FORGET_ACTIONS_DAYS"] = "10"
    await yard.move_in()
    card = await announce(yard, yard.ales)
    await yard.tap(yard.tom, card, (0, 0))
    yard.clock.turn(timedelta(days=10))  # it began tomorrow evening
    await erased(yard, AnswerRow)
    yard.clock.turn(timedelta(hours=2))
    await yard.settled(61)
    await yard.world.until(lambda: "come: 1" in card.text)
    assert await rows(yard, ActionRow) == 1
    yard.clock.turn(timedelta(days=2))
    await erased(yard, ActionRow)
    assert await rows(yard, CardRow) == 1, "the welcome's"
    assert "Concert" in card.text, "the chat keeps its own"
