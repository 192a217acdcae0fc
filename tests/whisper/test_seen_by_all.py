"""Where everybody sees a draft, its author reads how that changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.reminders.reminding import second_yard
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

HINT = "Everybody sees this draft"
TOMORROW = "/remind tomorrow 19:00 Tea"
PREVIEW = "how neighbours will see it"


async def test_it_is_said_once_a_day_in_each_chat_with_the_link(yard: Yard) -> None:
    yard.say(yard.vera, TOMORROW)
    draft = await yard.hears(yard.vera, PREVIEW)
    assert draft.text.endswith(
        f"{HINT}. Make me an administrator with nothing but “pin messages”, "
        "and only you will see the next one."
    )
    (link,) = [each for each in draft.entities if each["type"] == "text_link"]
    assert link["url"] == f"https://t.me/{yard.world.bot.username}?startgroup&admin=pin_messages"
    await yard.tap(yard.vera, draft, "Sound: yes")
    await yard.world.until(lambda: "Sound: no" in " ".join(yard.labels(draft)))
    assert HINT not in draft.text

    yard.clock.turn(timedelta(hours=1))
    yard.say(yard.vera, "/elect 400 Yard 5")
    assert HINT not in (await yard.hears(yard.vera, "Yard 5")).text
    other = await second_yard(yard)
    yard.say(yard.vera, TOMORROW, chat=other)
    assert HINT in (await yard.hears(yard.vera, PREVIEW, other)).text
    yard.clock.turn(timedelta(hours=23))
    yard.say(yard.vera, "/remind tomorrow 20:00 Tea")
    assert HINT in (await yard.hears(yard.vera, "20:00")).text


async def test_who_could_not_change_it_is_not_told(yard: Yard) -> None:
    yard.say(yard.tom, "/action tomorrow 19:00 Tea", ephemeral=False)
    draft = await yard.hears(yard.tom, PREVIEW)
    assert not draft.is_ephemeral
    assert HINT not in draft.text


async def test_what_is_no_draft_says_nothing_of_it(yard: Yard) -> None:
    yard.say(yard.vera, "/quiet")
    assert HINT not in (await yard.hears(yard.vera, "Quiet hours")).text


async def test_where_it_is_whispered_it_is_not_said(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    yard.say(yard.vera, TOMORROW)
    draft = await yard.hears(yard.vera, PREVIEW)
    assert draft.is_ephemeral
    assert HINT not in draft.text


async def test_where_telegram_can_not_whisper_being_an_administrator_would_not_help(
    yard: Yard,
) -> None:
    yard.world.ephemeral_supported = False
    await yard.restart()
    yard.say(yard.vera, TOMORROW)
    assert HINT not in (await yard.hears(yard.vera, PREVIEW)).text
