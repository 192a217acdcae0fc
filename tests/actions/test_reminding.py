"""The bot reminds of an action by itself: a day and two hours before, in answer to its card."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playground.chats import Message
from tests.actions.announce import announce, behind_more
from tests.actions.test_answering import shows
from tests.yard import Yard

MINSK = ZoneInfo("Europe/Minsk")
PAGE = "When should I remind"


def reminders(yard: Yard) -> list[Message]:
    return [message for message in yard.group.messages if message.text.startswith("⏰ Coming up")]


async def turn_to(yard: Yard, day: int, hour: int, minute: int = 0) -> None:
    """Let the clock show this of October 2026 in Minsk."""
    then = datetime(2026, 10, day, hour, minute, tzinfo=MINSK)
    yard.clock.turn(then - yard.clock.now())
    await yard.settled()


async def reminded(yard: Yard, times: int) -> Message:
    await yard.world.until(lambda: len(reminders(yard)) == times)
    return reminders(yard)[-1]


async def reminders_of(yard: Yard, card: Message) -> Message:
    """⋯, Reminders."""
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "⏰ Reminders")
    await yard.world.until(lambda: PAGE in page.text)
    return page


async def test_a_day_and_two_hours_before_everybody_is_reminded_in_answer_to_the_card(
    yard: Yard,
) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    await turn_to(yard, 21, 18, 59)
    assert not reminders(yard)
    await turn_to(yard, 21, 19, 1)
    post = await reminded(yard, 1)
    assert post.reply_to is card
    assert "Concert in the courtyard" in post.text
    assert "Thursday 22 October, 19:00" in post.text
    assert "📍 Fountain" in post.text
    assert "👥 1 comes" in post.text
    await turn_to(yard, 22, 17, 1)
    post = await reminded(yard, 2)
    await yard.forge(yard.ales, post, "away:0")  # it is nobody's page: it stays
    await yard.tap(yard.ales, post, "Going")
    await shows(yard, card, "2 come")
    await turn_to(yard, 23, 20)
    assert len(reminders(yard)) == 2


async def test_what_would_come_at_night_comes_before_it(yard: Yard) -> None:
    await announce(yard, yard.tom, "/action tomorrow 9:00 Concert")
    await turn_to(yard, 21, 21, 58)
    assert not reminders(yard)
    await turn_to(yard, 21, 21, 59)
    await reminded(yard, 1)
    await turn_to(yard, 22, 9)
    assert len(reminders(yard)) == 1


async def test_nobody_is_reminded_of_what_was_announced_just_now(yard: Yard) -> None:
    await announce(yard, yard.tom, "/action today 14:30 Concert")
    await turn_to(yard, 21, 14, 31)
    assert not reminders(yard)


async def test_its_author_chooses_when(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await reminders_of(yard, card)
    assert {"✓ A day before", "✓ 2 hours before", "3 hours before"} <= set(yard.labels(page))
    await yard.tap(yard.tom, page, "A day before")
    await yard.world.until(lambda: "A day before" in yard.labels(page))
    await yard.settled(61)
    await yard.tap(yard.tom, page, "3 hours before")
    await yard.world.until(lambda: "✓ 3 hours before" in yard.labels(page))
    await turn_to(yard, 22, 15, 59)
    assert not reminders(yard)
    await turn_to(yard, 22, 16)
    await reminded(yard, 1)
    await turn_to(yard, 22, 17)
    await reminded(yard, 2)


async def test_nobody_else_chooses(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    assert "⏰ Reminders" not in yard.labels(await behind_more(yard, yard.nina, card))
    for data in ("a.remind!:1:60:1", "a.remind:1"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert
    answer = await yard.forge(yard.tom, card, "a.remind!:1:61:1")
    assert answer.show_alert


async def test_of_what_is_called_off_nobody_is_reminded(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Call it off")
    await yard.world.until(lambda: "Really call off" in page.text)
    await yard.tap(yard.tom, page, "Yes")
    await turn_to(yard, 22, 18)
    assert not reminders(yard)


async def test_another_time_moves_the_reminders_with_it(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await turn_to(yard, 21, 19, 1)
    await reminded(yard, 1)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "🕖 Time")
    await yard.world.until(lambda: "📅 Another day" in yard.labels(page))
    await yard.tap(yard.tom, page, "📅 Another day")
    await yard.world.until(lambda: "Sat 24" in str(yard.labels(page)))
    await yard.tap(yard.tom, page, "Sat 24")
    await yard.world.until(lambda: "Save" in str(yard.labels(page)))
    await yard.tap(yard.tom, page, "Save")
    await turn_to(yard, 22, 19)
    assert len(reminders(yard)) == 1
    await turn_to(yard, 23, 19, 1)
    await reminded(yard, 2)


async def test_a_bot_that_was_away_reminds_of_what_is_still_ahead(yard: Yard) -> None:
    await announce(yard, yard.tom)
    await yard.stop()
    yard.clock.turn(timedelta(hours=29, minutes=30))  # half past five on Thursday
    await yard.start()
    post = await reminded(yard, 1)
    assert "19:00" in post.text
    await turn_to(yard, 22, 18, 30)  # of two that were missed one is enough
    assert len(reminders(yard)) == 1


async def test_two_that_come_before_the_same_night_are_one(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action tomorrow 9:00 Concert")
    page = await reminders_of(yard, card)
    await yard.tap(yard.tom, page, "3 hours before")
    await yard.world.until(lambda: "✓ 3 hours before" in yard.labels(page))
    await turn_to(yard, 21, 21, 59)
    await reminded(yard, 1)
    await turn_to(yard, 22, 8, 30)
    assert len(reminders(yard)) == 1


async def test_only_what_can_still_come_is_offered(yard: Yard) -> None:
    card = await announce(yard, yard.tom, "/action today 15:30 Concert")
    page = await reminders_of(yard, card)
    offered = [label for label in yard.labels(page) if "before" in label]
    assert offered == ["✓ 2 hours before", "An hour before", "30 min before"]
    await turn_to(yard, 21, 13, 31)
    await reminded(yard, 1)
    await turn_to(yard, 21, 15)
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "⏰ Reminders")
    await yard.world.until(lambda: "begins so soon" in page.text)
