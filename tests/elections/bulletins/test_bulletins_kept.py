"""No bulletin is lost on its way to the chat, however long the way is: a chain with a gap proves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.elections.bulletins.chain import between
from bot.domain.elections.bulletins.findings import Tally, Verdict
from tests.delivery.tidings import QUESTION
from tests.elections.bulletins.publishing import (
    bulletin,
    bulletin_post,
    bulletin_posts,
    campaign,
    crowd,
    evening,
)
from tests.elections.campaign import Records, close_by_two, eventually
from tests.yard import Yard, page_after, turn_to

SQLITE = pytest.mark.databases("sqlite")
MORNINGS = ("2026-10-22 05:00", "2026-10-23 05:00")  # 8:00 in Minsk


def names(yard: Yard) -> list[str]:
    return [post.document.name for post in bulletin_posts(yard) if post.document]


def kept_texts(yard: Yard) -> list[int]:
    """The numbers of the bulletins whose text is kept for the chat."""
    heads = Records(yard).bulletin_heads
    return [head.number for head in heads if head.unsent_text is not None]


async def test_what_the_quiet_hours_hold_all_comes_in_order(yard: Yard) -> None:
    assert "18:00–08:00" in (await page_after(yard, yard.vera, "/quiet 18:00-8:00")).text
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await evening(yard)
    assert kept_texts(yard) == [1]
    turn_to(yard, MORNINGS[0])
    await bulletin_post(yard, 1)

    await crowd(yard, card, 5)
    await evening(yard)
    await crowd(yard, card, 5)
    yard.clock.turn(timedelta(hours=1))
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    await yard.settled(61)
    assert names(yard) == ["bulletin-1.txt"]
    assert kept_texts(yard) == [2, 3]
    await yard.restart()
    turn_to(yard, MORNINGS[1])
    await bulletin_post(yard, 3)

    assert names(yard) == ["bulletin-1.txt", "bulletin-2.txt", "bulletin-3.txt"]
    chain = [await bulletin(yard, number) for number in (1, 2, 3)]
    assert [len(one.lines) for one in chain] == [5, 10, 15]
    assert chain[2].header.is_last
    assert Tally(between(chain)).verdict is Verdict.HOLDS
    await eventually(lambda: not kept_texts(yard))


@SQLITE
async def test_it_is_never_too_late_for_one(yard: Yard) -> None:
    """What else was due so long ago is only listed."""
    card = await campaign(yard)
    await crowd(yard, card, 5)
    await page_after(yard, yard.vera, "/quiet 18:00-8:00")
    await evening(yard)
    await yard.stop()
    turn_to(yard, MORNINGS[1])
    await yard.start()
    post = await bulletin_post(yard, 1)
    assert "late" not in post.text, "its day stands on it"
    await yard.settled(61)
    assert not any("came too late" in m.text for m in yard.group.messages)


@SQLITE
async def test_one_that_may_not_have_arrived_can_be_sent_again_after_the_next(yard: Yard) -> None:
    card = await campaign(yard)
    await crowd(yard, card, 5)
    yard.server.faults.add("sendDocument", "502")
    await evening(yard)
    question = await yard.card(QUESTION)
    await crowd(yard, card, 5)
    await evening(yard)
    second = await bulletin(yard, 2)
    await yard.tap(yard.vera, question, "again")
    assert Tally(between([await bulletin(yard, 1), second])).verdict is Verdict.HOLDS
