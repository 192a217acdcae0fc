"""The way out of a page: it goes, wherever it stands, and comes again when it is asked for again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.whisper.exits import PutAway
from playground.chats import Message
from tests.trial import SECRET_WORDS
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

CLOSE = "✖️ Close"


async def gone(yard: Yard, page: Message) -> None:
    await yard.world.until(lambda: page.deleted)


async def test_a_whisper_goes_and_the_same_tap_whispers_again(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    for _ in range(2):
        answer = await yard.tap(yard.tom, board, "Secret")
        assert answer.url is None, "a whisper that was closed arrived"
        page = await yard.hears(yard.tom, SECRET_WORDS)
        assert page.is_ephemeral
        assert yard.labels(page) == [CLOSE]
        await yard.tap(yard.tom, page, CLOSE)
        await gone(yard, page)


async def test_a_reply_goes_for_its_author_only(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.say(yard.tom, "/pages")
    page = await yard.hears(yard.tom, "Page 1")
    refusal = await yard.tap(yard.ales, page, CLOSE)
    assert refusal.show_alert
    assert not page.deleted
    await yard.tap(yard.tom, page, CLOSE)
    await gone(yard, page)


async def test_a_private_page_goes(trial_yard: Yard) -> None:
    yard = trial_yard
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/secret", chat=private)
    page = await yard.hears(yard.tom, SECRET_WORDS, private)
    await yard.tap(yard.tom, page, CLOSE)
    await gone(yard, page)


async def test_a_second_tap_finds_it_gone_and_nothing_is_said(trial_yard: Yard) -> None:
    yard = trial_yard
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/secret", chat=private)
    page = await yard.hears(yard.tom, SECRET_WORDS, private)
    taps = [yard.world.tap_data(yard.tom, page, PutAway(draft=0).pack()) for _ in range(2)]
    answers = [await yard.world.answered(tap) for tap in taps]
    assert [answer.text for answer in answers] == [None, None]
    await gone(yard, page)


async def test_one_that_is_too_old_to_be_removed_loses_its_words(trial_yard: Yard) -> None:
    yard = trial_yard
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/secret", chat=private)
    page = await yard.hears(yard.tom, SECRET_WORDS, private)
    yard.clock.turn(timedelta(hours=49))
    await yard.tap(yard.tom, page, CLOSE)
    await yard.world.until(lambda: page.text == "Put away.")
    assert yard.labels(page) == []


async def test_whoever_cancels_types_no_more(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Type"))
    page = await yard.hears(yard.tom, "Now type", private)
    assert yard.labels(page) == ["Cancel", "💬 Back to the chat"]
    await yard.tap(yard.tom, page, "Cancel")
    await gone(yard, page)
    yard.say(yard.tom, "Tea", chat=private)
    await yard.hears(yard.tom, "I work in your neighbours' group chat", private)


async def test_what_everybody_reads_stays(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    await yard.forge(yard.tom, board, PutAway(draft=0).pack())
    assert not board.deleted
    assert board.text == "The board"
