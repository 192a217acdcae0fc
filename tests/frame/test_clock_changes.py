"""A country changes its clocks after something was planned: it comes at the hour that was promised.

By the data of the first day Morocco is an hour ahead of UTC; by newer data, the bot's own, it no longer is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from storage.delivery import outbox
from storage.elections import bulletins, representatives
from storage.elections.representatives import OfficeRow
from tests.actions.announce import announce
from tests.digests.test_digests import posted as digest_posted
from tests.elections.campaign import TITLE, agreed, eventually, organiser, stand
from tests.elections.campaign import announce as announce_election
from tests.frame.other_zone_data import zone_package, zones_of
from tests.reminders.reminding import (
    edited,
    listing,
    newest_page,
    opened,
    posted,
    posts,
    previewed,
    remind,
)
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")
SQLITE = pytest.mark.databases("sqlite")

CASABLANCA = "Africa/Casablanca"
AN_HOUR_AHEAD = "Africa/Algiers"
TWO_HOURS_AHEAD = "Africa/Johannesburg"
TEA = "22.11.2026 11:00 Tea in the yard"
NINE, TEN, ELEVEN = (f"2026-11-22 {hour:02}:00" for hour in (9, 10, 11))


class Morocco:
    """The yard in Casablanca, whose clocks go by older data until the country changes them."""

    def __init__(self, yard: Yard, older: ExitStack, folder: Path) -> None:
        self.yard = yard
        self._folder = folder
        self._older = older

    async def changes_its_clocks(self, rules: str | None = None) -> None:
        """The bot is started anew with newer data: its own, or data by which Casablanca goes like another
        zone."""
        await self.yard.stop()
        self._older.close()
        if rules is not None:
            newer = zone_package(self._folder, "2099a", {CASABLANCA: rules})
            self._older.enter_context(zones_of(newer))
        await self.yard.start()


@pytest.fixture
async def morocco(bare_yard: Yard, tmp_path: Path) -> AsyncIterator[Morocco]:
    older = zone_package(tmp_path, "2025b", {CASABLANCA: AN_HOUR_AHEAD})
    with ExitStack() as stack:
        stack.enter_context(zones_of(older))
        bare_yard.overrides["DEFAULT_TIMEZONE"] = CASABLANCA
        await bare_yard.move_in()
        yield Morocco(bare_yard, stack, tmp_path)
        await bare_yard.stop()
    assert not bare_yard.log.errors, "\n".join(bare_yard.log.errors)


def utc(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def nothing_comes_by(yard: Yard, moment: str, first_letter: str = "⏰") -> None:
    """Turn the clock on: what is planned is looked at, and nothing of it is posted."""
    turn_to(yard, moment)

    def has_looked() -> bool:
        next_due = yard.app.next_due if yard.app else None
        return next_due is not None and next_due > yard.clock.now()

    await eventually(has_looked)
    said = [m.text for m in yard.group.messages if not m.buttons]  # a page about it has buttons
    assert [text for text in said if text.startswith(first_letter)] == []


def instants_on(message: Message) -> list[int]:
    """What new clients make of the moments in a message."""
    return [entity["unix_time"] for entity in message.entities if entity["type"] == "date_time"]


async def test_a_reminder_comes_at_the_hour_that_was_promised(morocco: Morocco) -> None:
    yard = morocco.yard
    await remind(yard, TEA)
    await morocco.changes_its_clocks()
    await listing(yard, yard.tom, "Sunday 22 November, 11:00")
    assert "Sunday 22 November, 11:00" in (await opened(yard)).text
    await nothing_comes_by(yard, "2026-11-22 10:30")
    turn_to(yard, ELEVEN)
    await posted(yard, "Tea")


async def test_one_that_repeats_is_right_from_its_first_time(morocco: Morocco) -> None:
    yard = morocco.yard
    await remind(yard, "every thursday 11:00 Tea")
    await morocco.changes_its_clocks()
    await nothing_comes_by(yard, "2026-10-22 10:30")
    await listing(yard, yard.tom, "Thursday 22 October, 11:00")
    for count, day in enumerate(("22", "29"), start=1):
        turn_to(yard, f"2026-10-{day} 11:00")
        await posted(yard, "Tea", count=count)


@SQLITE
async def test_a_skipped_time_that_comes_back_is_still_the_one_promised(morocco: Morocco) -> None:
    yard = morocco.yard
    await remind(yard, "every thursday 11:00 Tea")
    await yard.tap(yard.vera, await opened(yard), "Skip")
    page = await newest_page(yard, "Undo")
    await morocco.changes_its_clocks()
    await yard.tap(yard.vera, page, "Undo")
    await listing(yard, yard.tom, "Thursday 22 October, 11:00")
    await nothing_comes_by(yard, "2026-10-22 10:30")
    turn_to(yard, "2026-10-22 11:00")
    await posted(yard, "Tea")


@SQLITE
async def test_a_preview_keeps_what_it_shows(morocco: Morocco) -> None:
    yard = morocco.yard
    preview = await previewed(yard, TEA)
    await morocco.changes_its_clocks()
    await yard.tap(yard.vera, preview, "Schedule")
    await listing(yard, yard.tom, "Sunday 22 November, 11:00")
    turn_to(yard, ELEVEN)
    await posted(yard, "Tea")


@SQLITE
async def test_a_new_time_that_waits_to_be_saved_keeps_what_it_shows(morocco: Morocco) -> None:
    yard = morocco.yard
    await remind(yard, TEA)
    private = await edited(yard, "Time", "When")
    yard.say(yard.vera, "23.11.2026 11:00", chat=private)
    shown = await yard.hears(yard.vera, "This is how it will be", private)
    await morocco.changes_its_clocks()
    await yard.tap(yard.vera, shown, "Save")
    await listing(yard, yard.tom, "Monday 23 November, 11:00")
    turn_to(yard, "2026-11-23 11:00")
    await posted(yard, "Tea")


@SQLITE
async def test_what_became_past_meanwhile_comes_at_once(morocco: Morocco) -> None:
    """Its clocks are put two hours forward: what was to come at ten by UTC was to come at nine."""
    yard = morocco.yard
    await remind(yard, TEA)
    await yard.stop()
    turn_to(yard, "2026-11-22 09:30")
    await morocco.changes_its_clocks(TWO_HOURS_AHEAD)
    await posted(yard, "Tea")


@SQLITE
async def test_what_was_due_and_no_longer_is_waits(morocco: Morocco) -> None:
    yard = morocco.yard
    await remind(yard, TEA)
    await yard.stop()
    turn_to(yard, "2026-11-22 10:30")
    await morocco.changes_its_clocks()
    await listing(yard, yard.tom, "Sunday 22 November, 11:00")
    assert posts(yard, "Tea") == []
    turn_to(yard, ELEVEN)
    await posted(yard, "Tea")


async def test_the_card_of_an_action_tells_one_moment_in_words_and_to_clients(
    morocco: Morocco,
) -> None:
    yard = morocco.yard
    card = await announce(yard, yard.tom, "/action 22.11.2026 11:00 Concert @ Fountain")
    assert instants_on(card) == [utc(TEN)]
    await morocco.changes_its_clocks()
    await yard.settled()
    await yard.world.until(lambda: instants_on(card) == [utc(ELEVEN)])
    assert "Sunday 22 November, 11:00, Casablanca time" in card.text
    turn_to(yard, "2026-11-22 10:30")
    yard.say(yard.tom, "/actions")
    await yard.hears(yard.tom, "11:00 Concert")


@SQLITE
async def test_an_hour_that_new_rules_skip_moves_forward_in_words_too(morocco: Morocco) -> None:
    yard = morocco.yard
    card = await announce(yard, yard.tom, "/action 28.03.2027 2:30 Concert @ Fountain")
    assert "02:30" in card.text
    await morocco.changes_its_clocks("Europe/Warsaw")
    await yard.settled()
    await yard.world.until(lambda: "03:30" in card.text)
    assert instants_on(card) == [utc("2027-03-28 01:30")]


@SQLITE
async def test_an_announcement_that_waits_to_be_published_keeps_what_it_shows(
    morocco: Morocco,
) -> None:
    yard = morocco.yard
    yard.say(yard.tom, "/action 22.11.2026 11:00 Concert @ Fountain")
    preview = await yard.hears(yard.tom, "Sunday 22 November, 11:00")
    await morocco.changes_its_clocks()
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Concert")
    assert "Sunday 22 November, 11:00, Casablanca time" in card.text
    assert instants_on(card) == [utc(ELEVEN)]


def reminders(yard: Yard) -> list[Message]:
    return [m for m in yard.group.messages if "Signing closes soon" in m.text]


async def begin_election(yard: Yard) -> Chat:
    """Vera is about to begin an election and is asked for a deadline; gives the private chat."""
    yard.say(yard.vera, f"/elect 48 {TITLE}")
    preview = await yard.hears(yard.vera, "This is what neighbours will sign for")
    await yard.tap(yard.vera, preview, "Deadline")
    page = await yard.hears(yard.vera, "When does signing close?")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another moment"))
    await yard.hears(yard.vera, "Write it here", private)
    return private


async def test_signing_closes_at_the_hour_that_was_promised(morocco: Morocco) -> None:
    yard = morocco.yard
    private = await begin_election(yard)
    yard.say(yard.vera, "22.11.2026 11:00", chat=private)
    preview = await yard.hears(yard.vera, "can sign until Sun 22 November", private)
    await yard.tap(yard.vera, preview, "Publish")
    card = await yard.card(TITLE)
    assert instants_on(card) == [utc(TEN)]
    await morocco.changes_its_clocks()
    await yard.settled(61)
    await yard.world.until(lambda: instants_on(card) == [utc(ELEVEN)])
    assert "You can sign until Sun 22 November, 11:00, Casablanca time" in card.text
    turn_to(yard, "2026-11-21 12:00")
    await yard.world.until(lambda: len(reminders(yard)) == 1)
    # Two hours before ten o'clock by UTC, but not before eleven.
    await nothing_comes_by(yard, "2026-11-22 08:30")
    assert len(reminders(yard)) == 1
    turn_to(yard, NINE)
    await yard.world.until(lambda: len(reminders(yard)) == 2)
    soon = await yard.hears(yard.tom, "Signing closes soon")
    assert instants_on(soon) == [utc(ELEVEN)]
    turn_to(yard, "2026-11-22 10:30")
    await stand(yard, yard.tom, "Tom K.")  # it is open still
    turn_to(yard, ELEVEN)
    await yard.hears(yard.tom, f"This election is over: {TITLE}")


@SQLITE
async def test_a_deadline_in_a_draft_keeps_what_it_shows(morocco: Morocco) -> None:
    yard = morocco.yard
    private = await begin_election(yard)
    yard.say(yard.vera, "22.11.2026 11:00", chat=private)
    preview = await yard.hears(yard.vera, "can sign until Sun 22 November", private)
    await morocco.changes_its_clocks()
    await yard.tap(yard.vera, preview, "Publish")
    card = await yard.card(TITLE)
    assert "You can sign until Sun 22 November, 11:00, Casablanca time" in card.text
    assert instants_on(card) == [utc(ELEVEN)]


@SQLITE
async def test_a_deadline_that_waits_for_a_second_organiser_is_the_one_shown(
    morocco: Morocco,
) -> None:
    yard = morocco.yard
    private = await begin_election(yard)
    yard.say(yard.vera, "22.12.2026 11:00", chat=private)
    preview = await yard.hears(yard.vera, "can sign until Tue 22 December", private)
    await yard.tap(yard.vera, preview, "Publish")
    card = await stand(yard, yard.tom, "Tom K.")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "ee.when!:1:two_weeks")
    wanted = await yard.card("wants neighbours to sign only until Wed 4 November, 21:00")
    assert instants_on(wanted)[0] == utc("2026-11-04 20:00")
    await morocco.changes_its_clocks()
    await yard.settled(61)
    await yard.world.until(lambda: instants_on(wanted)[0] == utc("2026-11-04 21:00"))
    await agreed(yard, second, "wants neighbours to sign only until Wed 4 November, 21:00")
    told = await yard.hears(yard.tom, "Now you can sign until Wed 4 November")
    assert instants_on(told) == [utc("2026-11-04 21:00")]


@SQLITE
async def test_bulletins_come_out_in_the_evening_there(morocco: Morocco) -> None:
    yard = morocco.yard
    await announce_election(yard)
    evening = datetime(2026, 10, 21, 18, tzinfo=UTC)
    await yard.written(lambda work: bulletins.next_look(work.session) == evening)
    await morocco.changes_its_clocks()
    evening = datetime(2026, 10, 21, 19, tzinfo=UTC)
    await yard.written(lambda work: bulletins.next_look(work.session) == evening)


@SQLITE
async def test_the_second_of_two_hours_stays_the_second(morocco: Morocco) -> None:
    yard = morocco.yard
    yard.say(yard.vera, "/timezone Warsaw", ephemeral=False)
    await yard.hears(yard.vera, "Warsaw")
    turn_to(yard, "2026-10-25 01:10")
    await remind(yard, "in 20 minutes Tea")
    await morocco.changes_its_clocks()
    await nothing_comes_by(yard, "2026-10-25 01:25")
    turn_to(yard, "2026-10-25 01:30")
    await posted(yard, "Tea")


async def test_a_digest_comes_at_its_hour(morocco: Morocco) -> None:
    yard = morocco.yard
    await announce(yard, yard.tom, "/action 22.10.2026 11:00 Concert @ Fountain")
    yard.say(yard.vera, "/digest daily 18:00")
    await yard.hears(yard.vera, "18:00, Casablanca time")
    await morocco.changes_its_clocks()
    await nothing_comes_by(yard, "2026-10-21 17:30", "🗞")
    turn_to(yard, "2026-10-21 18:00")
    await digest_posted(yard)


@SQLITE
async def test_what_keeps_quiet_hours_keeps_those_on_the_wall(morocco: Morocco) -> None:
    """A digest at 23:00 waits for eight o'clock, by the clock that there is in the morning."""
    yard = morocco.yard
    await announce(yard, yard.tom, "/action 22.10.2026 11:00 Concert @ Fountain")
    yard.say(yard.vera, "/digest daily 23:00")
    await yard.hears(yard.vera, "23:00, Casablanca time")
    turn_to(yard, "2026-10-21 22:00")
    await yard.written(lambda work: outbox.held_back(work.session, 1))
    await morocco.changes_its_clocks(TWO_HOURS_AHEAD)
    await nothing_comes_by(yard, "2026-10-22 05:30", "🗞")
    turn_to(yard, "2026-10-22 06:00")
    await digest_posted(yard)


@SQLITE
async def test_a_term_is_over_with_its_last_day_there(morocco: Morocco) -> None:
    yard = morocco.yard
    end = datetime(2026, 11, 30, 23, tzinfo=UTC)

    def add(work: UnitOfWork) -> None:
        office = OfficeRow(
            chat_id=work.chat_at(Place(yard.group.id)).id,
            election_id=1,
            candidate_id=1,
            name="Vera K.",
            title=TITLE,
            rule="",
            base=4,
            is_base_typed=True,
            is_provisional=False,
            until=date(2026, 11, 30),
            timezone=CASABLANCA,
            term_ends_at=end,
        )
        representatives.add(work.session, office)

    assert yard.app
    await yard.app.store.run(add)
    await morocco.changes_its_clocks()
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    assert await yard.app.store.read(lambda w: representatives.next_term_end(w.session)) == midnight


@SQLITE
async def test_the_same_data_moves_nothing(morocco: Morocco) -> None:
    """What somebody plans by hand stays as it is until other data comes."""
    yard = morocco.yard
    await remind(yard, TEA)
    await yard.restart()
    turn_to(yard, TEN)
    await posted(yard, "Tea")


@SQLITE
async def test_data_that_is_over_a_year_old_is_told_in_the_log(morocco: Morocco) -> None:
    told = "the time zone data (2025b) is over a year old"
    assert told not in "\n".join(morocco.yard.log.lines)
    await morocco.yard.stop()
    turn_to(morocco.yard, "2027-01-02 09:00")
    await morocco.yard.start()
    assert told in "\n".join(morocco.yard.log.lines)
