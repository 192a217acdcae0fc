"""A deadline: chosen before or later, told, reminded of, and kept, also by a bot that was down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.refusal import Refused
from handlers.elections.heart.deadlines import typed_moment
from playground.chats import Chat, Message
from tests.elections.campaign import (
    ELECT,
    TITLE,
    Records,
    agreed,
    announce,
    manage,
    neighbours,
    organiser,
    redrawn,
    sign_at_once,
    stand,
)
from tests.yard import Yard

SQLITE = pytest.mark.databases("sqlite")


async def begin(yard: Yard, preset: str, typed: str = ELECT) -> Message:
    """Vera begins an election with a deadline; gives its card."""
    yard.say(yard.vera, typed)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Deadline")
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, preset)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    assert ("can sign until" in preview.text) == (preset != "No deadline")
    await yard.tap(yard.vera, preview, "Publish")
    return await yard.card(TITLE)


async def asked_for_deadline(yard: Yard) -> Chat:
    """Begin an election; gives the private chat where the bot asks Vera for a moment of her own."""
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Deadline")
    page = await yard.hears(yard.vera, "When does signing close?")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another moment"))
    await yard.hears(yard.vera, "Write it here", private)
    return private


def posts(yard: Yard, containing: str) -> list[Message]:
    return [m for m in yard.group.messages if containing in m.text and not m.is_ephemeral]


async def test_the_chat_is_reminded_and_the_election_closes_by_itself(yard: Yard) -> None:
    await begin(yard, "In 2 weeks", f"/elect 48 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    assert "You can sign until Wed 4 November, 21:00, Minsk time" in card.text
    for person in neighbours(yard, 6):
        await sign_at_once(yard, person, card)
    soon = "Signing closes soon"
    # A week, a day and two hours before, when the yard isn't asleep.
    for number, moment in enumerate(("10-28T18:30", "11-03T18:30", "11-04T16:30"), start=1):
        yard.clock.turn(datetime.fromisoformat(f"2026-{moment}+00:00") - yard.clock.now())
        await yard.world.until(lambda number=number: len(posts(yard, soon)) == number)  # type: ignore[misc]
    assert "Vera K.: about 7 more needed" in posts(yard, soon)[-1].text, "6 signed, 5 are shown"
    yard.clock.turn(timedelta(hours=2))
    await yard.hears(yard.tom, f"This election is over: {TITLE}")
    assert len(posts(yard, soon)) == 3
    answer = await yard.forge(yard.tom, card, "e.sign!:1:1")
    assert "This election is over" in (answer.text or "")


@SQLITE
async def test_a_moment_of_ones_own_is_typed_in_private_before_publishing(yard: Yard) -> None:
    private = await asked_for_deadline(yard)
    yard.say(yard.vera, "in 20 minutes", chat=private)
    await yard.hears(yard.vera, "at least an hour from now", private)
    yard.say(yard.vera, "24.12 20:00", chat=private)
    preview = await yard.hears(yard.vera, "can sign until Thu 24 December", private)
    await yard.tap(yard.vera, preview, "Publish")
    assert "Thu 24 December, 20:00" in (await yard.card(TITLE)).text


@SQLITE
async def test_another_clock_of_the_chat_moves_no_deadline(yard: Yard) -> None:
    """What is planned keeps the clock by which it was planned, in words too."""
    await begin(yard, "In 2 weeks")
    yard.say(yard.vera, "/timezone Lisbon", ephemeral=False)
    await yard.hears(yard.vera, "Lisbon")
    card = await stand(yard, yard.tom, "Vera K.")
    assert "You can sign until Wed 4 November, 21:00, Minsk time" in card.text
    await yard.forge(yard.vera, card, "ee.when!:1:month")
    await yard.hears(yard.tom, "Now you can sign until Sat 21 November, 21:00, Lisbon time")


async def test_later_is_told_and_earlier_takes_two(yard: Yard) -> None:
    await begin(yard, "In a month")
    card = await stand(yard, yard.tom, "Vera K.")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "ee.when!:1:three_months")
    await yard.hears(yard.tom, "Now you can sign until Thu 21 January 2027, 21:00")
    await yard.forge(yard.vera, card, "ee.when!:1:two_weeks")
    await yard.hears(yard.vera, "A second administrator has to agree")
    answer = await yard.forge(yard.vera, card, "ee.when!:1:month")
    assert "Something else like this is waiting" in (answer.text or "")
    await agreed(yard, second, "wants neighbours to sign only until Wed 4 November")
    await yard.hears(yard.tom, "Now you can sign until Wed 4 November")
    await yard.forge(yard.vera, card, "ee.when!:1:none")
    await yard.hears(yard.tom, "there is no deadline any more")
    assert "Signing closes" not in (await redrawn(yard, TITLE)).text
    assert Records(yard).elections[0].remind_at is None


@SQLITE
async def test_a_typed_deadline_is_spelled_out_before_it_counts(yard: Yard) -> None:
    card = await announce(yard)
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Deadline")
    page = await yard.hears(yard.vera, "there is no deadline")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another moment"))
    await yard.hears(yard.vera, "Write it here", private)
    yard.say(yard.vera, "24.12", chat=private)
    await yard.hears(yard.vera, "At what time?", private)
    yard.say(yard.vera, "20:00", chat=private)
    page = await yard.hears(yard.vera, "can sign until Thu 24 December, 20:00", private)
    assert Records(yard).elections[0].closes_at is None
    await yard.tap(yard.vera, page, "Save")
    await yard.hears(yard.tom, "Now you can sign until Thu 24 December, 20:00")


@SQLITE
async def test_the_hour_of_a_deadline_may_come_before_its_day(yard: Yard) -> None:
    card = await announce(yard)
    private = await yard.follow(yard.vera, await yard.forge(yard.vera, card, "ee.type:1"))
    await yard.hears(yard.vera, "Write it here", private)
    yard.say(yard.vera, "20:00", chat=private)
    await yard.hears(yard.vera, "On which day?", private)
    yard.say(yard.vera, "24.12", chat=private)
    await yard.hears(yard.vera, "can sign until Thu 24 December, 20:00", private)


@SQLITE
async def test_a_question_asked_anew_is_answered_anew(yard: Yard) -> None:
    card = await announce(yard)
    private = await yard.follow(yard.vera, await yard.forge(yard.vera, card, "ee.type:1"))
    asked = await yard.hears(yard.vera, "Write it here", private)
    yard.say(yard.vera, "24.12", chat=private)
    await yard.hears(yard.vera, "At what time?", private)
    await yard.tap(yard.vera, asked, "‹ Back")
    await yard.tap(yard.vera, asked, "Another moment")
    yard.say(yard.vera, "20:00", chat=private)
    await yard.hears(yard.vera, "On which day?", private)


@SQLITE
async def test_who_is_no_organiser_any_more_types_in_vain(yard: Yard) -> None:
    card = await announce(yard)
    olga = organiser(yard)
    private = await yard.follow(olga, await yard.forge(olga, card, "ee.type:1"))
    await yard.hears(olga, "Write it here", private)
    yard.world.demote(yard.group, olga, yard.vera)
    yard.say(olga, "24.12 20:00", chat=private)
    await yard.hears(olga, "Only this chat's administrators", private)
    assert Records(yard).elections[0].closes_at is None


async def test_a_deadline_that_passed_while_the_bot_was_down_is_kept(yard: Yard) -> None:
    await begin(yard, "In 2 weeks")
    card = await stand(yard, yard.tom, "Vera K.")
    await yard.quiet()
    signing = await yard.stored("e.sign!:1:1")
    await yard.stop()
    yard.clock.turn(timedelta(days=20))
    tap = yard.world.tap_data(yard.tom, card, signing)
    await yard.start()
    answer = await yard.world.answered(tap)
    assert "This election is over" in (answer.text or "")
    await yard.hears(yard.tom, f"This election is over: {TITLE}")
    assert Records(yard).signatures == []
    assert Records(yard).elections[0].closed_on == date(2026, 11, 4), "not when it was noticed"
    assert posts(yard, "Signing closes soon") == []


@SQLITE
async def test_forged_and_foreign_deadlines_are_refused(yard: Yard) -> None:
    card = await announce(yard)
    yard.say(yard.vera, ELECT)
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    draft = (preview.buttons[0].callback_data or "").split(":")[1]
    for person, data in (
        (yard.tom, "ee.when:1"),
        (yard.tom, "ee.when!:1:month"),
        (yard.tom, "ee.type:1"),
        (yard.tom, f"ee.draft!:{draft}:month"),
        (yard.vera, "ee.when!:1:tomorrow"),
        (yard.vera, "ee.when!:9:month"),
        (yard.vera, f"ee.draft!:{draft}:never"),
        (yard.vera, f"ee.typed!:{draft}"),
    ):
        answer = await yard.forge(person, card, data)
        assert answer.show_alert or answer.url, data
    assert Records(yard).elections[0].closes_at is None


@pytest.mark.parametrize("typed", ["tomorrow at 7", "завтра в 8", "tomorrow at midnight"])
def test_a_deadline_of_either_half_of_the_day_is_written_exactly(typed: str) -> None:
    now = datetime(2026, 10, 21, 9, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        typed_moment(typed, now, ZoneInfo("Europe/Minsk"))
    assert refused.value.key == "moments.which_hour"


@pytest.mark.parametrize("typed", ["tomorrow 19:00 or so", "завтра в 19:00, если успеем"])
def test_a_deadline_is_a_moment_and_nothing_else(typed: str) -> None:
    now = datetime(2026, 10, 21, 9, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        typed_moment(typed, now, ZoneInfo("Europe/Minsk"))
    assert refused.value.key == "moments.unclear"
