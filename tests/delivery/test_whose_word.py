"""What isn't Telegram's word, or is only its word of a moment ago, is believed no longer than it holds."""

from __future__ import annotations

import pytest

from playground.params import Params
from tests.actions.announce import announce
from tests.delivery.refusing import AT_ONE, refusals, said
from tests.delivery.test_turn import attempts, turned_until
from tests.reminders.reminding import WALK, posts, remind
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


# Pages of somebody on the way


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 451, 503])
async def test_a_page_that_is_not_telegrams_is_waited_out(yard: Yard, status: int) -> None:
    yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    await remind(yard, f"today 13:00 {WALK}")
    fault = yard.server.faults.add(
        "sendMessage", "page", 5, code=status, when=lambda params: WALK in params.text("text")
    )
    turn_to(yard, AT_ONE)
    await turned_until(yard, lambda: posts(yard, WALK), 30)
    assert fault.struck == 5
    assert [post.text for post in posts(yard, WALK)] == [f"⏰ {WALK}"]
    assert not said(yard, "I'm not sure that this arrived")
    assert not said(yard, "I couldn't write here")


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_is_not_known_is_a_sure_no(yard: Yard, code: int) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    yard.server.faults.add(
        "sendMessage",
        "error",
        5,
        code=code,
        description="Unauthorized" if code == 401 else "Not Found",
        when=lambda params: WALK in params.text("text"),
    )
    turn_to(yard, AT_ONE)
    await turned_until(yard, lambda: posts(yard, WALK), 30)
    assert [post.text for post in posts(yard, WALK)] == [f"⏰ {WALK}"]


# Signs of life


async def test_a_tap_undoes_a_removal_that_was_believed(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await remind(yard, f"today 13:00 {WALK}")
    yard.server.faults.add(
        "sendMessage",
        "error",
        code=403,
        description="Forbidden: bot was kicked from the supergroup chat",
        when=lambda params: WALK in params.text("text"),
    )
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: refusals(yard, "kicked"))
    await yard.world.until(
        lambda: any("isn't in a group any more" in line for line in yard.log.lines)
    )
    await yard.tap(yard.nina, card, (0, 0))
    await turned_until(yard, lambda: posts(yard, WALK), 1)


# A server from before the tag for times


async def test_an_old_server_gets_moments_in_words(yard: Yard) -> None:
    def is_tagged(params: Params) -> bool:
        return "<tg-time" in params.text("text")

    yard.server.faults.add(
        "*",
        "error",
        10_000,
        description='Bad Request: can\'t parse entities: unsupported start tag "tg-time" at byte offset 7',
        when=is_tagged,
    )
    card = await announce(yard, yard.tom)
    assert "19:00" in card.text
    await yard.tap(yard.nina, card, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: "👥 1 comes" in card.text)
    assert attempts(yard) < 20
