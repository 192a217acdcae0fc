"""`/paper`: what came back, by a line or by buttons, and the four numbers."""

from __future__ import annotations

from bot.store import UnitOfWork
from playground.chats import Message
from storage.elections import paper
from tests.elections.campaign import (
    agreed,
    announce,
    at_the_hour,
    close_by_two,
    open_standing,
    organiser,
)
from tests.elections.paper.collecting import campaign, ledger, online, printed, sheets
from tests.yard import Yard


async def turn(yard: Yard, page: Message, button: str, containing: str) -> Message:
    """Tap a button of a page; gives what stands there then."""
    await yard.tap(yard.vera, page, button)
    return await yard.hears(yard.vera, containing)


async def test_a_sheet_is_followed_line_by_line(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    assert "Rows filled: 18" in (await ledger(yard, "/paper 1 returned 18")).text
    checked = await ledger(yard, "/paper 1 checked 15 illegible 2 double 1")
    assert "Valid: 15" in checked.text
    assert "Rejected: signed twice: 1, illegible: 2" in checked.text
    page = await ledger(yard)
    assert "Sheets printed: 1 (back: 1)." in page.text
    assert "Collected on paper: 18" in page.text
    assert "checked and valid: 15" in page.text
    assert "No. 1 · 15 valid" in yard.labels(page)
    void = await ledger(yard, "/paper 1 void")
    assert "doesn't count" in void.text
    assert "Collected" not in (await ledger(yard)).text
    assert "still" not in (await ledger(yard, "/paper 1 returned 17")).text
    assert "Collected on paper: 17" in (await ledger(yard)).text


async def test_a_wrong_entry_is_undone_by_the_right_one(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await ledger(yard, "/paper 1 returned 18")
    await ledger(yard, "/paper 1 checked 18")
    corrected = await ledger(yard, "/paper 1 returned 12")
    assert "Rows filled: 12" in corrected.text
    assert "Valid" not in corrected.text, "the target has changed, it has to be checked anew"
    assert "out with its collector" in (await ledger(yard, "/paper 1 out")).text
    (sheet,) = sheets(yard)
    assert (sheet.state, sheet.filled, sheet.valid) == ("issued", 0, None)


async def test_what_cannot_be_is_refused_and_changes_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    assert "First enter" in (await ledger(yard, "/paper 1 checked 3")).text
    assert "20 at most" in (await ledger(yard, "/paper 1 returned 21")).text
    await ledger(yard, "/paper 1 returned 10")
    assert (
        "Rows filled on that sheet: 10" in (await ledger(yard, "/paper 1 checked 9 other 2")).text
    )
    assert "no sheet 2" in (await ledger(yard, "/paper 2 returned 1")).text
    assert "number on the sheet" in (await ledger(yard, "/paper one")).text
    (sheet,) = sheets(yard)
    assert (sheet.filled, sheet.valid) == (10, None)


async def test_the_same_by_buttons(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard, "/sheet 5")
    page = await turn(yard, await ledger(yard), "No. 1 · out", "out with its collector")
    page = await turn(yard, page, "It's back", "How many rows are filled")
    assert yard.labels(page)[:-1] == ["All filled: 5", "4", "3", "2", "1", "0", "‹ Back"]
    page = await turn(yard, page, "4", "How many of them are valid")
    assert "Rows filled: 4" in page.text
    assert yard.labels(page)[:-1] == ["✅ All valid: 4", "3", "2", "1", "0", "‹ Back"]
    await yard.settled(61)  # past the minute in which one person gets only so much of a group's
    page = await turn(yard, page, "2", "2 rows left")
    page = await turn(yard, page, "+ illegible", "1 row left")
    page = await turn(yard, page, "+ signed twice", "Rejected: signed twice: 1, illegible: 1")
    assert not any(label.startswith("+") for label in yard.labels(page)), "every row is told"
    await yard.tap(yard.vera, page, "Save")
    (sheet,) = sheets(yard)
    assert (sheet.filled, sheet.valid) == (4, 2)
    assert {reason for reason, n in sheet.rejected.items() if n} == {"double", "illegible"}
    await yard.settled(61)
    page = await turn(yard, page, "Lost or spoilt", "doesn't count")
    await turn(yard, page, "still out", "out with its collector")
    assert sheets(yard)[0].state == "issued"


async def test_where_all_are_valid_that_is_all(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    page = await ledger(yard, "/paper 1 returned 18")
    await turn(yard, page, "All valid: 18", "Valid: 18")
    assert (sheets(yard)[0].filled, sheets(yard)[0].valid) == (18, 18)


async def test_what_was_wrong_may_be_said_of_all_that_are_left_or_not_at_all(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    page = await ledger(yard, "/paper 1 returned 18")
    page = await turn(yard, page, "8", "10 rows left")
    page = await turn(yard, page, "+ signed twice", "9 rows left")
    page = await turn(yard, page, "+ illegible", "8 rows left")
    page = await turn(yard, page, "✅ + 8: illegible", "Valid: 8")
    assert "signed twice: 1, illegible: 9" in page.text
    assert {reason: n for reason, n in sheets(yard)[0].rejected.items() if n} == {
        "double": 1,
        "illegible": 9,
    }
    await yard.settled(61)
    assert yard.labels(page)[:2] == ["✏️ Rows filled: 18", "✏️ Valid: 8"]
    page = await turn(yard, page, "Valid: 8", "How many of them are valid")
    page = await turn(yard, page, "15", "3 rows left")
    await turn(yard, page, "Save", "Valid: 15")
    assert sheets(yard)[0].valid == 15


async def test_the_first_day_tells_what_there_is(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    page = await ledger(yard)
    assert page.text.split("\n") == [
        "📄 Signatures on paper: Representative of Yard 5",
        "",
        "No sheet is printed yet.",
        "",
        "To have 100 valid ones, collect about 127 on paper (79% usually prove valid).",
    ]
    await yard.tap(yard.vera, page, "Print a sheet")
    await yard.tap(yard.vera, page, "Make the sheet")
    page = await turn(yard, page, "All sheets", "Sheets printed: 1 (still out: 1).")
    assert "/paper accepted" not in page.text
    await ledger(yard, "/paper 1 returned 18")
    await ledger(yard, "/paper 1 checked 15")
    assert "/paper accepted 104" in (await ledger(yard)).text


async def test_a_sheet_is_called_by_its_place_and_where_several_stand_by_a_name(yard: Yard) -> None:
    await campaign(yard, "Vera K.", "Adam L.")
    await printed(yard, "/sheet 20 Building 5", name="Adam L.")
    await printed(yard, "/sheet 20 Building 5", name="Vera K.")
    await printed(yard, name="Vera K.")
    await ledger(yard, "/paper 1 returned 18")
    await ledger(yard, "/paper 1 checked 15")
    assert yard.labels(await ledger(yard))[:3] == [
        "No. 2 · Building 5, Vera K. · out",
        "No. 3 · Vera K. · out",
        "No. 1 · Building 5, Ada… · 15 valid",
    ]


async def test_online_and_paper_stay_apart_and_the_target_counts_what_was_chosen(
    yard: Yard,
) -> None:
    card = await campaign(yard, "Vera K.")
    await online(yard, card, 7)
    await at_the_hour(yard, "5 / 100")
    await printed(yard)
    await ledger(yard, "/paper 1 returned 18")
    await ledger(yard, "/paper 1 checked 15")
    page = await ledger(yard)
    assert "In the chat, rounded down: 5\n" in page.text, "never the true number"
    assert "20 of 100 (in the chat + checked paper)" in page.text
    assert "To have 100 valid ones, collect about 127" in page.text
    await yard.settled(61)  # all of this is more than a group takes in a minute
    accepted = await ledger(yard, "/paper accepted 104")
    assert "Officially accepted: 104" in accepted.text
    page = await turn(yard, accepted, "What counts", "towards the target")
    assert "✓ in the chat + checked paper" in yard.labels(page)
    second = organiser(yard)
    await yard.tap(yard.vera, page, "officially accepted")
    await agreed(yard, second, "wants other signatures to count: officially accepted")
    page = await turn(yard, await ledger(yard), "What counts", "towards the target")
    assert "✓ officially accepted" in yard.labels(page)
    await yard.tap(yard.vera, page, "90%")
    page = await ledger(yard)
    assert "104 of 100 (officially accepted)" in page.text
    assert "collect about 112 on paper (90%" in page.text
    assert "collect about 118 on paper (85%" in (await ledger(yard, "/paper expect 85")).text


async def test_each_candidate_has_numbers_of_their_own(yard: Yard) -> None:
    await campaign(yard, "Vera K.", "Adam L.")
    await printed(yard, name="Adam L.")
    await printed(yard, name="Vera K.")
    assert [sheet.candidate_id for sheet in sheets(yard)] == [2, 1]
    await ledger(yard, "/paper 1 returned 18")
    checked = await ledger(yard, "/paper 1 checked 15")
    assert "For Adam L." in checked.text
    page = await ledger(yard)
    assert "Vera K." not in page.text, "nothing came back for her yet"
    assert "Adam L.\nCollected on paper: 18\n" in page.text
    assert "15 of 100 (in the chat + checked paper)" in page.text
    page = await ledger(yard, "/paper accepted 14")
    assert yard.labels(page)[:2] == ["Vera K.", "Adam L."]
    page = await turn(yard, page, "Adam L.", "Officially accepted: 14")
    assert page.text.count("Officially accepted") == 1, "the other's isn't known"


async def test_with_several_elections_it_asks_which(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await announce(yard, "/elect 80 Council of Yard 6")
    page = await ledger(yard)
    assert yard.labels(page)[:2] == ["Council of Yard 6", "Representative of Yard 5"]
    page = await turn(yard, page, "Council of Yard 6", "No sheet is printed yet")
    page = await turn(yard, page, "‹ Back", "Which election's paper?")
    assert "Rows filled: 3" in (await ledger(yard, "/paper 1 returned 3")).text
    page = await open_standing(yard, yard.vera, "Adam L.")
    await yard.tap(yard.vera, page, "Council of Yard 6")
    page = await yard.hears(yard.vera, "You are about to become a candidate", page.chat)
    await yard.tap(yard.vera, page, "yes, add me")
    page = await ledger(yard, "/paper accepted 12")
    assert yard.labels(page)[:2] == [
        "Adam L. · Council of Yard 6",
        "Vera K. · Representative of Yard 5",
    ]
    page = await turn(yard, page, "Vera K.", "Officially accepted: 12")
    assert "Representative of Yard 5" in page.text
    assert "several elections" in (await ledger(yard, "/paper expect 80")).text


async def test_paper_comes_back_after_the_election_too(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    await printed(yard)
    await close_by_two(yard, card)
    await yard.hears(yard.vera, "This election is over")
    assert "Rows filled: 8" in (await ledger(yard, "/paper 1 returned 8")).text
    assert "Officially accepted: 8" in (await ledger(yard, "/paper accepted 8")).text


async def test_only_organisers_see_and_enter(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    await printed(yard)
    for typed in ("/paper", "/paper 1 returned 3"):
        yard.say(yard.tom, typed)
        await yard.hears(yard.tom, "Only this chat's administrators")
    for data in ("p.filled!:1:3", "p.void!:1", "p.acc!:1:5", "p.count!:1:online", "p.ledger:1:0"):
        assert (await yard.forge(yard.tom, card, data)).show_alert
    assert sheets(yard)[0].state == "issued"


async def test_forged_entries_are_refused(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    page = await ledger(yard, "/paper 1")
    await yard.forge(yard.vera, page, "p.filled!:1:10")
    for data in (
        "p.filled!:1:21",
        "p.filled!:9:1",
        "p.check!:1:9-1-1-0-0-0-0",
        "p.check:1:9-1-1-0-0-0-0:double",
        "p.check:1:9-0-0-0-0-0-0:everything",
        "p.check!:1:9-1",
        "p.check!:1:9-1-1-0-0-0-x",
        "p.count!:1:everything",
        "p.expect!:1:0",
        "p.acc!:1:1000001",
    ):
        assert (await yard.forge(yard.vera, page, data)).show_alert, data
    assert (sheets(yard)[0].filled, sheets(yard)[0].valid) == (10, None)


async def test_another_chats_sheet_is_out_of_reach(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    other = yard.world.add_group("Yard 9", creator=yard.tom, kind="supergroup", members=[])
    yard.world.add_bot(other, by=yard.tom)
    card = await yard.hears(yard.tom, "Hello, neighbours", other)
    for data in ("p.sheet:1", "p.filled!:1:3", "p.send!:1", "p.ledger:1:0"):
        assert (await yard.forge(yard.tom, card, data)).show_alert, data
    assert sheets(yard)[0].state == "issued"


async def test_a_long_ledger_has_pages(yard: Yard) -> None:
    await campaign(yard, "Vera K.")

    def issue(work: UnitOfWork) -> None:
        for _ in range(9):
            paper.issue(work.session, 1, 1, rows=5, building=None)

    assert yard.app is not None
    await yard.app.store.run(issue)
    page = await ledger(yard)
    first = [*(f"No. {n} · out" for n in range(1, 9)), "Next ›"]
    assert yard.labels(page)[:9] == first
    await yard.tap(yard.vera, page, "Next")
    await yard.world.until(lambda: yard.labels(page)[:2] == ["No. 9 · out", "‹ Previous"])
    await yard.tap(yard.vera, page, "Previous")
    await yard.world.until(lambda: yard.labels(page)[:9] == first)
