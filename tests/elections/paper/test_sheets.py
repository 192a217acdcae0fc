"""`/sheet`: a PDF for the organiser alone, and an entry in the ledger."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from tests.elections.campaign import (
    announce,
    list_buildings,
    newest_update,
    open_standing,
    organiser,
    redeliver,
)
from tests.elections.paper.collecting import campaign, documents, order, printed, sheets
from tests.yard import Yard, page_after


async def test_a_sheet_comes_as_a_file_in_private(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    assert "Representative of Yard 5" in question.text
    assert yard.labels(question) == [
        "5 rows",
        "10 rows",
        "20 rows",
        "40 rows",
        "📖 For those who collect",
        "Cancel",
    ]
    file = await printed(yard)
    assert file.document is not None
    assert file.document.name == "sheet-1.pdf"
    assert file.document.content.startswith(b"%PDF")
    assert "enter it with /paper" in file.text
    assert documents(yard, yard.group) == []
    (sheet,) = sheets(yard)
    assert (sheet.number, sheet.rows, sheet.state, sheet.building) == (1, 20, "issued", None)


async def test_sheets_are_numbered_and_know_their_building(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await printed(yard, "/sheet 12 Building 5", rows=12)
    await printed(yard, "/sheet Building 7", rows=40)
    assert [(s.number, s.rows, s.building) for s in sheets(yard)] == [
        (1, 20, None),
        (2, 12, "Building 5"),
        (3, 40, "Building 7"),
    ]


async def test_of_several_elections_one_is_chosen_and_each_counts_for_itself(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await printed(yard)
    await announce(yard, "/elect 100 Council of Yard 6")
    question = await order(yard)
    assert "20 rows" in yard.labels(question), "nobody stands in the other one: no choice yet"
    yard.clock.turn(timedelta(minutes=1))  # one person gets only so many answers in a minute
    page = await open_standing(yard, yard.vera, "Vera L.")
    await yard.tap(yard.vera, page, "Council of Yard 6")
    page = await yard.hears(yard.vera, "You are about to become a candidate", page.chat)
    await yard.tap(yard.vera, page, "yes, add me")
    question = await order(yard)
    assert "Which election" in question.text
    await yard.tap(yard.vera, question, "Council of Yard 6")
    question = await yard.hears(yard.vera, "Council of Yard 6")
    await yard.tap(yard.vera, question, "10 rows")
    await yard.world.until(lambda: len(documents(yard)) == 2)
    assert [(s.election_id, s.number) for s in sheets(yard)] == [(1, 1), (2, 1)]


async def test_who_never_pressed_start_is_led_into_private(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet")
    question = await yard.hears(olga, "How many rows")
    private = await yard.follow(olga, await yard.tap(olga, question, "20 rows"))
    here = await yard.hears(olga, "ready to print", private)
    await yard.tap(olga, here, "The PDF")
    await yard.world.until(lambda: bool(documents(yard, private)))
    assert len(sheets(yard)) == 1


async def test_a_lost_file_is_sent_again_without_a_new_number(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    first = await printed(yard)
    yard.say(yard.vera, "/paper 1")
    page = await yard.hears(yard.vera, "Sheet 1")
    await yard.tap(yard.vera, page, "The PDF")
    await yard.world.until(lambda: len(documents(yard)) == 2)
    again = documents(yard)[-1]
    assert again.document is not None
    assert first.document is not None
    assert again.document.content == first.document.content
    assert len(sheets(yard)) == 1


async def test_only_organisers_print(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    yard.say(yard.tom, "/sheet")
    await yard.hears(yard.tom, "Only this chat's administrators")
    draft = drafted(await order(yard))
    answer = await yard.forge(yard.tom, card, f"p.issue!:{draft}:1:20")
    assert "belongs to a neighbour" in (answer.text or "")
    answer = await yard.forge(organiser(yard), card, f"p.issue!:{draft}:1:20")
    assert answer.show_alert, "another organiser's order"
    assert sheets(yard) == []


async def test_a_demoted_organisers_old_button_prints_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    olga = organiser(yard)
    yard.say(olga, "/sheet")
    question = await yard.hears(olga, "How many rows")
    yard.world.demote(yard.group, olga, yard.vera)
    answer = await yard.tap(olga, question, "20 rows")
    assert answer.show_alert
    assert sheets(yard) == []


async def test_without_a_candidate_there_is_no_sheet(yard: Yard) -> None:
    yard.say(yard.vera, "/sheet")
    await yard.hears(yard.vera, "No election is under way")
    await announce(yard)
    yard.say(yard.vera, "/sheet")
    await yard.hears(yard.vera, "No candidates yet, so")


async def test_forged_rows_and_elections_print_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    draft = drafted(question)
    for rows in (0, 51, 4000):
        answer = await yard.forge(yard.vera, question, f"p.issue!:{draft}:1:{rows}")
        assert "1 to 50 rows" in (answer.text or "")
    assert (await yard.forge(yard.vera, question, f"p.issue!:{draft}:99:20")).show_alert
    assert sheets(yard) == []
    await yard.forge(yard.vera, question, f"p.issue!:{draft}:1:20")
    assert len(sheets(yard)) == 1, "the draft itself was good"


async def test_two_devices_and_a_redelivered_tap_issue_one_sheet(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    taps = [yard.world.tap(yard.vera, question, "20 rows") for _ in range(2)]
    for tap in taps:
        await yard.world.answered(tap)
    assert len(sheets(yard)) == 1
    question = await order(yard)
    await yard.tap(yard.vera, question, "20 rows")
    await redeliver(yard, newest_update(yard))
    assert len(sheets(yard)) == 2


async def test_a_building_of_the_list_is_one_button(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 200\nFountain street 7: 200")
    await campaign(yard, "Vera K.")
    question = await order(yard)
    assert "For which building" in question.text
    await yard.tap(yard.vera, question, "Fountain street 7")
    question = await yard.hears(yard.vera, "Only for Fountain street 7")
    await yard.tap(yard.vera, question, "10 rows")
    await yard.tap(yard.vera, await order(yard), "The whole neighbourhood")
    question = await yard.hears(yard.vera, "How many rows")
    await yard.tap(yard.vera, question, "10 rows")
    await printed(yard, "/sheet 10 The hut", rows=10)
    assert [sheet.building for sheet in sheets(yard)] == ["Fountain street 7", None, "The hut"]


async def test_nobodys_sheet_and_no_building_of_another_chat(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 200")
    await campaign(yard, "Vera K.", "Adam L.")
    other = yard.world.add_group("Yard 6", creator=yard.vera)
    yard.world.add_bot(other, by=yard.vera)
    await yard.card("Hello, neighbours", other)
    yard.say(yard.vera, "/buildings Elsewhere: 10", chat=other)
    await yard.hears(yard.vera, "Elsewhere: 10", other)
    question = await order(yard)
    assert "who is the sheet for" in question.text
    draft = drafted(question)
    answer = await yard.forge(yard.vera, question, f"p.issue!:{draft}:1:20")
    assert "First choose the candidate" in (answer.text or "")
    for data in (f"p.whom!:{draft}:9", f"p.where!:{draft}:1:2", f"p.where!:{draft}:1:9"):
        assert (await yard.forge(yard.vera, question, data)).show_alert, data
    assert sheets(yard) == []


async def test_cancelling_leaves_nothing(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    await yard.tap(yard.vera, await order(yard), "Cancel")
    assert sheets(yard) == []


def drafted(question: Message) -> int:
    """The draft behind the question's buttons."""
    return int((question.buttons[0].callback_data or "").split(":")[1])


async def test_the_guide_for_those_who_collect_comes_along(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    question = await order(yard)
    await yard.tap(yard.vera, question, "For those who collect")
    guide = await yard.hears(yard.vera, "Signatures on paper: for those who collect")
    await yard.tap(yard.vera, guide, "Back")
    await yard.hears(yard.vera, "How many rows?")
    sheet = await printed(yard)
    await yard.tap(yard.vera, sheet, "For those who collect")
    private = yard.world.private(yard.vera)
    guide = await yard.hears(yard.vera, "Signatures on paper: for those who collect", private)
    assert "Don't photograph sheets" in guide.text
    assert not guide.buttons, "as it is, to be passed on"
    assert sheet in yard.world.visible(yard.vera, private), "the sheet stays above it"


async def test_the_guide_speaks_the_readers_language(yard: Yard) -> None:
    await campaign(yard, "Vera K.")
    yard.world.promote(yard.group, yard.nina, yard.vera)
    yard.world.promote(yard.group, yard.ales, yard.vera)
    for reader, label, title in (
        (yard.nina, "Для тех, кто собирает", "Подписи на бумаге: для тех, кто собирает"),
        (yard.ales, "Для тых, хто збірае", "Подпісы на паперы: для тых, хто збірае"),
    ):
        page = await page_after(yard, reader, "/sheet")
        await yard.tap(reader, page, label)
        assert title in page.text
