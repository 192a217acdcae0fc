"""The table of taps: what each job costs a neighbour, from the intention to its being done.

| job | taps | characters |
|---|---|---|
| list two buildings | 3 | 45 |
| begin an election that ends in a month | 4 | 0 |
| become a candidate, in private | 3 | 7 |
| sign | 2 | 0 |
| withdraw, in place | 2 | 0 |
| see one's proof code; look for it | 2; 1 | 0 |
| get a sheet to print | 2 | 0 |
| enter a sheet: 18 filled, 15 valid; what was wrong | 6; 7 | 0 |
| close an election, and agree to it | 3 + 1 | 0 |
| get the certificate | 0 | 0 |
| offer the office, and take it | 3 + 2 | 0 |
| begin a recall | 3 | 0 |
| tea tomorrow, in one line, in either order | 2 | 24 |
| tea tomorrow by buttons; from the greeting | 5; 6 | 3 |
| answer | 1 | 0 |
| move an action's hour | 4 | 0 |
| a reminder each week, step by step | 6 | 6 |
| a reminder each last Friday, in one line | 2 | 36 |
| pause a reminder | 3 | 0 |

A row that costs more fails here. One that costs less is good news, and is written down.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from tests.actions.announce import announce as announce_action
from tests.elections.campaign import (
    CONFIRM,
    SENTENCE,
    announce,
    list_buildings,
    organiser,
    stand,
)
from tests.elections.paper.collecting import documents
from tests.elections.representatives.office import elect, in_office
from tests.frame.thumb import Thumb
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

HOUSES = "Fountain street 5: 120\nFountain street 7: 280"
ASKED = "An administrator wants to close this election now"


async def standing(yard: Yard) -> Message:
    """An election with a candidate; gives its card."""
    await announce(yard)
    return await stand(yard, yard.tom, "Tom K.")


def a_minute_later(yard: Yard) -> None:
    """A group takes only so many messages a minute, and people need as long."""
    yard.clock.turn(timedelta(minutes=1))


async def test_two_buildings(yard: Yard) -> None:
    thumb = Thumb(yard, yard.vera)
    page = await thumb.picks("buildings", "No buildings are listed yet")
    await thumb.taps_on(page, "Add or change", "Send me the buildings")
    await thumb.sends(HOUSES, "400 residents in all")
    assert thumb.cost == (3, 45)


async def test_an_election_that_ends_in_a_month(yard: Yard) -> None:
    await list_buildings(yard, HOUSES)
    thumb = Thumb(yard, yard.vera)
    page = await thumb.picks("elect", "Who are the signatures for?")
    page = await thumb.taps_on(page, "Representative of our courtyard", "When does signing close?")
    page = await thumb.taps_on(page, "In a month", "This is what neighbours will sign for")
    await thumb.taps_on(page, "Publish", "Representative of our courtyard")
    await yard.card("You can sign until Sat 21 November, 21:00")
    assert thumb.cost == (4, 0)


async def test_a_candidate_whose_name_nobody_reads_before_they_say_so(yard: Yard) -> None:
    card = await announce(yard)
    said = [message.text for message in yard.group.messages]
    thumb = Thumb(yard, yard.tom)
    await thumb.taps_on(card, "I'd be a candidate", "name")
    page = await thumb.sends("Vera K.", "You are about to become a candidate")
    assert [message.text for message in yard.group.messages] == said
    await thumb.taps_on(page, "yes, add me", "You're a candidate")
    assert thumb.cost == (3, 7)


async def test_a_signature_and_its_code_and_back_again(yard: Yard) -> None:
    card = await standing(yard)
    signing = Thumb(yard, yard.vera)
    page = await signing.taps_on(card, "Sign", SENTENCE)
    page = await signing.taps_on(page, CONFIRM, "Your signature is counted")
    assert signing.cost == (2, 0)

    code = Thumb(yard, yard.vera)
    page = await code.taps_on(page, "Proof code", "You don't need one to sign")
    page = await code.taps_on(page, "Show me the code", "The code of your signature")
    assert code.cost == (2, 0)
    looking = Thumb(yard, yard.vera)
    await looking.taps_on(page, "Look for it now", "bulletin")
    assert looking.cost == (1, 0)

    a_minute_later(yard)
    withdrawing = Thumb(yard, yard.vera)
    page = await withdrawing.taps_on(card, "⋯", "What you can do here")
    page = await withdrawing.taps_on(page, "Withdraw", "Your signature is withdrawn")
    assert withdrawing.cost == (2, 0)
    assert page.is_ephemeral, "it stays where they are"


async def test_a_sheet_to_print_and_what_comes_back(yard: Yard) -> None:
    yard.world.start(yard.vera)
    await standing(yard)
    printing = Thumb(yard, yard.vera)
    page = await printing.picks("sheet", "How many rows")
    await printing.taps_on(page, "Make the sheet", "the PDF is in our private chat")
    assert len(documents(yard)) == 1
    assert printing.cost == (2, 0)

    a_minute_later(yard)
    entering = Thumb(yard, yard.vera)
    page = await entering.picks("paper", "Signatures on paper")
    page = await entering.taps_on(page, "No. 1", "Sheet 1")
    page = await entering.taps_on(page, "It's back", "How many rows are filled")
    page = await entering.taps_on(page, "18", "How many of them are valid")
    page = await entering.taps_on(page, "15", "3 rows left")
    assert any("Save" in label for label in yard.labels(page)), "five, and this is the sixth"
    page = await entering.taps_on(page, "+ illegible", "2 rows left")
    await entering.taps_on(page, "✅ + 2: illegible", "Valid: 15")
    assert entering.cost == (7, 0)


async def test_closing_and_the_office(yard: Yard) -> None:
    card = await elect(yard)
    second = organiser(yard)
    first = Thumb(yard, yard.vera)
    page = await first.taps_on(card, "⋯", "What you can do here")
    page = await first.taps_on(page, "Close the election", "Really close")
    await first.taps_on(page, "Yes, close the election", "A second administrator has to agree")
    assert first.cost == (3, 0)
    agreeing = Thumb(yard, second)
    page = await agreeing.taps_on(await yard.card(ASKED), "I agree", "offer the office")
    assert agreeing.cost == (1, 0)

    result = await yard.hears(yard.ales, "This election is over: ")
    assert result.document is not None, "the certificate came by itself"

    a_minute_later(yard)
    offering = Thumb(yard, yard.vera)
    page = await offering.taps_on(result, "⋯", "What comes next: offer the office")
    page = await offering.taps_on(page, "Offer the office", "How long is the term?")
    await offering.taps_on(page, "2 years", "Offered, and the chat knows")
    assert offering.cost == (3, 0)
    taking = Thumb(yard, yard.tom)
    page = await taking.taps_on(await yard.card("The office is offered"), "That's me", "take")
    await taking.taps_on(page, "Yes, I take the office", "You are in office now")
    assert taking.cost == (2, 0)


async def test_closing_before_anybody_has_enough_costs_the_same(yard: Yard) -> None:
    card = await standing(yard)
    thumb = Thumb(yard, yard.vera)
    page = await thumb.taps_on(card, "⋯", "What you can do here")
    page = await thumb.taps_on(page, "Close the election", "Really close")
    await thumb.taps_on(page, "Yes, close the election", "I've told the chat")
    assert thumb.cost == (3, 0)


async def test_a_recall(yard: Yard) -> None:
    await in_office(yard)
    thumb = Thumb(yard, yard.vera)
    page = await thumb.picks("representatives", "Who represents")
    page = await thumb.taps_on(page, "Recall", "Collect signatures for recalling Vera K.?")
    await thumb.taps_on(page, "Collect signatures", "The card is in the chat")
    assert thumb.cost == (3, 0)


@pytest.mark.parametrize("typed", ["/action завтра 19:00 чай", "/action чай завтра в 19"])
async def test_tea_in_one_line(yard: Yard, typed: str) -> None:
    thumb = Thumb(yard, yard.nina)
    page = await thumb.sends(typed, "Вот что увидят соседи")
    await thumb.taps_on(page, "Опубликовать", "")
    await yard.card("Чай")
    assert thumb.cost == (2, len(typed))


async def test_tea_by_buttons_from_the_menu_and_from_the_greeting(yard: Yard) -> None:
    for beginning, taps in (("menu", 5), ("greeting", 6)):
        a_minute_later(yard)
        thumb = Thumb(yard, yard.nina)
        if beginning == "menu":
            page = await thumb.picks("action", "В какой день?")
        else:
            greeting = await yard.card("Hello, neighbours")
            page = await thumb.taps_on(greeting, "📣 Announce", "Позвать")
            page = await thumb.taps_on(page, "📣 Сделать объявление", "В какой день?")
        page = await thumb.taps_on(page, "Завтра", "Во сколько?")
        await thumb.taps_on(page, "19", "А что будет?")
        page = await thumb.sends("чай", "Вот что увидят соседи")
        await thumb.taps_on(page, "Опубликовать", "")
        await yard.card("Чай")
        assert thumb.cost == (taps, 3), beginning


async def test_an_answer_and_another_hour(yard: Yard) -> None:
    card = await announce_action(yard, yard.tom)
    answering = Thumb(yard, yard.nina)
    await answering.taps_on(card, "Going", "Concert")
    assert answering.cost == (1, 0)
    moving = Thumb(yard, yard.tom)
    page = await moving.taps_on(card, "⋯", "Concert")
    page = await moving.taps_on(page, "Time", "At what time?")
    page = await moving.taps_on(page, "20", "Thursday 22 October, 20:00")
    await moving.taps_on(page, "Save", "")
    await yard.hears(yard.nina, "This has changed")
    assert moving.cost == (4, 0)


async def test_a_reminder_each_week_and_its_pause(yard: Yard) -> None:
    thumb = Thumb(yard, yard.vera)
    page = await thumb.picks("remind", "On which day?")
    page = await thumb.taps_on(page, "Tomorrow", "At what time?")
    page = await thumb.taps_on(page, "19", "Once, or again")
    await thumb.taps_on(page, "Every Thursday", "What should I post")
    page = await thumb.sends("Talaka", "Every Thursday at 19:00")
    page = await thumb.taps_on(page, "Schedule", "I'll post it on time")
    assert "Talaka" in page.text, "the list, with what waits beside it"
    assert thumb.cost == (6, 6)
    a_minute_later(yard)
    pausing = Thumb(yard, yard.vera)
    page = await pausing.picks("reminders", "Talaka")
    page = await pausing.taps_on(page, "Talaka", "Talaka")
    await pausing.taps_on(page, "Pause", "⏸ Paused")
    assert pausing.cost == (3, 0)


async def test_a_reminder_each_last_friday_in_one_line(yard: Yard) -> None:
    typed = "/remind апошняя пятніца 18:00 Талака"
    thumb = Thumb(yard, yard.vera)
    page = await thumb.sends(typed, "Every month on the last Friday at 18:00")
    await thumb.taps_on(page, "Schedule", "I'll post it on time")
    assert thumb.cost == (2, 36)
